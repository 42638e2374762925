"""The one long table: its columns and codes, and that nothing a file says is missing from it."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dxplan.exchange.rows import rows
from dxplan.exchange.table import (
    CODES,
    COLUMNS,
    COMPUTED,
    KINDS,
    NAMES,
    SUBJECTS,
    Kind,
    Row,
    Said,
    State,
    Subject,
    Type,
    cells,
    disarmed,
    rearmed,
)
from dxplan.fiscal_year import FiscalYear
from dxplan.model.indicator import Indicator, Part
from dxplan.model.values import Result, ValueState
from dxplan.progress.achievement import Reason, Verdict
from dxplan.project import Project
from tests.builders import project as built
from tests.builders import year
from tests.exchange.sources import FOLDERS, project


def of(made: Project, kind: Kind, id_: str | None = None, label: str | None = None) -> list[Row]:
    return [
        row
        for row in rows(made)
        if row.kind is kind and id_ in (None, row.id) and label in (None, str(row.fiscal_year or ""))
    ]


def test_columns_are_the_rows_fields() -> None:
    assert tuple(column.name for column in COLUMNS) == NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_every_code_has_a_meaning_in_both_languages() -> None:
    assert set(CODES) == {column.name for column in COLUMNS if column.type in (Type.CODE, Type.BOOLEAN)}
    assert set(KINDS) == set(Kind)
    assert set(SUBJECTS) == set(Subject)
    assert set(CODES["state"]) >= {each.value for words in (Said, ValueState, Result, Reason) for each in words}
    for codes in CODES.values():
        assert all(meaning.ja and meaning.en for meaning in codes.values())


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_codes_of_the_lists_stand_in_columns_of_codes(folder: str) -> None:
    for row in rows(project(folder)):
        for name, cell in zip(NAMES, cells(row), strict=True):
            assert cell in ("", *CODES.get(name, (cell,))), (name, row)
        assert row.state
        assert (row.western_year is None) == (row.fiscal_year is None)
        assert row.fiscal_year is None or row.fiscal_year.western == row.western_year


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_row_is_found_by_what_it_says_it_is(folder: str) -> None:
    keys = Counter(
        (
            *(row.subject, row.kind, row.initiative_id, row.id, row.part_id, row.fiscal_year, row.about, row.line),
            row.viewpoint_id,
        )
        for row in rows(project(folder))
        if not (row.kind is Kind.ITEM and row.subject is Subject.RELISTING)
    )
    targets_before = {key for key, count in keys.items() if count > 1}
    assert not targets_before


def numbers_of(indicator: Indicator | Part) -> Counter[str]:
    """Every number of the targets, baselines and expected values, with their histories."""
    found: list[Decimal | None] = []
    for target in indicator.targets.values():
        found += [target.value, *target.bounds]
        for revision in target.revisions:
            found += [revision.before.value, *revision.before.bounds] if revision.before else []
    if indicator.baseline is not None:
        found.append(indicator.baseline.value)
        found += [each.before.value for each in indicator.baseline.revisions if each.before]
    if isinstance(indicator.expected, dict):
        found += indicator.expected.values()
    return Counter(str(value) for value in found if value is not None)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_number_of_the_files_is_there_digit_by_digit(folder: str) -> None:
    made = project(folder)
    wanted: Counter[str] = Counter()
    for entry in made.indicators:
        wanted += numbers_of(entry.indicator)
        wanted.update([str(entry.indicator.per_year)] if entry.indicator.per_year is not None else [])
        for part in entry.indicator.parts:
            wanted += numbers_of(part)
    for actuals in made.actuals.values():
        for actual in actuals.indicators.values():
            for each in (actual, *actual.parts.values()):
                wanted.update(str(value) for value in (each.value, *(each.of or ())) if value is not None)
        amounts = [*(each.amounts for each in actuals.actions.values())]
        amounts += [each.amounts for each in actuals.initiatives.values()]
        wanted.update(str(amount.value) for each in amounts for amount in each.values())
    budgets = [each.initiative.budget for each in made.initiatives] + [each.action.budget for each in made.actions]
    wanted.update(str(amount.value) for budget in budgets for amount in budget.values())
    found: Counter[str] = Counter()
    for row in rows(made):
        if row.kind not in (*COMPUTED, Kind.BAND) and row.state is not Said.INTERPOLATED:
            values = (row.value, row.min, row.over, row.max, row.under, row.count_part, row.count_whole)
            found.update(str(value) for value in values if value is not None)
    assert found == wanted


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_note_stands_in_one_row(folder: str) -> None:
    made = project(folder)
    plan = made.plan
    notes: list[str] = [*plan.note]
    for viewpoint in plan.viewpoints:
        notes += viewpoint.note
    for entry in made.initiatives:
        notes += entry.initiative.note
    for listed in made.listings:
        notes += listed[0].note
    for indicator in made.indicators:
        notes += indicator.indicator.note
        baselines = [indicator.indicator.baseline, *(part.baseline for part in indicator.indicator.parts)]
        notes += [baseline.note for baseline in baselines if baseline and baseline.note]
        notes += [note for part in indicator.indicator.parts for note in part.note]
    for actuals in made.actuals.values():
        notes += actuals.note
        for actual in actuals.indicators.values():
            notes += [note for each in (actual, *actual.parts.values()) for note in each.note]
        notes += [note for result in actuals.actions.values() for note in result.note]
        notes += [note for said in actuals.initiatives.values() for note in said.note]
    assert Counter(row.note for row in rows(made) if row.note is not None) == Counter(notes)


PLAN = """
indicators:
  - id: x
    name: 指標
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 10.50, label: 令和6年中, note: 注}
    targets:
      R7: {value: 0.30, words: 0.3程度, revisions: [{date: 2025-05, reason: 後から定めた}]}
      R8: {revisions: [{date: 2026-05, from: {min: 40}, reason: 取り下げた}]}
    note: [注1, 注2, 注3]
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 取組
        actions:
          - {id: a, title: 段階, schedule: {R7: [1, 2], R9: }}
          - {id: b, title: 続く, schedule: R8-}
      - id: 2
        title: 取組2
        actions: [{relisted: a, id: r, title: 別の名}]
