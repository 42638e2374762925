"""What was in force in a year: revisions, names, expected values, methods, and how rates are shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxplan.model.values import Direction, Method
from dxplan.progress.terms import Against, Form, Goal, Terms, form_of, half_up, method_of, share_decimals, terms
from tests.builders import indicator, plan, project, year

REVISED = """\
indicators:
  - id: x
    name: 今の名前
    former_names: [{name: 二番目, until: R8}, {name: 最初, until: R7}]
    direction: increase
    method: baseline
    baseline:
      year: R6
      value: 12
      revisions: [{date: 2027-04-01, from: {year: R5, value: 10}, reason: 再集計}]
    targets:
      R7: {value: 20, revisions: [{date: 2026-04, from: 25, reason: 遅い}]}
      R8: {value: 40, revisions: [{date: 2026-03-31, from: 30, reason: 早い}, {date: 2027-04, from: 35, reason: 遅い}]}
      R9: {value: 60, revisions: [{date: 2026-10, reason: 新しく置いた}]}
"""


def of(text: str, label: str) -> Terms:
    loaded = project(text)
    return terms(loaded.plan, loaded.indicators[0].indicator, year(label))


@pytest.mark.parametrize(
    ("label", "target", "final", "baseline"),
    [("R7", 25, 35, 10), ("R8", 35, 60, 10), ("R9", None, 60, 12)],
)
def test_a_year_is_judged_by_what_was_in_force_at_its_end(
    label: str, target: int | None, final: int, baseline: int
) -> None:
    """R7 ends on 2026-03-31: what was revised on 1 April 2026 is not for it; the R9 target was not there before R8."""
    found = of(REVISED, label)
    assert found.target is not None
    assert found.target.value == (60 if target is None else target)
    assert found.final is not None
    assert found.final.value == final
    assert found.base == baseline


def test_a_target_dropped_is_none_from_then_on() -> None:
    text = """\
indicators:
  - id: x
    name: x
    direction: increase
    targets: {R7: 1, R8: {revisions: [{date: 2026-05, from: 5, reason: 廃止}]}, R9: 9}
"""
    dropped = "targets: {R7: 1, R9: {revisions: [{date: 2026-05, from: 5, reason: 廃止}]}}"
    last = f"indicators:\n  - {{id: x, name: x, direction: increase, {dropped}}}\n"
    assert of(text, "R8").target is None
    assert of(last, "R7").final_year == year("R9")
    assert of(last, "R8").final_year == year("R7")


@pytest.mark.parametrize(("label", "name"), [("R7", "最初"), ("R8", "二番目"), ("R9", "今の名前")])
def test_names_are_those_of_the_year(label: str, name: str) -> None:
    assert project(REVISED).indicators[0].indicator.name_in(year(label)) == name


LINEAR = """\
indicators:
  - id: x
    name: x
    direction: increase
    baseline: {year: R5, value: 10}
    targets: {R7: 20.5, R9: 30}
    expected: linear
"""


def test_interpolation_goes_from_the_baseline_through_the_targets() -> None:
    between = of(LINEAR, "R8")
    assert between.expected is not None
    assert (between.expected.value, str(between.expected.shown)) == (Fraction("25.25"), "25.3")
    assert between.against is Against.INTERPOLATED
    before = of(LINEAR, "R6").expected
    assert before is not None
    assert before.value == Fraction("15.25")


def test_a_year_with_a_target_needs_no_expected_value_and_none_goes_past_the_last() -> None:
    assert of(LINEAR, "R7").expected is None
    assert of(LINEAR, "R7").against is Against.TARGET
    assert of(LINEAR, "R10").against is None


def test_entered_expected_values_stand_beside_targets() -> None:
    text = "indicators: [{id: x, name: x, direction: increase, targets: {R9: 9}, expected: {R8: 4.50, R9: 8}}]"
    assert of(text, "R8").against is Against.EXPECTED
    both = of(text, "R9")
    assert both.against is Against.TARGET
    assert both.expected is not None
    assert str(both.expected.shown) == "8"
    assert of(text, "R7").against is None


def test_nothing_is_held_against_the_baseline_of_its_own_year() -> None:
    """A survey first made in R7 is the baseline; R7 is then neither expected nor met."""
    first = LINEAR.replace("{year: R5, value: 10}", "{year: R7, value: 10, in_period: true}").replace("R7: 20.5, ", "")
    assert of(first, "R7").against is None
    assert of(first, "R8").against is Against.INTERPOLATED


def test_the_line_of_a_total_starts_from_nothing_before_its_first_year() -> None:
    """The baseline of a total is an amount of one year, which says nothing of where the total stands."""
    total = LINEAR.replace("    direction", "    series: cumulative\n    direction").replace("R7: 20.5, ", "")
    expected = [of(total, label).expected for label in ("R7", "R8")]
    assert [each.value for each in expected if each] == [10, 20]
    later = of(total.replace("    direction", "    from: R8\n    direction"), "R8").expected
    assert later is not None
    assert later.value == 15


KEPT_BELOW = """\
methods: {maintain: ratio}
progress: rate
indicators:
  - {id: x, name: x, direction: maintain, targets: {R7: {max: 5}, R9: {under: 5}}, expected: linear}
