"""The arithmetic: published examples to the digit, and the laws that hold for any numbers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dxplan.model.indicator import Indicator
from dxplan.model.target import Target
from dxplan.model.values import Direction, Method, Series
from dxplan.progress.achievement import (
    NoRate,
    Rate,
    Reason,
    Verdict,
    achievement,
    is_worse,
    only_rounds_to_whole,
    percent,
    progress,
    rate,
    verdict,
)
from dxplan.progress.terms import Form, goal
from tests.builders import indicator, terms_of, year

D = Decimal


PER_CENT = Form(ratio=False, decimals=1)


def reach(judged: Indicator, actual: str, target: str | Target) -> Rate | NoRate:
    """Return how far ``actual`` reaches ``target`` in a year."""
    aim = target if isinstance(target, Target) else Target(value=D(target))
    return achievement(terms_of(judged.model_copy(update={"targets": {year("R7"): aim}})), Fraction(actual))


def onward(judged: Indicator, actual: str) -> Rate | NoRate:
    """Return the progress to the last target."""
    return progress(terms_of(judged), Fraction(actual))


def decided(direction: Direction | None, actual: str | D, target: str | D | Target) -> Verdict:
    """Return the verdict."""
    aim = target if isinstance(target, Target) else Target(value=D(target))
    return verdict(goal(direction, aim), Fraction(actual))


def shown(result: Rate | NoRate, decimals: int = 1) -> str:
    assert isinstance(result, Rate), result
    return f"{percent(result.value, decimals):f}"


@pytest.mark.parametrize(
    ("method", "actual", "target", "baseline", "expected"),
    [
        # 江東区 R7
        (Method.RATIO, "54", "48", "12.1", "112.5"),
        (Method.BASELINE, "54", "48", "12.1", "116.7"),
        (Method.RATIO, "112", "70", None, "160.0"),
        # 長崎市
        (Method.MIRROR, "0.42", "0.27", "0.31", "44.4"),
        (Method.INVERSE, "0.42", "0.27", "0.31", "64.3"),
        (Method.BASELINE, "0.42", "0.27", "0.31", "-275.0"),
        # 長野県
        (Method.BASELINE, "1.56", "1.62", "1.54", "25.0"),
        # いわき市
        (Method.RATIO, "2085", "950", None, "219.5"),
        (Method.RATIO, "2085", "5140", None, "40.6"),
        # 中野区: a reduction published as a positive rate
        (Method.RATIO, "16.4", "15", None, "109.3"),
        # 四捨五入 where floats differ
        (Method.RATIO, "1", "16", None, "6.3"),
        (Method.RATIO, "5", "16", None, "31.3"),
        (Method.RATIO, "60", "92", None, "65.2"),
        (Method.RATIO, "120", "140", None, "85.7"),
        (Method.RATIO, "2", "3", None, "66.7"),
        (Method.RATIO, "0", "48", None, "0.0"),
        (Method.MIRROR, "0", "48", None, "200.0"),
    ],
)
def test_published_figures(method: Method, actual: str, target: str, baseline: str | None, expected: str) -> None:
    assert shown(rate(method, D(actual), D(target), D(baseline) if baseline else None)) == expected


@pytest.mark.parametrize(
    ("method", "actual", "target", "baseline", "reason"),
    [
        (Method.RATIO, "5", "0", None, Reason.ZERO_TARGET),
        (Method.MIRROR, "5", "0", None, Reason.ZERO_TARGET),
        (Method.INVERSE, "5", "0", None, Reason.ZERO_TARGET),
        (Method.INVERSE, "0", "5", None, Reason.ZERO_ACTUAL),
        (Method.RATIO, "-2530", "-2700", None, Reason.NEGATIVE_VALUE),
        (Method.MIRROR, "-1", "5", None, Reason.NEGATIVE_VALUE),
        (Method.INVERSE, "5", "-1", None, Reason.NEGATIVE_VALUE),
        (Method.BASELINE, "5", "7", None, Reason.NO_BASELINE),
        (Method.BASELINE, "5", "7", "7", Reason.TARGET_IS_BASELINE),
        (Method.NONE, "5", "7", "3", Reason.NO_METHOD),
    ],
)
def test_where_no_rate_exists_the_reason_is_told(
    method: Method, actual: str, target: str, baseline: str | None, reason: Reason
) -> None:
    assert rate(method, D(actual), D(target), D(baseline) if baseline else None) == NoRate(reason)


def test_negative_values_have_a_rate_by_the_baseline_method() -> None:
    assert shown(rate(Method.BASELINE, D("-2530"), D("-2700"), D("-3000"))) == "156.7"


@pytest.mark.parametrize(
    ("direction", "actual", "target", "expected"),
    [
        (Direction.INCREASE, "48", "48", Verdict.MET),
        (Direction.INCREASE, "47.98", "48", Verdict.NOT_MET),
        (Direction.DECREASE, "0", "0", Verdict.MET),
        (Direction.DECREASE, "0.42", "0.27", Verdict.NOT_MET),
        (Direction.MAINTAIN, "100", "100.0", Verdict.MET),
        (Direction.MAINTAIN, "99.9", "100", Verdict.NOT_MET),
        (None, "1", "1", Verdict.UNDECIDED),
    ],
)
def test_met_is_decided_by_direction(direction: Direction | None, actual: str, target: str, expected: Verdict) -> None:
    assert decided(direction, actual, target) is expected


@pytest.mark.parametrize(("actual", "met"), [("39.9", False), ("40", True), ("60", True), ("60.1", False)])
def test_a_range_includes_its_bounds(actual: str, met: bool) -> None:  # noqa: FBT001
    target = Target(min=D(40), max=D(60))
    assert (decided(Direction.RANGE, actual, target) is Verdict.MET) is met
    assert reach(indicator(direction=Direction.RANGE), actual, target) == NoRate(Reason.RANGE_TARGET)


@pytest.mark.parametrize(
    ("bounds", "actual", "met"),
    [
        ({"min": D(50)}, "50", True),
        ({"over": D(50)}, "50", False),
        ({"over": D(50)}, "50.01", True),
        ({"max": D(20)}, "20", True),
        ({"under": D(20)}, "20", False),
        ({"under": D(20)}, "19.99", True),
        ({"over": D(40), "under": D(60)}, "40", False),
        ({"over": D(40), "under": D(60)}, "60", False),
        ({"over": D(40), "max": D(60)}, "60", True),
    ],
)
@pytest.mark.parametrize("direction", [Direction.MAINTAIN, Direction.RANGE])
def test_a_strict_bound_is_not_met_by_itself(
    direction: Direction,
    bounds: dict[str, D],
    actual: str,
    met: bool,  # noqa: FBT001
) -> None:
    assert (decided(direction, actual, Target.model_validate(bounds)) is Verdict.MET) is met


def test_one_bound_is_the_target_of_the_formula() -> None:
    assert shown(reach(indicator(), "54", Target(over=D(48)))) == "112.5"
    fewer = indicator(direction=Direction.DECREASE, method=Method.MIRROR)
    assert shown(reach(fewer, "0.42", Target(under=D("0.27")))) == "44.4"
    kept = indicator(direction=Direction.MAINTAIN, method=Method.BASELINE, baseline="10")
    assert shown(reach(kept, "4", Target(max=D(5)))) == "120.0"


def test_increase_is_computed_by_ratio_unless_it_says_otherwise() -> None:
    assert shown(reach(indicator(), "54", "48")) == "112.5"
    by_baseline = indicator(method=Method.BASELINE, baseline="12.1")
    assert shown(reach(by_baseline, "54", "48")) == "116.7"
    assert reach(indicator(direction=Direction.MAINTAIN), "1", "1") == NoRate(Reason.NO_METHOD)


def test_a_baseline_for_reference_is_not_computed_with() -> None:
    only_for_reference = indicator({"R9": "10"}, method=Method.BASELINE, baseline="1", reference=True)
    assert reach(only_for_reference, "5", "10") == NoRate(Reason.NO_BASELINE)
    assert onward(only_for_reference, "5") == NoRate(Reason.NO_BASELINE)


def test_progress_to_the_final_target() -> None:
    koto = indicator({"R7": "48", "R8": "92", "R9": "100"}, baseline="12.1")
    assert shown(onward(koto, "54")) == "47.7"
    passers = indicator({"R7": "70", "R11": "350"}, baseline="69", reference=True, series=Series.CUMULATIVE)
    assert shown(onward(passers, "112")) == "32.0"
    assert onward(indicator(), "1") == NoRate(Reason.NO_TARGET)


def test_a_rate_that_only_rounds_to_100_is_marked() -> None:
    nearly = Fraction(D("47.98")) / 48
    assert percent(nearly, 1) == 100
    assert only_rounds_to_whole(Rate(nearly, Method.RATIO), PER_CENT)
    assert not only_rounds_to_whole(Rate(nearly, Method.RATIO), Form(ratio=False, decimals=2))
    assert not only_rounds_to_whole(Rate(Fraction(1), Method.RATIO), PER_CENT)
    assert not only_rounds_to_whole(NoRate(Reason.NO_TARGET), PER_CENT)


def test_a_strict_bound_is_marked_where_it_is_100_percent_and_not_met() -> None:
    over = Target(over=D(50))
    at_the_bound, past_it = reach(indicator(), "50", over), reach(indicator(), "50.01", over)
    assert at_the_bound == Rate(Fraction(1), Method.RATIO, falls_short=True)
    assert only_rounds_to_whole(at_the_bound, PER_CENT)
    assert only_rounds_to_whole(at_the_bound, Form(ratio=True, decimals=2))
    assert isinstance(past_it, Rate)
    assert not past_it.falls_short
    assert not only_rounds_to_whole(past_it, PER_CENT)
    assert reach(indicator(), "50", "50") == Rate(Fraction(1), Method.RATIO)
    last = indicator({}, baseline="0").model_copy(update={"targets": {year("R9"): over}})
    assert onward(last, "50") == Rate(Fraction(1), Method.BASELINE, falls_short=True)


def test_a_range_has_no_rate_even_with_one_bound() -> None:
    ranged = indicator({}, direction=Direction.RANGE, baseline="10", method=Method.RATIO)
    assert reach(ranged, "55", Target(min=D(50))) == NoRate(Reason.RANGE_TARGET)
    assert reach(ranged, "55", Target(min=D(50), max=D(60))) == NoRate(Reason.RANGE_TARGET)
    last = ranged.model_copy(update={"targets": {year("R9"): Target(min=D(50))}})
    assert onward(last, "55") == NoRate(Reason.RANGE_TARGET)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "worse"),
    [
        (Direction.INCREASE, None, "9", True),
        (Direction.INCREASE, None, "10", False),
        (Direction.INCREASE, None, "11", False),
        (Direction.DECREASE, None, "11", True),
        (Direction.DECREASE, None, "10", False),
        (Direction.DECREASE, None, "9", False),
        (Direction.MAINTAIN, None, "9", False),
        (Direction.MAINTAIN, None, "11", False),
        (Direction.MAINTAIN, Target(min=D(10)), "9", True),
        (Direction.MAINTAIN, Target(min=D(10)), "10", False),
        (Direction.MAINTAIN, Target(max=D(10)), "11", True),
        (Direction.MAINTAIN, Target(max=D(10)), "10", False),
        (Direction.MAINTAIN, Target(min=D(9), max=D(11)), "8", False),
        (Direction.RANGE, Target(max=D(10)), "11", True),
        (None, None, "9", False),
    ],
)
def test_worse_than_the_baseline(direction: Direction | None, target: Target | None, actual: str, worse: bool) -> None:  # noqa: FBT001
    plain = indicator({}, direction=direction, baseline="10")
    for label in ("R7", "R9"):  # this year's target, or only the last one
        aimed = plain.model_copy(update={"targets": {} if target is None else {year(label): target}})
        assert is_worse(terms_of(aimed), Fraction(actual)) is worse
    total = indicator({"R7": "20"}, baseline="10", series=Series.CUMULATIVE)
    assert not is_worse(terms_of(total), Fraction(9))


@pytest.mark.parametrize(
    ("direction", "target", "baseline", "reason"),
    [
        (Direction.INCREASE, "-2700", "-2000", Reason.TARGET_BEHIND_BASELINE),
        (Direction.DECREASE, "5", "3", Reason.TARGET_BEHIND_BASELINE),
        (Direction.INCREASE, "5", "5", Reason.TARGET_IS_BASELINE),
    ],
)
def test_a_way_that_leads_backwards_has_no_rate(
    direction: Direction, target: str, baseline: str, reason: Reason
) -> None:
    """社会増減 with target -2,700 and baseline -2,000: by formula a worse actual would have the higher rate."""
    backwards = indicator({"R7": target}, direction=direction, method=Method.BASELINE, baseline=baseline)
    assert reach(backwards, "4", target) == NoRate(reason)
    assert onward(backwards, "4") == NoRate(reason)


def test_a_target_behind_the_baseline_matters_to_the_baseline_method_only() -> None:
    fewer = indicator({"R7": "5"}, direction=Direction.INCREASE, method=Method.RATIO, baseline="8")
    assert shown(reach(fewer, "4", "5")) == "80.0"


def test_rounding_of_ties_and_exact_values() -> None:
    """Over a grid of pairs, against `Decimal`'s own ROUND_HALF_UP."""
    for target in range(1, 161):
        for actual in range(161):
            exact = D(actual) * 1000 / D(target)
            if exact == exact.to_integral_value() or (exact * 2) == (exact * 2).to_integral_value():
                expected = exact.quantize(D(1), ROUND_HALF_UP).scaleb(-1)
                assert percent(Fraction(actual, target), 1) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("1/16", 1, "6.3"), ("-1/16", 1, "-6.3"), ("-1/4000", 1, "0.0"), ("1/3", 0, "33"), ("2/3", 3, "66.667")],
)
def test_percent_rounds_half_away_from_zero(value: str, decimals: int, expected: str) -> None:
    assert f"{percent(Fraction(value), decimals):f}" == expected


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value=D("0.01"), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
METHODS = st.sampled_from([Method.RATIO, Method.MIRROR, Method.INVERSE, Method.BASELINE])


