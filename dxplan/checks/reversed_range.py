"""A range whose lower bound lies above its upper bound, or that has no bound at all."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.plan import Range
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX406", "reversed-range")
PAGE = Page(
    what=Text(
        "範囲の目標値の下限（min）が上限（max）を超えているか、下限も上限もありません。",
        "A range has its `min` above its `max`, or has neither.",
    ),
    why=Text(
        "どんな実績値でも未達になるか、どんな実績値でも達成になり、公表する達成・未達に意味がなくなります。",
        "No value can ever meet it, or every value does: the published verdict means nothing.",
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
        "「40%以上60%以下」なら {min: 40, max: 60} と書きます。「40%以上」だけなら {min: 40} と書きます。",
        "Write 40 to 60 per cent as `{min: 40, max: 60}`, and at least 40 as `{min: 40}`.",
    ),
)


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
