"""Small charts made of characters: bars and sparklines, in blocks or, where the encoding has none, in ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

_STEPS = "▁▂▃▄▅▆▇█"
_ASCII_STEPS = "_.-:=+*#"


def bar(share: Fraction, width: int, *, blocks: bool) -> str:
    """Return a bar of ``width`` cells; what goes past the full length ends in ``>``, what is below nothing is empty."""
    full, empty = ("█", "░") if blocks else ("#", ".")
    if share > 1:
        return full * (width - 1) + ">"
    filled = int(max(share, Fraction(0)) * width)
    return full * filled + empty * (width - filled)


def sparkline(values: Sequence[Decimal | None], *, blocks: bool) -> str:
    """Return one character for each value, scaled from the lowest to the highest; ``·`` (or blank) for none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    steps = _STEPS if blocks else _ASCII_STEPS
    low, high = min(known), max(known)
    return "".join(
        ("·" if blocks else " ")
        if value is None
        else steps[int((value - low) / (high - low) * (len(steps) - 1))]
        if high > low
        else steps[len(steps) // 2]
        for value in values
    ).rstrip()


def gauge(share: Fraction, mark: Fraction | None, width: int, *, blocks: bool) -> str:
    """Return a bar of at most ``width`` cells with a mark where the target lies."""
    full = "█" if blocks else "#"
    cells = [full if position < share * width else " " for position in range(width)]
    if mark is not None and 0 < mark <= 1:
        cells[min(width - 1, ceil(mark * width) - 1)] = "┃" if blocks else "|"
    return "".join(cells).rstrip()
