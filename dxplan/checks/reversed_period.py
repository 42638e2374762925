"""A plan that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX308", "reversed-period")


def check(project: Project) -> Iterator[Finding]:
    """Yield the period where its last year comes before its first."""
    period = project.plan.period
    if period.last < period.first:
        yield Finding(
            project.plan_spot("period"),
            Text(
                f"計画期間が {period.first} に始まり {period.last} に終わっています",
                f"the plan's period begins in {period.first} and ends in {period.last}",
            ),
            Text("from に最初の年度、to に最後の年度を書く", "write the first year in `from`, the last in `to`"),
        )
