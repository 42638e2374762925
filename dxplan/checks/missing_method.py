"""A lower-is-better indicator that does not say how its rate is computed."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX403", "missing-method")
PAGE = Page(
    what=Text(
        "減らす指標（direction: decrease）に、達成率の計算方法（method）が書かれていません。",
        "An indicator with `direction: decrease` does not say by which `method` its achievement rate is computed.",
    ),
    why=Text(
        "減らす指標の達成率には、どの団体にも共通する式がありません。"
        "目標値 T=0.27、実績値 A=0.42、基準値 B=0.31 のとき、mirror (2T−A)/T は44.4%、inverse T/A は64.3%、"
        "baseline (A−B)/(T−B) は−275.0% です。式を決めずに公表すると、同じ実績がまったく違う数字になります。",
        "There is no one formula for a rate where lower is better. With target T=0.27, actual A=0.42 and baseline "
        "B=0.31, mirror (2T−A)/T gives 44.4%, inverse T/A gives 64.3% and baseline (A−B)/(T−B) gives −275.0%. Unless "
        "the plan names one, the same result can be published as any of these.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: paper
    name: 職員1人1日あたりの紙の使用量
    unit: kg
    direction: decrease
    baseline: {year: R6, value: 0.31}
    targets: {R7: 0.27}
""",
    good="""\
# plan.yaml
indicators:
  - id: paper
    name: 職員1人1日あたりの紙の使用量
    unit: kg
    direction: decrease
    method: mirror
    baseline: {year: R6, value: 0.31}
    targets: {R7: 0.27}
""",
    fix=Text(
        "これまで公表した資料と同じ式を method に書きます。"
        "式の定めがなければ none と書くと、達成率を出さず、達成・未達だけを示します。",
        "Name the formula that your earlier reports used. If none was agreed, write `method: none`: no rate is "
        "computed, and only met or not met is shown.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators with ``direction: decrease`` and no ``method``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.monitoring or indicator.direction is not Direction.DECREASE or indicator.method is not None:
            continue
        if not project.is_hidden_below(entry.spot):
            yield Finding(
                entry.spot.at("direction"),
                Text(
                    f"減らす指標「{indicator.id}」に達成率の計算方法がありません",
                    f"indicator `{indicator.id}` decreases, but names no method",
                ),
                Text(
                    "method: に mirror / inverse / baseline / none のどれかを書く（dxplan rules DX403）",
                    "write `method:` mirror, inverse, baseline or none (dxplan rules DX403)",
                ),
            )
