"""Bounds that no value can keep: the lower one lies above the upper one, or excludes the only value left."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.model.target import TargetValue
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX406", "reversed-range")
PAGE = Page(
    what=Text(
        "範囲の目標値の下限（min 以上・over 超）が上限（max 以下・under 未満）を超えているか、同じ値でその値を含みません。",
        "A range's lower bound (`min`, `over`) lies above its upper bound (`max`, `under`), "
        "or both are one value that a strict bound excludes.",
    ),
    why=Text(
        "どんな実績値でも未達になり、公表する達成・未達に意味がなくなります。",
        "No value can ever meet it: the published verdict means nothing.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: range
    targets: {R7: {min: 60, max: 40}}
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
        "「40%以上60%以下」なら {min: 40, max: 60}、「40%超60%未満」なら {over: 40, under: 60} と書きます。",
        "Write 40 to 60 per cent as `{min: 40, max: 60}`, and more than 40 but less than 60 as `{over: 40, under: 60}`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield ranges that no value can meet."""
    for entry in project.indicators:
        for year, target in entry.indicator.targets.items():
            if _is_empty(target):
                yield _finding(project.year_value(entry.spot.at("targets"), year), f"{year}", target)
        for index, part in enumerate(entry.indicator.parts):
            for year, target in part.targets.items():
                if _is_empty(target):
                    spot = project.year_value(entry.spot.at("parts", index, "targets"), year)
                    yield _finding(spot, f"{year}", target)


def _is_empty(target: TargetValue) -> bool:
    lower, upper = target.lower, target.upper
    if lower is None or upper is None:
        return False
    return lower > upper or (lower == upper and (target.over is not None or target.under is not None))


def _finding(spot: Spot, year: str, target: TargetValue) -> Finding:
    ja = f"{target.min}以上" if target.over is None else f"{target.over}超"
    ja += f"{target.max}以下" if target.under is None else f"{target.under}未満"
    low = f"min {target.min}" if target.over is None else f"over {target.over}"
    high = f"max {target.max}" if target.under is None else f"under {target.under}"
    return Finding(
        spot,
        Text(f"{year} の範囲（{ja}）に入る値がありません", f"no value lies in the range for {year}: {low}, {high}"),
        Text(
            "下限（min・over）に小さい値、上限（max・under）に大きい値を書く",
            "write the smaller value in `min` or `over`, the larger in `max` or `under`",
        ),
    )
