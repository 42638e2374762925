"""By what an indicator is judged in one fiscal year: the target, baseline and expected value in force at its end.

What is revised later does not touch a year that is over: a report that was published stays true.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.model.indicator import BaselineValue, Indicator, Part
from dxplan.model.plan import Plan
from dxplan.model.target import TargetValue
from dxplan.model.values import Direction, Interpolation, Method, ProgressBy, RateForm, Series


class Against(StrEnum):
    """What a year's actual is held against."""

    TARGET = "target"
    EXPECTED = "expected"
    INTERPOLATED = "interpolated"


class Form(NamedTuple):
    """How a rate is shown: in per cent or as a ratio (0.95), rounded to so many decimals."""

    ratio: bool
    decimals: int


class Expected(NamedTuple):
    """A year's expected value (目安値)."""

    value: Fraction
    shown: Decimal
    """As entered; an interpolated one is rounded half up to the digits of the values it lies between."""
    interpolated: bool


class Goal(NamedTuple):
    """What an actual has to reach: bounds, and the one number that a rate can be measured by."""

    number: Fraction | None
    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_is_strict: bool = False
    upper_is_strict: bool = False

    @property
    def lower_is_better(self) -> bool:
        """Whether only a bound from above is set."""
        return self.lower is None and self.upper is not None

    def reached(self, actual: Fraction) -> bool:
        """Whether ``actual`` is within the bounds; a bound that is not strict is met by the value itself."""
        above = self.lower is None or actual > self.lower or (actual == self.lower and not self.lower_is_strict)
        below = self.upper is None or actual < self.upper or (actual == self.upper and not self.upper_is_strict)
        return above and below


class Terms(NamedTuple):
    """What holds for one indicator, or one of its parts, in one fiscal year."""

    year: FiscalYear
    aim_year: FiscalYear
    """The year whose target and expected value it is held against: that of the data, where the plan says so."""
    direction: Direction | None
    method: Method
    final_method: Method
    """The method against the final target; another where that is a level to keep below, and the year's is not."""
    cumulative: bool
    progress_is_rate: bool
    """Whether the progress to the final target is the rate against it, rather than the way done from the baseline."""
    baseline: BaselineValue | None
    target: TargetValue | None
    expected: Expected | None
    final_year: FiscalYear | None
    """The last year with a target."""
    final: TargetValue | None

    @property
    def base(self) -> Decimal | None:
        """The baseline's value; None where there is none, or it stands only for reference (参考)."""
        return None if self.baseline is None or self.baseline.reference else self.baseline.value

    @property
    def against(self) -> Against | None:
        """What the year is judged by: its target, else its expected value; None where it has neither."""
        if self.target is not None:
            return Against.TARGET
        if self.expected is None:
            return None
        return Against.INTERPOLATED if self.expected.interpolated else Against.EXPECTED

    @property
    def goal(self) -> Goal | None:
        """What this year's actual has to reach; None where there is nothing, or only words."""
        if self.target is not None:
            return goal(self.direction, self.target)
        if self.expected is None:
            return None
        final = self.final_goal
        kept_below = self.direction is Direction.MAINTAIN and final is not None and final.lower_is_better
        return _goal(Direction.DECREASE if kept_below else self.direction, self.expected.value)

    @property
    def final_goal(self) -> Goal | None:
        """What the plan's last target asks for; None where there is none, or only words."""
        return None if self.final is None else goal(self.direction, self.final)


def goal(direction: Direction | None, target: TargetValue) -> Goal | None:
    """Return what ``target`` asks for; None where it is words, which only a person can judge."""
    if target.is_in_words:
        return None
    if target.value is not None:
        return _goal(direction, Fraction(target.value))
    number, lower, upper = (
        None if bound is None else Fraction(bound) for bound in (target.number, target.lower, target.upper)
    )
    return Goal(number, lower, upper, target.over is not None, target.under is not None)


def _goal(direction: Direction | None, number: Fraction) -> Goal:
    match direction:
        case Direction.INCREASE | Direction.MAINTAIN:
            return Goal(number, lower=number)
        case Direction.DECREASE:
            return Goal(number, upper=number)
    return Goal(number)


