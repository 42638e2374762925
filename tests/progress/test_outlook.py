"""What lies ahead: the pace needed, the pace so far, the straight line."""

from fractions import Fraction

from dxplan.model.values import Method
from dxplan.progress.achievement import NoRate, Rate, Reason
from dxplan.progress.judgement import IndicatorStatus, indicator_status
from dxplan.progress.outlook import Outlook
from tests.builders import project, year

F = Fraction


def ahead(fields: str, label: str = "R7", **actuals: str) -> Outlook | None:
    return judged(fields, label, **actuals).outlook


def judged(fields: str, label: str = "R7", **actuals: str) -> IndicatorStatus:
    text = f"indicators: [{{id: x, name: x, {fields}}}]\n"
    loaded = project(text, **{name: f"indicators: {{x: {value}}}\n" for name, value in actuals.items()})
    return indicator_status(loaded, loaded.indicators[0], year(label))


UP = "direction: increase, baseline: {year: R5, value: 10}, targets: {R9: 40}"
DOWN = "direction: decrease, method: mirror, baseline: {year: R6, value: 30}, targets: {R9: 10}"
TOTAL = "direction: increase, series: cumulative, targets: {R9: 300}"


def test_pace_and_projection_start_from_the_baseline() -> None:
    found = ahead(UP, R7="16")
    assert found is not None
    assert (found.years_left, found.needed, found.pace, found.projection) == (2, F(12), F(3), F(22))


def test_a_total_starts_from_nothing_before_the_first_year() -> None:
    found = ahead(TOTAL, "R8", R7="70", R8="50")
    assert found is not None
    assert (found.needed, found.pace, found.projection) == (F(180), F(60), F(180))


def test_without_a_baseline_it_starts_from_the_first_value_there_is() -> None:
    plain = "direction: increase, targets: {R9: 40}"
    first = ahead(plain, R7="16")
    assert first is not None
    assert (first.pace, first.projection) == (None, None)
    second = ahead(plain, "R8", R7="16", R8="20")
    assert second is not None
    assert (second.pace, second.projection) == (F(4), F(24))


def test_a_total_starts_when_the_indicator_joins() -> None:
    found = ahead(TOTAL.replace("direction", "from: R8, direction"), "R8", R8="50")
    assert found is not None
    assert (found.pace, found.projection) == (F(50), F(100))
    earlier = ahead(TOTAL.replace("direction", "from: R6, direction"), "R8", R7="70", R8="50")
    assert earlier is not None
    assert earlier.pace == F(60)


def test_what_is_ahead_without_a_pace() -> None:
    found = ahead("direction: increase, targets: {R9: 40}", R7="16")
    assert found is not None
    assert (found.final.year, found.final.value, found.years_left, found.needed) == (year("R9"), F(40), 2, F(12))


def test_a_baseline_for_reference_is_no_start() -> None:
    found = ahead(UP.replace("value: 10", "value: 10, reference: true"), "R8", R7="16", R8="20")
    assert found is not None
    assert found.pace == F(4)


def test_a_late_value_counts_from_the_year_of_its_data() -> None:
    late = "{value: 16, data_year: R7}"
    assert ahead(UP, "R8", R8=late) == ahead(UP, R7="16")
    found = ahead(UP, "R8", R8=late)
    assert found is not None
    assert (found.years_left, found.needed, found.pace, found.projection) == (2, F(12), F(3), F(22))


def test_without_a_baseline_late_values_start_from_the_year_of_the_first() -> None:
    plain = "direction: increase, targets: {R9: 40}"
    found = ahead(plain, "R8", R7="{value: 16, data_year: R6}", R8="20")
    assert found is not None
    assert (found.pace, found.projection) == (F(2), F(22))
    same = ahead(plain, "R8", R7="16", R8="{value: 16, data_year: R7}")
    assert same is not None
    assert same.pace is None


def test_a_late_running_total_is_of_its_year_and_a_sum_of_the_years_that_it_sums() -> None:
    late = "{value: 50, data_year: R7}"
    running = ahead(TOTAL.replace("series", "entered: running, series"), "R8", R8=late)
    assert running is not None
    assert (running.years_left, running.pace) == (2, F(50))
    yearly = ahead(TOTAL, "R8", R7="70", R8=late)
    assert yearly is not None
    assert (yearly.years_left, yearly.pace) == (1, F(60))


def test_in_the_final_year_nothing_lies_ahead_even_of_a_late_value() -> None:
    assert ahead(UP, "R9", R9="{value: 20, data_year: R8}") is None


def test_words_and_ranges_lie_nowhere() -> None:
    assert ahead("direction: increase, targets: {R9: {words: 前年度より増加}}", R7="16") is None
    assert ahead("direction: range, targets: {R9: {min: 1, max: 2}}", R7="16") is None


def test_nothing_lies_ahead_in_the_last_year_or_without_a_number() -> None:
    assert ahead(UP, "R9", R9="20") is None
    assert ahead(UP, R7="pending") is None
    assert ahead("direction: range, targets: {R9: {min: 1, max: 2}}", R7="1") is None
    assert ahead("direction: milestone, targets: {R9: 実施}", R7="{text: 検討}") is None
    assert ahead("monitoring: true", R7="1") is None


def test_worse_than_the_baseline_is_said_by_direction() -> None:
    assert judged(UP, R7="9.9").now.worse
    assert not judged(UP, R7="10").now.worse
    assert judged(DOWN, R7="30.1").now.worse
    assert not judged(DOWN, R7="30").now.worse
    assert not judged(UP.replace("value: 10", "value: 10, reference: true"), R7="1").now.worse
    assert not judged(
        "direction: range, baseline: {year: R6, value: 5}, targets: {R7: {min: 6, max: 7}}", R7="1"
    ).now.worse
    kept = "direction: maintain, baseline: {year: R6, value: 0}, targets: {R7: {max: 0}}"
    assert judged(kept, R7="1").now.worse
    assert judged("monitoring: true, direction: decrease, baseline: {year: R6, value: 5}", R7="6").now.worse


def test_last_year_stands_beside_this_year() -> None:
    each = judged("direction: increase, targets: {R7: 10, R8: 20}", "R8", R7="9", R8="20")
    assert each.previous is not None
    assert str(each.previous.year) == "R7"
    assert judged("direction: increase, targets: {R7: 10}", "R7", R7="9").previous is None


def test_the_way_of_a_total_is_the_share_of_the_whole_and_a_limit_has_none() -> None:
    total = judged(TOTAL, "R8", R7="70", R8="50").progress
    assert total == Rate(F(2, 5), Method.RATIO)
    limit = TOTAL.replace("increase", "decrease, method: mirror")
    assert judged(limit, "R8", R7="70", R8="50").progress == NoRate(Reason.CUMULATIVE_LIMIT)


def test_progress_is_the_way_from_the_baseline_or_the_rate_where_the_plan_says_so() -> None:
    def onward(head: str) -> object:
        loaded = project(f"{head}indicators: [{{id: x, name: x, {UP}}}]\n", R7="indicators: {x: 16}\n")
        return indicator_status(loaded, loaded.indicators[0], year("R7")).progress

    assert onward("") == Rate(F(1, 5), Method.BASELINE)
    assert onward("progress: rate\n") == Rate(F(2, 5), Method.RATIO)