def value_of(result: Rate | NoRate) -> Fraction:
    assume(isinstance(result, Rate))
    assert isinstance(result, Rate)
    return result.value


@given(st.sampled_from(Method), NUMBERS, NUMBERS, st.none() | NUMBERS)
def test_every_result_is_a_number_or_a_reason(method: Method, actual: D, target: D, baseline: D | None) -> None:
    result = rate(method, actual, target, baseline)
    assert (isinstance(result, Rate) and result.method is method) or isinstance(result, NoRate)


@given(METHODS, POSITIVE, POSITIVE, POSITIVE, st.integers(1, 1000))
def test_scaling_changes_nothing(method: Method, actual: D, target: D, baseline: D, factor: int) -> None:
    plain = value_of(rate(method, actual, target, baseline))
    assert value_of(rate(method, actual * factor, target * factor, baseline * factor)) == plain


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_the_baseline_method_does_not_mind_shifting_or_mirroring(actual: D, target: D, baseline: D, by: D) -> None:
    plain = value_of(rate(Method.BASELINE, actual, target, baseline))
    assert value_of(rate(Method.BASELINE, actual + by, target + by, baseline + by)) == plain
    assert value_of(rate(Method.BASELINE, -actual, -target, -baseline)) == plain


@given(NUMBERS, NUMBERS)
def test_the_baseline_is_nothing_and_the_target_is_all(target: D, baseline: D) -> None:
    assert value_of(rate(Method.BASELINE, baseline, target, baseline)) == 0
    assert value_of(rate(Method.BASELINE, target, target, baseline)) == 1


