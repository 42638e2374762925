"""Grades: by the unrounded figure, strictness kept, people's word above the figure's."""

from decimal import Decimal

import pytest

from dxplan.progress.achievement import Reason
from dxplan.progress.grading import Grade, NoGrade, distribution, grading_in
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.status import status
from tests.builders import plan, project, year

HAMAMATSU = "grades: [{bands: [{label: 進んでいる, over: 110}, {label: 通り, min: 95}, {label: 遅れ}]}]\n"
INDICATOR = """\
indicators:
  - {id: x, name: x, unit: "%", direction: increase, baseline: {year: R6, value: 0}, targets: {R7: 100, R9: 400}}
"""


def judged(head: str, actual: str, label: str = "R7") -> IndicatorStatus:
    loaded = project(head, **{label: f"indicators: {{x: {actual}}}\n"})
    return status(loaded, year(label)).indicators[0]


def label_of(each: IndicatorStatus) -> str:
    assert isinstance(each.now.grade, Grade), each.now.grade
    return each.now.grade.label


@pytest.mark.parametrize(
    ("actual", "label"),
    [
        ("110", "通り"),
        ("110.001", "進んでいる"),
        ("95", "通り"),
        ("94.99999", "遅れ"),
        ("0", "遅れ"),
        ("-3", None),
    ],
)
def test_bounds_keep_their_strictness_and_nothing_is_rounded(actual: str, label: str | None) -> None:
    each = judged(HAMAMATSU + INDICATOR, actual)
    if label is None:
        assert each.now.grade == NoGrade(Reason.NEGATIVE_VALUE)
    else:
        assert label_of(each) == label


def test_the_first_band_reached_wins_and_a_gap_has_no_grade() -> None:
    gap = "grades: [{bands: [{label: A, min: 80}, {label: B, min: 50}]}]\n"
    assert label_of(judged(gap + INDICATOR, "79.9")) == "B"
    assert judged(gap + INDICATOR, "49.9").now.grade == NoGrade(Reason.NO_BAND)


def test_a_target_of_100_percent_may_have_its_own_bound() -> None:
    osaka = "grades: [{bands: [{label: A, min: 110, full_target: 100}, {label: B, min: 90}, {label: C}]}]\n"
    assert label_of(judged(osaka + INDICATOR, "100")) == "A"
    assert label_of(judged(osaka + INDICATOR, "99.9")) == "B"
    assert label_of(judged(osaka + INDICATOR.replace("R7: 100", "R7: 90"), "90")) == "B"
    assert label_of(judged(osaka + INDICATOR.replace('unit: "%"', "unit: 件"), "100")) == "B"


def test_progress_and_progress_for_the_time_gone() -> None:
    by = "grades: [{{by: {}, bands: [{{label: A, min: 100}}, {{label: B, min: 25}}, {{label: C}}]}}]\n"
    assert label_of(judged(by.format("progress") + INDICATOR, "100")) == "B"
    assert label_of(judged(by.format("pro_rata") + INDICATOR, "134")) == "A"
    assert label_of(judged(by.format("pro_rata") + INDICATOR, "133")) == "B"
    assert label_of(judged(by.format("pro_rata") + INDICATOR, "266", "R8")) == "B"
    assert label_of(judged(by.format("pro_rata") + INDICATOR, "267", "R8")) == "A"


def test_the_rate_against_the_final_target() -> None:
    by = "grades: [{by: final, bands: [{label: A, min: 100}, {label: B, min: 50}, {label: C}]}]\n"
    assert label_of(judged(by + INDICATOR, "200")) == "B"
    assert label_of(judged(by + INDICATOR, "199.9")) == "C"
    assert judged(by + INDICATOR, "pending").now.grade == NoGrade(Reason.PENDING)
    assert judged(by + INDICATOR.replace("R9: 400", "R9: 0"), "1").now.grade == NoGrade(Reason.ZERO_TARGET)


