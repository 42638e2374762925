"""The indicators of a year as a table for spreadsheets: UTF-8 with BOM and CRLF, as Excel opens it.

Columns are never translated. A text cell that a spreadsheet would take for a formula starts with ``'``; numbers never.
"""

from __future__ import annotations

import csv
from io import StringIO

from dxplan.model.plan import Range, Target
from dxplan.progress.achievement import Achievement, NoRate, percent
from dxplan.progress.measured import NotMeasured
from dxplan.progress.status import IndicatorStatus, Status

COLUMNS = (
    "fiscal_year",
    "western_year",
    "organization_code",
    "viewpoint",
    "initiative",
    "id",
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
    "target_max",
    "actual",
    "actual_state",
    "actual_entered",
    "preliminary",
    "achievement_rate",
    "method",
    "no_rate_reason",
    "met",
    "progress_rate",
    "next_target",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def document(status: Status) -> str:
    """Return one row for each indicator, below one row of column names."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in status.indicators:
        writer.writerow(_row(each, status))
    return "\ufeff" + target.getvalue()


def _row(each: IndicatorStatus, status: Status) -> list[str]:
    indicator, now, decimals = each.indicator, each.now, status.plan.decimals
    baseline = indicator.baseline
    low, high = (now.target.min, now.target.max) if isinstance(now.target, Range) else (None, None)
    rate, method, reason = _rate(now.achievement, decimals)
    measured = now.measured
    return [
        str(status.year),
        str(status.year.western),
        text(status.plan.organization.code or ""),
        text(each.viewpoint.id if each.viewpoint else ""),
        text(each.initiative.id if each.initiative else ""),
        text(indicator.id),
        text(indicator.name),
        text(indicator.unit),
        indicator.direction.value if indicator.direction else "",
        indicator.series.value,
        str(baseline.year) if baseline else "",
        f"{baseline.value:f}" if baseline else "",
        _yes_or_no(baseline.estimate) if baseline else "",
        _yes_or_no(baseline.reference) if baseline else "",
        _number(now.target),
        "" if low is None else f"{low:f}",
        "" if high is None else f"{high:f}",
        "" if isinstance(measured, NotMeasured) else f"{measured.value:f}",
        measured.actual.state.value,
        "" if measured.actual.value is None else f"{measured.actual.value:f}",
        _yes_or_no(not isinstance(measured, NotMeasured) and measured.preliminary),
        rate,
        method,
        reason,
        now.verdict.value,
        _rate(each.progress, decimals)[0],
        _number(each.next_target),
    ]


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - what it writes down
    return "true" if value else "false"


def _number(target: Target | None) -> str:
    return "" if target is None or isinstance(target, Range) else f"{target:f}"


def _rate(result: Achievement, decimals: int) -> tuple[str, str, str]:
    if isinstance(result, NoRate):
        return "", "", result.reason.value
    return f"{percent(result.value, decimals):f}", result.method.value, ""


def text(cell: str) -> str:
    """Return a text cell on one line that no spreadsheet computes."""
    line = " ".join(cell.split("\n"))
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line
