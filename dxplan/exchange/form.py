"""入力票: what a department is asked for a fiscal year, as values; how it looks in a workbook is `workbook`'s matter.

The words of a form are Japanese, as the plan is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from dxplan.editing.answers import Aspect, Said, recorded
from dxplan.fiscal_year import FiscalYear
from dxplan.model.actuals import UNREPORTED, Actual
from dxplan.model.corrections import Thing
from dxplan.model.department import Quantity
from dxplan.model.plan import Initiative, Plan, Viewpoint
from dxplan.model.values import Direction, Entered, Result, Series, ValueState
from dxplan.progress.grading import grading_in
from dxplan.progress.judgement import IndicatorStatus, indicator_status
from dxplan.progress.missing import Kind, missing
from dxplan.project import ActionEntry, IndicatorEntry, Project
from dxplan.views.wording import NOTHING, RESULTS, Style, aim_text, measured_text, style_of

FORM = 1
"""The version of the form. A form of another version is not read."""


class Field(StrEnum):
    """A cell to be filled in."""

    VALUE = "value"
    COUNT = "count"
    """A part of what `WHOLE` counts (内数)."""
    WHOLE = "whole"
    STATE = "state"
    AS_OF = "as_of"
    MET = "met"
    GRADE = "grade"
    REASON = "reason"
    RESULT = "result"
    QUANTITY = "quantity"
    QUANTITY_UNIT = "quantity_unit"
    SETTLED = "settled"
    SETTLED_UNIT = "settled_unit"
    NOTE = "note"


class Question(NamedTuple):
    """One row of a form: a thing, what helps to answer, and the cells that are open."""

    thing: Thing
    lead: str | None
    """The department that answers; None where nobody is named."""
    heading: str
    """What it hangs on: ``視点1 区民にやさしい``."""
    name: str
    unit: str
    """The unit of the value, with what has to be entered where that is not plain."""
    aim: str
    """This year's target, or what is due in it."""
    last: str
    """Last year's actual or result."""
    last_note: str
    fields: frozenset[Field]
    said: Mapping[Aspect, Said]
    """What is reported already."""
    suggested_units: Mapping[Field, str]
    """Units as they were last given, to spare typing."""
    essence: tuple[str, ...]
    """What may not change while a form is out, or its answers would mean something else."""

    @property
    def is_milestone(self) -> bool:
        """Whether the value is a stage, in words."""
        return Field.MET in self.fields

    @property
    def plain_unit(self) -> str:
        """The unit as the plan gives it."""
        return self.essence[0]


