"""Every worked example of docs/arithmetic.md, computed; the columns of a table say what it shows."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from dxplan.model.indicator import Indicator
from dxplan.model.target import Target
from dxplan.model.values import Direction, Method, Series
from dxplan.progress.achievement import (
    FORMULAS,
    Achievement,
    Rate,
    Reason,
    achievement,
    progress,
    rate,
    verdict,
)
from dxplan.progress.grading import pro_rata
from dxplan.progress.measured import Measured, Stage, measured
from dxplan.progress.status import status
from dxplan.progress.terms import Form, goal, terms
from dxplan.views.wording import REASONS, VERDICTS, Style, rate_text, signed
from tests.builders import indicator, plan, project, terms_of, year
from tests.docs import markdown

TABLES = markdown.tables(markdown.read("arithmetic.md"))


def rows(*header: str) -> list[tuple[str, ...]]:
    """Return the rows of the one table with these columns."""
    (table,) = (table for table in TABLES if tuple(cell.strip("`") for cell in table.header) == header)
    return [tuple(cell.strip("`") for cell in row) for row in table.rows]


def number(cell: str) -> Decimal:
    return Decimal(cell.replace("−", "-"))


def optional(cell: str) -> str | None:
    return None if cell == "―" else str(number(cell.removeprefix("参考")))


def target(cell: str) -> Target:
    match = re.fullmatch(r"(?:([\d.]+)(以上|超))?(?:([\d.]+)(以下|未満))?", cell)
    if match is None:
        return Target(value=number(cell))
    words = {"以上": "min", "超": "over", "以下": "max", "未満": "under"}
    bounds = zip(match.groups()[::2], match.groups()[1::2], strict=True)
    return Target.model_validate({words[word]: Decimal(bound) for bound, word in bounds if bound})


def shown(result: Achievement, decimals: int = 1) -> str:
    text = rate_text(result, Form(ratio=False, decimals=decimals), Style("ja"))
    return text.replace("-", "−") if isinstance(result, Rate) else text


def reached(judged: Indicator, actual: str, aim: str) -> Achievement:
    with_target = judged.model_copy(update={"targets": {year("R7"): target(aim)}})
    return achievement(terms_of(with_target), Fraction(number(actual)))


def judgement(direction: str, actual: str, aim: str) -> str:
    return VERDICTS[verdict(goal(Direction(direction), target(aim)), Fraction(number(actual)))].ja


def of(method: str, direction: str, baseline: str) -> Indicator:
    return indicator(method=Method(method), direction=Direction(direction), baseline=optional(baseline))


@pytest.mark.parametrize("row", rows("例", "method", "direction", "A", "T", "B", "達成率", "判定"))
def test_achievement_rates(row: tuple[str, ...]) -> None:
    _, method, direction, a, t, b, expected, judged = row
    assert shown(reached(of(method, direction, b), a, t)) == expected
    assert judgement(direction, a, t) == judged


@pytest.mark.parametrize(("direction", "a", "t", "judged"), rows("direction", "A", "T", "判定"))
def test_verdicts(direction: str, a: str, t: str, judged: str) -> None:
    assert judgement(direction, a, t) == judged


@pytest.mark.parametrize(("a", "t", "exact", "expected"), rows("A", "T", "分数", "達成率"))
def test_rounding(a: str, t: str, exact: str, expected: str) -> None:
    result = rate(Method.RATIO, number(a), number(t), None)
    assert result == Rate(Fraction(exact), Method.RATIO)
    assert shown(result) == expected


def test_floats_would_differ_as_the_page_says() -> None:
    assert f"{1 / 16 * 100:.1f}" == "6.2"


@pytest.mark.parametrize("row", rows("A", "T", "分数", "decimals", "達成率", "判定"))
def test_rates_that_round_to_100(row: tuple[str, ...]) -> None:
    a, t, exact, decimals, expected, judged = row
    result = rate(Method.RATIO, number(a), number(t), None)
    assert result == Rate(Fraction(exact), Method.RATIO)
    assert shown(result, int(decimals)) == expected
    assert judgement("increase", a, t) == judged


@pytest.mark.parametrize("row", rows("A", "T", "分数", "rates", "decimals", "示し方"))
def test_ways_to_show_a_rate(row: tuple[str, ...]) -> None:
    a, t, exact, rates, decimals, expected = row
    result = rate(Method.RATIO, number(a), number(t), None)
    assert result == Rate(Fraction(exact), Method.RATIO)
    assert rate_text(result, Form(rates == "ratio", int(decimals)), Style("ja")) == expected


@pytest.mark.parametrize(("unit", "counts", "expected"), rows("単位", "内数と総数", "合わせた値"))
def test_counts(unit: str, counts: str, expected: str) -> None:
    parts = [f"{{of: [{cell.replace('/', ', ')}]}}" for cell in counts.split("、")]
    named = ", ".join(f"{{id: p{n}, name: p}}" for n in range(len(parts)))
    plan = (
        f'indicators: [{{id: x, name: x, unit: "{unit}", direction: increase, targets: {{R7: 1}}, parts: [{named}]}}]'
    )
    entered = ", ".join(f"p{n}: {part}" for n, part in enumerate(parts))
    now = status(project(plan, R7=f"indicators: {{x: {{parts: {{{entered}}}}}}}"), year("R7")).indicators[0]
    assert isinstance(now.now.measured, Measured)
    assert str(now.now.measured.value) == expected


@pytest.mark.parametrize("row", rows("judged", "男の A/T", "女の A/T", "全体の判定", "全体の率"))
def test_parts(row: tuple[str, ...]) -> None:
    judged, *values, decided, expected = row
    aims = [cell.split("/") for cell in values]
    parts = ", ".join(f"{{id: p{n}, name: p, targets: {{R7: {aim}}}}}" for n, (_, aim) in enumerate(aims))
    plan = f"indicators: [{{id: x, name: x, direction: increase, judged: {judged}, parts: [{parts}]}}]"
    entered = ", ".join(f"p{n}: {entry(actual)}" for n, (actual, _) in enumerate(aims))
    now = status(project(plan, R7=f"indicators: {{x: {{parts: {{{entered}}}}}}}"), year("R7")).indicators[0].now
    assert VERDICTS[now.verdict].ja == decided
    assert shown(now.achievement) == expected


@pytest.mark.parametrize(("baseline", "aims", "expected"), rows("基準値", "目標値", "R8 の目安値"))
def test_interpolation(baseline: str, aims: str, expected: str) -> None:
    start, value = baseline.split()
    targets = ", ".join(": ".join(aim.split()) for aim in aims.split("、"))
    plan = f"""\