"""


def test_notes_after_the_first_have_rows_of_their_own() -> None:
    made = built(PLAN.replace("[1, 2]", '["1", "2"]'))
    (item,) = [row for row in of(made, Kind.ITEM, "x") if row.subject is Subject.INDICATOR]
    assert (item.note, item.line) == ("注1", 1)
    assert [(row.note, row.line, row.about) for row in of(made, Kind.NOTE)] == [("注2", 2, "item"), ("注3", 3, "item")]


def test_targets_keep_their_digits_words_and_history() -> None:
    made = built(PLAN.replace("[1, 2]", '["1", "2"]'))
    first, second = of(made, Kind.TARGET)
    assert (str(first.value), first.words, first.state) == ("0.30", "0.3程度", Said.STATED)
    assert (second.value, second.state) == (None, Said.DROPPED)
    before = of(made, Kind.TARGET_BEFORE)
    assert [(row.date, row.state, row.min, row.reason) for row in before] == [
        ("2025-05", Said.ABSENT, None, "後から定めた"),
        ("2026-05", Said.STATED, Decimal(40), "取り下げた"),
    ]


def test_schedules_have_a_row_for_each_year_and_each_stage() -> None:
    made = built(PLAN.replace("[1, 2]", '["1", "2"]'))
    said = [(row.id, str(row.fiscal_year), row.text, row.line, row.open_ended) for row in of(made, Kind.SCHEDULE)]
    assert said == [
        ("a", "R7", "1", 1, False),
        ("a", "R7", "2", 2, False),
        ("a", "R9", None, 1, False),
        ("b", "R8", None, 1, True),
        ("b", "R9", None, 1, True),
    ]
    (relisting,) = [row for row in rows(made) if row.subject is Subject.RELISTING]
    assert (relisting.id, relisting.other_id, relisting.text, relisting.initiative_id) == ("a", "r", "別の名", "2")


ACTUAL = """
state: closed
published: 2026-04
indicators: {x: {of: [1, 3], preliminary: true, as_of: 2026-03, data_year: R6, grade: A, reason: 特別, note: 注}}
actions: {a: {result: partial, quantity: {value: 95, unit: データ}, note: [一, 二]}}
initiatives: {1: {settled: {value: 1.50, unit: 千円}, note: 補正}}
corrections: [{date: 2026-10-01, id: x, old: 2/3, new: 1/3, reason: 誤り}]
note: 年度の注
"""


def test_what_a_year_says() -> None:
    made = built(PLAN.replace("[1, 2]", '["1", "2"]'), R7=ACTUAL)
    (actual,) = of(made, Kind.ACTUAL)
    assert (actual.count_part, actual.count_whole, actual.value) == (Decimal(1), Decimal(3), None)
    assert (actual.preliminary, actual.as_of, actual.data_year_western) == (True, "2026-03", 2024)
    assert (actual.grade, actual.reason, actual.note, actual.state) == ("A", "特別", "注", ValueState.REPORTED)
    (measured,) = of(made, Kind.MEASURED)
    assert (str(measured.value), measured.state) == ("33.3", Said.COMPUTED)
    (result,) = [row for row in of(made, Kind.RESULT) if row.id == "a"]
    assert (result.state, result.note) == (Result.PARTIAL, "一")
    (amount,) = of(made, Kind.QUANTITY)
    assert (str(amount.value), amount.unit) == ("95", "データ")
    (settled,) = of(made, Kind.SETTLED)
    assert (str(settled.value), settled.unit, settled.subject) == ("1.50", "千円", Subject.INITIATIVE)
    (correction,) = of(made, Kind.CORRECTION)
    assert (correction.id, correction.before, correction.after) == ("x", "2/3", "1/3")
    (closed,) = of(made, Kind.YEAR)
    assert (closed.state.value, closed.date, closed.note) == ("closed", "2026-04", "年度の注")
    notes = {(row.subject, row.note, row.about) for row in of(made, Kind.NOTE, label="R7")}
    assert notes == {(Subject.ACTION, "二", "result"), (Subject.INITIATIVE, "補正", "result")}


def test_the_worked_examples_of_koto() -> None:
    made = project("data")
    (rate,) = of(made, Kind.ACHIEVEMENT, "online-procedures", "R7")
    (progress,) = of(made, Kind.PROGRESS, "online-procedures", "R7")
    assert (str(rate.value), rate.unit, rate.met, str(progress.value)) == ("112.5", "%", Verdict.MET, "47.7")
    (exam,) = of(made, Kind.ACHIEVEMENT, "it-exam-passers", "R7")
    assert str(exam.value) == "160.0"


@pytest.mark.parametrize("folder", FOLDERS)
def test_where_a_number_is_due_there_is_one_or_a_reason(folder: str) -> None:
    for row in rows(project(folder)):
        if row.kind in (Kind.ACTUAL, Kind.MEASURED, Kind.ACHIEVEMENT, Kind.PROGRESS):
            there = row.value is not None or row.count_part is not None or row.text is not None
            said: State = row.state
            assert there == (said in (ValueState.REPORTED, Said.COMPUTED)), row


def test_one_year_alone_brings_what_it_is_read_by() -> None:
    made = project("tests/projects/all-means")
    only = list(rows(made, year("R1")))
    others = {row.kind for row in only if row.fiscal_year not in (None, year("R1"))}
    assert Kind.TARGET not in others
    assert {Kind.BASELINE, Kind.PERIOD} <= others
    assert [row for row in only if row.kind is Kind.ACTUAL] == of(made, Kind.ACTUAL, label="R1")


@given(st.text(alphabet=st.sampled_from("'=+-@\t ＝＋－＠ab1あ")))
@example("'=1")
@example("''=1")
def test_disarming_is_undone(text: str) -> None:
    assert rearmed(disarmed(text)) == text
    assert not disarmed(text).startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))


def test_numbers_are_never_disarmed_and_have_no_separators() -> None:
    row = Row("131083", "市", "=計画", Subject.PLAN, Kind.TARGET, value=Decimal("-1234567.80"), preliminary=True)
    said = dict(zip(NAMES, cells(row), strict=True))
    assert (said["value"], said["plan"], said["preliminary"]) == ("-1234567.80", "'=計画", "true")
    assert cells(row._replace(fiscal_year=FiscalYear(2025), note="一\n二"))[6] == "R7"
    assert cells(row._replace(note="一\n二"))[-1] == "一 二"


def test_what_is_due_and_not_in_the_file_is_unreported() -> None:
    plan = (
        "viewpoints: [{id: 1, title: あ, initiatives: [{id: 1, title: い, actions: "
        "[{id: 1-1, title: 予約, schedule: R7}, {id: 1-2, title: 拡充, schedule: R8}]}]}]\n"
    )
    said = [(row.id, row.state) for row in of(built(plan, R7=""), Kind.RESULT)]
    assert said == [("1-1", Result.UNREPORTED)]
