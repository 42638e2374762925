"""A baseline from within the plan's own period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX304", "baseline-in-period")
PAGE = Page(
    what=Text(
        "基準値（baseline）の年度が、計画期間の初年度と同じか、それより後です。",
        "The year of a `baseline` is the first year of the plan's period, or a later one.",
    ),
    why=Text(
        "基準値は計画を始める前の値です。計画期間の中の値から測ると、それまでに進んだ分が、"
        "進み具合の数字から抜け落ちます。",
        "A baseline is the value before the plan began. Measured from within the period, what had been gained until "
        "then is missing from the published progress.",
    ),
    bad="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R7, value: 12.1}
    targets: {R7: 48, R8: 92, R9: 100}
""",
    good="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.1}
    targets: {R7: 48, R8: 92, R9: 100}
""",
    fix=Text(
        "計画の前年度以前の値とその年度を書きます。計画が始まってから測り始めた指標なら、baseline を消します。",
        "Give a value from before the plan, with its year. Leave `baseline` out if nothing was measured before the "
        "plan.",
    ),
)


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
                Text(f"{first} より前の年度の値を基準値にする", f"take a value from before {first}"),
            )
