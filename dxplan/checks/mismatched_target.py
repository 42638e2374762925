"""A range where a number is due, or a number where a range is due."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.plan import Range
from dxplan.model.values import Direction
from dxplan.project import Project

RULE = Rule("DX410", "mismatched-target")


def check(project: Project) -> Iterator[Finding]:
    """Yield targets whose form does not go with the indicator's direction."""
    for entry in project.indicators:
        direction = entry.indicator.direction
        if direction is None:
            continue
        for year, target in entry.indicator.targets.items():
            spot = project.year_value(entry.spot.at("targets"), year)
            if direction is Direction.RANGE and not isinstance(target, Range):
                yield Finding(
                    spot,
                    Text(
                        f"direction: range の目標値 {target} が範囲ではありません",
                        f"direction is range, but the target {target} is not",
                    ),
                    Text("{min: 40, max: 60} のように書く", "write it like {min: 40, max: 60}"),
                )
            elif direction is not Direction.RANGE and isinstance(target, Range):
                yield Finding(
                    spot,
                    Text(
                        f"direction: {direction} の目標値が範囲になっています",
                        f"the target is a range, but direction is {direction}",
                    ),
                    Text("数値を1つ書くか、direction: range にする", "write one number, or `direction: range`"),
                )
