"""A small site over every closed year: an index with the trends, each year's report, a page for each initiative."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from dxplan.errors import RefusedError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.model.values import YearState
from dxplan.progress.judgement import IndicatorStatus, units
from dxplan.progress.status import status
from dxplan.progress.timeline import timeline
from dxplan.project import InitiativeEntry, Project
from dxplan.report.content import indicators, initiatives, report_page
from dxplan.report.content.scope import (
    Scope,
    cell,
    cover,
    initiative_title,
    line,
    name_of,
    rate_of,
    tone_of,
    viewpoint_title,
)
from dxplan.report.document import Cell, Items, Line, Page, Row, Section, Table, Tone, Words
from dxplan.report.links import linked
from dxplan.views.terminal import visible
from dxplan.views.wording import NOTHING, measured_text, style_of, verdict_text

INDEX = "index.html"


def site(project: Project, language: Language, made: str | None = None) -> dict[str, Page]:
    """Return the pages by file name; raises RefusedError where no year is closed yet."""
    years = closed_years(project)
    if not years:
        raise RefusedError(
            Text("確定した年度がまだありません", "no fiscal year is closed yet"),
            Text(
                "dxplan close で年度を確定するか、--year で1年度を選ぶ", "close one with dxplan close, or choose --year"
            ),
        )
    scopes = {year: Scope(project, status(project, year), style_of(project.plan, language)) for year in years}
    entries = [entry for entry in project.initiatives if any(entry.initiative.lasts(year) for year in years)]
    pages = {INDEX: _index(scopes, entries, made)}
    for entry in entries:
        pages[_file(entry)] = _initiative(scopes, entry, made)
    for year, scope in scopes.items():
        pages[f"{year}.html"] = report_page(scope, made)._replace(ways=_ways(scope, years))
    return linked(pages)


def closed_years(project: Project) -> tuple[FiscalYear, ...]:
    """Return the closed fiscal years of the plan, in their order."""
    closed = (year for year, actuals in project.actuals.items() if actuals.state is YearState.CLOSED)
    return tuple(sorted(year for year in closed if project.plan.period.holds(year)))


def left_over(names: Iterable[str], pages: Container[str]) -> list[str]:
    """Return those of the file names that an earlier site gave to pages of its own, and ``pages`` has no more."""
    return sorted(name for name in names if name not in pages and _is_page(name.removesuffix(".html")))


def _is_page(stem: str) -> bool:
    try:
        return stem.startswith("initiative-") or str(FiscalYear.parse(stem)) == stem
    except ValueError:
        return False


def _file(entry: InitiativeEntry) -> str:
    return f"initiative-{entry.initiative.id}.html"


def _ways(scope: Scope, years: tuple[FiscalYear, ...]) -> Line:
    """Return the way to the index and to the report of each year, the page's own apart."""
    index = Words(scope.say("全年度の一覧", "All years"), INDEX)
    return (index, *(Words(scope.year_name(year), f"{year}.html") for year in years if year != scope.year))


_Scopes = dict[FiscalYear, Scope]
"""Each closed year, the latest last."""


def _index(scopes: _Scopes, entries: list[InitiativeEntry], made: str | None) -> Page:
    scope = scopes[max(scopes)]
    say = scope.say
    page = cover(scope, made)
    reports = tuple(
        line(say(f"{year.ja}の進捗状況", f"Progress in {year.en}"), f"{year}.html") for year in reversed(scopes)
    )
    sections = [Section("years", say("年度ごとの報告", "Reports by year"), (Items(reports),))]
    if told := _indicators(scopes):
        trends = tuple(indicators.trend(as_told, each) for as_told, each in told)
        title = say("指標の推移", "Indicators over the years")
        sections.append(Section("trends", title, (_trends(scopes, told),), trends))
    if entries:
        sections.append(Section("initiatives", say("取組", "Initiatives"), (), tuple(_listed(scope, entries))))
    return page._replace(imprint=page.imprint[:1], sections=tuple(sections))


