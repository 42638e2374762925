"""A method whose formula turns the indicator's direction round."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.values import Direction, Method
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX411", "mismatched-method")
PAGE = Page(
    what=Text(
        "減らす指標（direction: decrease）に、増やす指標の計算方法 ratio（A/T）が書かれているか、"
        "減らさない指標に、減らす指標の計算方法 mirror か inverse が書かれています。",
        "An indicator with `direction: decrease` has the method `ratio` (A/T), which is for increasing ones, or "
        "another one has `mirror` or `inverse`, which are for decreasing ones.",
    ),
    why=Text(
        "達成率が逆の意味になります。"
        "目標値 0.27、実績値 0.42 の減らす指標は、未達なのに ratio では 155.6% と公表されます。",
        "The rate says the opposite of what happened: with target 0.27 and actual 0.42, a decreasing indicator falls "
        "short, but `ratio` publishes 155.6%.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: paper
    name: 職員1人1日あたりの紙の使用量
    unit: kg
    direction: decrease
    method: ratio
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
    targets: {R7: 0.27}
""",
    fix=Text(
        "減らす指標には mirror・inverse・baseline・none、ほかの指標には ratio・baseline・none のどれかを書きます。"
        "方向（direction）を取り違えていれば、そちらを直します。",
        "Write `mirror`, `inverse`, `baseline` or `none` for a decreasing indicator, `ratio`, `baseline` or `none` for "
        "any other; or correct `direction`, if that is the slip.",
    ),
)

_FOR_DECREASE = frozenset((Method.MIRROR, Method.INVERSE))


def check(project: Project) -> Iterator[Finding]:
    """Yield methods that do not go with the indicator's direction."""
    for entry in project.indicators:
        indicator = entry.indicator
        method, direction = indicator.method, indicator.direction
        if method is None or direction is None:
            continue
        decreases = direction is Direction.DECREASE
        if method is Method.RATIO if decreases else method in _FOR_DECREASE:
            ways = "mirror / inverse / baseline / none" if decreases else "ratio / baseline / none"
            yield Finding(
                entry.spot.at("method"),
                Text(
                    f"direction: {direction} の指標「{indicator.id}」に method: {method} は使えません",
                    f"method {method} does not go with the direction of `{indicator.id}`, {direction}",
                ),
                Text(f"{ways} のどれかにするか、direction を直す", f"choose one of {ways}, or mend `direction`"),
            )
