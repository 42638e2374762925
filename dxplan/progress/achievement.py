"""Achievement rates (達成率), met or not met, and progress to the final target: exact, rounded once when shown.

A result is a number with its method, or a typed reason why there is none; it is never clamped. Whether a target is met
is decided from the values themselves, by direction, also where no rate can be computed. Formulas, with A the actual,
T the target and B the baseline value; docs/arithmetic.md works each of them through:

``ratio``      A / T                  increase; its default
``mirror``     (2T - A) / T           decrease, as 長崎市 publishes
``inverse``    T / A                  decrease
``baseline``   (A - B) / (T - B)      either, as 長野県 grades
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import NamedTuple

from dxplan.model.plan import Indicator, Range, Target
from dxplan.model.values import Direction, Method


class Reason(StrEnum):
    """Why there is no rate."""

    MONITORING = "monitoring"
    NO_TARGET = "no_target"
    UNREPORTED = "unreported"
    PENDING = "pending"
    UNPUBLISHED = "unpublished"
    NOT_CONDUCTED = "not_conducted"
    NOT_APPLICABLE = "not_applicable"
    CANCELLED = "cancelled"
    INCOMPLETE_TOTAL = "incomplete_total"
    RANGE_TARGET = "range_target"
    NO_METHOD = "no_method"
    NO_BASELINE = "no_baseline"
    ZERO_TARGET = "zero_target"
    ZERO_ACTUAL = "zero_actual"
    NEGATIVE_VALUE = "negative_value"
    TARGET_IS_BASELINE = "target_is_baseline"
    TARGET_BEHIND_BASELINE = "target_behind_baseline"


class Verdict(StrEnum):
    """Whether a target is met; undecided where there is no target, no value, or no direction."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"


FORMULAS: Mapping[Method, str] = {
    Method.RATIO: "A / T",
    Method.MIRROR: "(2T - A) / T",
    Method.INVERSE: "T / A",
    Method.BASELINE: "(A - B) / (T - B)",
}
"""How each method computes: A the actual, T the target, B the baseline value."""


class Rate(NamedTuple):
    """A rate, exact: 1 is 100 %."""

    value: Fraction
    method: Method


class NoRate(NamedTuple):
    """No rate, and why."""

    reason: Reason


Achievement = Rate | NoRate


def rate(method: Method, actual: Decimal, target: Decimal, baseline: Decimal | None) -> Achievement:
    """Compute one rate by ``method``; ``baseline`` is None where there is none to compute with."""
    if method is Method.NONE:
        return NoRate(Reason.NO_METHOD)
    a, t = Fraction(actual), Fraction(target)
    if method is Method.BASELINE:
        if baseline is None:
            return NoRate(Reason.NO_BASELINE)
        b = Fraction(baseline)
        return NoRate(Reason.TARGET_IS_BASELINE) if t == b else Rate((a - b) / (t - b), method)
    if t == 0:
        return NoRate(Reason.ZERO_TARGET)
    if a < 0 or t < 0:
        return NoRate(Reason.NEGATIVE_VALUE)
    if method is Method.MIRROR:
        return Rate((2 * t - a) / t, method)
    if method is Method.INVERSE:
        return NoRate(Reason.ZERO_ACTUAL) if a == 0 else Rate(t / a, method)
    return Rate(a / t, method)


def method_of(indicator: Indicator) -> Method:
    """Return the method an indicator names, or its direction's default: ``ratio`` for increase, else none."""
    if indicator.method is not None:
        return indicator.method
    return Method.RATIO if indicator.direction is Direction.INCREASE else Method.NONE


def usable_baseline(indicator: Indicator) -> Decimal | None:
    """Return the baseline's value, or None where there is none or it stands only for reference (参考)."""
    baseline = indicator.baseline
    return None if baseline is None or baseline.reference else baseline.value


def achievement(indicator: Indicator, actual: Decimal, target: Target) -> Achievement:
    """Return how far ``actual`` reaches ``target``, both of one year."""
    if isinstance(target, Range):
        return NoRate(Reason.RANGE_TARGET)
    return _forward(rate(method_of(indicator), actual, target, usable_baseline(indicator)), indicator, target)


def _forward(result: Achievement, indicator: Indicator, target: Decimal) -> Achievement:
    """Return ``result``, unless it measures the way from a baseline to a target that lies behind it.

    There the formula turns round: the worse the actual, the higher the rate.
    """
    baseline = usable_baseline(indicator)
    if not isinstance(result, Rate) or result.method is not Method.BASELINE or baseline is None:
        return result
    behind = target > baseline if indicator.direction is Direction.DECREASE else target < baseline
    return NoRate(Reason.TARGET_BEHIND_BASELINE) if behind else result


def verdict(direction: Direction | None, actual: Decimal, target: Target) -> Verdict:
    """Return whether ``actual`` meets ``target``; a bound is met by the value itself."""
    if isinstance(target, Range):
        above = target.min is None or actual >= target.min
        below = target.max is None or actual <= target.max
        return Verdict.MET if above and below else Verdict.NOT_MET
    if direction is None or direction is Direction.RANGE:
        return Verdict.UNDECIDED
    met = actual <= target if direction is Direction.DECREASE else actual >= target
    return Verdict.MET if met else Verdict.NOT_MET


def progress(indicator: Indicator, actual: Decimal, *, cumulative: bool) -> Achievement:
    """Return how much of the way to the plan's last target is done (最終目標進捗率).

    A cumulative total starts from nothing, so it is A / T; anything else starts from its baseline.
    """
    if not indicator.targets:
        return NoRate(Reason.NO_TARGET)
    final = indicator.targets[max(indicator.targets)]
    if isinstance(final, Range):
        return NoRate(Reason.RANGE_TARGET)
    if cumulative:
        return rate(Method.RATIO, actual, final, None)
    return _forward(rate(Method.BASELINE, actual, final, usable_baseline(indicator)), indicator, final)


def percent(value: Fraction, decimals: int) -> Decimal:
    """Return a rate in per cent, rounded half up (四捨五入; away from zero) to ``decimals`` places."""
    scaled = abs(value) * 100 * 10**decimals
    units = floor(scaled + Fraction(1, 2))
    return Decimal(-units if value < 0 else units).scaleb(-decimals)


def only_rounds_to_whole(result: Achievement, decimals: int) -> bool:
    """Whether a rate below 100 % shows as 100 % once rounded, which has to be said beside it."""
    return isinstance(result, Rate) and result.value < 1 and percent(result.value, decimals) >= 100  # noqa: PLR2004


STATE_REASONS: Mapping[str, Reason] = {
    reason.value: reason
    for reason in (
        Reason.UNREPORTED,
        Reason.PENDING,
        Reason.UNPUBLISHED,
        Reason.NOT_CONDUCTED,
        Reason.NOT_APPLICABLE,
        Reason.CANCELLED,
    )
}
"""The reason that goes with each state of a value that is not there."""
