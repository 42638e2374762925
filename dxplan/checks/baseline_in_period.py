"""A baseline from within the plan's own period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX304", "baseline-in-period")


def check(project: Project) -> Iterator[Finding]:
    """Yield baselines whose year is not before the period."""
    if not project.knows_period:
        return
    first = project.plan.period.first
    for entry in project.indicators:
        baseline = entry.indicator.baseline
        if baseline is not None and baseline.year >= first:
            yield Finding(
                entry.spot.at("baseline", "year"),
                Text(
                    f"基準年度 {baseline.year} が計画期間（{first} から）より前ではありません",
                    f"baseline year {baseline.year} is not before the plan's period (from {first})",
                ),
                Text(f"{first - 1} 以前の値を基準値にする", f"take a value of {first - 1} or earlier"),
            )
