"""How a figure came about, down to the lines."""

import pytest

from dxplan.progress.explanation import Explanation, explain
from dxplan.progress.judgement import indicator_status
from tests.builders import HEAD, project, year

PLAN = """\
indicators:
  - id: x
    name: 指標
    direction: {direction}
    method: {method}
    baseline: {{year: R6, value: 0.31}}
    targets:
      R7: 0.27
      令和9年度: 0.25
"""
FIRST_LINE = HEAD.count("\n") + 1


def explained(direction: str, method: str, actual: str) -> tuple[Explanation, ...]:
    loaded = project(PLAN.format(direction=direction, method=method), R7=f"indicators:\n  x: {actual}\n")
    entry = loaded.indicators[0]
    return explain(loaded, entry, indicator_status(loaded, entry, year("R7")))


@pytest.mark.parametrize(
    ("method", "filled_in"),
    [
        ("mirror", "(2 × 0.27 - 0.42) / 0.27"),
        ("inverse", "0.27 / 0.42"),
        ("baseline", "(0.42 - 0.31) / (0.27 - 0.31)"),
    ],
)
def test_the_formula_is_filled_in(method: str, filled_in: str) -> None:
    rate, onward = explained("decrease", method, "0.42")
    assert rate.filled_in == filled_in
    assert onward.filled_in == "(0.42 - 0.31) / (0.25 - 0.31)"


def test_every_value_leads_to_its_line() -> None:
    rate, onward = explained("decrease", "mirror", "{value: 0.42, note: 速報}")
    places = {
        each.symbol: (each.place.file, each.place.line, each.place.column) for each in onward.inputs if each.place
    }
    assert places["T"] == ("plan.yaml", FIRST_LINE + 8, 14)
    assert places["B"] == ("plan.yaml", FIRST_LINE + 5, 33)
    assert places["A"] == ("actuals/R7.yaml", 4, 14)
    assert [each.symbol for each in rate.inputs] == ["A", "T"]


def test_negative_values_stand_in_brackets() -> None:
    (onward,) = explained("decrease", "mirror", "-1")
    assert onward.filled_in == "((-1) - 0.31) / (0.25 - 0.31)"


def test_nothing_is_explained_where_nothing_was_computed() -> None:
    assert explained("decrease", "mirror", "pending") == ()
    assert [each.name.en for each in explained("decrease", "none", "0.42")] == ["Progress to the final target"]


def test_a_total_names_every_amount() -> None:
    plan = """\
indicators:
  - {id: x, name: 指標, direction: increase, series: cumulative, targets: {R7: 70, R8: 140}}
"""
    loaded = project(plan, R7="indicators: {x: 112}\n", R8="indicators: {x: 60}\n")
    entry = loaded.indicators[0]
    rate, _ = explain(loaded, entry, indicator_status(loaded, entry, year("R8")))
    assert [f"{each.symbol} {each.value}" for each in rate.inputs] == ["A 172", " 112", " 60", "T 140"]


def test_a_value_of_another_year_leads_to_the_target_of_that_year() -> None:
    """Where the plan holds it against that one: the year reported for need not have a target at all."""
    plan = """\
data_year_targets: true
indicators:
  - {id: x, name: 指標, direction: increase, targets: {R7: 50, R9: 70}}
"""
    loaded = project(plan, R8="indicators: {x: {value: 45, data_year: R7}}\n")
    entry = loaded.indicators[0]
    (rate,) = explain(loaded, entry, indicator_status(loaded, entry, year("R8")))
    target = rate.inputs[1]
    assert (target.symbol, str(target.value), target.name.en) == ("T", "50", "target for R7")
    assert target.place is not None
    assert target.place.line == FIRST_LINE + 2
