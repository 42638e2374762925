"""A percentage that looks as if it were entered on the wrong scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Rule, Severity, Spot
from dxplan.language import Text
from dxplan.model.plan import Indicator, Range
from dxplan.project import Project

RULE = Rule("DX407", "wrong-scale", Severity.WARNING)

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
            elif last is not None and abs(value) < _ONE and value and last > _CLEARLY_PERCENT:
                yield Finding(
                    spot,
                    Text(
                        f"「{indicator.id}」の {value}% が、前の値 {last}% に比べて小さすぎます",
                        f"`{indicator.id}` is {value}%, far below the value before, {last}%",
                    ),
                    Text(f"割合でなく%で書く: {value * 100}", f"write per cent, not a fraction: {value * 100}"),
                )
            last = value


def _at_most_whole(indicator: Indicator) -> bool:
    bounds = [target.max if isinstance(target, Range) else target for target in indicator.targets.values()]
    return bool(bounds) and all(bound is not None and bound <= _WHOLE for bound in bounds)
