"""The state of a plan for programs: a versioned form of its own, described by ``docs/schema/status.schema.json``.

Keys, states, reasons and methods are never translated. A rate is in per cent, rounded half up as everywhere; ``exact``
is the fraction it comes from.
"""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.model.department import Department, Quantity
from dxplan.model.plan import Plan
from dxplan.model.target import TargetValue
from dxplan.model.values import Result
from dxplan.progress.achievement import Achievement, NoRate, Verdict, percent, shown
from dxplan.progress.grading import Grade, Graded
from dxplan.progress.judgement import IndicatorStatus, YearValue
from dxplan.progress.measured import Measured, Stage
from dxplan.progress.status import InitiativeStatus, Status, Summary
from dxplan.progress.terms import Form, half_up

FORMAT = 1

Number = int | float


class RateJson(TypedDict, total=False):
    """``{"rate": 112.5, "shown": "112.5", "exact": "9/8", "method": "ratio"}`` or ``{"rate": null, "reason": …}``.

    ``shown`` is the rate as the plan publishes it: in per cent, or as a ratio (``"0.95"``, where ``rate`` is 94.8).
    """

    rate: Number | None
    shown: str
    exact: str
    method: str
    reason: str


class BaselineJson(TypedDict):
    """The value before the plan, as it stood in the year in question."""

    year: str
    value: Number | None
    text: str | None
    label: str | None
    estimate: bool
    reference: bool


class TargetJson(TypedDict):
    """A target that is not one plain number: bounds, of which ``over`` and ``under`` are strict, or a text."""

    min: Number | None
    over: Number | None
    max: Number | None
    under: Number | None
    text: str | None


class ExpectedJson(TypedDict):
    """An expected value (目安値)."""

    value: Number
    interpolated: bool


class GradeJson(TypedDict):
    """A grade and the figure it follows from, in per cent; ``by_hand`` where a person gave it; or why there is none."""

    label: str | None
    figure: Number | None
    by_hand: bool
    reason: str | None


class PreviousJson(TypedDict):
    """The year before."""

    actual: Number | None
    achievement: RateJson
    grade: GradeJson | None


class OutlookJson(TypedDict):
    """What lies ahead: changes a year, and where a straight line leads; rounded to six decimals."""

    final_year: str
    years_left: int
    needed_per_year: Number
    pace_per_year: Number | None
    projection: Number | None


class DepartmentJson(TypedDict):
    """Who answers."""

    lead: str
    related: list[str]


class FigureJson(TypedDict):
    """One indicator, or one of its parts, in the year.

    ``actual`` is comparable with ``target``: of a cumulative indicator it is the total, and null where a year of it is
    missing. ``actual_state`` and ``actual_entered`` are those of the year itself, ``actual_of_year`` is the year's own
    amount within a total; ``counts`` are the part and the whole
    that a percentage comes from. ``against`` is what ``achievement`` and ``met`` are held against: ``target``,
    ``expected``, ``interpolated`` or null. ``words`` are the plan's own for the target, ``next_words`` for the
    next. ``as_of``, ``data_year`` and ``label`` say what time the value is of, ``source`` where it is from, if not from
    where the indicator's values are.
    """

    id: str
    name: str
    unit: str
    direction: str | None
    baseline: BaselineJson | None
    target: Number | TargetJson | None
    words: str | None
    expected: ExpectedJson | None
    against: str | None
    actual: Number | None
    actual_text: str | None
    actual_state: str
    actual_entered: Number | None
    actual_of_year: Number | None
    counts: list[Number] | None
    preliminary: bool
    as_of: str | None
    data_year: str | None
    label: str | None
    source: str | None
    note: list[str]
    achievement: RateJson
    progress: RateJson
    met: bool | None
    worse: bool
    grade: GradeJson | None
    previous: PreviousJson | None
    next_target: Number | TargetJson | None
    next_words: str | None
    outlook: OutlookJson | None


class IndicatorJson(FigureJson):
    """One indicator with its parts; ``judged`` says whether those are one target or several."""

    viewpoint: str | None
    initiative: str | None
    department: DepartmentJson | None
    monitoring: bool
    series: str
    judged: str
    parts: list[FigureJson]


class ActionsJson(TypedDict):
    """Counts of an initiative's own actions; relisted ones are only in ``relisted``."""

    scheduled: int
    carried_out: int
    results: dict[str, int]
    planned_next: int
    relisted: int