class Form(NamedTuple):
    """Everything that one department is asked."""

    plan: Plan
    year: FiscalYear
    lead: str | None
    """The department; None where the plan names none for what is asked."""
    only_missing: bool
    questions: tuple[Question, ...]

    @property
    def indicators(self) -> tuple[Question, ...]:
        """The questions about indicators and their parts."""
        return tuple(each for each in self.questions if each.thing.kind == "indicators")

    @property
    def actions(self) -> tuple[Question, ...]:
        """The questions about actions."""
        return tuple(each for each in self.questions if each.thing.kind == "actions")

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that a person may give."""
        grading = grading_in(self.plan, self.year)
        return tuple(band.label for band in grading.bands) if grading is not None else ()


def forms(project: Project, year: FiscalYear, *, only_missing: bool = False) -> list[Form]:
    """Return a form for each lead department, in the plan's order; what nobody is named for comes last.

    With ``only_missing`` each asks only for what is not reported yet.
    """
    asked = questions(project, year)
    if only_missing:
        kinds = {Kind.INDICATOR: "indicators", Kind.ACTION: "actions"}
        open_ = {Thing(kinds[item.kind], item.id, item.part) for item in missing(project, year).items}
        asked = [each for each in asked if each.thing in open_]
    leads = sorted(dict.fromkeys(each.lead for each in asked), key=lambda lead: lead is None)
    return [
        Form(project.plan, year, lead, only_missing, tuple(each for each in asked if each.lead == lead))
        for lead in leads
    ]


def questions(project: Project, year: FiscalYear, *, every: bool = False) -> list[Question]:
    """Return everything that is asked for ``year``, whoever answers, in the plan's order.

    With ``every`` also what is not asked by now, and may have been: the whole of an indicator as well as its parts.
    """
    return [*_about_indicators(project, year, every=every), *_about_actions(project, year)]


def fingerprint(plan: Plan, year: FiscalYear, essences: Mapping[Thing, tuple[str, ...]]) -> str:
    """Return the sha256 of what may not change while a form with these questions is out."""
    whole = [
        FORM,
        plan.organization.code or plan.organization.name,
        str(year),
        [
            [*_text_of(thing), *essence]
            for thing, essence in sorted(essences.items(), key=lambda each: _text_of(each[0]))
        ],
    ]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode("utf-8")).hexdigest()


def _text_of(thing: Thing) -> tuple[str, str, str]:
    return (thing.kind, thing.id, thing.part or "")


def _about_indicators(project: Project, year: FiscalYear, *, every: bool) -> Iterator[Question]:
    style = style_of(project.plan, "ja")
    for entry in project.indicators:
        if entry.lasts(year):
            judged = indicator_status(project, entry, year)
            statuses: dict[str | None, IndicatorStatus] = {part.indicator.id: part for part in judged.parts}
            statuses[None] = judged
            for part in statuses if every else _asked(project, entry, year):
                yield _about_indicator(project, entry, statuses[part], part, style)


def _asked(project: Project, entry: IndicatorEntry, year: FiscalYear) -> list[str | None]:
    """Return what is asked of an indicator: the parts, and the whole (None) where one was ever given beside them."""
    indicator = entry.indicator
    if not indicator.parts:
        return [None]
    actual, before = (_actual(project, indicator.id, each) for each in (year, year - 1))
    if _has_own_value(actual) and not actual.parts:
        return [None]
    parts: list[str | None] = [part.id for part in indicator.parts]
    return [None, *parts] if _has_own_value(actual) or (_has_own_value(before) and before.parts) else parts


def _has_own_value(actual: Actual) -> bool:
    return actual.state is ValueState.REPORTED and not actual.is_in_parts_alone


def _actual(project: Project, id_: str, year: FiscalYear) -> Actual:
    actuals = project.actuals.get(year)
    return actuals.indicators.get(id_, UNREPORTED) if actuals is not None else UNREPORTED


_LONGEST = 10_000
"""How long a text may be: a cell holds 32,767 characters, and so does the copy that goes along, with escapes."""
_FIELDS_OF: Mapping[Aspect, frozenset[Field]] = {
    Aspect.FIGURE: frozenset((Field.VALUE, Field.COUNT, Field.WHOLE, Field.STATE, Field.AS_OF)),
    Aspect.JUDGEMENT: frozenset((Field.MET, Field.GRADE, Field.REASON)),
    Aspect.RESULT: frozenset((Field.RESULT,)),
    Aspect.QUANTITY: frozenset((Field.QUANTITY, Field.QUANTITY_UNIT)),
    Aspect.SETTLED: frozenset((Field.SETTLED, Field.SETTLED_UNIT)),
    Aspect.NOTE: frozenset((Field.NOTE,)),
}


def _too_long(said: Mapping[Aspect, Said]) -> frozenset[Field]:
    """Return the fields that stay closed, because no cell holds what is written there already."""
    long = (aspect for aspect, piece in said.items() if any(len(text) > _LONGEST for text in piece.values()))
    return frozenset(field for aspect in long for field in _FIELDS_OF[aspect])


_SHARES = frozenset(("%", "％", "パーセント", "‰", "パーミル", "割"))


def _about_indicator(
    project: Project, entry: IndicatorEntry, judged: IndicatorStatus, part: str | None, style: Style
) -> Question:
    indicator, year = judged.indicator, judged.now.year
    thing = Thing("indicators", entry.indicator.id, part)
    name = entry.indicator.name_in(year)
    before = recorded(project.actuals.get(year - 1), thing)
    said = recorded(project.actuals.get(year), thing)
    fields = {Field.VALUE, Field.STATE, Field.AS_OF, Field.NOTE}
    counts = any("of" in each.get(Aspect.FIGURE, {}) for each in (before, said))
    if indicator.direction is Direction.MILESTONE:
        fields |= {Field.MET, Field.REASON}
    elif indicator.unit in _SHARES or counts:
        fields |= {Field.COUNT, Field.WHOLE}
    if grading_in(project.plan, year) is not None or "grade" in said[Aspect.JUDGEMENT]:
        fields |= {Field.GRADE, Field.REASON}
    previous = judged.previous
    fields -= _too_long(said)
    return Question(
        thing,
        entry.department.lead if entry.department else None,
        _heading(entry.viewpoint, entry.initiative, year),
        name if part is None else f"{name}（{judged.name}）",
        _unit(judged, year),
        _aim(judged, style),
        measured_text(previous.measured, indicator.unit, style) if previous is not None else NOTHING,
        before[Aspect.NOTE].get("note", ""),
        frozenset(fields),
        said,
        {},
        (indicator.unit, _kind(judged)),
    )


def _aim(judged: IndicatorStatus, style: Style) -> str:
    if judged.indicator.monitoring:
        return "なし（管理指標）"
    aim = aim_text(judged.now, judged.indicator.unit, style)
    return f"累計{aim}" if judged.indicator.series is Series.CUMULATIVE and aim != NOTHING else aim


def _kind(judged: IndicatorStatus) -> str:
    """Return what kind of value is entered."""
    indicator = judged.indicator
    if indicator.direction is Direction.MILESTONE:
        return "milestone"
    return indicator.entered.value if indicator.series is Series.CUMULATIVE else indicator.series.value


def _unit(judged: IndicatorStatus, year: FiscalYear) -> str:
    indicator = judged.indicator
    if indicator.direction is Direction.MILESTONE:
        said = "達した段階を文字で"
    elif indicator.series is Series.CUMULATIVE:
        said = f"{year.ja}の分だけ" if indicator.entered is Entered.YEARLY else "期間の累計"
    elif indicator.series is Series.ANNUAL:
        said = f"{year.ja}の1年分"
    else:
        return indicator.unit
    return f"{indicator.unit}\n（{said}）" if indicator.unit else f"（{said}）"


def _heading(viewpoint: Viewpoint | None, initiative: Initiative | None, year: FiscalYear) -> str:
    if initiative is not None:
        return f"取組{initiative.id} {initiative.title_in(year)}"
    return f"視点{viewpoint.id} {viewpoint.title}" if viewpoint is not None else "計画全体"


def _about_actions(project: Project, year: FiscalYear) -> Iterator[Question]:
    actuals = project.actuals.get(year)
    reported = actuals.actions if actuals is not None else {}
    entries = [each for each in project.actions if each.is_due(year) or each.action.id in reported]
    settles = _settles(project)
    for entry in entries:
        yield _about_action(project, entry, year, settles=settles)


def _settles(project: Project) -> bool:
    """Whether money plays a part in the plan, or in what was reported on it."""
    plans = (entry.action.budget or entry.initiative.budget for entry in project.actions)
    results = (result.settled for actuals in project.actuals.values() for result in actuals.actions.values())
    return any(plans) or any(amount is not None for amount in results)


def _about_action(project: Project, entry: ActionEntry, year: FiscalYear, *, settles: bool) -> Question:
    action = entry.action
    thing = Thing("actions", action.id)
    last = project.actuals.get(year - 1)
    before = last.actions.get(action.id) if last is not None else None
    known = recorded(last, thing)
    stage = "、".join(action.schedule.stages.get(year, ()))
    fields = {Field.RESULT, Field.QUANTITY, Field.QUANTITY_UNIT, Field.NOTE}
    said = recorded(project.actuals.get(year), thing)
    if settles:
        fields |= {Field.SETTLED, Field.SETTLED_UNIT}
    fields -= _too_long(said)
    last_text = RESULTS[before.result].ja if before is not None and before.result is not Result.UNREPORTED else NOTHING
    quantity = known[Aspect.QUANTITY]
    if quantity:
        last_text += f"（{quantity['value']}{quantity['unit']}）"
    return Question(
        thing,
        entry.department.lead if entry.department else None,
        _heading(entry.viewpoint, entry.initiative, year),
        action.title_in(year),
        "",
        (stage or "予定") if entry.is_due(year) else "持ち越し",
        last_text,
        known[Aspect.NOTE].get("note", ""),
        frozenset(fields),
        said,
        {
            Field.QUANTITY_UNIT: quantity.get("unit", ""),
            Field.SETTLED_UNIT: _money_unit(entry, known[Aspect.SETTLED], year),
        },
        ("", "action"),
    )


def _money_unit(entry: ActionEntry, before: Said, year: FiscalYear) -> str:
    if before:
        return before["unit"]
    budgets: Iterable[Quantity | None] = (entry.action.budget.get(year), *entry.action.budget.values())
    return next((budget.unit for budget in budgets if budget is not None), "")
