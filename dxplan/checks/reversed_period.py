"""A plan that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX308", "reversed-period")
PAGE = Page(
    what=Text(
        "計画期間（period）の最終年度（to）が、初年度（from）より前です。",
        "The plan's `period` ends (`to`) before it begins (`from`).",
    ),
    why=Text(
        "計画期間が決まらないと、どの年度の目標値と実績を示すのか決められず、年度についてのほかの規則も調べられません。",
        "Without a period nobody can tell which years to show, and the other rules about years cannot be applied.",
    ),
    bad="""\
# plan.yaml
period: {from: R11, to: R7}
""",
    good="""\
# plan.yaml
period: {from: R7, to: R11}
""",
    fix=Text(
        "from に最初の年度、to に最後の年度を書きます。",
        "Write the first year in `from` and the last in `to`.",
    ),
)


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
