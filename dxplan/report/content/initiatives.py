"""One initiative: what it is for, and what came of its actions in the year and is planned for the coming ones."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.fiscal_year import FiscalYear
from dxplan.model.values import Result
from dxplan.progress import timeline
from dxplan.progress.timeline import Detail, Due, Timeline
from dxplan.report.content.history import history
from dxplan.report.content.scope import Scope, cell, initiative_title, line
from dxplan.report.document import Block, Cell, Fact, Facts, Line, Paragraph, Row, Section, Table, Tone, Words
from dxplan.views.terminal import on_one_line, visible
from dxplan.views.wording import NOTHING, RESULTS, department_text, with_unit


def section(scope: Scope, lines: Timeline, indicators: tuple[Section, ...]) -> Section:
    """Return everything the report says of one initiative, above the sections of its indicators."""
    initiative = lines.initiative
    facts = tuple(_facts(scope, lines))
    blocks: list[Block] = [Facts(facts)] if facts else []
    if lines.rows:
        head = (scope.say("取組項目", "Action"), *(_heading(scope, year) for year in lines.years))
        title = scope.say(
            f"取組{initiative.id}の取組実績と取組計画", f"Results and plans of initiative {initiative.id}"
        )
        blocks.append(Table(title, head, tuple(_row(scope, row, lines.years) for row in lines.rows)))
    else:
        blocks.append(Paragraph(line(scope.say("事業はまだありません。", "No actions yet."))))
    title = initiative_title(scope, initiative.id, lines.title)
    return Section(f"initiative-{initiative.id}", title, tuple(blocks), indicators)


def _facts(scope: Scope, lines: Timeline) -> Iterator[Fact]:
    initiative, say = lines.initiative, scope.say
    if initiative.summary:
        yield Fact(say("取組内容", "Summary"), cell(on_one_line(initiative.summary)))
    if initiative.themes:
        yield Fact(say("取組の柱", "Themes"), cell("／".join(map(visible, initiative.themes))))
    if lines.department is not None:
        label, _, who = department_text(lines.department, scope.language).partition(": ")
        yield Fact(label, cell(who))
    if told := tuple(history(scope, initiative)):
        yield Fact(say("経緯", "History"), told)
    by_year = [f"{scope.year_name(detail.year)} {text}" for detail in lines.details for text in _detail(scope, detail)]
    if by_year:
        yield Fact(say("年度ごと", "By year"), cell(*by_year))
    if initiative.note:
        yield Fact(say("注", "Notes"), cell(*map(on_one_line, initiative.note)))


def _heading(scope: Scope, year: FiscalYear) -> str:
    name = scope.year_name(year)
    return (
        scope.say(f"{name} 実績", f"{name} results")
        if year <= scope.year
        else scope.say(f"{name} 計画", f"{name} plans")
    )


def _row(scope: Scope, row: timeline.Row, years: tuple[FiscalYear, ...]) -> Row:
    details = {detail.year: tuple(_detail(scope, detail)) for detail in row.details}
    cells: list[Cell] = []
    began = False
    for year, reported in zip(years, row.years, strict=True):
        state = reported if year <= scope.year else _planned(scope, row, year)
        cells.append((_mark(scope, state, began=began), *(line(text) for text in details.get(year, ()))))
        began = state not in _BEHIND if isinstance(state, Result) else began or state is not Due.NO
    place = f"action-{row.id}" if row.home is None else None
    return Row((_title(scope, row), *cells), place)


def _planned(scope: Scope, row: timeline.Row, year: FiscalYear) -> Due:
    """Return what a coming year holds, whatever has been reported of it since."""
    return Due.PLANNED if scope.project.action_by_id[row.id].is_due(year) else Due.NO


def _title(scope: Scope, row: timeline.Row) -> Cell:
    title: Line = line(visible(row.title))
    if row.home is not None:
        marked = scope.say(f"【再掲】取組{row.home.id}", f" (relisted from initiative {row.home.id})")
        title = (*title, Words(marked, f"#action-{row.id}"))
    below: list[Line] = []
    if row.continues is not None:
        before = visible(row.continues.title)
        below.append(
            (Words(scope.say(f"{before}から継続", f"Continues {before}"), f"#action-{row.continues.id}", Tone.QUIET),)
        )
    if row.department is not None:
        below.append(line(department_text(row.department, scope.language), tone=Tone.QUIET))
    below += [line(f"※ {on_one_line(note)}", tone=Tone.QUIET) for note in row.notes]
    return (title, *below)


def _mark(scope: Scope, state: Result | Due, *, began: bool) -> Line:
    if state is Due.NO:
        return line(NOTHING, tone=Tone.QUIET)
    if isinstance(state, Due):
        return line(scope.say("→ 継続", "→ continues") if began else scope.say("予定", "planned"))
    return line(RESULTS[state].to(scope.language), tone=Tone.BAD if state in _BEHIND else Tone.PLAIN)


_BEHIND = frozenset((Result.NOT_STARTED, Result.POSTPONED, Result.CANCELLED))
"""What nothing came of: if it is in the plan for the following years, it is to begin in them, not to continue."""


def _detail(scope: Scope, detail: Detail) -> Iterator[str]:
    """Yield a year's stages, quantity and money; what a coming year brought is not told yet."""
    yield from map(visible, detail.stages)
    known = detail.year <= scope.year
    for amount, name, is_told in (
        (detail.quantity, "", known),
        (detail.budget, scope.say("予算 ", "budget "), True),
        (detail.settled, scope.say("決算 ", "settled "), known),
    ):
        if amount is not None and is_told:
            yield f"{name}{with_unit(amount.value, amount.unit, scope.style)}"
    if known:
        yield from (f"※ {on_one_line(note)}" for note in detail.notes)
