"""What was entered, as a correction names it."""

from decimal import Decimal

import pytest

from dxplan.model.actuals import ActionResult, Actual, is_recorded_as
from dxplan.model.values import Result, ValueState


@pytest.mark.parametrize(
    ("actual", "recorded"),
    [
        (Actual(value=Decimal("50.0")), "50.0"),
        (Actual(value=Decimal(-3)), "-3"),
        (Actual(value=Decimal("1E+3")), "1000"),
        (Actual(of=(Decimal(54), Decimal(100))), "54/100"),
        (Actual(text="試行"), "試行"),
        (Actual(state=ValueState.PENDING), "pending"),
        (Actual.model_validate({"parts": {"male": Decimal(54)}}), "reported"),
        (ActionResult(result=Result.NOT_STARTED), "not_started"),
    ],
)
def test_what_was_entered_in_one_word(actual: Actual | ActionResult, recorded: str) -> None:
    assert actual.recorded == recorded


def test_what_a_person_decided() -> None:
    assert Actual(text="試行").judgement == {}
    assert Actual(text="試行", met=False, grade="A").judgement == {"met": "not_met", "grade": "A"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("50", "50.0", True),
        ("54/100", "54.0/100", True),
        ("54", "55", False),
        ("54/100", "54", False),
        ("done", "done", True),
        ("done", "partial", False),
        ("試行", "実施", False),
        ("NaN", "Infinity", False),
        ("５４", "54", False),
    ],
)
def test_numbers_compare_as_numbers(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a case
    assert is_recorded_as(one, other) is same
