"""Laws that hold for any indicator of any plan, through the whole computation from text to verdict."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.progress.achievement import NoRate, Rate, Verdict
from dxplan.progress.grading import Grade, NoGrade
from dxplan.progress.judgement import IndicatorStatus, units
from dxplan.progress.measured import Measured, NotMeasured, Stage
from dxplan.progress.status import Status, status
from tests.builders import project, year
from tests.thorough import times

Spec = dict[str, Any]
few = settings(max_examples=times(30, 1000))

WHOLE = st.integers(-10_000, 10_000)
POSITIVE = st.integers(1, 10_000)
YEARS = ("R7", "R8", "R9")
BOUNDS = st.sampled_from(["value", "min", "over", "max", "under"])
GRADES = [{"bands": [{"label": "A", "over": 110}, {"label": "B", "min": 95}, {"label": "C"}]}]


def judged(indicator: Spec, actuals: dict[str, object], label: str = "R9", **head: object) -> IndicatorStatus:
    return whole(indicator, actuals, label, **head).indicators[0]


def whole(indicator: Spec, actuals: dict[str, object], label: str = "R9", **head: object) -> Status:
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    text += f"indicators: {json.dumps([{'id': 'x', 'name': 'x', **indicator}], ensure_ascii=False)}\n"
    files = {name: f"indicators: {json.dumps({'x': value})}\n" for name, value in actuals.items()}
    return status(project(text, **files), year(label))


def rate(each: IndicatorStatus) -> Fraction | None:
    return each.now.achievement.value if isinstance(each.now.achievement, Rate) else None


@st.composite
def targets(draw: st.DrawFn) -> object:
    if draw(st.booleans()):
        return draw(WHOLE)
    low, high = sorted((draw(WHOLE), draw(WHOLE)))
    return draw(
        st.sampled_from(
            [
                {"min": low},
                {"over": low},
                {"max": high},
                {"under": high},
                {"min": low, "under": high},
                {"over": low, "max": high},
                {"value": low, "words": "約"},
                {"value": low, "revisions": [{"date": "2026-10", "from": high, "reason": "見直し"}]},
                {"revisions": [{"date": "2027-10", "from": low, "reason": "廃止"}]},
            ]
        )
    )


ACTUALS = st.one_of(
    WHOLE,
    st.sampled_from(["pending", "unpublished", "not_conducted", "not_applicable", "cancelled", None]),
    st.builds(lambda part, of: {"of": [part, of]}, st.integers(0, 100), st.integers(1, 100)),
    st.builds(lambda value: {"value": value, "preliminary": True, "data_year": "R6"}, WHOLE),
    st.builds(lambda value: {"value": value, "grade": "A", "reason": "質"}, WHOLE),
)


@st.composite
def indicators(draw: st.DrawFn) -> Spec:
    """Any indicator: also such as the rules would complain about."""
    spec: Spec = {
        "unit": draw(st.sampled_from(["%", "人", ""])),
        "direction": draw(st.sampled_from(["increase", "decrease", "maintain", "range"])),
        "series": draw(st.sampled_from(["point", "annual", "cumulative"])),
        "entered": draw(st.sampled_from(["yearly", "running"])),
        "targets": draw(st.dictionaries(st.sampled_from(YEARS), targets(), max_size=3)),
    }
    if draw(st.booleans()):
        spec["method"] = draw(st.sampled_from(["ratio", "mirror", "inverse", "baseline", "none"]))
    if draw(st.booleans()):
        spec["baseline"] = {"year": "R6", "value": draw(WHOLE), "reference": draw(st.booleans())}
    if draw(st.booleans()):
        spec["expected"] = draw(st.one_of(st.just("linear"), st.dictionaries(st.sampled_from(YEARS), WHOLE)))
    if draw(st.integers(0, 3)) == 0:
        spec["parts"] = [{"id": id_, "name": id_, "targets": draw(st.just({}) | st.just({"R9": 5}))} for id_ in "ab"]
        spec["judged"] = draw(st.sampled_from(["together", "apart"]))
    if draw(st.integers(0, 5)) == 0:
        spec["monitoring"] = True
    return spec


REPORTED = st.dictionaries(
    st.sampled_from(YEARS), ACTUALS | st.builds(lambda a, b: {"parts": {"a": a, "b": b}}, WHOLE, ACTUALS), max_size=3
)


def all_of(each: IndicatorStatus) -> list[IndicatorStatus]:
    return [each, *each.parts]


@few
@given(indicators(), REPORTED, st.sampled_from(YEARS))
def test_every_result_is_a_number_or_a_reason(indicator: Spec, actuals: dict[str, object], label: str) -> None:
    now = whole(indicator, actuals, label, grades=GRADES)
    for each in (unit for one in now.indicators for unit in all_of(one)):
        for past in each.history:
            assert isinstance(past.achievement, Rate | NoRate)
            assert isinstance(past.progress, Rate | NoRate)
            assert isinstance(past.grade, Grade | NoGrade)
            assert isinstance(past.measured, Measured | NotMeasured | Stage)
            if isinstance(past.achievement, Rate) and not each.parts:
                assert past.verdict is not Verdict.UNDECIDED
                assert past.terms.against is not None


@few
@given(indicators(), REPORTED, st.sampled_from(YEARS))
def test_every_unit_is_counted_once(indicator: Spec, actuals: dict[str, object], label: str) -> None:
    now = whole(indicator, actuals, label, grades=GRADES)
    counted = now.summary
    number = sum(len(units(each)) for each in now.indicators)
    judged_once = counted.judged + counted.expected_judged + counted.unjudged
    assert judged_once <= number
    assert counted.judged == counted.met + counted.not_met
    unreported = sum(bool(unit.unreported) for each in now.indicators for unit in units(each))
    if indicator["direction"] != "range" and "monitoring" not in indicator:  # else such as cannot be judged at all
        others = counted.without_value + counted.without_target + unreported
        assert judged_once + others >= number, "nothing is lost: what is not judged is counted by the reason why"
    assert now.grades is not None
    assert sum(share.number for share in now.grades.shares) + now.grades.not_graded == number


@few
@given(indicators(), REPORTED)
def test_the_order_of_files_is_irrelevant(indicator: Spec, actuals: dict[str, object]) -> None:
    backwards = dict(reversed(actuals.items()))
    assert whole(indicator, actuals) == whole(indicator, backwards)


@few
@given(st.sampled_from(["ratio", "mirror", "inverse", "baseline"]), POSITIVE, POSITIVE, POSITIVE, st.integers(1, 1000))
def test_scaling_changes_neither_rate_nor_verdict(method: str, actual: int, target: int, base: int, by: int) -> None:
    direction = "decrease" if method in ("mirror", "inverse") else "increase"

    def of(factor: int) -> tuple[object, ...]:
        spec = {
            "direction": direction,
            "method": method,
            "baseline": {"year": "R6", "value": base * factor},
            "targets": {"R9": target * factor},
        }
        each = judged(spec, {"R9": actual * factor})
        return rate(each), each.now.verdict, each.now.worse, each.progress

    assert of(1) == of(by)


@few
@given(WHOLE, WHOLE, WHOLE, WHOLE)
def test_shifting_and_mirroring_do_not_touch_the_baseline_method(actual: int, target: int, base: int, by: int) -> None:
    def of(sign: int, shift: int) -> tuple[object, ...]:
        spec = {
            "direction": "increase" if sign > 0 else "decrease",
            "method": "baseline",
            "baseline": {"year": "R6", "value": sign * base + shift},
            "targets": {"R9": sign * target + shift},
        }
        each = judged(spec, {"R9": sign * actual + shift})
        return each.now.achievement, each.now.verdict, each.now.worse

    assert of(1, 0) == of(1, by) == of(-1, 0) == of(-1, by)


@few
@given(
    st.sampled_from(["ratio", "mirror", "inverse", "baseline"]),
    st.sampled_from(["value", "strict", "bound"]),
    st.tuples(POSITIVE, POSITIVE),
    POSITIVE,
    POSITIVE,
)
def test_better_lowers_neither_rate_nor_verdict_nor_grade(
    method: str, kind: str, actuals: tuple[int, int], target: int, base: int
) -> None:
    fewer = method in ("mirror", "inverse") or (method == "baseline" and base > target)
    names = {"value": "value", "strict": "under" if fewer else "over", "bound": "max" if fewer else "min"}
    spec = {
        "direction": "decrease" if fewer else "increase",
        "method": method,
        "baseline": {"year": "R6", "value": base},
        "targets": {"R9": {names[kind]: target}},
    }
    worse, better = sorted(actuals, reverse=fewer)
    low = judged(spec, {"R9": worse}, grades=GRADES)
    high = judged(spec, {"R9": better}, grades=GRADES)
    first, second = rate(low), rate(high)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first <= second
        assert isinstance(low.now.grade, Grade)
        assert isinstance(high.now.grade, Grade)
        assert high.now.grade.label <= low.now.grade.label
    assert not (low.now.verdict is Verdict.MET and high.now.verdict is Verdict.NOT_MET)
    assert high.now.worse <= low.now.worse


@few
@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_a_total_is_the_sum_however_it_is_entered(amounts: list[int]) -> None:
    spec = {"direction": "increase", "series": "cumulative", "targets": {"R9": 100}}
    yearly = judged(spec, dict(zip(YEARS, amounts, strict=True)))
    totals = [sum(amounts[: n + 1]) for n in range(3)]
    running = judged({**spec, "entered": "running"}, dict(zip(YEARS, totals, strict=True)))
    assert rate(yearly) == rate(running) == Fraction(sum(amounts), 100)
    for one, other in zip(yearly.history, running.history, strict=True):
        assert isinstance(one.measured, Measured)
        assert isinstance(other.measured, Measured)
        assert (one.measured.value, one.measured.own) == (other.measured.value, other.measured.own)


@few
@given(indicators(), REPORTED, WHOLE, WHOLE)
def test_the_past_does_not_mind_what_is_revised_later(
    indicator: Spec, actuals: dict[str, object], before: int, after: int
) -> None:
    """R8 as it was published stays what it is when R9 and the baseline are revised in fiscal year R9."""
    spec = {**indicator, "targets": {**indicator["targets"], "R9": before}}
    revision = {"date": "2027-04-01", "from": before, "reason": "見直し"}
    revised = {**spec, "targets": {**spec["targets"], "R9": {"value": after, "revisions": [revision]}}}
    if "baseline" in spec:
        earlier = {"date": "2027-04-01", "from": spec["baseline"], "reason": "再集計"}
        revised["baseline"] = {"year": "R6", "value": after, "revisions": [earlier]}
    for label in ("R7", "R8"):
        then, now = judged(spec, actuals, label), judged(revised, actuals, label)
        assert seen(then) == seen(now)


def seen(each: IndicatorStatus) -> tuple[object, ...]:
    """Return everything that a report of the year says."""
    terms = each.now.terms
    aims = [None if aim is None else aim.model_dump(exclude={"revisions"}) for aim in (terms.target, terms.final)]
    start = None if terms.baseline is None else (terms.baseline.year, terms.baseline.value, terms.baseline.reference)
    years = [value and value._asdict() | {"terms": None} for value in (each.now, each.previous)]
    return (aims, start, years, each.outlook)


@few
@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_counts_say_what_the_percentage_says(part: int, of: int) -> None:
    spec = {"unit": "%", "direction": "increase", "targets": {"R9": 50}}
    counted = judged(spec, {"R9": {"of": [part, of]}})
    assert isinstance(counted.now.measured, Measured)
    assert counted.now.measured.exact == Fraction(part * 100, of)
    assert abs(Fraction(counted.now.measured.value) - counted.now.measured.exact) <= Fraction(1, 20)
    assert (counted.now.verdict is Verdict.MET) == (part * 2 >= of)


@few
@given(st.lists(st.integers(0, 99), min_size=2, max_size=2), st.integers(0, 99))
def test_digits_stay_as_written(digits: list[int], whole_part: int) -> None:
    written = f"{whole_part}.{digits[0]:02}"
    spec = {"direction": "increase", "targets": {"R9": 50}}
    text = f"indicators: [{json.dumps({'id': 'x', 'name': 'x', **spec})}]\n"
    now = status(project(text, R9=f"indicators: {{x: {written}}}\n"), year("R9"))
    measured = now.indicators[0].now.measured
    assert isinstance(measured, Measured)
    assert str(measured.value) == written
    assert measured.value == Decimal(written)