indicators:
  - id: x
    name: x
    direction: increase
    baseline: {{year: {start}, value: {value}}}
    targets: {{{targets}}}
    expected: linear
"""
    loaded = project(plan)
    found = terms(loaded.plan, loaded.indicators[0].indicator, year("R8")).expected
    assert found is not None
    assert str(found.shown) == expected


OUTLOOK = ("series", "基準値", "R7 の A", "R8 の A", "R9 の T", "必要な増減", "これまでの増減", "このままなら")


@pytest.mark.parametrize("row", rows(*OUTLOOK))
def test_outlook(row: tuple[str, ...]) -> None:
    series, baseline, first, second, aim, *expected = row
    start = "" if baseline == "―" else "baseline: {{year: {}, value: {}}}, ".format(*baseline.split())
    plan = f"indicators: [{{id: x, name: x, direction: increase, series: {series}, {start}targets: {{R9: {aim}}}}}]"
    years = {"R7": first, "R8": second}
    loaded = project(plan, **{label: f"indicators: {{x: {value}}}" for label, value in years.items()})
    ahead = status(loaded, year("R8")).indicators[0].outlook
    assert ahead is not None
    assert [str(value) for value in (ahead.needed, ahead.pace, ahead.projection)] == expected


@pytest.mark.parametrize(
    ("now", "revision", "seen_from_r7", "in_r8"),
    rows("R8 の目標値", "改定", "R7 の実績から見た R8 の目標値", "R8 の判定に使う目標値"),
)
def test_revisions(now: str, revision: str, seen_from_r7: str, in_r8: str) -> None:
    match = re.fullmatch(r"(\S+) に (\d+) から", revision)
    assert match is not None
    date, before = match.groups()
    revised = f"{{value: {now}, revisions: [{{date: {date}, from: {before}, reason: 見直し}}]}}"
    loaded = project(f"indicators: [{{id: x, name: x, direction: increase, targets: {{R8: {revised}}}}}]")
    next_target = status(loaded, year("R7")).indicators[0].next_target
    judged = status(loaded, year("R8")).indicators[0].now.target
    assert next_target is not None
    assert judged is not None
    assert (str(next_target.value), str(judged.value)) == (seen_from_r7, in_r8)


@pytest.mark.parametrize(
    ("progressed", "gone", "years", "expected"), rows("進捗率", "過ぎた年数", "全部の年数", "経過年数で割り戻した率")
)
def test_progress_for_the_time_gone(progressed: str, gone: str, years: str, expected: str) -> None:
    first = year("R7")
    made = plan(period={"from": "R7", "to": "R20"})
    judged = terms(made, indicator({str(first + (int(years) - 1)): "100"}, baseline="0"), first + (int(gone) - 1))
    way = Rate(Fraction(int(progressed.rstrip("%")), 100), Method.BASELINE)
    assert shown(pro_rata(way, made, judged)) == expected


def test_every_reason_is_explained_in_order() -> None:
    assert [row[:2] for row in rows("理由", "日本語", "いつ")] == [(reason, REASONS[reason].ja) for reason in Reason]


@pytest.mark.parametrize("row", rows("method", "direction", "A", "T", "B", "理由", "判定"))
def test_reasons(row: tuple[str, ...]) -> None:
    method, direction, a, t, b, reason, judged = row
    assert shown(reached(of(method, direction, b), a, t)) == reason
    assert judgement(direction, a, t) == judged


def entry(cell: str) -> str:
    """Return how a file says what the cell shows."""
    words = {text.ja: reason.value for reason, text in REASONS.items()}
    return words.get(cell, cell)


@pytest.mark.parametrize("row", rows("R7 の量", "R8 の量", "R9 の量", "R7 の累計", "R8 の累計", "R9 の累計"))
def test_totals(row: tuple[str, ...]) -> None:
    plan = "indicators: [{id: x, name: x, direction: increase, series: cumulative, targets: {R9: 210}}]"
    labels = ("R7", "R8", "R9")
    amounts = {label: f"indicators: {{x: {entry(cell)}}}" for label, cell in zip(labels, row[:3], strict=True)}
    example = project(plan, **amounts)
    totals = [measured(example.indicators[0].indicator, year(label), year("R7"), example.actuals) for label in labels]
    assert tuple(
        str(total.value) if isinstance(total, Measured) else REASONS[total.reason].ja
        for total in totals
        if not isinstance(total, Stage)
    ) == tuple(row[3:])


@pytest.mark.parametrize("row", rows("例", "series", "A", "T", "B", "進捗率"))
def test_progress(row: tuple[str, ...]) -> None:
    _, series, a, t, b, expected = row
    example = indicator({"R11": t}, baseline=optional(b), reference=b.startswith("参考"), series=Series(series))
    assert shown(progress(terms_of(example), Fraction(number(a)))) == expected


@pytest.mark.parametrize(("a", "b", "change"), rows("A", "B", "増減"))
def test_changes(a: str, b: str, change: str) -> None:
    assert signed(number(a) - number(b), "", Style("ja")) == change


def test_formulas_are_those_that_are_printed() -> None:
    printed = {method.value: formula.replace("-", "−") for method, formula in FORMULAS.items()}
    tabled = {method: formula for method, formula, _ in rows("method", "式", "使う指標")}
    assert tabled == {**printed, "none": "計算しない"}


def test_the_examples_of_the_design_are_here() -> None:
    rates = {row[6] for row in rows("例", "method", "direction", "A", "T", "B", "達成率", "判定")}
    ways = {row[5] for row in rows("例", "series", "A", "T", "B", "進捗率")}
    assert {"112.5%", "116.7%", "160.0%", "44.4%", "64.3%", "−275.0%", "25.0%", "219.5%"} <= rates
    assert {"47.7%", "32.0%", "40.6%"} <= ways
