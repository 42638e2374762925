"""A range where a number is due, or a number where a range is due."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX410", "mismatched-target")
PAGE = Page(
    what=Text(
        "範囲に収める指標（direction: range）の目標値が1つの数値になっているか、"
        "ほかの方向の指標の目標値が範囲になっています。",
        "A target is one number although `direction` is range, or a range although it is not.",
    ),
    why=Text(
        "数値1つでは範囲に収まったか決められず、範囲では達成率の分母が決まりません。どちらも、達成率を公表できません。",
        "One number says nothing about being within bounds, and a range gives a rate no denominator. Neither can be "
        "published.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: increase
    targets: {R7: {min: 40, max: 60}}
""",
    good="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: range
    targets: {R7: {min: 40, max: 60}}
""",
    fix=Text(
        "「40%以上60%以下」なら direction: range とし、{min: 40, max: 60} と書きます。"
        "「60%以上」を目指して増やすなら direction: increase とし、60 と書きます。",
        "For 40 to 60 per cent write `direction: range` and `{min: 40, max: 60}`. To rise to 60 or more, write "
        "`direction: increase` and 60.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield targets whose form does not go with the indicator's direction."""
    for entry in project.indicators:
        direction = entry.indicator.direction
        if direction is None:
            continue
        for year, target in entry.indicator.targets.items():
            if bool(target.bounds) == (direction is Direction.RANGE):
                continue
            spot = project.year_value(entry.spot.at("targets"), year)
            if direction is Direction.RANGE:
                yield Finding(
                    spot,
                    Text(
                        f"direction: range の目標値 {target.value} が範囲ではありません",
                        f"direction is range, but the target {target.value} is not",
                    ),
                    Text("{min: 40, max: 60} のように書く", "write it like {min: 40, max: 60}"),
                )
            else:
                yield Finding(
                    spot,
                    Text(
                        f"direction: {direction} の目標値が範囲になっています",
                        f"the target is a range, but direction is {direction}",
                    ),
                    Text("数値を1つ書くか、direction: range にする", "write one number, or `direction: range`"),
                )
