"""Everything a plan and its actuals say, and everything computed of them, for every year: one JSON document.

`json_form` says what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.exchange.json_form import (
    FORMAT,
    ActionOut,
    ActionYearOut,
    BandOut,
    BaselineOut,
    DepartmentOut,
    EnteredOut,
    ExpectedOut,
    ExportJson,
    Figure,
    FigureOut,
    FormerNameOut,
    GradeOut,
    GradesOut,
    IndicatorOut,
    InitiativeOut,
    InitiativeYearOut,
    MeasuredOut,
    OutlookOut,
    PlanOut,
    QuantityOut,
    RateOut,
    RelistingOut,
    RevisionOut,
    ShareOut,
    SummaryOut,
    TargetOut,
    YearName,
    YearOut,
)
from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import Actuals, PartActual
from dxplan.model.department import Department, Quantity
from dxplan.model.grades import Band
from dxplan.model.history import FormerName
from dxplan.model.indicator import BaselineValue, Indicator
from dxplan.model.target import Target, TargetValue
from dxplan.model.values import Result, ValueState
from dxplan.progress.achievement import Achievement, NoRate, Verdict, shown
from dxplan.progress.grading import Distribution, Grade, Graded
from dxplan.progress.judgement import IndicatorStatus, indicator_status
from dxplan.progress.measured import Measured, NotMeasured, Stage
from dxplan.progress.outlook import Outlook
from dxplan.progress.status import Status, Summary, status
from dxplan.progress.terms import Expected, Form, half_up
from dxplan.project import ActionEntry, IndicatorEntry, InitiativeEntry, Project, RelistedEntry

_COMPUTED_DECIMALS = 6


def document(project: Project, year: FiscalYear | None = None) -> bytes:
    """Return the document, of one year alone if ``year`` is given."""
    states = {each: status(project, each) for each in project.actuals}
    judged: dict[str, dict[FiscalYear, IndicatorStatus]] = {entry.indicator.id: {} for entry in project.indicators}
    for each, state in states.items():
        for now in state.indicators:
            judged[now.indicator.id][each] = now
    result: ExportJson = {
        "format": FORMAT,
        "plan": _plan(project),
        "years": [_year(state, project.actuals[each]) for each, state in states.items() if year in (None, each)],
        "viewpoints": [
            {
                "id": viewpoint.id,
                "title": viewpoint.title,
                "outlook": viewpoint.outlook,
                "department": _department(viewpoint.department),
                "note": list(viewpoint.note),
            }
            for viewpoint in project.plan.viewpoints
        ],
        "indicators": [_indicator(project, judged[entry.indicator.id], entry, year) for entry in project.indicators],
        "initiatives": [_initiative(project, states, entry, year) for entry in project.initiatives],
    }
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


def _figure(value: Decimal | None) -> Figure | None:
    return None if value is None else f"{value:f}"


def _computed(value: Fraction) -> Figure:
    return f"{half_up(value, _COMPUTED_DECIMALS).normalize():f}"


def _named(year: FiscalYear) -> YearName:
    return {"fiscal_year": str(year), "western_year": year.western}


def _optional_year(year: FiscalYear | None) -> str | None:
    return None if year is None else str(year)


def _amount(amount: Quantity | None) -> QuantityOut | None:
    return None if amount is None else {"value": f"{amount.value:f}", "unit": amount.unit}


def _department(department: Department | None) -> DepartmentOut | None:
    return None if department is None else {"lead": department.lead, "related": list(department.related)}


def _former(names: Iterable[FormerName]) -> list[FormerNameOut]:
    return [{"name": each.name, "until": str(each.until)} for each in names]


def _plan(project: Project) -> PlanOut:
    plan = project.plan
    first, last, horizon = plan.period.first, plan.period.last, plan.period.horizon
    methods = {"increase": plan.methods.increase, "decrease": plan.methods.decrease, "maintain": plan.methods.maintain}
    return {
        "title": plan.title,
        "organization": plan.organization.name,
        "organization_code": plan.organization.code,
        "adopted": plan.adopted,
        "first_year": str(first),
        "last_year": str(last),
        "horizon": _optional_year(horizon),
        "start_date": first.first_day.isoformat(),
        "end_date": last.last_day.isoformat(),
        "vision": plan.vision,
        "summary": plan.summary,
        "rates": plan.rates.value,
        "methods": {key: method.value for key, method in methods.items() if method is not None},
        "progress": plan.progress.value,
        "note": list(plan.note),
        "grades": [
            {
                "first_year": _optional_year(grading.first),
                "by": grading.by.value,
                "bands": [_band(band) for band in grading.bands],
            }
            for grading in plan.grades
        ],
    }


def _band(band: Band) -> BandOut:
    return {
        "label": band.label,
        "min": _figure(band.min),
        "over": _figure(band.over),
        "full_target": _figure(band.full_target),
        "by_hand": band.by_hand,
        "meaning": band.meaning,
    }


def _year(now: Status, actuals: Actuals) -> YearOut:
    return {
        **_named(now.year),
        "state": actuals.state.value,
        "published": actuals.published,
        "note": list(actuals.note),
        "summary": _summary(now.summary),
        "grades": _grades(now.grades),
        "corrections": [
            {
                "date": each.date,
                "id": each.id,
                "part": each.part,
                "before": each.old,
                "after": each.new,
                "reason": each.reason,
            }
            for each in actuals.corrections
        ],
    }


def _summary(summary: Summary) -> SummaryOut:
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


def _grades(grades: Distribution | None) -> GradesOut | None:
    if grades is None:
        return None
    shares: list[ShareOut] = [
        {"label": each.label, "count": each.number, "share": f"{each.share:f}"} for each in grades.shares
    ]
    return {"shares": shares, "not_graded": grades.not_graded}


def _indicator(
    project: Project, judged: Mapping[FiscalYear, IndicatorStatus], entry: IndicatorEntry, year: FiscalYear | None
) -> IndicatorOut:
    own = entry.indicator
    ahead = _status_of_any_year(project, entry)
    parts = []
    for number, part in enumerate(ahead.parts):
        of_part = {each: now.parts[number] for each, now in judged.items()}
        parts.append(_figures(project, own, part, of_part, year))
    return {
        **_figures(project, own, ahead, judged, year),
        "former_names": _former(own.former_names),
        "first_year": _optional_year(own.first),
        "last_year": _optional_year(own.until),
        "merged_into": own.merged_into,
        "viewpoint": entry.viewpoint.id if entry.viewpoint else None,
        "initiative": entry.initiative.id if entry.initiative else None,
        "department": _department(entry.department),
        "definition": own.definition,
        "source": own.source,
        "monitoring": own.monitoring,
        "series": own.series.value,
        "entered": own.entered.value,
        "per_year": _figure(own.per_year),
        "judged": own.judged.value,
        "parts": parts,
    }


def _status_of_any_year(project: Project, entry: IndicatorEntry) -> IndicatorStatus:
    """Return the indicator with its whole history, also where it has no actuals yet."""
    period = project.plan.period
    years = span(period.first, period.last)
    return indicator_status(project, entry, next((each for each in years if entry.lasts(each)), period.first))


def _figures(
    project: Project,
    whole: Indicator,
    ahead: IndicatorStatus,
    judged: Mapping[FiscalYear, IndicatorStatus],
    year: FiscalYear | None,
) -> FigureOut:
    own = ahead.indicator
    baseline = own.baseline
    expected = {value.year: value.terms.expected for value in ahead.history}
    years = sorted({value.year for value in ahead.history} | set(own.targets))
    part = own.id if ahead.is_part else None
    return {
        "id": own.id,
        "name": own.name,
        "unit": own.unit,
        "direction": own.direction.value if own.direction else None,
        "method": own.method.value if own.method else None,
        "baseline": _baseline(baseline) if baseline else None,
        "baseline_note": baseline.note if baseline else None,
        "baseline_revisions": [
            {"date": each.date, "before": _baseline(each.before) if each.before else None, "reason": each.reason}
            for each in (baseline.revisions if baseline else ())
        ],
        "note": list(own.note),
        "years": [
            {
                **_named(each),
                **_aim(own.targets.get(each), expected.get(each)),
                "entered": _entered(project.actuals.get(each), whole.id, part),
                **_results(judged.get(each)),
            }
            for each in years
            if year in (None, each)
        ],
    }


class _Aim(TypedDict):
    target: TargetOut | None
    revisions: list[RevisionOut]
    expected: ExpectedOut | None


def _aim(target: Target | None, expected: Expected | None) -> _Aim:
    return {
        "target": _target(target) if target is not None and target.is_stated else None,
        "revisions": [
            {"date": each.date, "before": _target(each.before) if each.before else None, "reason": each.reason}
            for each in (target.revisions if target is not None else ())
        ],
        "expected": None
        if expected is None
        else {"value": f"{expected.shown:f}", "interpolated": expected.interpolated},
    }


def _target(target: TargetValue) -> TargetOut:
    return {
        "value": _figure(target.value),
        "min": _figure(target.min),
        "over": _figure(target.over),
        "max": _figure(target.max),
        "under": _figure(target.under),
        "text": target.text,
        "words": target.words,
    }


def _baseline(baseline: BaselineValue) -> BaselineOut:
    return {
        **_named(baseline.year),
        "value": _figure(baseline.value),
        "text": baseline.text,
        "label": baseline.label,
        "estimate": baseline.estimate,
        "reference": baseline.reference,
        "in_period": baseline.in_period,
    }


def _entered(actuals: Actuals | None, id_: str, part: str | None) -> EnteredOut | None:
    """Return what was reported; null where there are no actuals, or no entry of its own for a part."""
    if actuals is None:
        return None
    whole = actuals.indicators.get(id_)
    if part is not None:
        said: PartActual | None = whole.parts.get(part) if whole else None
    else:
        said = whole
    if said is None:
        said = PartActual(state=ValueState.UNREPORTED) if part is None or (whole and whole.parts) else None
    return _actual(said) if said is not None else None


def _actual(actual: PartActual) -> EnteredOut:
    return {
        "state": "in_parts" if actual.is_in_parts_alone else actual.state.value,
        "value": _figure(actual.value),
        "counts": [f"{count:f}" for count in actual.of] if actual.of else None,
        "text": actual.text,
        "preliminary": actual.preliminary,
        "as_of": actual.as_of,
        "data_year": _optional_year(actual.data_year),
        "label": actual.label,
        "source": actual.source,
        "met": actual.met,
        "grade": actual.grade,
        "reason": actual.reason,
        "note": list(actual.note),
    }


class _Results(TypedDict):
    measured: MeasuredOut | None
    against: str | None
    achievement: RateOut | None
    progress: RateOut | None
    met: bool | None
    worse: bool | None
    grade: GradeOut | None
    outlook: OutlookOut | None


def _results(status_: IndicatorStatus | None) -> _Results:
    if status_ is None:
        return {
            "measured": None,
            "against": None,
            "achievement": None,
            "progress": None,
            "met": None,
            "worse": None,
            "grade": None,
            "outlook": None,
        }
    now = status_.now
    return {
        "measured": _measured(now.measured),
        "against": status_.against.value if status_.against else None,
        "achievement": _rate(now.achievement, status_.form),
        "progress": _rate(now.progress, status_.form),
        "met": None if now.verdict is Verdict.UNDECIDED else now.verdict is Verdict.MET,
        "worse": now.worse,
        "grade": _grade(now.grade),
        "outlook": _outlook(status_.outlook),
    }


def _measured(measured: Measured | Stage | NotMeasured) -> MeasuredOut:
    value = measured if isinstance(measured, Measured) else None
    return {
        "value": _figure(value.value) if value else None,
        "text": measured.text if isinstance(measured, Stage) else None,
        "counts": [f"{count:f}" for count in value.counts] if value and value.counts else None,
        "of_year": _figure(value.own) if value else None,
        "preliminary": value.preliminary if value else measured.actual.preliminary,
        "reason": measured.reason.value if isinstance(measured, NotMeasured) else None,
    }


def _rate(result: Achievement, form: Form) -> RateOut:
    if isinstance(result, NoRate):
        return {"shown": None, "exact": None, "method": None, "reason": result.reason.value}
    exact = f"{result.value.numerator}/{result.value.denominator}"
    return {
        "shown": f"{shown(result.value, form):f}",
        "exact": exact,
        "method": result.method.value,
        "reason": None,
    }


def _grade(grade: Graded | None) -> GradeOut | None:
    if grade is None:
        return None
    if isinstance(grade, Grade):
        return {"label": grade.label, "by_hand": grade.by_hand, "reason": grade.reason}
    return {"label": None, "by_hand": False, "reason": grade.reason.value}


def _outlook(ahead: Outlook | None) -> OutlookOut | None:
    if ahead is None:
        return None
    return {
        "final_year": str(ahead.final.year),
        "years_left": ahead.years_left,
        "needed_per_year": _computed(ahead.needed),
        "pace_per_year": None if ahead.pace is None else _computed(ahead.pace),
        "projection": None if ahead.projection is None else _computed(ahead.projection),
    }


def _initiative(
    project: Project, states: Mapping[FiscalYear, Status], entry: InitiativeEntry, year: FiscalYear | None
) -> InitiativeOut:
    own, period = entry.initiative, project.plan.period
    listed = [each for each in project.listings if each.initiative is own]
    years = sorted({*span(period.first, period.last), *own.budget})
    return {
        "id": own.id,
        "title": own.title,
        "former_names": _former(own.former_names),
        "first_year": _optional_year(own.first),
        "last_year": _optional_year(own.until),
        "merged_into": own.merged_into,
        "viewpoint": entry.viewpoint.id,
        "department": _department(entry.department),
        "summary": own.summary,
        "themes": list(own.themes),
        "note": list(own.note),
        "years": [_initiative_year(project, states.get(each), entry, each) for each in years if year in (None, each)],
        "actions": [_action(project, each, year) for each in listed if isinstance(each, ActionEntry)],
        "relistings": [_relisting(each) for each in listed if isinstance(each, RelistedEntry)],
    }


def _initiative_year(
    project: Project, now: Status | None, entry: InitiativeEntry, year: FiscalYear
) -> InitiativeYearOut:
    own = entry.initiative
    actuals = project.actuals.get(year)
    said = actuals.initiatives.get(own.id) if actuals else None
    counted = next((each for each in (now.initiatives if now else ()) if each.initiative is own), None)
    return {
        **_named(year),
        "scheduled": counted.scheduled if counted else None,
        "carried_out": counted.carried_out if counted else None,
        "results": {each.value: counted.results.count(each) for each in Result if each in counted.results}
        if counted
        else {},
        "relisted": counted.relisted if counted else None,
        "budget": _amount(own.budget.get(year)),
        "settled": _amount(said.settled) if said else None,
        "note": list(said.note) if said else [],
    }


def _action(project: Project, entry: ActionEntry, year: FiscalYear | None) -> ActionOut:
    own, period = entry.action, project.plan.period
    reported = {each for each, actuals in project.actuals.items() if own.id in actuals.actions}
    due = {each for each in span(period.first, period.last) if entry.is_due(each)}
    years = sorted(reported | due | set(own.budget) | set(own.schedule.stages))
    return {
        "id": own.id,
        "title": own.title,
        "former_names": _former(own.former_names),
        "department": _department(entry.department),
        "schedule": own.schedule.written,
        "open_ended": own.schedule.last is None,
        "continues": own.continues,
        "note": list(own.note),
        "years": [_action_year(project, entry, each) for each in years if year in (None, each)],
    }


def _action_year(project: Project, entry: ActionEntry, year: FiscalYear) -> ActionYearOut:
    own = entry.action
    actuals = project.actuals.get(year)
    result = actuals.actions.get(own.id) if actuals else None
    missing = Result.UNREPORTED.value if actuals and entry.is_due(year) else None
    return {
        **_named(year),
        "due": entry.is_due(year),
        "stages": list(own.schedule.stages.get(year, ())),
        "result": result.result.value if result else missing,
        "quantity": _amount(result.quantity) if result else None,
        "budget": _amount(own.budget.get(year)),
        "settled": _amount(result.settled) if result else None,
        "note": list(result.note) if result else [],
    }


def _relisting(entry: RelistedEntry) -> RelistingOut:
    own = entry.relisted
    return {"action": own.relisted, "id": own.id, "title": own.title, "note": list(own.note)}
