"""The indicators of a year as a table for spreadsheets, one row for each and one for each of its parts.

Columns are never translated. Rates are as the plan shows them; ``rates`` says whether that is ``percent`` (95.0) or
``ratio`` (0.95).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dxplan.model.target import TargetValue
from dxplan.progress.achievement import Achievement, NoRate, shown
from dxplan.progress.grading import Grade
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.measured import Measured, Stage
from dxplan.progress.status import Status
from dxplan.progress.terms import Form, half_up
from dxplan.views.csv_text import table, text

COLUMNS = (
    "fiscal_year",
    "western_year",
    "organization_code",
    "viewpoint",
    "initiative",
    "department",
    "id",
    "part",
    "name",
    "unit",
    "direction",
    "series",
    "baseline_year",
    "baseline",
    "baseline_estimate",
    "baseline_reference",
    "target",
    "target_min",
    "target_over",
    "target_max",
    "target_under",
    "target_text",
    "target_words",
    "expected",
    "against",
    "actual",
    "actual_text",
    "actual_state",
    "actual_entered",
    "actual_of_year",
    "count_part",
    "count_whole",
    "preliminary",
    "data_year",
    "rates",
    "achievement_rate",
    "method",
    "no_rate_reason",
    "met",
    "worse",
    "grade",
    "grade_by_hand",
    "progress_rate",
    "previous_rate",
    "previous_grade",
    "next_target",
    "needed_per_year",
    "projection",
)


def document(status: Status) -> str:
    """Return one row for each indicator and each part of one, below one row of column names."""
    pairs = ((row, each) for each in status.indicators for row in (each, *each.parts))
    return table(COLUMNS, (_row(row, whole, status) for row, whole in pairs))


def _row(each: IndicatorStatus, whole: IndicatorStatus, status: Status) -> list[str]:
    indicator, now, measured = each.indicator, each.now, each.now.measured
    baseline, expected, aim = now.terms.baseline, now.terms.expected, now.target
    counts = measured.counts if isinstance(measured, Measured) else None
    preliminary = measured.preliminary if isinstance(measured, Measured) else measured.actual.preliminary
    rate, method, reason = _rate(now.achievement, each.form)
    grade = now.grade if isinstance(now.grade, Grade) else None
    before = each.previous
    ahead = each.outlook
    return [
        str(status.year),
        str(status.year.western),
        text(status.plan.organization.code or ""),
        text(each.viewpoint.id if each.viewpoint else ""),
        text(each.initiative.id if each.initiative else ""),
        text(each.department.lead if each.department else ""),
        text(whole.indicator.id),
        text(indicator.id if each.is_part else ""),
        text(each.name),
        text(indicator.unit),
        indicator.direction.value if indicator.direction else "",
        indicator.series.value,
        str(baseline.year) if baseline else "",
        _digits(baseline.value if baseline else None),
        _yes_or_no(baseline.estimate) if baseline else "",
        _yes_or_no(baseline.reference) if baseline else "",
        _number(aim),
        _digits(aim.min if aim else None),
        _digits(aim.over if aim else None),
        _digits(aim.max if aim else None),
        _digits(aim.under if aim else None),
        text((aim.text if aim else None) or ""),
        text((aim.words if aim else None) or ""),
        f"{expected.shown:f}" if expected else "",
        each.against.value if each.against else "",
        f"{measured.value:f}" if isinstance(measured, Measured) else "",
        text(measured.text if isinstance(measured, Stage) else ""),
        measured.actual.state.value,
        _digits(measured.actual.value),
        _digits(measured.own if isinstance(measured, Measured) else None),
        _digits(counts[0] if counts else None),
        _digits(counts[1] if counts else None),
        _yes_or_no(preliminary),
        str(measured.actual.data_year or ""),
        status.plan.rates.value,
        rate,
        method,
        reason,
        now.verdict.value,
        _yes_or_no(now.worse),
        text(grade.label if grade else ""),
        _yes_or_no(grade.by_hand) if grade else "",
        _rate(each.progress, each.form)[0],
        _rate(before.achievement, each.form)[0] if before else "",
        text(before.grade.label if before and isinstance(before.grade, Grade) else ""),
        _number(each.next_target),
        _computed(ahead.needed if ahead else None),
        _computed(ahead.projection if ahead else None),
    ]


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - what it writes down
    return "true" if value else "false"


def _digits(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _computed(value: Fraction | None) -> str:
    return "" if value is None else f"{half_up(value, 6).normalize():f}"


def _number(target: TargetValue | None) -> str:
    return "" if target is None else _digits(target.value)


def _rate(result: Achievement, form: Form) -> tuple[str, str, str]:
    """Return the rate as the plan shows it, its method, and why there is none."""
    if isinstance(result, NoRate):
        return "", "", result.reason.value
    return f"{shown(result.value, form):f}", result.method.value, ""
