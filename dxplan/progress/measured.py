"""What an indicator measured in a year, comparable with that year's target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import UNREPORTED, Actual, Actuals
from dxplan.model.plan import Indicator
from dxplan.model.values import Entered, Series, ValueState
from dxplan.progress.achievement import STATE_REASONS, Reason


class Measured(NamedTuple):
    """A value that can be held against the year's target."""

    value: Decimal
    """The value; of a cumulative indicator the total from the period's first year on."""
    actual: Actual
    """What was entered for the year itself."""
    preliminary: bool
    """Whether the value, or any amount in the total, is preliminary (速報)."""


class NotMeasured(NamedTuple):
    """No such value, and why."""

    reason: Reason
    actual: Actual
    """What was entered for the year itself."""


def measured(
    indicator: Indicator, year: FiscalYear, first: FiscalYear, actuals: Mapping[FiscalYear, Actuals]
) -> Measured | NotMeasured:
    """Return what ``indicator`` measured in ``year``.

    Yearly amounts of a cumulative indicator are added up from ``first``, the period's first year; a missing year makes
    the total unknown from there on, never silently partial.
    """
    actual = _entered(indicator, year, actuals)
    if actual.state is not ValueState.REPORTED or actual.value is None:
        return NotMeasured(STATE_REASONS[actual.state.value], actual)
    if not adds_up(indicator):
        return Measured(actual.value, actual, actual.preliminary)
    total, preliminary = Decimal(0), False
    for earlier in span(first, year):
        entered = _entered(indicator, earlier, actuals)
        if entered.value is None:
            return NotMeasured(Reason.INCOMPLETE_TOTAL, actual)
        total += entered.value
        preliminary = preliminary or entered.preliminary
    return Measured(total, actual, preliminary)


def adds_up(indicator: Indicator) -> bool:
    """Whether yearly amounts have to be added up before they can be held against a target."""
    return indicator.series is Series.CUMULATIVE and indicator.entered is Entered.YEARLY


def _entered(indicator: Indicator, year: FiscalYear, actuals: Mapping[FiscalYear, Actuals]) -> Actual:
    reported = actuals.get(year)
    return reported.indicators.get(indicator.id, UNREPORTED) if reported else UNREPORTED