"""


def test_what_is_kept_below_a_bound_is_expected_to_be_below_and_has_no_ratio() -> None:
    """A plan's own method for ``maintain`` is for levels to keep up, in every year and against the final target."""
    open_year = of(KEPT_BELOW, "R8")
    assert open_year.goal is not None
    assert (open_year.goal.reached(Fraction(3)), open_year.goal.reached(Fraction(6))) == (True, False)
    assert (open_year.method, open_year.final_method) == (Method.NONE, Method.NONE)
    assert of(KEPT_BELOW.replace("expected: linear", ""), "R8").final_method is Method.NONE
    up = of(KEPT_BELOW.replace("max", "min").replace("under", "min"), "R8")
    assert up.goal is not None
    assert (up.goal.reached(Fraction(3)), up.method, up.final_method) == (False, Method.RATIO, Method.RATIO)
    mixed = of(KEPT_BELOW.replace("max", "min"), "R7")
    assert (mixed.method, mixed.final_method) == (Method.RATIO, Method.NONE)


def test_a_baseline_for_reference_is_no_point_of_a_line() -> None:
    assert of(LINEAR.replace("value: 10", "value: 10, reference: true"), "R6").expected is None


@pytest.mark.parametrize(
    ("direction", "methods", "own", "expected"),
    [
        (Direction.INCREASE, {}, None, Method.RATIO),
        (Direction.INCREASE, {"increase": "baseline"}, None, Method.BASELINE),
        (Direction.DECREASE, {}, None, Method.NONE),
        (Direction.DECREASE, {"decrease": "mirror"}, None, Method.MIRROR),
        (Direction.DECREASE, {"decrease": "mirror"}, Method.INVERSE, Method.INVERSE),
        (Direction.MAINTAIN, {"maintain": "ratio"}, None, Method.RATIO),
        (Direction.MAINTAIN, {"increase": "ratio"}, None, Method.NONE),
        (Direction.RANGE, {"maintain": "ratio"}, None, Method.NONE),
        (None, {"increase": "ratio"}, None, Method.NONE),
    ],
)
def test_the_plan_names_the_method_where_the_indicator_does_not(
    direction: Direction | None, methods: dict[str, str], own: Method | None, expected: Method
) -> None:
    assert method_of(plan(methods=methods), indicator(direction=direction, method=own)) is expected


@pytest.mark.parametrize(
    ("fields", "own", "expected"),
    [
        ({}, None, Form(ratio=False, decimals=1)),
        ({"decimals": Decimal(0)}, None, Form(ratio=False, decimals=0)),
        ({"rates": "ratio"}, None, Form(ratio=True, decimals=2)),
        ({"rates": "ratio", "decimals": Decimal(3)}, None, Form(ratio=True, decimals=3)),
        ({"decimals": Decimal(0)}, 2, Form(ratio=False, decimals=2)),
    ],
)
def test_how_rates_are_shown(fields: dict[str, object], own: int | None, expected: Form) -> None:
    assert form_of(plan(**fields), indicator().model_copy(update={"decimals": own})) == expected


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_half_up_is_off_by_no_more_than_half_a_unit_and_odd(value: Fraction, decimals: int) -> None:
    rounded = half_up(value, decimals)
    assert abs(Fraction(rounded) - value) <= Fraction(1, 2 * 10**decimals)
    assert half_up(-value, decimals) == -rounded


@pytest.mark.parametrize(
    ("own", "target", "expected"),
    [
        (None, "{min: 3}", Method.RATIO),
        (None, "3", Method.RATIO),
        (None, "{max: 3}", Method.NONE),
        (None, "{min: 1, max: 3}", Method.RATIO),
        ("ratio", "{max: 3}", Method.RATIO),
        ("baseline", "{max: 3}", Method.BASELINE),
    ],
)
def test_a_ratio_that_is_the_plans_own_is_not_for_levels_to_keep_below(
    own: str | None, target: str, expected: Method
) -> None:
    method = f"method: {own}, " if own else ""
    text = f"methods: {{maintain: ratio}}\nindicators: [{{id: x, name: x, direction: maintain, {method}"
    assert of(f"{text}targets: {{R7: {target}}}}}]\n", "R7").method is expected


@pytest.mark.parametrize(("direction", "method"), [("increase", "ratio"), ("maintain", "baseline")])
def test_that_is_so_for_the_ratio_of_maintain_alone(direction: str, method: str) -> None:
    head = f"methods: {{{direction}: {method}}}\n"
    text = f"indicators: [{{id: x, name: x, direction: {direction}, targets: {{R7: {{max: 3}}}}}}]\n"
    assert of(head + text, "R7").method is Method(method)


def test_a_stage_before_the_plan_is_no_point_of_a_line() -> None:
    assert of(LINEAR.replace("value: 10", "text: 未設置"), "R6").expected is None


@pytest.mark.parametrize(
    ("lower", "upper", "lower_is_better"),
    [(1, None, False), (None, 1, True), (1, 2, False), (None, None, False)],
)
def test_lower_is_better_below_a_single_bound(lower: int | None, upper: int | None, *, lower_is_better: bool) -> None:
    low, high = (None if bound is None else Fraction(bound) for bound in (lower, upper))
    assert Goal(None, low, high).lower_is_better is lower_is_better


@pytest.mark.parametrize(
    ("fields", "own", "expected"),
    [({}, None, 1), ({"decimals": Decimal(0)}, None, 0), ({"rates": "ratio"}, None, 1), ({}, 3, 3)],
)
def test_a_share_is_shown_as_rates_in_per_cent_are(fields: dict[str, object], own: int | None, expected: int) -> None:
    assert share_decimals(plan(**fields), indicator().model_copy(update={"decimals": own})) == expected