def _listed(scope: Scope, entries: list[InitiativeEntry]) -> Iterator[Section]:
    """Yield the initiatives of each viewpoint that has any."""
    for viewpoint in scope.plan.viewpoints:
        here = tuple(_to_initiative(scope, entry) for entry in entries if entry.viewpoint is viewpoint)
        if here:
            title = viewpoint_title(scope, viewpoint.id, viewpoint.title)
            yield Section(f"viewpoint-{viewpoint.id}", title, (Items(here),))


def _to_initiative(scope: Scope, entry: InitiativeEntry) -> Line:
    return line(initiative_title(scope, entry.initiative.id, entry.initiative.title_in(scope.year)), _file(entry))


def _indicators(scopes: _Scopes) -> list[tuple[Scope, IndicatorStatus]]:
    """Return every indicator of a closed year in the plan's order, as the last year that has it tells it."""
    told = {each.indicator.id: (scope, each) for scope in scopes.values() for each in scope.now.indicators}
    project = scopes[max(scopes)].project
    return [told[entry.indicator.id] for entry in project.indicators if entry.indicator.id in told]


def _trends(scopes: _Scopes, told: list[tuple[Scope, IndicatorStatus]]) -> Table:
    """Return one table of every indicator: what it came to in each year, its rate and verdict."""
    rows = []
    latest = scopes[max(scopes)]
    for scope, whole in told:
        for each in units(whole):
            by_year = {value.year: each._replace(now=value) for value in each.history}
            cells = [_outcome(scope, by_year[year]) if year in by_year else cell(NOTHING) for year in scopes]
            name = [line(name_of(scope, each, whole), f"#indicator-{whole.indicator.id}")]
            if scope.year < latest.year:
                year = scope.year_name(scope.year)
                name.append(line(scope.say(f"{year}まで", f"until {year}"), tone=Tone.QUIET))
            rows.append(Row((tuple(name), *cells)))
    head = (latest.say("指標", "Indicator"), *map(latest.year_name, scopes))
    caption = latest.say(
        "実績値・達成率・判定（管理指標は基準値からの増減）",
        "Actual, rate and verdict (monitoring ones: change from the baseline)",
    )
    return Table(caption, head, tuple(rows))


def _outcome(scope: Scope, each: IndicatorStatus) -> Cell:
    rate, verdict = rate_of(scope, each), verdict_text(each.now, scope.style)
    said = [line(measured_text(each.now.measured, each.indicator.unit, scope.style))]
    said += [line(rate)] if rate != NOTHING else []
    said += [line(verdict, tone=tone_of(each.now))] if verdict != NOTHING else []
    return tuple(said)


def _initiative(scopes: _Scopes, entry: InitiativeEntry, made: str | None) -> Page:
    """Return the page of one initiative, as it stood in the last closed year that has it."""
    years = [year for year in scopes if entry.initiative.lasts(year)]
    scope = scopes[years[-1]]
    page = cover(scope, made)
    lines = timeline(scope.project, entry, scope.year)
    own = tuple(indicators.section(scope, each) for each in scope.now.indicators if each.initiative is entry.initiative)
    section = initiatives.section(scope, lines, own)
    place = f"initiative-{entry.initiative.id}"
    reports = tuple(
        line(scope.say(f"{year.ja}の報告での記載", f"In the report of {year.en}"), f"{year}.html#{place}")
        for year in years
    )
    viewpoint = viewpoint_title(scope, entry.viewpoint.id, entry.viewpoint.title)
    title = initiative_title(scope, entry.initiative.id, lines.title)
    found = Section("reports", scope.say("年度ごとの報告", "Reports by year"), (Items(reports),))
    return page._replace(
        title=title,
        imprint=(visible(scope.plan.title), viewpoint),
        sections=(section._replace(title=scope.say("実績と計画", "Results and plans")), found),
        ways=(Words(scope.say("全年度の一覧", "All years"), INDEX),),
    )
