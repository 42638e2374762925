"""Indicators of several values, percentages from counts, stages judged by people."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxplan.progress.achievement import NoRate, Rate, Reason, Verdict
from dxplan.progress.grading import Grade, NoGrade
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.measured import Measured, NotMeasured, Stage
from dxplan.progress.status import Status, status
from dxplan.progress.terms import Against
from tests.builders import project, year


def now(fields: str, label: str = "R7", **actuals: str) -> Status:
    text = f"indicators:\n  - {{id: x, name: x, {fields}}}\n"
    loaded = project(text, **{name: f"indicators: {{x: {value}}}\n" for name, value in actuals.items()})
    return status(loaded, year(label))


def one(fields: str, label: str = "R7", **actuals: str) -> IndicatorStatus:
    return now(fields, label, **actuals).indicators[0]


LIFE = "direction: increase, parts: [{id: m, name: 男, targets: {R7: 72}}, {id: f, name: 女, targets: {R7: 75}}]"
APART = f"{LIFE}, judged: apart"
SUM = 'unit: "%", direction: increase, targets: {R7: 50}, parts: [{id: a, name: 甲}, {id: b, name: 乙}]'


def test_together_is_met_when_every_part_is() -> None:
    met = one(LIFE, R7="{parts: {m: 72, f: 76}}")
    assert met.now.verdict is Verdict.MET
    short = one(LIFE, R7="{parts: {m: 73, f: 74}}")
    assert short.now.verdict is Verdict.NOT_MET
    assert short.now.achievement == Rate(Fraction(74, 75), short.parts[1].now.achievement.method)  # type: ignore[union-attr]
    counted = now(LIFE, R7="{parts: {m: 73, f: 74}}").summary
    assert (counted.met, counted.not_met) == (0, 1)


def test_together_is_open_while_a_part_is_missing_unless_another_falls_short() -> None:
    open_ = one(LIFE, R7="{parts: {m: 72}}")
    assert (open_.now.verdict, open_.unreported) == (Verdict.UNDECIDED, ("f",))
    assert open_.now.achievement == NoRate(Reason.UNREPORTED)
    assert one(LIFE, R7="{parts: {m: 71}}").now.verdict is Verdict.NOT_MET
    assert now(LIFE, R7="{parts: {m: 72}}").summary.unreported == 1


def test_apart_every_part_counts_by_itself() -> None:
    result = now(APART, R7="{parts: {m: 73, f: 74}}")
    assert (result.summary.met, result.summary.not_met) == (1, 1)
    whole = result.indicators[0]
    assert whole.now.achievement == NoRate(Reason.IN_PARTS)
    assert whole.now.verdict is Verdict.UNDECIDED


def test_a_state_of_the_whole_is_that_of_its_parts() -> None:
    result = now(APART, R7="pending")
    assert [part.now.achievement for part in result.indicators[0].parts] == [NoRate(Reason.PENDING)] * 2
    assert (result.summary.unreported, result.summary.without_value) == (0, 2)


def test_parts_take_from_the_whole_what_they_do_not_say() -> None:
    other = "{id: b, name: 乙, unit: 人, direction: increase, method: ratio, targets: {R7: 4}}"
    text = f"unit: 校, direction: decrease, method: mirror, parts: [{{id: a, name: 甲, targets: {{R7: 10}}}}, {other}]"
    first, second = one(text, R7="{parts: {a: 12, b: 5}}").parts
    assert (first.indicator.unit, first.now.verdict) == ("校", Verdict.NOT_MET)
    assert (second.indicator.unit, second.now.verdict) == ("人", Verdict.MET)


def test_a_percentage_of_the_whole_comes_from_counts_never_from_averages() -> None:
    whole = one(SUM, R7="{parts: {a: {of: [40, 50]}, b: {of: [75, 150]}}}")
    assert isinstance(whole.now.measured, Measured)
    assert (str(whole.now.measured.value), whole.now.measured.counts) == ("57.5", (Decimal(115), Decimal(200)))
    assert [part.now.measured.value for part in whole.parts if isinstance(part.now.measured, Measured)] == [80, 50]
    averaged = one(SUM, R7="{parts: {a: 80, b: 50}}")
    assert averaged.now.achievement == NoRate(Reason.IN_PARTS)
    assert one(SUM, R7="{parts: {a: {of: [40, 50]}, b: pending}}").now.achievement == NoRate(Reason.INCOMPLETE_PARTS)
    entered = one(SUM, R7="{value: 57, parts: {a: 80, b: 50}}")
    assert entered.now.verdict is Verdict.MET


def test_amounts_of_parts_are_added_where_amounts_can_be() -> None:
    amounts = SUM.replace("direction", "series: annual, direction")
    whole = one(amounts, R7="{parts: {a: 30, b: 20.5}}").now.measured
    assert isinstance(whole, Measured)
    assert str(whole.value) == "50.5"


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ('"%"', "33.3"),
        ("％", "33.3"),
        ("パーセント", "33.3"),
        ("‰", "333.3"),
        ("パーミル", "333.3"),
        ("割", "3.3"),
        ("倍", "0.3"),
    ],
)
def test_counts_are_given_in_the_unit(unit: str, shown: str) -> None:
    found = one(f"unit: {unit}, direction: increase, targets: {{R7: 50}}", R7="{of: [1, 3]}").now.measured
    assert isinstance(found, Measured)
    assert str(found.value) == shown


def test_a_share_is_judged_before_it_is_rounded() -> None:
    """1999 of 4000 is 49.975 %, which shows as 50.0 %."""
    short = one('unit: "%", direction: increase, targets: {R7: 50}', R7="{of: [1999, 4000]}")
    assert isinstance(short.now.measured, Measured)
    assert str(short.now.measured.value) == "50.0"
    assert short.now.verdict is Verdict.NOT_MET


TOTAL = 'unit: "%", direction: increase, series: cumulative, targets: {R7: 50, R9: 60}'


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=3, max_size=3))
def test_a_total_of_shares_is_the_share_of_the_totals(counts: list[tuple[int, int]]) -> None:
    entries = {f"R{7 + n}": f"{{of: [{part}, {whole}]}}" for n, (part, whole) in enumerate(counts)}
    found = one(TOTAL, "R9", **entries).now.measured
    assert isinstance(found, Measured)
    assert found.exact == Fraction(sum(part for part, _ in counts) * 100, sum(whole for _, whole in counts))


def test_a_running_total_tells_its_own_year() -> None:
    running = "direction: increase, series: cumulative, entered: running, targets: {R9: 600}"
    found = one(running, "R8", R7="260", R8="515").now.measured
    assert isinstance(found, Measured)
    assert found.value == 515
    assert found.own == 255
    alone = one(running, "R8", R8="515").now.measured
    assert isinstance(alone, Measured)
    assert alone.own is None


def test_a_total_begins_when_the_indicator_joins() -> None:
    joined = "from: R8, direction: increase, series: cumulative, targets: {R9: 10}"
    found = one(joined, "R9", R8="4", R9="3").now.measured
    assert isinstance(found, Measured)
    assert found.value == 7
    assert now(joined, "R7").indicators == ()


STAGE = "direction: milestone, targets: {R7: 検討, R8: 試行}"


def test_a_stage_is_judged_by_a_person() -> None:
    met = one(STAGE, R7="{text: 検討を終えた, met: true, reason: 答申}")
    assert isinstance(met.now.measured, Stage)
    assert (met.now.verdict, met.now.achievement) == (Verdict.MET, NoRate(Reason.MILESTONE))
    assert one(STAGE, R7="{text: まだ, met: false, reason: 遅れ}").now.verdict is Verdict.NOT_MET
    unjudged = now(STAGE, R7="{text: 検討中}")
    assert unjudged.indicators[0].now.verdict is Verdict.UNDECIDED
    assert (unjudged.summary.unjudged, unjudged.summary.judged) == (1, 0)


def test_expected_values_are_counted_apart_from_targets() -> None:
    expected = "direction: increase, targets: {R9: 9}, expected: {R7: 3, R8: 5}"
    result = now(expected, R7="4")
    assert (result.summary.met, result.summary.expected_met, result.summary.without_target) == (0, 1, 0)
    assert result.indicators[0].now.verdict is Verdict.MET
    assert now(expected, "R8", R8="4").summary.expected_not_met == 1


@pytest.mark.parametrize("state", ["pending", "unpublished", "not_conducted", "not_applicable", "cancelled"])
def test_what_has_no_value_is_in_no_denominator(state: str) -> None:
    summary = now("direction: increase, targets: {R7: 1}", R7=state).summary
    assert (summary.judged, summary.without_value, summary.unreported) == (0, 1, 0)


TWO = "direction: increase, parts: [{id: m, name: 男, %s}, {id: f, name: 女, %s}]"
BANDS = "bands: [{label: A, min: 100, full_target: 90}, {label: B, min: 60}, {label: C}]"


def graded(by: str, fields: str, value: str, bands: str = BANDS) -> tuple[str | Reason, float | None]:
    """Return the grade of the whole in R7, with its figure in per cent."""
    text = f"grades: [{{by: {by}, {bands}}}]\nindicators:\n  - {{id: x, name: x, {fields}}}\n"
    grade = status(project(text, R7=f"indicators: {{x: {value}}}\n"), year("R7")).indicators[0].now.grade
    assert grade is not None
    if isinstance(grade, NoGrade):
        return grade.reason, None
    return grade.label, None if grade.figure is None else float(grade.figure * 100)


def test_together_is_graded_by_its_worst_part_whatever_the_grades_go_by() -> None:
    """The final target and the time gone are those of the parts: the whole has no targets of its own."""
    aim = "baseline: {year: R6, value: 10}, targets: {R7: 20, R9: 40}"
    fields = TWO % (aim, aim.replace("40", "25"))
    both = "{parts: {m: 20, f: 20}}"
    assert graded("rate", fields, both) == ("A", 100)
    assert graded("final", fields, both) == ("C", 50)
    assert graded("progress", fields, both)[0] == "C"
    assert graded("pro_rata", fields, both) == ("A", 100)
    assert graded("pro_rata", fields, "{parts: {m: 15, f: 25}}") == ("C", 50)
    assert graded("pro_rata", fields, "{parts: {m: 15, f: pending}}") == (Reason.PENDING, None)


def test_together_keeps_the_rule_for_targets_of_100_per_cent() -> None:
    fields = 'unit: "%", ' + TWO % ("targets: {R7: 100}", "targets: {R7: 50}")
    assert graded("rate", fields, "{parts: {m: 92, f: 51}}") == ("A", 92)
    assert graded("rate", fields, "{parts: {m: 92, f: 49}}") == ("B", 98)


def test_together_is_graded_without_a_rate_where_its_parts_are() -> None:
    fields = "method: mirror, " + (TWO % ("targets: {R7: 0}", "targets: {R7: 5}")).replace("increase", "decrease")
    bands = "bands: [{label: ○, min: 100}, {label: △}]"
    assert graded("rate", fields, "{parts: {m: 0, f: 4}}", bands) == ("○", None)
    assert graded("rate", fields, "{parts: {m: 1, f: 4}}", bands) == ("△", None)


def test_a_grade_given_by_hand_to_the_whole_is_its_grade() -> None:
    fields = TWO % ("targets: {R7: 20}", "targets: {R9: 20}")
    assert graded("rate", fields, "{parts: {m: 5, f: 5}, grade: B, reason: 理由}") == ("B", None)
    assert graded("rate", fields, "{parts: {m: 5, f: 5}}") == ("C", 25)
    assert graded("rate", fields.replace("R7", "R8"), "{parts: {m: 5, f: 5}}") == (Reason.NO_TARGET, None)


EXPECTING = TWO % ("targets: {R9: 60}, expected: {R7: 20}", "targets: {R9: 60}, expected: {R7: 20}")


def test_what_is_held_against_expected_values_is_not_counted_among_the_targets() -> None:
    """Neither parts that carry them, nor parts that are only shown beside a whole that does, make a target of it."""
    result = now(EXPECTING, R7="{parts: {m: 20, f: 19}}")
    assert (result.summary.judged, result.summary.expected_met, result.summary.expected_not_met) == (0, 0, 1)
    assert result.indicators[0].against is Against.EXPECTED
    shown = SUM.replace("targets: {R7: 50}", "targets: {R9: 60}, expected: {R7: 20}")
    beside = now(shown, R7="{value: 22, parts: {a: 21, b: 23}}").summary
    assert (beside.judged, beside.expected_met) == (0, 1)
    mixed = now(EXPECTING.replace("R9: 60", "R7: 20, R9: 60", 1), R7="{parts: {m: 20, f: 20}}")
    assert (mixed.summary.met, mixed.summary.expected_judged) == (1, 0)
    assert mixed.indicators[0].against is Against.TARGET


@pytest.mark.parametrize("fields", [LIFE, APART])
def test_a_stated_reason_for_a_part_is_counted_unless_the_whole_is_decided(fields: str) -> None:
    counted = now(fields, R7="{parts: {m: 73, f: pending}}").summary
    assert (counted.without_value, counted.unreported, counted.judged) == (1, 0, int(fields == APART))
    decided = now(fields, R7="{parts: {m: 71, f: pending}}").summary
    assert (decided.not_met, decided.without_value) == (1, int(fields == APART))


def test_a_pending_part_counts_beside_an_unreported_one() -> None:
    three = f"{LIFE[:-1]}, {{id: x, name: 他, targets: {{R7: 70}}}}], judged: apart"
    counted = now(three, R7="{parts: {m: 73, f: pending}}").summary
    assert (counted.met, counted.without_value, counted.unreported) == (1, 1, 1)


STAGES = "direction: milestone, parts: [{id: m, name: 甲, targets: {R7: 試行}}, {id: f, name: 乙, targets: {R7: 試行}}]"
JUDGED = "{text: 試行, met: true, reason: 理由}"


def test_stages_of_parts_wait_for_a_person_together() -> None:
    waiting = now(STAGES, R7=f"{{parts: {{m: {JUDGED}, f: {{text: 検討}}}}}}").summary
    assert (waiting.unjudged, waiting.met, waiting.without_value) == (1, 0, 0)
    assert now(STAGES, R7=f"{{parts: {{m: {JUDGED}, f: {JUDGED}}}}}").summary.met == 1
    late = now(STAGES, R7=f"{{parts: {{m: {JUDGED}, f: pending}}}}").summary
    assert (late.unjudged, late.without_value) == (0, 1)


SHOWN = SUM.replace("direction", "series: annual, direction")


def reason_of(fields: str, value: str) -> Reason:
    found = one(fields, R7=value).now.measured
    assert isinstance(found, NotMeasured), found
    return found.reason


def test_why_a_whole_is_not_made_up_of_its_parts() -> None:
    assert reason_of(SHOWN, "{parts: {a: 30}}") is Reason.UNREPORTED
    assert reason_of(SHOWN, "{parts: {a: 30, b: pending}}") is Reason.INCOMPLETE_PARTS
    assert reason_of(SHOWN, "{parts: {a: 30, b: {of: [1, 2]}}}") is Reason.IN_PARTS
    assert reason_of(SUM, "{parts: {a: 30, b: 20}}") is Reason.IN_PARTS
    assert reason_of(SUM, "{parts: {a: 30, b: {of: [1, 2]}}}") is Reason.IN_PARTS
    one_other = SHOWN.replace("name: 乙", "name: 乙, unit: 人")
    assert reason_of(one_other, "{parts: {a: 30, b: 20}}") is Reason.IN_PARTS
    assert reason_of(LIFE.replace("direction", "series: annual, direction"), "{parts: {m: 1, f: 2}}") is Reason.IN_PARTS
    half_aimed = SHOWN.replace("name: 乙", "name: 乙, expected: {R7: 1}").replace("targets: {R7: 50}, ", "")
    assert reason_of(half_aimed, "{parts: {a: 30, b: 20}}") is Reason.IN_PARTS


def test_a_part_is_what_its_own_entry_says_else_what_the_whole_says() -> None:
    pending, reported = one(LIFE, R7="pending"), one(LIFE, R7="{parts: {m: pending, f: 76}}")
    assert [part.now.achievement for part in pending.parts] == [NoRate(Reason.PENDING)] * 2
    assert reported.parts[0].now.achievement == NoRate(Reason.PENDING)
    assert isinstance(reported.parts[1].now.achievement, Rate)
    single = one(LIFE, R7="74")
    assert [part.now.achievement for part in single.parts] == [NoRate(Reason.UNREPORTED)] * 2
    assert [part.unreported for part in reported.parts] == [(), ()]
    assert [part.unreported for part in single.parts] == [(None,), (None,)]
    assert all(part.is_part for part in single.parts)


def test_a_part_may_have_a_method_of_its_own() -> None:
    own = "direction: decrease, method: mirror, parts: [{id: m, name: 男, targets: {R7: 10}}, "
    own += "{id: f, name: 女, method: inverse, targets: {R7: 10}}]"
    assert [part.now.terms.method.value for part in one(own, R7="{parts: {m: 20, f: 20}}").parts] == [
        "mirror",
        "inverse",
    ]


def test_together_hears_only_parts_with_something_to_reach() -> None:
    """A part whose targets begin later neither opens the verdict nor hides the rate; nor does one that ends sooner."""
    one_later = TWO % ("targets: {R7: 20, R9: 40}, baseline: {year: R6, value: 0}", "targets: {R8: 5}")
    found = one(one_later, R7="{parts: {m: 20, f: 1}}")
    assert (found.now.verdict, found.now.achievement) == (Verdict.MET, found.parts[0].now.achievement)
    none_final = TWO % ("targets: {R7: 20, R9: 40}, baseline: {year: R6, value: 0}", "expected: {R7: 5}")
    half = one(none_final, R7="{parts: {m: 20, f: 5}}").progress
    assert isinstance(half, Rate)
    assert half.value == Fraction(1, 2)
    nothing = one(TWO % ("targets: {R8: 20}", "targets: {R8: 5}"), R7="{parts: {m: 20, f: 5}}")
    assert nothing.now.achievement == NoRate(Reason.NO_TARGET)


def test_together_is_worse_where_any_part_is() -> None:
    fields = TWO % ("targets: {R7: 20}, baseline: {year: R6, value: 10}", "targets: {R7: 5}")
    assert one(fields, R7="{parts: {m: 9, f: 5}}").now.worse
    assert not one(fields, R7="{parts: {m: 10, f: 5}}").now.worse


def test_apart_a_whole_has_no_grade_but_by_hand() -> None:
    text = f"grades: [{{{BANDS}}}]\nindicators:\n  - {{id: x, name: x, {APART}}}\n"

    def grade_of(value: str, plan: str = text) -> object:
        return status(project(plan, R7=f"indicators: {{x: {value}}}\n"), year("R7")).indicators[0].now.grade

    assert grade_of("{parts: {m: 72, f: 76}}") == NoGrade(Reason.IN_PARTS)
    assert grade_of("{parts: {m: 72, f: 76}, grade: B, reason: 理由}") == Grade("B", reason="理由")
    assert grade_of("{parts: {m: 72, f: 76}}", text.split("\n", 1)[1]) is None


def test_parts_that_carry_nothing_are_not_judged_apart() -> None:
    """``judged: apart`` without targets on the parts leaves the whole to be judged."""
    whole = one(f"{SUM}, judged: apart", R7="{value: 60, parts: {a: 1, b: 2}}")
    assert not whole.judged_apart
    assert whole.now.verdict is Verdict.MET


def test_a_stage_without_a_target_is_not_judged() -> None:
    assert one(STAGE, "R9", R9="{text: 実施, met: true, reason: 理由}").now.verdict is Verdict.UNDECIDED


WORDS = "direction: increase, targets: {R7: {words: 前年度より増加}}"


def test_words_without_a_number_are_judged_by_a_person_too() -> None:
    assert one(WORDS, R7="{value: 54, met: true, reason: 理由}").now.verdict is Verdict.MET
    assert one(WORDS, R7="{value: 54, met: false, reason: 理由}").now.verdict is Verdict.NOT_MET
    open_ = now(WORDS, R7="54")
    assert (open_.indicators[0].now.achievement, open_.summary.unjudged) == (NoRate(Reason.MILESTONE), 1)
    assert open_.indicators[0].progress == NoRate(Reason.MILESTONE)
    number = WORDS.replace("words: 前年度より増加", "value: 50, words: 50程度")
    assert one(number, R7="{value: 54, met: false, reason: 理由}").now.verdict is Verdict.MET


def test_a_whole_that_its_parts_do_not_make_up_has_no_value() -> None:
    """Where the whole has something to reach it is counted as without a value; where it is only watched, it is not."""
    assert now(SUM, R7="{parts: {a: 80, b: 50}}").summary.without_value == 1
    later = now(SUM, "R8", R8="{parts: {a: 80, b: 50}}").summary
    assert (later.without_value, later.without_target) == (0, 1)
    watched = SUM.replace("direction: increase, targets: {R7: 50}", "monitoring: true")
    assert now(watched, R7="{parts: {a: 80, b: 50}}").summary.without_value == 0


def test_a_stage_beside_a_number_waits_for_a_person() -> None:
    mixed = TWO % ("targets: {R7: 20}", "direction: milestone, targets: {R7: 試行}")
    summary = now(mixed, R7="{parts: {m: 20, f: {text: 検討}}}").summary
    assert (summary.unjudged, summary.without_value, summary.judged) == (1, 0, 0)
    nothing = now("targets: {R7: 20}", R7="5").summary  # no direction: nothing says which way is better
    assert (nothing.unjudged, nothing.judged) == (0, 0)


def test_of_equal_grades_the_lowest_figure_is_told() -> None:
    fields = TWO % ("targets: {R7: 20}", "targets: {R7: 20}")
    assert graded("rate", fields, "{parts: {m: 30, f: 25}}") == ("A", 125)
    assert graded("rate", fields, "{parts: {m: 25, f: 30}}") == ("A", 125)


def test_apart_the_whole_is_held_against_nothing_and_each_part_is_counted() -> None:
    result = now(f"{EXPECTING}, judged: apart", R7="{parts: {m: 20, f: 19}}")
    assert result.indicators[0].against is None
    summary = result.summary
    assert (summary.expected_met, summary.expected_not_met, summary.expected_judged) == (1, 1, 2)


def test_together_is_graded_by_its_final_targets_in_a_year_without_any() -> None:
    fields = TWO % ("targets: {R9: 20}", "targets: {R8: 5, R9: 40}")
    assert graded("final", fields, "{parts: {m: 20, f: 20}}") == ("C", 50)
    assert graded("rate", fields, "{parts: {m: 20, f: 20}}") == (Reason.NO_TARGET, None)
