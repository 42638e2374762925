"""Small charts made of characters: bars, sparklines, gauges."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

_STEPS = "▁▂▃▄▅▆▇█"


def bar(share: Fraction, width: int) -> str:
    """Return a bar of ``width`` cells; what goes past the full length ends in ``>``, what is below nothing is empty."""
    if share > 1:
        return "█" * (width - 1) + ">"
    filled = int(max(share, Fraction(0)) * width)
    return "█" * filled + "░" * (width - filled)


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Return one character for each value, scaled from the lowest to the highest; ``·`` for none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    return "".join(
        "·"
        if value is None
        else _STEPS[int((value - low) / (high - low) * (len(_STEPS) - 1))]
        if high > low
        else _STEPS[len(_STEPS) // 2]
        for value in values
    )


def gauge(share: Fraction, mark: Fraction | None, width: int) -> str:
    """Return a bar of at most ``width`` cells with a mark where the target lies."""
    cells = ["█" if position < share * width else " " for position in range(width)]
    if mark is not None and 0 < mark <= 1:
        cells[min(width - 1, ceil(mark * width) - 1)] = "┃"
    return "".join(cells).rstrip()
