"""The state of a plan on a terminal: the answer first, then indicators and initiatives, the next step last.

Columns come by priority: the essentials (name, target, actual, rate, met) always, the rest as the width allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as RichText

from dxplan.language import Language, Text
from dxplan.progress.achievement import Rate, Reason
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.measured import Measured, NotMeasured
from dxplan.progress.status import InitiativeStatus, Status
from dxplan.progress.terms import Against
from dxplan.views.charts import bar, sparkline
from dxplan.views.rendering import folded, rendered
from dxplan.views.terminal import Screen, cells, visible
from dxplan.views.wording import (
    BY_HAND_NOTE,
    EXPECTED_NOTE,
    NOTHING,
    PROJECTION_NOTE,
    ROUNDED_NOTE,
    SHARES_NOTE,
    VERDICT_STYLES,
    Style,
    answer,
    any_by_hand,
    bands_text,
    baseline_text,
    due_next,
    final_text,
    grade_cell,
    grades_line,
    measured_text,
    needed_text,
    previous_text,
    progress_cell,
    projection_text,
    rate_cell,
    remarks,
    style_of,
    target_cell,
    target_text,
    verdict_text,
    year_name,
)

_BAR = 10
_GAP = 2  # cells between columns: one of padding, one of the table itself
_LEAST_NAME, _READABLE_NAME = 20, 32
_SOME = 4  # ids named as examples
_LEAST_CELL, _LEAST_PAGE = 11, 64
_COUNTS = 24  # cells beside an initiative's title at least


_Cell = Callable[[IndicatorStatus, Style], RichText]


class _Column(NamedTuple):
    header: Text
    cell: _Cell
    rank: int
    """0 always shown; the higher, the earlier it gives way."""
    right: bool = False

    @property
    def essential(self) -> bool:
        """Whether the column is always there."""
        return self.rank == 0


_PIECES = re.compile(" |(?=（)")


def document(status: Status, screen: Screen) -> str:
    """Return the whole page; a terminal too narrow for the essentials breaks the lines itself, and nothing is lost."""
    style = style_of(status.plan, screen.language)
    columns = _columns_that_fit(status, style, screen.width)
    wide_enough = screen._replace(width=max(screen.width, _table_width(columns), _LEAST_PAGE))
    return rendered(_page(status, columns, style, wide_enough), wide_enough)


def _page(status: Status, columns: Sequence[_Fitted], style: Style, screen: Screen) -> Iterator[RenderableType]:
    language = screen.language
    title = f"{visible(status.plan.title)}　{year_name(status.year, language)}"
    yield RichText(title, "bold")
    yield _answer(status, language)
    if status.grades is not None:
        yield RichText(grades_line(status.grades, language))
    if not status.indicators and not status.initiatives:
        yield RichText("")
        yield RichText(Text("当てはまるものはありません", "There is nothing of the kind").to(language))
        return
    titles = _titles_width(status.initiatives, screen)
    for viewpoint, indicators, initiatives in status.sections():
        yield RichText("")
        if viewpoint is not None:
            label = Text("視点", "Viewpoint ").to(language)
            yield RichText(f"{label}{viewpoint.id} {visible(viewpoint.title)}", "bold")
        if indicators:
            yield _indicator_table(indicators, columns, style)
        if indicators and initiatives:
            yield RichText("")
        if initiatives:
            yield _initiative_table(initiatives, titles, status, screen)
    yield RichText("")
    yield from _notes(status, {column.cell for column, _ in columns}, screen)


def _answer(status: Status, language: Language) -> RichText:
    summary = status.summary
    style = "bold red" if summary.not_met else "bold green" if summary.met else "bold"
    return RichText(answer(summary, language), style)


# Indicators


def _name(each: IndicatorStatus, _style: Style) -> RichText:
    return RichText(f"{'　' if each.is_part else ''}{visible(each.name)}")


def _id(each: IndicatorStatus, _style: Style) -> RichText:
    return RichText("" if each.is_part else each.indicator.id, "dim")


def _baseline(each: IndicatorStatus, style: Style) -> RichText:
    baseline = each.now.terms.baseline
    return RichText(baseline_text(baseline, each.indicator.unit, style))


def _target(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(target_cell(each, style), "dim" if each.indicator.monitoring else "")


def _actual(each: IndicatorStatus, style: Style) -> RichText:
    missing = isinstance(each.now.measured, NotMeasured) and each.now.measured.reason is not Reason.IN_PARTS
    return RichText(measured_text(each.now.measured, each.indicator.unit, style), "yellow" if missing else "bold")


def _rate(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(rate_cell(each, style))


def _met(each: IndicatorStatus, style: Style) -> RichText:
    colour = "red" if each.now.worse else VERDICT_STYLES[each.now.verdict]
    return RichText(verdict_text(each.now, style), colour)


def _grade(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(grade_cell(each.now.grade, style))


def _previous(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(previous_text(each, style), "dim")


def _bar(each: IndicatorStatus, _style: Style) -> RichText:
    result = each.now.achievement
    if not isinstance(result, Rate):
        return RichText("")
    return RichText(bar(result.value, _BAR), VERDICT_STYLES[each.now.verdict])


def _progress(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(progress_cell(each, style))


def _needed(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(needed_text(each, style))


def _projection(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(projection_text(each, style), "dim")


def _trend(each: IndicatorStatus, _style: Style) -> RichText:
    base = each.now.terms.base
    start = [] if base is None else [base]
    reported = (past.measured if past.year <= each.now.year else None for past in each.history)
    years = [value.value if isinstance(value, Measured) else None for value in reported]
    return RichText(sparkline([*start, *years]))


def _final(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(final_text(each.now.terms, each.indicator.unit, style))


def _next(each: IndicatorStatus, style: Style) -> RichText:
    return RichText(target_text(each.next_target, each.indicator.unit, style))


_COLUMNS = (
    _Column(Text("指標", "Indicator"), _name, 0),
    _Column(Text("基準値", "Baseline"), _baseline, 4, right=True),
    _Column(Text("目標値", "Target"), _target, 0, right=True),
    _Column(Text("実績値", "Actual"), _actual, 0, right=True),
    _Column(Text("達成率", "Rate"), _rate, 0, right=True),
    _Column(Text("判定", "Met"), _met, 0),
    _Column(Text("評価", "Grade"), _grade, 0),
    _Column(Text("前年度", "Year before"), _previous, 3, right=True),
    _Column(Text("", ""), _bar, 9),
    _Column(Text("最終目標へ", "To final"), _progress, 2, right=True),
    _Column(Text("次年度目標", "Next target"), _next, 5, right=True),
    _Column(Text("最終目標", "Final target"), _final, 6, right=True),
    _Column(Text("必要な増減", "Needed"), _needed, 7, right=True),
    _Column(Text("このままなら", "At this pace"), _projection, 8, right=True),
    _Column(Text("推移", "Trend"), _trend, 10),
    _Column(Text("ID", "ID"), _id, 11),
)


class _Fitted(NamedTuple):
    column: _Column
    width: int


def _rows(indicators: Sequence[IndicatorStatus]) -> list[IndicatorStatus]:
    """Return the indicators with their parts below them."""
    return [row for each in indicators for row in (each, *each.parts)]


def _columns_that_fit(status: Status, style: Style, width: int) -> list[_Fitted]:
    """Return the columns there is room for, each as wide as its widest cell anywhere on the page.

    Where that is too wide, essentials are folded at their brackets and blanks before anything is left out.
    """
    fitted, compact = [], []
    for column in _COLUMNS:
        shown = [column.cell(each, style) for each in _rows(status.indicators)]
        if all(cell.plain in ("", NOTHING) for cell in shown):
            continue
        header = cells(column.header.to(style.language))
        widest = max((cell.cell_len for cell in shown), default=0)
        pieces = (cells(piece) for cell in shown for piece in _PIECES.split(cell.plain))
        least = max(*pieces, _LEAST_CELL) if column.right and column.essential and shown else widest
        fitted.append(_Fitted(column, max(widest, header)))
        compact.append(_Fitted(column, max(min(widest, least), header)))
    if fitted and sum(one.width + _GAP for one in fitted[1:]) + min(fitted[0].width, _READABLE_NAME) > width:
        fitted = compact
    while fitted:
        name, *rest = fitted
        taken = sum(one.width + _GAP for one in rest)
        if taken + min(name.width, _READABLE_NAME) <= width or not any(one.column.rank for one in rest):
            rest = _squeezed(rest, taken + _LEAST_NAME - width)
            room = width - sum(one.width + _GAP for one in rest)
            return [_Fitted(name.column, min(name.width, max(room, _LEAST_NAME))), *rest]
        fitted.remove(max(rest, key=lambda one: one.column.rank))
    return []


def _squeezed(columns: list[_Fitted], by: int) -> list[_Fitted]:
    """Return the columns ``by`` cells narrower, taken from the widest; what no longer fits in a cell is folded."""
    widths = [one.width for one in columns]
    for _ in range(by):
        widest = max(widths)
        if widest <= _LEAST_CELL:
            break
        widths[widths.index(widest)] -= 1
    return [_Fitted(one.column, width) for one, width in zip(columns, widths, strict=True)]


def _table_width(columns: Sequence[_Fitted]) -> int:
    return sum(one.width + _GAP for one in columns) - _GAP


def _indicator_table(indicators: Sequence[IndicatorStatus], columns: Sequence[_Fitted], style: Style) -> Table:
    table = _table()
    for column, width in columns:
        table.add_column(
            RichText(column.header.to(style.language)),
            justify="right" if column.right else "left",
            width=width,
            overflow="fold",
            no_wrap=column.rank > 0,
        )
    for each in _rows(indicators):
        table.add_row(*(_folded(column.cell(each, style), width) for column, width in columns))
    return table


def _folded(cell: RichText, width: int) -> RichText:
    """Return a cell in lines of at most ``width`` cells; what stands in brackets begins a line of its own."""
    bracket = cell.plain.find("（")
    if cell.cell_len > width and bracket > 0:
        cell = RichText("\n").join(cell.divide([bracket]))
    return folded(cell, width)


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim")


# Initiatives


def _initiative_table(initiatives: Sequence[InitiativeStatus], title: int, status: Status, screen: Screen) -> Table:
    language = screen.language
    table = _table()
    table.add_column(Text("取組", "Initiative").to(language), width=title, no_wrap=True, overflow="ellipsis")
    table.add_column(Text("実施/予定", "Done/due").to(language), justify="right", no_wrap=True)
    table.add_column(due_next(status.next_year).to(language), justify="right", no_wrap=True)
    table.add_column("", overflow="fold", max_width=max(screen.width - title - _COUNTS, _LEAST_CELL))
    for each in initiatives:
        counted = f"{each.carried_out}/{each.scheduled}" if each.scheduled else NOTHING
        short = each.carried_out < each.scheduled
        planned = str(each.planned_next) if status.next_year else NOTHING
        table.add_row(
            RichText(_initiative_name(each)),
            RichText(counted, "yellow" if short else ""),
            RichText(planned),
            RichText(remarks(each, language), "dim"),
        )
    return table


def _initiative_name(each: InitiativeStatus) -> str:
    return f"{each.initiative.id:>2} {visible(each.title)}"


def _titles_width(initiatives: Sequence[InitiativeStatus], screen: Screen) -> int:
    longest = max((cells(_initiative_name(each)) for each in initiatives), default=0)
    return min(longest, max(screen.width - _COUNTS, _LEAST_NAME))


# What the figures mean, and where to go from here.


def _is_expected(each: IndicatorStatus) -> bool:
    return each.against in (Against.EXPECTED, Against.INTERPOLATED)


def _notes(status: Status, cells_shown: set[_Cell], screen: Screen) -> Iterator[RichText]:
    language = screen.language
    if any(isinstance(each.now.achievement, Rate) for each in status.indicators):
        legend = Text("達成率の式: A 実績値、T 目標値、B 基準値。", "Rate: A actual, T target, B baseline.")
        yield RichText(legend.to(language), "dim")
    if status.summary.monitoring:
        note = Text(
            "管理指標は目標値を置かず、達成率の欄に基準値からの増減を示す。",
            "A monitoring indicator has no targets; in place of a rate stands its change from the baseline.",
        )
        yield RichText(note.to(language), "dim")
    if status.grades is not None:
        yield RichText(bands_text(status.grades.grading, style_of(status.plan, language)), "dim")
    shown = _rows(status.indicators)
    years = [each.now for each in shown] + [each.previous for each in shown if _previous in cells_shown]
    remarks_due = (
        (any(_is_expected(each) for each in shown), EXPECTED_NOTE),
        (_projection in cells_shown, PROJECTION_NOTE),
        (status.rounds_to_whole(before=_previous in cells_shown), ROUNDED_NOTE),
        (any_by_hand(years), BY_HAND_NOTE),
        (status.grades is not None and not status.grades.adds_up, SHARES_NOTE),
    )
    for is_due, note in remarks_due:
        if is_due:
            yield RichText(note.to(language), "dim")
    indicators = [each.indicator.id for each in status.indicators]
    ids = [*indicators[:_SOME], *[each.initiative.id for each in status.initiatives[:1]]]
    if ids:
        named = "、".join(ids) if language == "ja" else ", ".join(ids)
        yield RichText(
            Text(f"詳しく見る: dxplan show ID（{named} など）", f"To see more: dxplan show ID ({named}, …)").to(
                language
            )
        )
