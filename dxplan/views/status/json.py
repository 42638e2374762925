"""The state of a plan for programs: a versioned form of its own, described by ``docs/schema/status.schema.json``.

Keys, states, reasons and methods are never translated. A rate is in per cent, rounded half up as everywhere; ``exact``
is the fraction it comes from.
"""

from __future__ import annotations

import json
from decimal import Decimal

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.model.plan import Range, Target
from dxplan.model.values import Result
from dxplan.progress.achievement import Achievement, NoRate, Verdict, percent
from dxplan.progress.measured import NotMeasured
from dxplan.progress.status import IndicatorStatus, InitiativeStatus, Status

FORMAT = 1

Number = int | float


class RateJson(TypedDict, total=False):
    """``{"rate": 112.5, "exact": "9/8", "method": "ratio"}`` or ``{"rate": null, "reason": "no_target"}``."""

    rate: Number | None
    exact: str
    method: str
    reason: str


class BaselineJson(TypedDict):
    """The value before the plan."""

    year: str
    value: Number
    estimate: bool
    reference: bool


class RangeJson(TypedDict):
    """A target with bounds."""

    min: Number | None
    max: Number | None


class IndicatorJson(TypedDict):
    """One indicator.

    ``actual`` is comparable with ``target``: of a cumulative indicator it is the total, and null where a year of it is
    missing. ``actual_state`` and ``actual_entered`` are those of the year itself.
    """

    id: str
    name: str
    unit: str
    viewpoint: str | None
    initiative: str | None
    monitoring: bool
    direction: str | None
    series: str
    baseline: BaselineJson | None
    target: Number | RangeJson | None
    actual: Number | None
    actual_state: str
    actual_entered: Number | None
    preliminary: bool
    achievement: RateJson
    progress: RateJson
    met: bool | None
    grade: str | None
    next_target: Number | RangeJson | None


class ActionsJson(TypedDict):
    """Counts of an initiative's own actions; relisted ones are only in ``relisted``."""

    scheduled: int
    carried_out: int
    results: dict[str, int]
    planned_next: int
    relisted: int


class InitiativeJson(TypedDict):
    """One initiative."""

    id: str
    title: str
    viewpoint: str
    actions: ActionsJson


class PlanJson(TypedDict):
    """Which plan this is."""

    title: str
    organization: str
    code: str | None
    period: dict[str, str]


class SummaryJson(TypedDict):
    """Counts over the indicators; ``judged`` is ``met`` and ``not_met`` together."""

    judged: int
    met: int
    not_met: int
    unreported: int
    without_value: int
    without_target: int
    monitoring: int


class StatusJson(TypedDict):
    """The whole document."""

    format: int
    fiscal_year: str
    plan: PlanJson
    summary: SummaryJson
    indicators: list[IndicatorJson]
    initiatives: list[InitiativeJson]


def document(status: Status) -> str:
    """Return the state as one JSON document."""
    plan = status.plan
    summary = status.summary
    result: StatusJson = {
        "format": FORMAT,
        "fiscal_year": str(status.year),
        "plan": {
            "title": plan.title,
            "organization": plan.organization.name,
            "code": plan.organization.code,
            "period": {"from": str(plan.period.first), "to": str(plan.period.last)},
        },
        "summary": {
            "judged": summary.judged,
            "met": summary.met,
            "not_met": summary.not_met,
            "unreported": summary.unreported,
            "without_value": summary.without_value,
            "without_target": summary.without_target,
            "monitoring": summary.monitoring,
        },
        "indicators": [_indicator(each, plan.decimals) for each in status.indicators],
        "initiatives": [_initiative(each) for each in status.initiatives],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _indicator(each: IndicatorStatus, decimals: int) -> IndicatorJson:
    indicator, now = each.indicator, each.now
    baseline = indicator.baseline
    entered = now.measured.actual.value
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "viewpoint": each.viewpoint.id if each.viewpoint else None,
        "initiative": each.initiative.id if each.initiative else None,
        "monitoring": indicator.monitoring,
        "direction": indicator.direction.value if indicator.direction else None,
        "series": indicator.series.value,
        "baseline": {
            "year": str(baseline.year),
            "value": number(baseline.value),
            "estimate": baseline.estimate,
            "reference": baseline.reference,
        }
        if baseline
        else None,
        "target": _target(now.target),
        "actual": None if isinstance(now.measured, NotMeasured) else number(now.measured.value),
        "actual_state": now.measured.actual.state.value,
        "actual_entered": None if entered is None else number(entered),
        "preliminary": not isinstance(now.measured, NotMeasured) and now.measured.preliminary,
        "achievement": rate_json(now.achievement, decimals),
        "progress": rate_json(each.progress, decimals),
        "met": None if now.verdict is Verdict.UNDECIDED else now.verdict is Verdict.MET,
        "grade": None,
        "next_target": _target(each.next_target),
    }


def rate_json(result: Achievement, decimals: int) -> RateJson:
    """Return a rate, or why there is none."""
    if isinstance(result, NoRate):
        return {"rate": None, "reason": result.reason.value}
    return {
        "rate": number(percent(result.value, decimals)),
        "exact": f"{result.value.numerator}/{result.value.denominator}",
        "method": result.method.value,
    }


def number(value: Decimal) -> Number:
    """Return a value as JSON writes it; `source` allows 15 digits, which a float keeps to the last."""
    return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)


def _target(target: Target | None) -> Number | RangeJson | None:
    if isinstance(target, Range):
        return {
            "min": number(target.min) if target.min is not None else None,
            "max": number(target.max) if target.max is not None else None,
        }
    return number(target) if target is not None else None


def _initiative(each: InitiativeStatus) -> InitiativeJson:
    return {
        "id": each.initiative.id,
        "title": each.initiative.title,
        "viewpoint": each.viewpoint.id,
        "actions": {
            "scheduled": each.scheduled,
            "carried_out": each.carried_out,
            "results": {result.value: each.results.count(result) for result in Result if result in each.results},
            "planned_next": each.planned_next,
            "relisted": each.relisted,
        },
    }
