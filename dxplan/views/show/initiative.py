"""One initiative: its summary and themes, and its actions against the fiscal years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as RichText

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.model.plan import Plan
from dxplan.model.values import Result
from dxplan.progress.timeline import Detail, Due, Row, Timeline
from dxplan.views.rendering import rendered
from dxplan.views.terminal import Screen, on_one_line, visible
from dxplan.views.wording import RESULTS, Style, department_text, history_lines, style_of, with_unit

_MARKS: Mapping[Result | Due, tuple[str, Text]] = {
    Result.DONE: ("■", RESULTS[Result.DONE]),
    Result.ONGOING: ("→", Text("継続", "continuing")),
    Due.CONTINUES: ("→", Text("継続", "continuing")),
    Due.PLANNED: ("○", Text("予定", "planned")),
    Result.PARTIAL: ("△", RESULTS[Result.PARTIAL]),
    Result.NOT_STARTED: ("－", RESULTS[Result.NOT_STARTED]),
    Result.POSTPONED: ("▽", RESULTS[Result.POSTPONED]),
    Result.CANCELLED: ("×", RESULTS[Result.CANCELLED]),
    Result.UNREPORTED: ("？", RESULTS[Result.UNREPORTED]),
}
"""The plan's own signs (■ → ○), all of them in the character set of Japanese consoles."""


def document(plan: Plan, timeline: Timeline, year: FiscalYear, screen: Screen) -> str:
    """Return the whole page; ``year`` is set off from the others."""
    return rendered(_page(timeline, year, style_of(plan, screen.language)), screen)


def _page(timeline: Timeline, year: FiscalYear, style: Style) -> Iterator[RenderableType]:
    language, initiative = style.language, timeline.initiative
    label = Text("取組", "Initiative ").to(language)
    heading = RichText(f"{label}{initiative.id} {visible(timeline.title)}", "bold")
    above = Text("視点", "Viewpoint ").to(language)
    heading.append(f"　{above}{timeline.viewpoint.id} {visible(timeline.viewpoint.title)}", "dim")
    yield heading
    if initiative.summary:
        yield RichText(on_one_line(initiative.summary))
    if initiative.themes:
        yield RichText("／".join(visible(theme) for theme in initiative.themes), "dim")
    yield from _background(timeline, style)
    for note in initiative.note:
        yield RichText(f"※ {on_one_line(note)}", "dim")
    for indicator in timeline.indicators:
        name, command = visible(indicator.name_in(year)), f"dxplan show {indicator.id}"
        yield RichText(Text(f"指標: {name}（{command}）", f"Indicator: {name} ({command})").to(language))
    yield RichText("")
    if not timeline.rows:
        yield RichText(Text("事業はまだありません", "no actions yet").to(language))
        return
    yield _table(timeline, year, style)
    yield RichText("")
    yield RichText(_legend(timeline, language), "dim")


def _background(timeline: Timeline, style: Style) -> Iterator[RichText]:
    """Yield who answers for the initiative, how long it is part of the plan, and what it costs, where that is said."""
    language, initiative = style.language, timeline.initiative
    if timeline.department is not None:
        yield RichText(department_text(timeline.department, language), "dim")
    for each in history_lines(initiative.first, initiative.until, initiative.merged_into, initiative.former_names):
        yield RichText(each.to(language), "dim")
    for detail in timeline.details:
        for line in _detail(detail, style):
            yield RichText(f"{detail.year} {line}", "dim")


def _table(timeline: Timeline, current: FiscalYear, style: Style) -> Table:
    language = style.language
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column("ID", no_wrap=True, style="dim")
    table.add_column(Text("事業", "Action").to(language), overflow="fold")
    for year in timeline.years:
        table.add_column(RichText(str(year), "bold" if year == current else "dim"), justify="center", no_wrap=True)
    for row in timeline.rows:
        marks = (RichText(_MARKS[each][0] if each is not Due.NO else "") for each in row.years)
        table.add_row(row.id, _title(row, style), *marks)
    return table


def _title(row: Row, style: Style) -> RichText:
    language = style.language
    text = RichText(visible(row.title))
    if row.home is not None:
        text.append(
            Text(f"【再掲】取組{row.home.id}", f" (relisted from initiative {row.home.id})").to(language), "dim"
        )
    if row.continues is not None:
        text.append(Text(f"（{row.continues.id} から継続）", f" (continues {row.continues.id})").to(language), "dim")
    if row.department is not None:
        text.append(f"\n  {department_text(row.department, language)}", "dim")
    for detail in row.details:
        for line in _detail(detail, style):
            text.append(f"\n  {detail.year} {line}", "dim")
    for note in row.notes:
        text.append(f"\n  ※ {on_one_line(note)}", "dim")
    return text


def _detail(detail: Detail, style: Style) -> Iterator[str]:
    yield from map(visible, detail.stages)
    amounts = ((detail.quantity, Text("", "")), (detail.budget, Text("予算 ", "budget ")), (detail.settled, _SETTLED))
    for amount, name in amounts:
        if amount is not None:
            yield f"{name.to(style.language)}{with_unit(amount.value, amount.unit, style)}"
    for note in detail.notes:
        yield f"※ {on_one_line(note)}"


_SETTLED = Text("決算 ", "settled ")


def _legend(timeline: Timeline, language: Language) -> str:
    used = {each for row in timeline.rows for each in row.years}
    shown = dict.fromkeys(f"{mark} {meaning.to(language)}" for each, (mark, meaning) in _MARKS.items() if each in used)
    return "　".join(shown) if language == "ja" else "   ".join(shown)
