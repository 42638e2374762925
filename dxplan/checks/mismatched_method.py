"""A method whose formula turns the indicator's direction round."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.model.indicator import Aim, Part
from dxplan.model.values import Direction, Method
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX411", "mismatched-method")
PAGE = Page(
    what=Text(
        "減らす指標（direction: decrease）に、増やす指標の計算方法 ratio（A/T）が書かれているか、"
        "減らさない指標に、減らす指標の計算方法 mirror か inverse が書かれています。"
        "計画の methods と、内訳（parts）も調べます。"
        "保つ指標と範囲の指標は、目標値が上限（max・under）だけなら、少ないほどよいものとします。",
        "An indicator with `direction: decrease` has the method `ratio` (A/T), which is for increasing ones, or "
        "another one has `mirror` or `inverse`, which are for decreasing ones. The plan's `methods` and the `parts` "
        "are held to it too. Where a value is to be kept, less is better if all its targets are upper bounds (`max`, "
        "`under`).",
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
_UP, _DOWN, _NONE = "ratio / baseline / none", "mirror / inverse / baseline / none", "none"


def check(project: Project) -> Iterator[Finding]:
    """Yield methods that do not go with the direction they are for."""
    yield from _of_the_plan(project)
    for entry in project.indicators:
        indicator = entry.indicator
        method = indicator.method
        if method is None and not indicator.parts:
            continue  # nearly everything: the plan's methods are judged above
        said: set[Spot] = set()
        for aim, part in zip(indicator.aims, (None, *indicator.parts), strict=True):
            finding = _of_an_aim(project, entry, aim, part)
            if finding and finding.spot not in said:
                said.add(finding.spot)
                yield finding


def _of_the_plan(project: Project) -> Iterator[Finding]:
    methods = project.plan.methods
    for key, method, decreases in (
        ("increase", methods.increase, False),
        ("decrease", methods.decrease, True),
        ("maintain", methods.maintain, False),
    ):
        if method is Method.RATIO if decreases else method in _FOR_DECREASE:
            ways = _DOWN if decreases else _UP
            yield Finding(
                project.plan_spot("methods", key),
                Text(f"methods の {key} に {method} は使えません", f"method {method} does not go with `{key}`"),
                Text(f"{ways} のどれかにする", f"choose one of {ways}"),
            )


def _of_an_aim(project: Project, entry: IndicatorEntry, aim: Aim, part: Part | None) -> Finding | None:
    indicator = entry.indicator
    own = part.method if part is not None else None
    method = own or indicator.method
    if method is None or aim.direction is None or (part is not None and not (aim.targets or aim.expected or own)):
        return None
    ways = _fitting(aim)
    if method in ways.split(" / ") or (method is Method.BASELINE and ways != _NONE):
        return None
    if own is not None:
        spot = entry.spot.at(*aim.keys, "method")
    elif part is not None and part.direction is not None:
        spot = entry.spot.at(*aim.keys, "direction")
    elif indicator.method is not None:
        spot = entry.spot.at("method")
    else:
        spot = entry.spot.at("direction")
    home = entry.spot.at(*aim.keys)
    unsure = ("direction", "method", "targets") if aim.direction in _KEPT else ("direction", "method")
    if any(project.is_hidden_below(home.at(key)) for key in unsure):
        return None
    return Finding(
        spot,
        Text(
            f"direction: {aim.direction} の指標{aim.title.ja}に method: {method} は使えません",
            f"method {method} does not go with the direction of {aim.title.en}, {aim.direction}",
        )
        if aim.direction not in _KEPT or ways == _UP
        else Text(
            f"上限（max・under）を守る指標{aim.title.ja}に method: {method} は使えません",
            f"method {method} does not go with {aim.title.en}, which has to stay below a bound",
        ),
        Text(
            f"method を {ways} {'のどれか' if '/' in ways else ''}にするか、direction を直す",
            f"set `method` to {'one of ' if '/' in ways else ''}{ways}, or mend `direction`",
        ),
    )


_KEPT = frozenset((Direction.MAINTAIN, Direction.RANGE))


def _fitting(aim: Aim) -> str:
    """Return the methods whose formula runs the way that is better for ``aim``."""
    match aim.direction:
        case Direction.INCREASE:
            return _UP
        case Direction.DECREASE:
            return _DOWN
        case Direction.MILESTONE:
            return _NONE
    targets = aim.targets.values()
    only_from_above = [target.upper is not None and target.lower is None for target in targets]
    return _DOWN if only_from_above and all(only_from_above) else _UP
