"""What a year measured: single values, running totals, and totals that dxplan adds up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxplan.model.indicator import Indicator
from dxplan.model.values import Entered, Series
from dxplan.progress.achievement import Reason
from dxplan.progress.measured import Measured, Measurement, NotMeasured, measured
from tests.builders import indicator, project, year

CUMULATIVE = indicator({"R7": "70"}, series=Series.CUMULATIVE)
RUNNING = indicator({"R7": "70"}, series=Series.CUMULATIVE, entered=Entered.RUNNING)


def measure(of: Indicator, label: str, **actuals: str) -> Measurement:
    reported = {name: f"indicators: {{x: {value}}}\n" for name, value in actuals.items()}
    return measured(of, year(label), year("R7"), project("", **reported).actuals)


def test_yearly_amounts_are_added_up_from_the_first_year() -> None:
    result = measure(CUMULATIVE, "R9", R7="112", R8="60.5", R9="0")
    assert isinstance(result, Measured)
    assert result.value == Decimal("172.5")
    assert result.actual.value == 0


def test_running_totals_stand_as_entered() -> None:
    result = measure(RUNNING, "R8", R7="112", R8="182")
    assert isinstance(result, Measured)
    assert result.value == 182


@pytest.mark.parametrize("missing", ["null", "pending"])
def test_a_missing_year_makes_the_total_unknown_from_there_on(missing: str) -> None:
    actuals = {"R7": "112", "R8": missing, "R9": "30"}
    later = measure(CUMULATIVE, "R9", **actuals)
    assert isinstance(later, NotMeasured)
    assert later.reason is Reason.INCOMPLETE_TOTAL
    assert isinstance(measure(CUMULATIVE, "R7", **actuals), Measured)


def test_a_year_without_a_file_makes_the_total_unknown_too() -> None:
    later = measure(CUMULATIVE, "R9", R7="112", R9="30")
    assert isinstance(later, NotMeasured)
    assert later.reason is Reason.INCOMPLETE_TOTAL


def test_the_total_begins_with_the_period_whatever_files_there_are() -> None:
    result = measure(CUMULATIVE, "R8", R6="1000", R7="112", R8="60")
    assert isinstance(result, Measured)
    assert result.value == 172


def test_a_total_is_as_preliminary_as_its_amounts() -> None:
    result = measure(CUMULATIVE, "R8", R7="{value: 12, preliminary: true}", R8="9")
    assert isinstance(result, Measured)
    assert result.preliminary
    assert not result.actual.preliminary


@pytest.mark.parametrize(
    ("entered", "reason"),
    [
        ("null", Reason.UNREPORTED),
        ("unreported", Reason.UNREPORTED),
        ("pending", Reason.PENDING),
        ("unpublished", Reason.UNPUBLISHED),
        ("not_conducted", Reason.NOT_CONDUCTED),
        ("not_applicable", Reason.NOT_APPLICABLE),
        ("cancelled", Reason.CANCELLED),
    ],
)
def test_a_value_that_is_not_there_says_why(entered: str, reason: Reason) -> None:
    result = measure(indicator({"R7": "1"}), "R7", R7=entered)
    assert isinstance(result, NotMeasured)
    assert result.reason is reason


def test_a_year_without_a_file_is_unreported() -> None:
    result = measure(indicator({"R7": "1"}), "R8", R7="1")
    assert isinstance(result, NotMeasured)
    assert result.reason is Reason.UNREPORTED


def test_a_preliminary_value_counts_and_keeps_its_mark() -> None:
    result = measure(indicator(), "R7", R7="{value: 60.30, preliminary: true, as_of: 2026-03-31}")
    assert isinstance(result, Measured)
    assert str(result.value) == "60.30"
    assert result.actual.preliminary
    assert result.actual.as_of == "2026-03-31"


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=3, max_size=3))
def test_the_total_is_the_sum(amounts: list[Decimal]) -> None:
    labels = ("R7", "R8", "R9")
    actuals = dict(zip(labels, map(str, amounts), strict=True))
    for n, label in enumerate(labels):
        result = measure(CUMULATIVE, label, **actuals)
        assert isinstance(result, Measured)
        assert result.value == sum(amounts[: n + 1])


def test_shares_and_amounts_make_no_total() -> None:
    result = measure(CUMULATIVE, "R8", R7="{of: [10, 20]}", R8="54")
    assert isinstance(result, NotMeasured)
    assert result.reason is Reason.INCOMPLETE_TOTAL
    shares = measure(CUMULATIVE, "R8", R7="{of: [10, 20]}", R8="{of: [5, 30]}")
    assert isinstance(shares, Measured)
    assert shares.counts == (Decimal(15), Decimal(50))


def test_a_total_of_shares_tells_no_amount_of_its_own_year() -> None:
    result = measure(CUMULATIVE, "R8", R7="{of: [10, 20]}", R8="{of: [5, 30]}")
    assert isinstance(result, Measured)
    assert result.own is None
    assert [(str(each.value), each.exact, each.counts) for each in result.amounts] == [
        ("0.5", Fraction(1, 2), (Decimal(10), Decimal(20))),
        ("0.2", Fraction(1, 6), (Decimal(5), Decimal(30))),
    ]
    assert all(isinstance(each.value, Decimal) for each in result.amounts)
    running = measure(RUNNING, "R8", R7="10", R8="{of: [5, 30]}")
    assert isinstance(running, Measured)
    assert running.own is None


@pytest.mark.parametrize(
    ("before", "now", "own"), [("1.25", "3", "1.75"), ("1", "3.50", "2.50"), ("0", "3", "3"), ("pending", "3", None)]
)
def test_the_own_year_of_a_running_total_keeps_the_digits(before: str, now: str, own: str | None) -> None:
    result = measure(RUNNING, "R8", R7=before, R8=now)
    assert isinstance(result, Measured)
    assert (None if result.own is None else str(result.own)) == own
    first = measure(RUNNING, "R7", R7="3")
    assert isinstance(first, Measured)
    assert (str(first.own), first.preliminary) == ("3", False)


def test_counts_keep_the_digits_of_the_finer_of_the_two() -> None:
    result = measure(indicator({"R7": "1"}), "R7", R7="{of: [12.5, 40], preliminary: true}")
    assert isinstance(result, Measured)
    assert result.counts is not None
    assert [str(each) for each in result.counts] == ["12.5", "40.0"]
    assert result.preliminary
    whole = measure(indicator({"R7": "1"}), "R7", R7="{of: [12, 40]}")
    assert isinstance(whole, Measured)
    assert whole.counts is not None
    assert [str(each) for each in whole.counts] == ["12", "40"]


def test_only_a_total_has_an_own_year() -> None:
    result = measure(indicator({"R7": "1"}), "R8", R7="5", R8="7")
    assert isinstance(result, Measured)
    assert (str(result.value), result.own, result.amounts) == ("7", None, ())
