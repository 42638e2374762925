"""A range whose lower bound lies above its upper bound, or that has no bound at all."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.plan import Range
from dxplan.project import Project

RULE = Rule("DX406", "reversed-range")


def check(project: Project) -> Iterator[Finding]:
    """Yield ranges that no value can meet, or every value does."""
    for entry in project.indicators:
        for year, target in entry.indicator.targets.items():
            if not isinstance(target, Range):
                continue
            spot = project.year_value(entry.spot.at("targets"), year)
            if target.min is None and target.max is None:
                if not project.is_hidden_below(spot):
                    yield Finding(
                        spot,
                        Text(f"{year} の範囲に下限も上限もありません", f"the range for {year} has no bound"),
                        Text("min と max の少なくとも一方を書く", "give `min`, `max` or both"),
                    )
            elif target.min is not None and target.max is not None and target.min > target.max:
                yield Finding(
                    spot,
                    Text(
                        f"{year} の範囲の下限 {target.min} が上限 {target.max} を超えています",
                        f"in the range for {year}, min {target.min} is above max {target.max}",
                    ),
                    Text(
                        "min に小さい値、max に大きい値を書く", "write the smaller value in `min`, the larger in `max`"
                    ),
                )