class QuantityJson(TypedDict):
    """An amount with its unit, such as of money."""

    value: Number
    unit: str


class InitiativeJson(TypedDict):
    """One initiative; ``budget`` and ``settled`` are those of the year."""

    id: str
    title: str
    viewpoint: str
    department: DepartmentJson | None
    actions: ActionsJson
    budget: QuantityJson | None
    settled: QuantityJson | None


class PlanJson(TypedDict):
    """Which plan this is."""

    title: str
    organization: str
    code: str | None
    period: dict[str, str]


class SummaryJson(TypedDict):
    """Counts over the indicators and over parts judged apart; ``judged`` is ``met`` and ``not_met`` together."""

    judged: int
    met: int
    not_met: int
    expected_met: int
    expected_not_met: int
    unjudged: int
    unreported: int
    without_value: int
    without_target: int
    monitoring: int


class ShareJson(TypedDict):
    """How many indicators have a grade, and their share in per cent of all that have one."""

    label: str
    count: int
    share: Number


class GradesJson(TypedDict):
    """The grades of the year; what has none is in no denominator."""

    shares: list[ShareJson]
    not_graded: int
    adds_up: bool


class ShownJson(TypedDict):
    """What was asked for: a part of the plan, or an order; null for all of it, in the plan's own order."""

    viewpoint: str | None
    only: str | None
    order: str | None


class StatusJson(TypedDict):
    """The whole document."""

    format: int
    fiscal_year: str
    shown: ShownJson
    plan: PlanJson
    summary: SummaryJson
    grades: GradesJson | None
    indicators: list[IndicatorJson]
    initiatives: list[InitiativeJson]


