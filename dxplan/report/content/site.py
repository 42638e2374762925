"""A small site over every closed year: an index with the trends, each year's report, a page for each initiative."""

from __future__ import annotations

from dxplan.errors import RefusedError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.model.values import YearState
from dxplan.progress.judgement import IndicatorStatus, units
from dxplan.progress.status import status
from dxplan.progress.timeline import timeline
from dxplan.project import InitiativeEntry, Project
from dxplan.report.content import indicators, initiatives, report_page
from dxplan.report.content.outline import initiative_title, viewpoint_title
from dxplan.report.content.scope import Scope, cell, cover, line, name_of, rate_of, tone_of
from dxplan.report.document import Block, Cell, Items, Line, Page, Row, Section, Table, Words
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
    latest = scopes[years[-1]]
    entries = [entry for entry in project.initiatives if any(entry.initiative.lasts(year) for year in years)]
    pages = {INDEX: _index(latest, years, entries, made)}
    for entry in entries:
        pages[_file(entry)] = _initiative(latest, entry, years, made)
    for year, scope in scopes.items():
        pages[f"{year}.html"] = report_page(scope, made)._replace(ways=_ways(scope, years))
    return linked(pages)


def closed_years(project: Project) -> tuple[FiscalYear, ...]:
    """Return the closed fiscal years of the plan, in their order."""
    closed = (year for year, actuals in project.actuals.items() if actuals.state is YearState.CLOSED)
    return tuple(sorted(year for year in closed if project.plan.period.holds(year)))


def _file(entry: InitiativeEntry) -> str:
    return f"initiative-{entry.initiative.id}.html"


def _ways(scope: Scope, years: tuple[FiscalYear, ...]) -> Line:
    """Return the way to the index and to the report of each year, the page's own apart."""
    index = Words(scope.say("全年度の一覧", "All years"), INDEX)
    return (index, *(Words(scope.year_name(year), f"{year}.html") for year in years if year != scope.year))


def _index(scope: Scope, years: tuple[FiscalYear, ...], entries: list[InitiativeEntry], made: str | None) -> Page:
    say = scope.say
    page = cover(scope, made)
    reports = tuple(
        line(say(f"{year.ja}の進捗状況", f"Progress in {year.en}"), f"{year}.html") for year in reversed(years)
    )
    listed: list[Block] = [
        Items(tuple(_to_initiative(scope, entry) for entry in entries if entry.viewpoint is viewpoint))
        for viewpoint in scope.plan.viewpoints
    ]
    by_viewpoint = tuple(
        Section(f"viewpoint-{viewpoint.id}", viewpoint_title(scope, viewpoint.id, viewpoint.title), (items,))
        for viewpoint, items in zip(scope.plan.viewpoints, listed, strict=True)
    )
    sections = (
        Section("years", say("年度ごとの報告", "Reports by year"), (Items(reports),)),
        Section(
            "trends",
            say("指標の推移", "Indicators over the years"),
            _trends(scope, years),
            tuple(indicators.trend(scope, each) for each in scope.now.indicators),
        ),
        Section("initiatives", say("取組", "Initiatives"), (), by_viewpoint),
    )
    return page._replace(imprint=page.imprint[:1], sections=sections)


def _to_initiative(scope: Scope, entry: InitiativeEntry) -> Line:
    return line(initiative_title(scope, entry.initiative.id, entry.initiative.title_in(scope.year)), _file(entry))


def _trends(scope: Scope, years: tuple[FiscalYear, ...]) -> tuple[Block, ...]:
    """Return one table of every indicator: what it came to in each year, its rate and verdict."""
    rows = []
    for whole in scope.now.indicators:
        for each in units(whole):
            by_year = {value.year: each._replace(now=value) for value in each.history}
            cells = [_outcome(scope, by_year[year]) if year in by_year else cell(NOTHING) for year in years]
            rows.append(Row(((line(name_of(scope, each, whole), f"#indicator-{whole.indicator.id}"),), *cells)))
    head = (scope.say("指標", "Indicator"), *(scope.year_name(year) for year in years))
    return (Table(scope.say("実績値・達成率・判定", "Actual, rate and verdict"), head, tuple(rows)),) if rows else ()


def _outcome(scope: Scope, each: IndicatorStatus) -> Cell:
    rate, verdict = rate_of(scope, each), verdict_text(each.now, scope.style)
    said = [line(measured_text(each.now.measured, each.indicator.unit, scope.style))]
    said += [line(rate)] if rate != NOTHING else []
    said += [line(verdict, tone=tone_of(each.now))] if verdict != NOTHING else []
    return tuple(said)


def _initiative(scope: Scope, entry: InitiativeEntry, years: tuple[FiscalYear, ...], made: str | None) -> Page:
    """Return the page of one initiative, as it stands in the latest closed year."""
    page = cover(scope, made)
    lines = timeline(scope.project, entry, scope.year)
    own = tuple(indicators.section(scope, each) for each in scope.now.indicators if each.initiative is entry.initiative)
    section = initiatives.section(scope, lines, own)
    place = f"initiative-{entry.initiative.id}"
    reports = tuple(
        line(scope.say(f"{year.ja}の報告での記載", f"In the report of {year.en}"), f"{year}.html#{place}")
        for year in years
        if entry.initiative.lasts(year)
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
