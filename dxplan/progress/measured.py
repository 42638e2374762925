"""What an indicator measured in a year, comparable with that year's target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import UNREPORTED, Actual, Actuals, PartActual
from dxplan.model.indicator import Indicator
from dxplan.model.values import Entered, Series, ValueState
from dxplan.progress.achievement import STATE_REASONS, Reason
from dxplan.progress.terms import half_up, part_of

Counts = tuple[Decimal, Decimal]


class Amount(NamedTuple):
    """One year's amount within a total."""

    value: Decimal
    exact: Fraction
    counts: Counts | None


class Measured(NamedTuple):
    """A value that can be held against the year's target."""

    value: Decimal
    """The value as shown; of a cumulative indicator the total from its first year on."""
    exact: Fraction
    """The value to compute with: a percentage from counts is not rounded here."""
    actual: PartActual
    """What was entered for the year itself."""
    preliminary: bool
    """Whether the value, or any amount in the total, is preliminary (速報)."""
    counts: Counts | None = None
    """The part and the whole that a percentage comes from."""
    amounts: tuple[Amount, ...] = ()
    """The yearly amounts that a total is the sum of, from its first year on."""
    own: Decimal | None = None
    """The year's own amount within a total (うち当年度); None where it is not known, or the value is no total."""


class Stage(NamedTuple):
    """A stage reached, in words, and what a person judged of it."""

    text: str
    actual: PartActual


class NotMeasured(NamedTuple):
    """No such value, and why."""

    reason: Reason
    actual: PartActual
    """What was entered for the year itself."""


Measurement = Measured | Stage | NotMeasured


def measured(
    indicator: Indicator, year: FiscalYear, first: FiscalYear, actuals: Mapping[FiscalYear, Actuals], decimals: int = 1
) -> Measurement:
    """Return what ``indicator`` measured in ``year``.

    Yearly amounts of a cumulative indicator are added up from ``first``, the period's first year, or the year in which
    the indicator joined the plan; a missing year makes the total unknown from there on, never silently partial. A
    percentage from counts is shown with ``decimals``.
    """
    return _measured(indicator, year, first, decimals, lambda each: _entered(indicator, each, actuals))


def part_measured(  # noqa: PLR0913, PLR0917 - the whole and its part
    whole: Indicator,
    part: Indicator,
    year: FiscalYear,
    first: FiscalYear,
    actuals: Mapping[FiscalYear, Actuals],
    decimals: int = 1,
) -> Measurement:
    """Return what ``part`` (as `part_of` gives it) of ``whole`` measured in ``year``."""
    return _measured(part, year, first, decimals, lambda each: _part_entered(whole, part.id, each, actuals))


def adds_up(indicator: Indicator) -> bool:
    """Whether yearly amounts have to be added up before they can be held against a target."""
    return indicator.series is Series.CUMULATIVE and indicator.entered is Entered.YEARLY


def entered_by(
    indicator: Indicator, year: FiscalYear, actuals: Mapping[FiscalYear, Actuals]
) -> tuple[tuple[str | None, PartActual], ...]:
    """Return everything due for ``indicator`` in ``year``: its own entry (None), or that of each part."""
    entered = _entered(indicator, year, actuals)
    if not indicator.parts or (entered.parts == {} and entered.state is not ValueState.UNREPORTED):
        return ((None, entered),)
    return tuple((part.id, entered.parts.get(part.id, UNREPORTED)) for part in indicator.parts)


class _Amount(NamedTuple):
    """One entry that can be added to others; counts are added as counts."""

    part: Fraction
    whole: Fraction | None
    """What the part is a share of; None where it is an amount by itself."""
    digits: int
    preliminary: bool


_NOTHING = _Amount(Fraction(0), None, 0, preliminary=False)
"""What there was before the first year."""


def _measured(
    indicator: Indicator,
    year: FiscalYear,
    first: FiscalYear,
    decimals: int,
    entered: Callable[[FiscalYear], PartActual],
) -> Measurement:
    actual = entered(year)
    if actual.text is not None:
        return Stage(actual.text, actual)
    if actual.state is not ValueState.REPORTED:
        return NotMeasured(STATE_REASONS[actual.state.value], actual)
    now = _amount(indicator, actual)
    if isinstance(now, Reason):
        return NotMeasured(now, actual)
    if indicator.series is not Series.CUMULATIVE:
        return _value(indicator, now, actual, decimals)
    begin = max(first, indicator.first) if indicator.first is not None else first
    if adds_up(indicator):
        return _added_up(indicator, [_amount(indicator, entered(each)) for each in span(begin, year)], actual, decimals)
    before = _amount(indicator, entered(year - 1)) if year > begin else _NOTHING
    total = _value(indicator, now, actual, decimals)
    return total if isinstance(before, Reason) else total._replace(own=_gained(before, now))