@pytest.mark.parametrize(("actual", "label"), [("-1", "◎"), ("0", "○"), ("1", "△")])
def test_what_is_cut_at_100_alone_needs_no_rate(actual: str, label: str) -> None:
    """いの町: above the target, equal, below; a target of 0 has no rate, and is compared all the same."""
    ino = "grades: [{bands: [{label: ◎, over: 100}, {label: ○, min: 100}, {label: △}, {label: ×, by_hand: true}]}]\n"
    zero = "indicators: [{id: x, name: x, direction: decrease, method: mirror, targets: {R7: 0}}]\n"
    assert label_of(judged(ino + zero, actual)) == label
    assert judged(HAMAMATSU + zero, actual).now.grade == NoGrade(Reason.ZERO_TARGET)
    assert judged(ino + zero, "pending").now.grade == NoGrade(Reason.PENDING)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "label"),
    [
        ("increase", "-5", "-4", "◎"),
        ("increase", "-5", "-5", "○"),
        ("increase", "-5", "-6", "△"),
        ("maintain", "{max: 0}", "0", "○"),
        ("maintain", "{max: 0}", "1", "△"),
        ("maintain", "{min: 3}", "4", "◎"),
        ("maintain", "{min: 3, max: 5}", "4", None),
        ("range", "{min: 3, max: 5}", "4", None),
    ],
)
def test_better_equal_or_worse_goes_by_the_side_of_the_target(
    direction: str, target: str, actual: str, label: str | None
) -> None:
    ino = "grades: [{bands: [{label: ◎, over: 100}, {label: ○, min: 100}, {label: △}]}]\n"
    text = f"indicators: [{{id: x, name: x, direction: {direction}, targets: {{R7: {target}}}}}]\n"
    found = judged(ino + text, actual).now.grade
    assert (found.label if isinstance(found, Grade) else None) == label


def test_only_a_grade_by_the_rate_may_do_without_one() -> None:
    ino = "grades: [{by: progress, bands: [{label: ◎, over: 100}, {label: △}]}]\n"
    text = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 5}}]\n"
    assert judged(ino + text, "6").now.grade == NoGrade(Reason.NO_BASELINE)


def test_the_time_gone_is_no_more_than_all_of_it_and_needs_a_target() -> None:
    pro_rata = "grades: [{by: pro_rata, bands: [{label: A, min: 100}, {label: B}]}]\n"
    early = INDICATOR.replace("R7: 100, R9: 400", "R7: 100")
    later = project(pro_rata + early, R9="indicators: {x: 100}\n")
    found = status(later, year("R9")).indicators[0].now.grade
    assert isinstance(found, Grade)
    assert found.figure == 1
    none = INDICATOR.replace("{R7: 100, R9: 400}", "{}")
    assert judged(pro_rata + none, "1").now.grade == NoGrade(Reason.NO_TARGET)
    final = "grades: [{by: final, bands: [{label: A, min: 100}, {label: B}]}]\n"
    assert judged(final + none, "1").now.grade == NoGrade(Reason.NO_TARGET)


def test_a_person_overrides_and_is_marked() -> None:
    by_hand = "grades: [{bands: [{label: S, by_hand: true}, {label: A, min: 100}, {label: B}]}]\n"
    assert label_of(judged(by_hand + INDICATOR, "500")) == "A"
    given = judged(by_hand + INDICATOR, "{value: 99, grade: S, reason: 質の高い成果}").now.grade
    assert given == Grade("S", reason="質の高い成果")
    assert isinstance(given, Grade)
    assert given.by_hand
    assert label_of(judged(by_hand + INDICATOR, "{state: not_conducted, grade: B, reason: 災害}")) == "B"


def test_the_bands_are_those_in_force() -> None:
    versions = "grades: [{from: R8, bands: [{label: 新}]}, {bands: [{label: 旧}]}]\n"
    assert label_of(judged(versions + INDICATOR, "1")) == "旧"
    later = project(versions + INDICATOR, R9="indicators: {x: 1}\n")
    assert label_of(status(later, year("R9")).indicators[0]) == "新"
    assert grading_in(plan(grades=()), year("R7")) is None
    assert judged(INDICATOR, "1").now.grade is None


def test_what_has_no_grade_is_in_no_denominator() -> None:
    text = (
        HAMAMATSU
        + "indicators:\n"
        + "".join(f"  - {{id: i{n}, name: x, direction: increase, targets: {{R7: 100}}}}\n" for n in range(5))
    )
    now = status(project(text, R7="indicators: {i0: 120, i1: 100, i2: 90, i3: pending}\n"), year("R7"))
    assert now.grades is not None
    assert [(each.label, each.number, each.share) for each in now.grades.shares] == [
        ("進んでいる", 1, Decimal("33.3")),
        ("通り", 1, Decimal("33.3")),
        ("遅れ", 1, Decimal("33.3")),
    ]
    assert now.grades.not_graded == 2
    assert not now.grades.adds_up


def test_nothing_graded_is_no_division_by_zero() -> None:
    grading = grading_in(project(HAMAMATSU).plan, year("R7"))
    assert grading is not None
    empty = distribution(grading, [NoGrade(Reason.PENDING)], 1)
    assert (empty.shares, empty.not_graded, empty.adds_up) == ((), 1, True)
