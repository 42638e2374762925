"""A per-year amount that does not lead to the targets beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Note, Rule
from dxplan.language import Text
from dxplan.model.values import Series
from dxplan.project import Project

RULE = Rule("DX405", "per-year-mismatch")


def check(project: Project) -> Iterator[Finding]:
    """Yield targets that differ from ``per_year``, or, of a cumulative indicator, from its multiple."""
    if not project.knows_period:
        return
    first = project.plan.period.first
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.per_year is None:
            continue
        cumulative = indicator.series is Series.CUMULATIVE
        for year, target in sorted(indicator.targets.items()):
            years = year.western - first.western + 1
            due = indicator.per_year * years if cumulative else indicator.per_year
            if years > 0 and isinstance(target, Decimal) and target != due:
                sum_of = f"{indicator.per_year} × {years} = {due}" if cumulative else f"{due}"
                yield Finding(
                    project.year_value(entry.spot.at("targets"), year),
                    Text(
                        f"{year} の目標値 {target} が、毎年度の量から求めた {sum_of} と合いません",
                        f"target {target} for {year} is not what the amount per year leads to ({sum_of})",
                    ),
                    Text(
                        "目標値か per_year を直す。年度ごとに量が違うなら per_year を消す",
                        "mend the target or `per_year`; remove `per_year` if the amount differs by year",
                    ),
                    (Note(entry.spot.at("per_year"), Text("毎年度の量", "the amount per year")),),
                )