def _gained(before: _Amount, now: _Amount) -> Decimal | None:
    """Return what a running total gained in its year; None where it is a share."""
    if before.whole is not None or now.whole is not None:
        return None
    return half_up(now.part - before.part, max(now.digits, before.digits))


def _added_up(
    indicator: Indicator, entries: Sequence[_Amount | Reason], actual: PartActual, decimals: int
) -> Measurement:
    """Return the total of every year's amount; a missing year makes it unknown, and so do shares beside amounts."""
    known = [amount for amount in entries if isinstance(amount, _Amount)]
    if len(known) < len(entries) or len({amount.whole is None for amount in known}) != 1:
        return NotMeasured(Reason.INCOMPLETE_TOTAL, actual)
    now = known[-1]
    own = None if now.whole is not None else half_up(now.part, now.digits)
    each_year = [_value(indicator, amount, actual, decimals) for amount in known]
    amounts = tuple(Amount(value.value, value.exact, value.counts) for value in each_year)
    return _value(indicator, _sum(known), actual, decimals)._replace(own=own, amounts=amounts)


def _value(indicator: Indicator, amount: _Amount, actual: PartActual, decimals: int) -> Measured:
    if amount.whole is None:
        value = half_up(amount.part, amount.digits)
        return Measured(value, amount.part, actual, amount.preliminary)
    exact = amount.part / amount.whole * _PER.get(indicator.unit, 1)
    counts = half_up(amount.part, amount.digits), half_up(amount.whole, amount.digits)
    return Measured(half_up(exact, decimals), exact, actual, amount.preliminary, counts)


_PER: Mapping[str, int] = {"%": 100, "％": 100, "パーセント": 100, "‰": 1000, "パーミル": 1000, "割": 10}
"""What a share is multiplied by to be given in this unit."""


def _amount(indicator: Indicator, actual: PartActual) -> _Amount | Reason:
    """Return the amount entered, or the sum of those of its parts, or why there is none."""
    if actual.of is not None:
        part, whole = actual.of
        return _Amount(Fraction(part), Fraction(whole), max(map(_digits, actual.of)), actual.preliminary)
    if actual.value is not None:
        return _Amount(Fraction(actual.value), None, _digits(actual.value), actual.preliminary)
    if isinstance(actual, Actual) and actual.parts:
        return _sum_of_parts(indicator, actual)
    return STATE_REASONS.get(actual.state.value, Reason.MILESTONE)


def _sum_of_parts(indicator: Indicator, actual: Actual) -> _Amount | Reason:
    if not indicator.parts:
        return Reason.IN_PARTS
    reported = {part.id: actual.parts.get(part.id, UNREPORTED) for part in indicator.parts}
    if any(each.state is ValueState.UNREPORTED for each in reported.values()):
        return Reason.UNREPORTED
    amounts = [_amount(indicator, each) for each in reported.values()]
    known = [amount for amount in amounts if isinstance(amount, _Amount)]
    if any(part_of(indicator, part).unit != indicator.unit for part in indicator.parts):
        return Reason.IN_PARTS
    if indicator.has_targets_in_parts:
        return Reason.IN_PARTS
    if len(known) < len(amounts):
        return Reason.INCOMPLETE_PARTS
    shares = [amount.whole is not None for amount in known]
    if all(shares) or (not any(shares) and indicator.series is not Series.POINT):
        return _sum(known)
    return Reason.IN_PARTS


def _sum(amounts: Iterable[_Amount]) -> _Amount:
    amounts = list(amounts)
    wholes = [amount.whole for amount in amounts if amount.whole is not None]
    return _Amount(
        sum((amount.part for amount in amounts), Fraction(0)),
        sum(wholes, Fraction(0)) if wholes else None,
        max(amount.digits for amount in amounts),
        any(amount.preliminary for amount in amounts),
    )


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _entered(indicator: Indicator, year: FiscalYear, actuals: Mapping[FiscalYear, Actuals]) -> Actual:
    reported = actuals.get(year)
    return reported.indicators.get(indicator.id, UNREPORTED) if reported else UNREPORTED


def _part_entered(whole: Indicator, part: str, year: FiscalYear, actuals: Mapping[FiscalYear, Actuals]) -> PartActual:
    entered = _entered(whole, year, actuals)
    if not entered.parts and entered.state is not ValueState.REPORTED:
        return entered
    return entered.parts.get(part, UNREPORTED)