def terms(plan: Plan, indicator: Indicator, year: FiscalYear, aim_of: FiscalYear | None = None) -> Terms:
    """Return what ``indicator`` is judged by in ``year``: its target, or that of ``aim_of`` as it stood then."""
    aim_of = aim_of or year
    known = {each: value for each, target in indicator.targets.items() if (value := target.in_force(year))}
    baseline = indicator.baseline.in_force(year) if indicator.baseline is not None else None
    final_year = max(known, default=None)
    target, final = known.get(aim_of), None if final_year is None else known[final_year]
    return Terms(
        year=year,
        aim_year=aim_of,
        direction=indicator.direction,
        method=_method(plan, indicator, target or final),
        final_method=_method(plan, indicator, final),
        cumulative=indicator.series is Series.CUMULATIVE,
        progress_is_rate=plan.progress is ProgressBy.RATE,
        baseline=baseline,
        target=target,
        expected=_expected(indicator, aim_of, known, _start(plan, indicator, baseline)),
        final_year=final_year,
        final=final,
    )


def _method(plan: Plan, indicator: Indicator, target: TargetValue | None) -> Method:
    """Return the method for one target; a plan's own for ``maintain`` is for levels to keep up, not to keep below."""
    method = method_of(plan, indicator)
    below = target is not None and target.lower is None and target.upper is not None
    kept_below = indicator.method is None and indicator.direction is Direction.MAINTAIN and below
    return Method.NONE if kept_below and method is Method.RATIO else method


def method_of(plan: Plan, indicator: Indicator) -> Method:
    """Return the indicator's own method, else the plan's for its direction, else ``ratio`` to increase and none."""
    if indicator.method is not None:
        return indicator.method
    match indicator.direction:
        case Direction.INCREASE:
            return plan.methods.increase or Method.RATIO
        case Direction.DECREASE:
            return plan.methods.decrease or Method.NONE
        case Direction.MAINTAIN:
            return plan.methods.maintain or Method.NONE
    return Method.NONE


def form_of(plan: Plan, indicator: Indicator) -> Form:
    """Return how the indicator's rates are shown: 1 decimal in per cent and 2 as a ratio, unless the files say so."""
    ratio = plan.rates is RateForm.RATIO
    decimals = plan.decimals if indicator.decimals is None else indicator.decimals
    return Form(ratio, (2 if ratio else 1) if decimals is None else decimals)


def share_decimals(plan: Plan, indicator: Indicator) -> int:
    """Return how many decimals a percentage from counts is shown with: as rates are, where those are in per cent."""
    form = form_of(plan, indicator)
    return 1 if form.ratio else form.decimals


def part_of(indicator: Indicator, part: Part) -> Indicator:
    """Return ``part`` as an indicator of its own; what it does not say is as the whole says."""
    return indicator.model_copy(
        update={
            "id": part.id,
            "name": part.name,
            "former_names": (),
            "unit": indicator.unit if part.unit is None else part.unit,
            "direction": part.direction or indicator.direction,
            "method": part.method or indicator.method,
            "baseline": part.baseline,
            "per_year": None,
            "targets": part.targets,
            "expected": part.expected,
            "parts": (),
            "note": part.note,
        }
    )


def first_year(plan: Plan, indicator: Indicator) -> FiscalYear:
    """Return the first year of the plan that ``indicator`` is part of, from which a total is added up."""
    first = plan.period.first
    return first if indicator.first is None else max(indicator.first, first)


def _start(plan: Plan, indicator: Indicator, baseline: BaselineValue | None) -> tuple[FiscalYear, Decimal] | None:
    """Return from where a line of expected values starts: a total from nothing, anything else from its baseline."""
    if indicator.series is Series.CUMULATIVE:
        return first_year(plan, indicator) - 1, Decimal(0)
    if baseline is None or baseline.value is None or baseline.reference:
        return None
    return baseline.year, baseline.value


def _expected(
    indicator: Indicator,
    year: FiscalYear,
    targets: dict[FiscalYear, TargetValue],
    start: tuple[FiscalYear, Decimal] | None,
) -> Expected | None:
    if isinstance(indicator.expected, dict):
        entered = indicator.expected.get(year)
        return None if entered is None else Expected(Fraction(entered), entered, interpolated=False)
    if indicator.expected is not Interpolation.LINEAR:
        return None
    points = {each: target.number for each, target in targets.items() if target.number is not None}
    if start is not None:
        points.setdefault(*start)
    before = max((each for each in points if each < year), default=None)
    after = min((each for each in points if each > year), default=None)
    if before is None or after is None or year in targets:
        return None
    low, high = points[before], points[after]
    share = Fraction(year.western - before.western, after.western - before.western)
    value = Fraction(low) + (Fraction(high) - Fraction(low)) * share
    return Expected(value, half_up(value, max(_decimals(low), _decimals(high))), interpolated=True)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Round half up (四捨五入; away from zero) to ``decimals`` places."""
    units = (abs(value) * 10**decimals + Fraction(1, 2)).__floor__()
    return Decimal(-units if value < 0 else units).scaleb(-decimals)