@given(METHODS, POSITIVE, POSITIVE)
def test_reaching_the_target_is_100_percent(method: Method, target: D, baseline: D) -> None:
    assert value_of(rate(method, target, target, baseline)) == 1


@given(POSITIVE, POSITIVE, POSITIVE)
def test_better_never_lowers_a_rate(one: D, other: D, target: D) -> None:
    low, high = sorted((one, other))
    assert value_of(rate(Method.RATIO, low, target, None)) <= value_of(rate(Method.RATIO, high, target, None))
    for method in (Method.MIRROR, Method.INVERSE):
        assert value_of(rate(method, low, target, None)) >= value_of(rate(method, high, target, None))


@given(POSITIVE, POSITIVE)
def test_a_rate_of_at_least_100_percent_means_met(actual: D, target: D) -> None:
    reached = value_of(rate(Method.RATIO, actual, target, None)) >= 1
    assert (decided(Direction.INCREASE, actual, target) is Verdict.MET) is reached
    for method in (Method.MIRROR, Method.INVERSE):
        reached = value_of(rate(method, actual, target, None)) >= 1
        assert (decided(Direction.DECREASE, actual, target) is Verdict.MET) is reached


@given(st.fractions(min_value=-100, max_value=100), st.integers(0, 6))
def test_percent_is_never_further_off_than_half_a_unit(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(percent(value, decimals)) - value * 100) <= Fraction(1, 2 * 10**decimals)
