"""Where an indicator is heading: the pace so far, the pace its final target needs, the straight line onward."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear


class Point(NamedTuple):
    """A value and the fiscal year at whose end it held."""

    year: FiscalYear
    value: Fraction


class Outlook(NamedTuple):
    """What lies between the year in question and the final target; a projection is arithmetic, not a forecast."""

    final: Point
    """The final target's number, and its year."""
    years_left: int
    needed: Fraction
    """The change a year that leads to the final target; of the wrong sign where the value is past it already."""
    pace: Fraction | None
    """The change a year since the start; None where nothing tells where it started."""
    projection: Fraction | None
    """The value in the final year if the pace stays the same."""


def outlook(now: Point, start: Point | None, final: Point) -> Outlook | None:
    """Return what lies ahead; None in the final year and after it, where nothing does."""
    years_left = final.year.western - now.year.western
    if years_left <= 0:
        return None
    needed = (final.value - now.value) / years_left
    if start is None or start.year >= now.year:
        return Outlook(final, years_left, needed, None, None)
    pace = (now.value - start.value) / (now.year.western - start.year.western)
    return Outlook(final, years_left, needed, pace, now.value + pace * years_left)
