"""A percentage that looks as if it were entered on the wrong scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Rule, Severity, Spot
from dxplan.language import Text
from dxplan.model.actuals import Actual, PartActual
from dxplan.model.indicator import Aim, Indicator
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX407", "wrong-scale", Severity.WARNING)
PAGE = Page(
    what=Text(
        "単位が%の指標の実績値が、目標値はどれも100以下なのに100を超えているか、"
        "前の値が10を超えるのに1未満になっています。"
        "内数と総数（of）では、内数が総数を超えているものです。注意として示します。",
        "The actual of a percentage is over 100 although no target is, or under 1 although the value before was over "
        "10; of counts (`of`), the part is more than the whole. This is a warning.",
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
        "Excelの 54% は、セルの中では 0.54 です。%の数字（54）を書きます。"
        "値が正しければ、そのわけを note に書くと、注意は出なくなります。",
        "A cell that shows 54% in Excel holds 0.54; write 54. If the value is right, say why in its `note`, and the "
        "warning is gone.",
    ),
)

_PERCENT = frozenset(("%", "％", "パーセント"))
_WHOLE, _ONE, _CLEARLY_PERCENT = Decimal(100), Decimal(1), Decimal(10)


def check(project: Project) -> Iterator[Finding]:
    """Yield percentages over 100 where every target is at most 100, and under 1 where the last one was over 10."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.parts:
            for aim in indicator.aims:
                if aim.unit in _PERCENT:
                    yield from _of_an_aim(project, indicator, aim)
        elif indicator.unit in _PERCENT:
            yield from _of_an_aim(project, indicator, indicator.aims[0])


def _of_an_aim(project: Project, indicator: Indicator, aim: Aim) -> Iterator[Finding]:
    last = aim.baseline.value if aim.baseline else None
    shown = f"{last}"
    for year_file in project.files_by_year.values():
        actual: PartActual | None = year_file.actuals.indicators.get(indicator.id)
        spot = Spot(year_file.file, ("indicators", indicator.id))
        if aim.part is not None and isinstance(actual, Actual):
            actual, spot = actual.parts.get(aim.part), spot.at("parts", aim.part)
        if actual is None:
            continue
        if actual.note:  # somebody looked at it, and said something: 充足率 may well be 103.5 %
            last, shown = (actual.value, f"{actual.value}") if actual.value is not None else (last, shown)
            continue
        if actual.of is not None:
            part, whole = actual.of
            if part > whole and _at_most_whole(aim):
                yield Finding(
                    spot.at("of"),
                    Text(
                        f"{aim.title.ja}の内数 {part} が総数 {whole} を超えています（目標値は100%以下）",
                        f"{aim.title.en} counts {part} of {whole}, over 100%, while its targets are not",
                    ),
                    Text("[内数, 総数] の順に書く", "write [part, whole] in this order"),
                )
            else:
                last = part / whole * 100
                shown = f"{last:.1f}"
            continue
        value = actual.value
        if value is None:
            continue
        if value > _WHOLE and _at_most_whole(aim):
            yield Finding(
                spot,
                Text(
                    f"{aim.title.ja}の {value}% が100%を超えています（目標値は100%以下）",
                    f"{aim.title.en} is {value}%, over 100%, while its targets are not",
                ),
                Text(
                    "小数点の位置を確かめる。値が正しければ note にわけを書く",
                    "check where the decimal point belongs; if the value is right, say why in its `note`",
                ),
            )
        elif last is not None and last > _CLEARLY_PERCENT and 0 < abs(value) < _ONE and not _falls_below_one(aim):
            per_cent = f"{(value * 100).normalize():f}"
            yield Finding(
                spot,
                Text(
                    f"{aim.title.ja}の {value}% が、前の値 {shown}% に比べて小さすぎます",
                    f"{aim.title.en} is {value}%, far below the value before, {shown}%",
                ),
                Text(f"割合でなく%で書く: {per_cent}", f"write per cent, not a fraction: {per_cent}"),
            )
        else:
            last, shown = value, f"{value}"


def _aimed_at(aim: Aim) -> list[Decimal]:
    """Return every number that is aimed at: values and bounds of targets, and expected values."""
    found = [
        number for target in aim.targets.values() for number in (target.value, *target.bounds) if number is not None
    ]
    return [*found, *aim.expected.values()] if isinstance(aim.expected, dict) else found


def _at_most_whole(aim: Aim) -> bool:
    """Whether nothing that was planned goes over 100%, as 経常収支比率 or a ratio to the year before may."""
    aimed_at = _aimed_at(aim)
    if aim.baseline and (aim.baseline.value or 0) > _WHOLE:
        return False
    return bool(aimed_at) and all(number <= _WHOLE for number in aimed_at)


def _falls_below_one(aim: Aim) -> bool:
    """Whether a value under 1% is what the plan is after."""
    return aim.direction is Direction.DECREASE and any(number < _ONE for number in _aimed_at(aim))
