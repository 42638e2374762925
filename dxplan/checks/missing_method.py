"""A lower-is-better indicator that does not say how its rate is computed."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.indicator import Aim, Indicator
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX403", "missing-method")
PAGE = Page(
    what=Text(
        "減らす指標（direction: decrease）に数値の目標があるのに、達成率の計算方法がありません。"
        "指標の method にも、計画の methods: {decrease: …} にも書かれていません。",
        "An indicator with `direction: decrease` has a number to reach, but neither its own `method` nor the plan's "
        "`methods: {decrease: …}` says how its achievement rate is computed.",
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
        "どの指標も同じ式なら、計画に methods: {decrease: mirror} のように1回だけ書きます。"
        "式の定めがなければ none と書くと、達成率を出さず、達成・未達だけを示します。",
        "Name the formula that your earlier reports used; where it is the same for all, once for the whole plan, like "
        "`methods: {decrease: mirror}`. If none was agreed, write `method: none`: no rate is computed, and only met or "
        "not met is shown.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield what is to decrease towards a number, where neither it nor the plan names a method."""
    if project.plan.methods.decrease is not None or project.is_hidden(project.plan_spot("methods", "decrease")):
        return
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.method is not None or indicator.monitoring:
            continue
        if (indicator.direction is not Direction.DECREASE and not indicator.parts) or not _lacking(indicator):
            continue
        if project.is_hidden_below(entry.spot):
            continue  # the method may be what could not be read
        for keys, title in _lacking(indicator).items():
            yield Finding(
                entry.spot.at(*keys, "direction"),
                Text(
                    f"減らす指標{title.ja}に達成率の計算方法がありません",
                    f"{title.en} decreases, but names no method",
                ),
                Text(
                    "method: に mirror / inverse / baseline / none のどれかを書く（dxplan rules DX403）。"
                    "どの指標も同じなら、計画に methods: {decrease: …} と書く",
                    "write `method:` mirror, inverse, baseline or none (dxplan rules DX403), or for every indicator of "
                    "the plan `methods: {decrease: …}`",
                ),
            )


def _lacking(indicator: Indicator) -> dict[tuple[str | int, ...], Text]:
    """Return what has no method although it needs one, by the keys of where its direction is said."""
    found: dict[tuple[str | int, ...], Text] = {}
    for aim, part in zip(indicator.aims, (None, *indicator.parts), strict=True):
        if aim.direction is not Direction.DECREASE or not _is_numeric(aim):
            continue
        if part is None or part.method is None:
            own = part is not None and part.direction is not None
            found.setdefault(aim.keys if own else (), aim.title if own else indicator.aims[0].title)
    return found


def _is_numeric(aim: Aim) -> bool:
    """Whether a rate has a number to be measured by: a target that is neither a range nor words, or expected values."""
    if aim.expected:
        return True
    targets = (target for year in aim.targets.values() for target in (year, *(each.before for each in year.revisions)))
    return any(target is not None and target.number is not None for target in targets)