def document(status: Status) -> str:
    """Return the state as one JSON document."""
    result: StatusJson = {
        "format": FORMAT,
        "fiscal_year": str(status.year),
        "shown": {"viewpoint": status.viewpoint, "only": status.only, "order": status.order},
        "plan": plan_json(status.plan),
        "summary": summary_json(status.summary),
        "grades": {
            "shares": [
                {"label": each.label, "count": each.number, "share": number(each.share)}
                for each in status.grades.shares
            ],
            "not_graded": status.grades.not_graded,
            "adds_up": status.grades.adds_up,
        }
        if status.grades is not None
        else None,
        "indicators": [_indicator(each) for each in status.indicators],
        "initiatives": [_initiative(each) for each in status.initiatives],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def plan_json(plan: Plan) -> PlanJson:
    """Return which plan it is."""
    return {
        "title": plan.title,
        "organization": plan.organization.name,
        "code": plan.organization.code,
        "period": {"from": str(plan.period.first), "to": str(plan.period.last)},
    }


def summary_json(summary: Summary) -> SummaryJson:
    """Return the counts over the indicators."""
    return {
        "judged": summary.judged,
        "met": summary.met,
        "not_met": summary.not_met,
        "expected_met": summary.expected_met,
        "expected_not_met": summary.expected_not_met,
        "unjudged": summary.unjudged,
        "unreported": summary.unreported,
        "without_value": summary.without_value,
        "without_target": summary.without_target,
        "monitoring": summary.monitoring,
    }


def _indicator(each: IndicatorStatus) -> IndicatorJson:
    return {
        **_figure(each),
        "viewpoint": each.viewpoint.id if each.viewpoint else None,
        "initiative": each.initiative.id if each.initiative else None,
        "department": _department(each.department),
        "monitoring": each.indicator.monitoring,
        "series": each.indicator.series.value,
        "judged": each.indicator.judged.value,
        "parts": [_figure(part) for part in each.parts],
    }


def _figure(each: IndicatorStatus) -> FigureJson:
    indicator, now = each.indicator, each.now
    baseline, expected, measured = now.terms.baseline, now.terms.expected, now.measured
    actual = measured.actual
    return {
        "id": indicator.id,
        "name": each.name,
        "unit": indicator.unit,
        "direction": indicator.direction.value if indicator.direction else None,
        "baseline": {
            "year": str(baseline.year),
            "value": _optional(baseline.value),
            "text": baseline.text,
            "label": baseline.label,
            "estimate": baseline.estimate,
            "reference": baseline.reference,
        }
        if baseline
        else None,
        "target": _target(now.target),
        "words": now.target.words if now.target else None,
        "expected": {"value": number(expected.shown), "interpolated": expected.interpolated} if expected else None,
        "against": each.against.value if each.against else None,
        "actual": number(measured.value) if isinstance(measured, Measured) else None,
        "actual_text": measured.text if isinstance(measured, Stage) else None,
        "actual_state": actual.state.value,
        "actual_entered": None if actual.value is None else number(actual.value),
        "actual_of_year": _optional(measured.own) if isinstance(measured, Measured) else None,
        "counts": list(map(number, measured.counts)) if isinstance(measured, Measured) and measured.counts else None,
        "preliminary": measured.preliminary if isinstance(measured, Measured) else actual.preliminary,
        "as_of": actual.as_of,
        "data_year": str(actual.data_year) if actual.data_year else None,
        "label": actual.label,
        "source": actual.source,
        "note": list(actual.note),
        "achievement": rate_json(now.achievement, each.form),
        "progress": rate_json(each.progress, each.form),
        "met": None if now.verdict is Verdict.UNDECIDED else now.verdict is Verdict.MET,
        "worse": now.worse,
        "grade": _grade(now.grade, each.form),
        "previous": _previous(each.previous, each.form),
        "next_target": _target(each.next_target),
        "next_words": each.next_target.words if each.next_target else None,
        "outlook": {
            "final_year": str(each.outlook.final.year),
            "years_left": each.outlook.years_left,
            "needed_per_year": _computed(each.outlook.needed),
            "pace_per_year": None if each.outlook.pace is None else _computed(each.outlook.pace),
            "projection": None if each.outlook.projection is None else _computed(each.outlook.projection),
        }
        if each.outlook
        else None,
    }


def _computed(value: Fraction) -> Number:
    return number(half_up(value, _COMPUTED_DECIMALS))


_COMPUTED_DECIMALS = 6


def _previous(value: YearValue | None, form: Form) -> PreviousJson | None:
    if value is None:
        return None
    return {
        "actual": number(value.measured.value) if isinstance(value.measured, Measured) else None,
        "achievement": rate_json(value.achievement, form),
        "grade": _grade(value.grade, form),
    }


def _grade(grade: Graded | None, form: Form) -> GradeJson | None:
    if grade is None:
        return None
    if isinstance(grade, Grade):
        figure = None if grade.figure is None else _per_cent(grade.figure, form)
        return {"label": grade.label, "figure": figure, "by_hand": grade.by_hand, "reason": grade.reason}
    return {"label": None, "figure": None, "by_hand": False, "reason": grade.reason.value}


def _per_cent(value: Fraction, form: Form) -> Number:
    return number(percent(value, 1) if form.ratio else shown(value, form))


def _department(department: Department | None) -> DepartmentJson | None:
    return {"lead": department.lead, "related": list(department.related)} if department else None


def rate_json(result: Achievement, form: Form) -> RateJson:
    """Return a rate, or why there is none."""
    if isinstance(result, NoRate):
        return {"rate": None, "reason": result.reason.value}
    return {
        "rate": _per_cent(result.value, form),
        "shown": f"{shown(result.value, form):f}",
        "exact": f"{result.value.numerator}/{result.value.denominator}",
        "method": result.method.value,
    }


def number(value: Decimal) -> Number:
    """Return a value as JSON writes it; `source` allows 15 digits, which a float keeps to the last."""
    return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)


def _target(target: TargetValue | None) -> Number | TargetJson | None:
    if target is None or target.value is not None:
        return None if target is None or target.value is None else number(target.value)
    return {
        "min": _optional(target.min),
        "over": _optional(target.over),
        "max": _optional(target.max),
        "under": _optional(target.under),
        "text": target.text,
    }


def _optional(value: Decimal | None) -> Number | None:
    return None if value is None else number(value)


def _initiative(each: InitiativeStatus) -> InitiativeJson:
    return {
        "id": each.initiative.id,
        "title": each.title,
        "viewpoint": each.viewpoint.id,
        "department": _department(each.department),
        "actions": {
            "scheduled": each.scheduled,
            "carried_out": each.carried_out,
            "results": {result.value: each.results.count(result) for result in Result if result in each.results},
            "planned_next": each.planned_next,
            "relisted": each.relisted,
        },
        "budget": _quantity(each.budget),
        "settled": _quantity(each.settled),
    }


def _quantity(quantity: Quantity | None) -> QuantityJson | None:
    return {"value": number(quantity.value), "unit": quantity.unit} if quantity else None
