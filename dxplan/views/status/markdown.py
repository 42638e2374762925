"""The state of a plan as Markdown, for a pull request or an issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dxplan.language import Language, Text
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.status import InitiativeStatus, Status
from dxplan.progress.terms import Against
from dxplan.views.markdown_text import escape, table
from dxplan.views.wording import (
    BY_HAND_NOTE,
    EXPECTED_NOTE,
    NOTHING,
    PROJECTION_NOTE,
    ROUNDED_NOTE,
    SHARES_NOTE,
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


def document(status: Status, language: Language) -> str:
    """Return the whole page."""
    return "\n".join(_lines(status, language)) + "\n"


def _lines(status: Status, language: Language) -> Iterator[str]:
    yield f"# {escape(status.plan.title)} {year_name(status.year, language)}"
    yield ""
    yield answer(status.summary, language)
    if status.grades is not None:
        yield ""
        yield escape(grades_line(status.grades, language))
        yield ""
        yield escape(bands_text(status.grades.grading, style_of(status.plan, language)))
    rows = [row for each in status.indicators for row in (each, *each.parts)]
    style = style_of(status.plan, language)
    columns = [column for column in _COLUMNS if _is_worth_it(column, status, rows, style)]
    notes = (
        (any(row.against in (Against.EXPECTED, Against.INTERPOLATED) for row in rows), EXPECTED_NOTE),
        (any(column.cell is _projection for column in columns), PROJECTION_NOTE),
        (status.rounds_to_whole(before=True), ROUNDED_NOTE),
        (any_by_hand(year for row in rows for year in (row.now, row.previous)), BY_HAND_NOTE),
        (status.grades is not None and not status.grades.adds_up, SHARES_NOTE),
    )
    for is_due, note in notes:
        if is_due:
            yield ""
            yield note.to(language)
    for viewpoint, indicators, initiatives in status.sections():
        if viewpoint is not None:
            label = Text("視点", "Viewpoint ").to(language)
            yield ""
            yield f"## {label}{viewpoint.id} {escape(viewpoint.title)}"
        if indicators:
            rows = [row for each in indicators for row in (each, *each.parts)]
            yield ""
            yield from table(
                [column.header.to(language) for column in columns],
                [[column.cell(each, style) for column in columns] for each in rows],
            )
        if initiatives:
            titles = (*_INITIATIVE_HEAD, due_next(status.next_year), Text("備考", "Remarks"))
            yield ""
            yield from table(
                [title.to(language) for title in titles],
                [_initiative(each, status, language) for each in initiatives],
            )


def _is_worth_it(column: _Column, status: Status, rows: Sequence[IndicatorStatus], style: Style) -> bool:
    """Whether the column tells anything: grades where the plan gives any, the outlook where there is one."""
    if column.cell is _grade:
        return status.grades is not None
    if column.cell in (_final, _needed, _projection):
        return any(column.cell(row, style) != NOTHING for row in rows)
    return True


class _Column(NamedTuple):
    header: Text
    cell: Callable[[IndicatorStatus, Style], str]


def _name(each: IndicatorStatus, _style: Style) -> str:
    return f"{'&emsp;' if each.is_part else ''}{escape(each.name)}"


def _baseline(each: IndicatorStatus, style: Style) -> str:
    return escape(baseline_text(each.now.terms.baseline, each.indicator.unit, style))


def _target(each: IndicatorStatus, style: Style) -> str:
    return escape(target_cell(each, style))


def _actual(each: IndicatorStatus, style: Style) -> str:
    return escape(measured_text(each.now.measured, each.indicator.unit, style))


def _rate(each: IndicatorStatus, style: Style) -> str:
    return escape(rate_cell(each, style))


def _met(each: IndicatorStatus, style: Style) -> str:
    return verdict_text(each.now, style)


def _grade(each: IndicatorStatus, style: Style) -> str:
    return escape(grade_cell(each.now.grade, style))


def _previous(each: IndicatorStatus, style: Style) -> str:
    return escape(previous_text(each, style))


def _progress(each: IndicatorStatus, style: Style) -> str:
    return progress_cell(each, style)


def _next(each: IndicatorStatus, style: Style) -> str:
    return escape(target_text(each.next_target, each.indicator.unit, style))


def _final(each: IndicatorStatus, style: Style) -> str:
    return escape(final_text(each.now.terms, each.indicator.unit, style))


def _needed(each: IndicatorStatus, style: Style) -> str:
    return escape(needed_text(each, style))


def _projection(each: IndicatorStatus, style: Style) -> str:
    return escape(projection_text(each, style))


_COLUMNS = (
    _Column(Text("指標", "Indicator"), _name),
    _Column(Text("基準値", "Baseline"), _baseline),
    _Column(Text("目標値", "Target"), _target),
    _Column(Text("実績値", "Actual"), _actual),
    _Column(Text("達成率", "Rate"), _rate),
    _Column(Text("判定", "Met"), _met),
    _Column(Text("評価", "Grade"), _grade),
    _Column(Text("前年度", "Year before"), _previous),
    _Column(Text("最終目標へ", "To final"), _progress),
    _Column(Text("次年度目標", "Next target"), _next),
    _Column(Text("最終目標", "Final target"), _final),
    _Column(Text("必要な増減", "Needed"), _needed),
    _Column(Text("このままなら", "At this pace"), _projection),
)
_INITIATIVE_HEAD = (Text("取組", "Initiative"), Text("実施/予定", "Done/due"))


def _initiative(each: InitiativeStatus, status: Status, language: Language) -> list[str]:
    return [
        f"{each.initiative.id} {escape(each.title)}",
        f"{each.carried_out}/{each.scheduled}" if each.scheduled else NOTHING,
        str(each.planned_next) if status.next_year else NOTHING,
        remarks(each, language),
    ]
