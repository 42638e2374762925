"""A percentage that looks as if it were entered on the wrong scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Rule, Severity, Spot
from dxplan.language import Text
from dxplan.model.indicator import Indicator
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX407", "wrong-scale", Severity.WARNING)
PAGE = Page(
    what=Text(
        "単位が%の指標の実績値が、目標値はどれも100以下なのに100を超えているか、"
        "前の値が10を超えるのに1未満になっています。注意として示します。",
        "The actual of a percentage is over 100 although no target is, or under 1 although the value before was over "
        "10. This is a warning.",
    ),
    why=Text(
        "54%を0.54や540と入力しても、数値としては正しく読めます。"
        "そのままでは、達成率が百分の一や十倍になって公表されます。",
        "54% typed as 0.54 or as 540 is a sound number to a program, and its rate would be published a hundred times "
        "too low or ten times too high.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.1}
    targets: {R7: 48}
# actuals/R7.yaml
indicators: {online: 0.54}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.1}
    targets: {R7: 48}
# actuals/R7.yaml
indicators: {online: 54}
""",
    fix=Text(
        "Excelの 54% は、セルの中では 0.54 です。%の数字（54）を書きます。値が正しければ、そのままでかまいません。",
        "A cell that shows 54% in Excel holds 0.54; write 54. If the value is right, leave it as it is.",
    ),
)

_PERCENT = frozenset(("%", "％", "パーセント"))
_WHOLE, _ONE, _CLEARLY_PERCENT = Decimal(100), Decimal(1), Decimal(10)


def check(project: Project) -> Iterator[Finding]:
    """Yield percentages over 100 where every target is at most 100, and under 1 where the last one was over 10."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.unit not in _PERCENT:
            continue
        last = indicator.baseline.value if indicator.baseline else None
        for year_file in project.files_by_year.values():
            actual = year_file.actuals.indicators.get(indicator.id)
            if actual is None or actual.value is None:
                continue
            spot = Spot(year_file.file, ("indicators", indicator.id))
            value = actual.value
            if value > _WHOLE and _at_most_whole(indicator):
                yield Finding(
                    spot,
                    Text(
                        f"「{indicator.id}」の {value}% が100%を超えています（目標値は100%以下）",
                        f"`{indicator.id}` is {value}%, over 100%, while its targets are not",
                    ),
                    Text("小数点の位置を確かめる", "check where the decimal point belongs"),
                )
            elif (
                last is not None
                and last > _CLEARLY_PERCENT
                and 0 < abs(value) < _ONE
                and not _falls_below_one(indicator)
            ):
                per_cent = f"{(value * 100).normalize():f}"
                yield Finding(
                    spot,
                    Text(
                        f"「{indicator.id}」の {value}% が、前の値 {last}% に比べて小さすぎます",
                        f"`{indicator.id}` is {value}%, far below the value before, {last}%",
                    ),
                    Text(f"割合でなく%で書く: {per_cent}", f"write per cent, not a fraction: {per_cent}"),
                )
            else:
                last = value


def _bounds(indicator: Indicator) -> list[Decimal | None]:
    return [target.upper if target.value is None else target.value for target in indicator.targets.values()]


def _at_most_whole(indicator: Indicator) -> bool:
    """Whether nothing that was planned goes over 100%, as 経常収支比率 or a ratio to the year before may."""
    bounds = _bounds(indicator)
    if indicator.baseline and indicator.baseline.value > _WHOLE:
        return False
    return bool(bounds) and all(bound is not None and bound <= _WHOLE for bound in bounds)


def _falls_below_one(indicator: Indicator) -> bool:
    """Whether a value under 1% is what the plan is after."""
    return indicator.direction is Direction.DECREASE and any(
        bound is not None and bound < _ONE for bound in _bounds(indicator)
    )
