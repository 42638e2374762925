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
from typing import NamedTuple

from dxplan.model.values import Direction, Method
from dxplan.progress.terms import Form, Goal, Terms, half_up


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
    INCOMPLETE_PARTS = "incomplete_parts"
    IN_PARTS = "in_parts"
    MILESTONE = "milestone"
    RANGE_TARGET = "range_target"
    NO_METHOD = "no_method"
    NO_BASELINE = "no_baseline"
    ZERO_TARGET = "zero_target"
    ZERO_ACTUAL = "zero_actual"
    NEGATIVE_VALUE = "negative_value"
    TARGET_IS_BASELINE = "target_is_baseline"
    TARGET_BEHIND_BASELINE = "target_behind_baseline"
    CUMULATIVE_LIMIT = "cumulative_limit"
    NO_BAND = "no_band"


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
    falls_short: bool = False
    """Whether it is 100 % and the target not met all the same."""


class NoRate(NamedTuple):
    """No rate, and why."""

    reason: Reason


Achievement = Rate | NoRate
Exact = Decimal | Fraction


def rate(method: Method, actual: Exact, target: Exact, baseline: Exact | None) -> Achievement:
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


def achievement(terms: Terms, actual: Fraction) -> Achievement:
    """Return how far ``actual`` reaches the year's target, or where it has none its expected value."""
    goal = terms.goal
    if terms.against is None:
        return NoRate(Reason.NO_TARGET)
    if goal is None:
        return NoRate(Reason.MILESTONE)
    if goal.number is None or terms.direction is Direction.RANGE:
        return NoRate(Reason.RANGE_TARGET)
    return _short(_forward(rate(terms.method, actual, goal.number, terms.base), terms, goal), goal, actual)


def _short(result: Achievement, goal: Goal, actual: Fraction) -> Achievement:
    """Return ``result``, marked where 100 % falls short: a bound that is not part of what it bounds (超、未満)."""
    if isinstance(result, Rate) and result.value == 1 and not goal.reached(actual):
        return result._replace(falls_short=True)
    return result


def _forward(result: Achievement, terms: Terms, goal: Goal) -> Achievement:
    """Return ``result``, unless it measures the way from a baseline to a target that lies behind it.

    There the formula turns round: the worse the actual, the higher the rate.
    """
    if not isinstance(result, Rate) or result.method is not Method.BASELINE:
        return result
    if terms.base is None or goal.number is None:
        return result
    behind = goal.number > terms.base if goal.lower_is_better else goal.number < terms.base
    return NoRate(Reason.TARGET_BEHIND_BASELINE) if behind else result


def verdict(goal: Goal | None, actual: Fraction) -> Verdict:
    """Return whether ``actual`` reaches ``goal``; undecided without one, or where nothing says which way is better."""
    if goal is None or (goal.lower is None and goal.upper is None):
        return Verdict.UNDECIDED
    return Verdict.MET if goal.reached(actual) else Verdict.NOT_MET


def progress(terms: Terms, actual: Fraction) -> Achievement:
    """Return how much of the way to the plan's last target is done (最終目標進捗率).

    A cumulative total starts from nothing, so it is A / T; where it must stay below a limit there is no way to go.
    Anything else starts from its baseline, or is the rate against the final target where the plan says so.
    """
    goal = terms.final_goal
    if terms.final is None:
        return NoRate(Reason.NO_TARGET)
    if goal is None:
        return NoRate(Reason.MILESTONE)
    if goal.number is None or terms.direction is Direction.RANGE:
        return NoRate(Reason.RANGE_TARGET)
    if terms.cumulative and goal.lower_is_better:
        return NoRate(Reason.CUMULATIVE_LIMIT)
    if terms.cumulative:
        return _short(rate(Method.RATIO, actual, goal.number, None), goal, actual)
    method = terms.final_method if terms.progress_is_rate else Method.BASELINE
    return _short(_forward(rate(method, actual, goal.number, terms.base), terms, goal), goal, actual)


def is_worse(terms: Terms, actual: Fraction) -> bool:
    """Whether ``actual`` lies on the wrong side of the baseline (悪化), where it is known which side that is."""
    goal = terms.goal or terms.final_goal
    if terms.base is None or terms.cumulative:
        return False
    if goal is None or (goal.lower is None) == (goal.upper is None):
        if terms.direction is Direction.INCREASE:
            return actual < terms.base
        return terms.direction is Direction.DECREASE and actual > terms.base
    return actual > terms.base if goal.lower_is_better else actual < terms.base


def percent(value: Fraction, decimals: int) -> Decimal:
    """Return a rate in per cent, rounded half up (四捨五入; away from zero) to ``decimals`` places."""
    return half_up(value * 100, decimals)


def shown(value: Fraction, form: Form) -> Decimal:
    """Return a rate as the plan shows it: 95.0 for per cent, 0.95 for a ratio."""
    return half_up(value if form.ratio else value * 100, form.decimals)


def only_rounds_to_whole(result: Achievement, form: Form) -> bool:
    """Whether a rate shows as 100 % and falls short, by rounding or a strict bound, which has to be said beside it."""
    if not isinstance(result, Rate) or (result.value >= 1 and not result.falls_short):
        return False
    return shown(result.value, form) >= (1 if form.ratio else 100)


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
