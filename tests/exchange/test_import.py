"""What comes back, as spreadsheets and people make of it: read where it has one meaning, named where it has none."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dxplan.editing.answers import Aspect, Said
from dxplan.editing.merging import Accepted, At, Conflict, Kept, Prefer, Unchanged, Wrong
from dxplan.exchange.form import FORM
from dxplan.exchange.replies import number_in
from dxplan.exchange.returned import read
from dxplan.exchange.workbook import document
from dxplan.project import Project
from tests.builders import project
from tests.exchange.books import FILE, PLAN, Book, only_file, only_form, outcome, with_entry, write
from tests.thorough import THOROUGH

REPORTED = "indicators: {share: 12.1, people: pending, life: {parts: {men: 80}}}\nactions: {1-1: ongoing}\n"


@pytest.fixture(scope="module")
def plan() -> Project:
    return project(PLAN, R7=REPORTED)


@pytest.fixture(scope="module")
def sent(plan: Project) -> bytes:
    return document(only_form(plan))


def figure(plan: Project, book: Book, key: str) -> Said | Wrong:
    """Return what is read of the figure in one row, or what is wrong there."""
    file = only_file(plan, book.saved)
    assert file.refused is None, file.refused
    row = book.row(key)
    for each in file.decisions:
        if isinstance(each, Wrong) and each.at.cell.strip("指標事業!ABCDEFGHIJKLMNOP") == str(row):
            return each
        if not isinstance(each, Wrong) and each.reply.at.cell.endswith(str(row)):
            wanted = Aspect.RESULT if key.startswith("actions") else Aspect.FIGURE
            if each.reply.aspect is wanted and "/".join(filter(None, each.reply.thing)) == key:
                return each.reply.said
    raise AssertionError(key)


def test_what_nobody_touched_is_unchanged(plan: Project, sent: bytes) -> None:
    file = only_file(plan, sent)
    assert file.decisions
    assert all(isinstance(each, Unchanged) for each in file.decisions)
    assert only_file(plan, Book(sent).saved).decisions == file.decisions


NUMBERS: tuple[tuple[str, object, str | None, str], ...] = (
    ("%", 54, None, "54"),
    ("%", 0.54, "0%", "54"),
    ("%", 0.181, "0.0%", "18.1"),
    ("%", 0.2, "0.0%", "20.0"),
    ("%", "９２％", None, "92"),
    ("%", " 92 % ", None, "92"),
    ("%", 60.3, "0.00", "60.30"),
    ("%", 0.1 + 0.2, None, "0.3"),
    ("%", 0.92, None, "0.92"),
    ("人", "1,234", None, "1234"),
    ("人", "１，２３４人", None, "1234"),
    ("人", 1234, "#,##0", "1234"),
    ("人", "▲3", None, "-3"),
    ("人", "−3", None, "-3"),
    ("人", 0, None, "0"),
    ("人", 12, "0_ ", "12"),
    ("人", 12, '0"人"', "12"),
    ("人", -1234.5, "#,##0.0;[Red]▲#,##0.00", "-1234.50"),
    ("人", 0, '0.0;-0.0;"△"0', "0"),
    ("人", 12, '"¥"0', "12"),
    ("%", 12, '0"％"', "12"),
    ("人", "３\t", None, "3"),
    ("人", "- 3\u3000人", None, "-3"),
)
"""The unit, what is typed, the format of its cell, and the number that it says."""
NO_NUMBERS: tuple[tuple[str, object, str | None, str], ...] = (
    ("人", "約50", None, "「約50」は数として読めません"),
    ("人", "54件", None, "「54件」は数として読めません"),
    ("人", "1,23", None, "「1,23」は数として読めません"),
    ("人", 0.5, "0%", "50% と書かれていますが、単位は「人」です"),
    ("人", dt.datetime(2026, 5, 10), None, "日付（2026-05-10）になっています"),  # noqa: DTZ001
    ("人", dt.time(2, 30), None, "時刻になっています"),
    ("%", 54 / 99, None, "割り切れない数（0.545454545455…）です"),
    ("%", 54.34, "0.0", "見えている値（54.3）と、入っている値（54.34）が違います"),
    ("%", 54.35, "0.0", "見えている値（54.4）と、入っている値（54.35）が違います"),
    ("人", True, None, "「TRUE」は数として読めません"),
    ("人", 1e18, None, "数が大きすぎます"),
    ("人", "#N/A", None, "「#N/A」は数として読めません"),
    ("年", "72.2歳", None, "「72.2歳」は数として読めません"),
    ("人", "12\n34", None, "「12\n34」は数として読めません"),
    ("人", "1 234", None, "「1 234」は数として読めません"),
    ("人", "54①", None, "「54①」は数として読めません"),
    ("%", "54²/100", None, "「54²/100」は数として読めません"),
    ("%", "54/10 0", None, "「54/10 0」は数として読めません"),
    ("人", 1234567, "#,##0,", "見えている数と、入っている数の桁が違う書式です"),
    ("人", 1234567, "0.0,,", "見えている数と、入っている数の桁が違う書式です"),
    ("%", 12.5, "[<1]0%;0.0", "見えている数と、入っている数の桁が違う書式です"),
    ("人", 12, '0"千人"', "「12千人」と見えていますが、単位は「人」です"),
    ("人", 12, "0\\件", "「12件」と見えていますが、単位は「人」です"),
)
"""The same, and what is wrong with it."""


@pytest.fixture(scope="module")
def typed() -> Mapping[tuple[str, object, str | None], Said | Wrong]:
    """Return what is read of everything typed above, into one form: opening one takes long."""
    given = [(unit, value, number_format) for unit, value, number_format, _ in (*NUMBERS, *NO_NUMBERS)]
    lines = (f'  - {{id: {n}, name: x, unit: "{unit}", direction: increase}}\n' for n, (unit, *_) in enumerate(given))
    there = project(f"indicators:\n{''.join(lines)}", R7="")
    book = Book.of(there)
    cells = [book.put(f"indicators/{n}", "value", *each[1:]).coordinate for n, each in enumerate(given)]
    found = {}
    for each in only_file(there, book.saved).decisions:
        at, said = (each.at, each) if isinstance(each, Wrong) else (each.reply.at, each.reply.said)
        if at.cell.partition("!")[2] in cells:
            found[given[cells.index(at.cell.partition("!")[2])]] = said
    return found


@pytest.mark.parametrize(("unit", "value", "number_format", "said"), NUMBERS)
def test_numbers(
    typed: Mapping[tuple[str, object, str | None], Said | Wrong],
    unit: str,
    value: object,
    number_format: str | None,
    said: str,
) -> None:
    assert typed[unit, value, number_format] == {"value": said}


@pytest.mark.parametrize(("unit", "value", "number_format", "message"), NO_NUMBERS)
def test_what_is_no_number(
    typed: Mapping[tuple[str, object, str | None], Said | Wrong],
    unit: str,
    value: object,
    number_format: str | None,
    message: str,
) -> None:
    found = typed[unit, value, number_format]
    assert isinstance(found, Wrong)
    assert found.message.ja == message
    assert found.hint


def test_where_something_is_wrong(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    cell = book.put("indicators/people", "value", "約50")
    found = figure(plan, book, "indicators/people")
    assert isinstance(found, Wrong)
    assert found.at.shown == f"{FILE} ›指標!{cell.coordinate}"


@pytest.mark.parametrize(
    ("text", "unit"), [("1.5㎥", "㎥"), ("1.5 m3", "㎥"), ("1.5人/年", "人/年"), ("1.5", "千円/10人")]
)
def test_a_unit_may_have_digits_and_strokes(text: str, unit: str) -> None:
    assert number_in(At("", ""), text, unit) == Decimal("1.5")


def test_what_is_struck_through_is_no_answer(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", 54).font = Font(strike=True)
    struck, bold = InlineFont(strike=True), InlineFont(b=True)
    book.cell("indicators/life/women", "value").value = CellRichText(TextBlock(struck, "54"), "60")
    book.cell("indicators/people", "note").value = CellRichText(TextBlock(bold, "太字"), "と並")
    decisions = only_file(plan, book.saved).decisions
    wrong = [each.message.ja for each in decisions if isinstance(each, Wrong)]
    assert wrong == ["取り消し線が付いています"] * 2
    assert [each.reply.said for each in decisions if isinstance(each, Accepted)] == [{"note": "太字と並"}]


def test_what_is_seen_is_what_is_recorded() -> None:
    plan = project(PLAN, R7="indicators: {share: 12.10}\n")
    book = Book.of(plan)
    assert figure(plan, book, "indicators/share") == {"value": "12.10"}
    book.put("indicators/share", "value", 54)  # shows 54.00, as 12.10 was shown with two decimals
    assert figure(plan, book, "indicators/share") == {"value": "54.00"}


def test_a_formula_counts_with_what_it_came_to(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    cell = book.cell("indicators/people", "value")
    cell.value = "=1+2"
    book.put("indicators/people", "state", None)
    never = figure(plan, book, "indicators/people")
    assert isinstance(never, Wrong)
    assert never.message.ja == "計算されていない数式です"
    at = f'r="{cell.coordinate}"'.encode()

    def calculated(page: bytes) -> bytes:
        head, tail = page.split(at, 1)
        return head + at + tail.replace(b"<v></v>", b"<v>3</v>", 1).replace(b"<v />", b"<v>3</v>", 1)

    file = only_file(plan, with_entry(book.saved, "xl/worksheets/sheet2.xml", calculated))
    assert [each.reply.said for each in file.decisions if isinstance(each, Accepted)] == [{"value": "3"}]


def test_a_formula_that_went_wrong_is_no_text(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    cell = book.cell("indicators/people", "note")
    cell.value = "=1/0"
    at = f'r="{cell.coordinate}"'.encode()

    def calculated(page: bytes) -> bytes:
        head, tail = page.split(at, 1)
        return (
            head
            + at
            + b' t="e"'
            + tail.replace(b"<v></v>", b"<v>#DIV/0!</v>", 1).replace(b"<v />", b"<v>#DIV/0!</v>", 1)
        )

    decisions = only_file(plan, with_entry(book.saved, "xl/worksheets/sheet2.xml", calculated)).decisions
    assert [each.message.ja for each in decisions if isinstance(each, Wrong)] == ["数式の誤りです（#DIV/0!）"]


def test_words_in_the_place_of_values(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", "未公表")
    book.put("indicators/life/women", "value", " 集計中　")
    book.put("actions/1-1", "result", "完了")
    book.put("actions/1-2", "result", "未報告")
    assert figure(plan, book, "indicators/share") == {"state": "unpublished"}
    book.put("indicators/share", "state", "集計中")
    both = figure(plan, book, "indicators/share")
    assert isinstance(both, Wrong)
    assert both.message.ja == "値と状態が食い違っています"
    book.put("indicators/share", "state", None)
    assert figure(plan, book, "indicators/life/women") == {"state": "pending"}
    assert figure(plan, book, "actions/1-1") == {"result": "done"}
    assert figure(plan, book, "actions/1-2") == {}


def test_counts(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    key = "indicators/share"
    for value, count, whole, said in [
        (None, 54, 100, {"of": "54/100"}),
        ("54/100", None, None, {"of": "54/100"}),
        (54, 54, 100, {"of": "54/100"}),  # the share itself beside what it comes from
        (12.1, 54, 100, {"of": "54/100"}),  # what was sent gives way to what is new
    ]:
        for field, typed in (("value", value), ("count", count), ("whole", whole)):
            book.put(key, field, typed)
        assert figure(plan, book, key) == said
    for value, count, whole, message in [
        (54.6, 54, 100, "実績値と、内数・総数の両方があります"),
        (None, 54, None, "内数と総数の片方だけがあります"),
        (None, 54, 0, "総数が0以下です"),
    ]:
        for field, typed in (("value", value), ("count", count), ("whole", whole)):
            book.put(key, field, typed)
        found = figure(plan, book, key)
        assert isinstance(found, Wrong)
        assert found.message.ja == message


def test_counts_that_were_there_give_way_to_a_value() -> None:
    plan = project(PLAN, R7="indicators: {share: {of: [54, 100]}}\n")
    book = Book.of(plan)
    book.put("indicators/share", "value", 60)
    assert figure(plan, book, "indicators/share") == {"value": "60"}


def test_a_stage_that_is_called_as_a_state_stays_a_stage() -> None:
    plan = project(PLAN, R7="indicators: {stage: {text: 集計中}}\n")
    assert figure(plan, Book.of(plan), "indicators/stage") == {"text": "集計中"}


@pytest.mark.parametrize(("value", "doubts"), [(1, 1), (0.5, 1), (1.5, 0), (0, 0), (12.1, 0)])
def test_a_percentage_that_looks_like_a_share_is_doubted(plan: Project, sent: bytes, value: float, doubts: int) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", value)
    remarks = [each.reply.remark for each in only_file(plan, book.saved).decisions if isinstance(each, Accepted)]
    assert sum(each is not None for each in remarks) == doubts


def test_state_and_value(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/people", "value", 5)  # 集計中 was sent, and nobody cleared it
    assert figure(plan, book, "indicators/people") == {"value": "5"}
    book.put("indicators/people", "state", "速報")
    book.put("indicators/people", "as_of", "令和8年3月31日")
    assert figure(plan, book, "indicators/people") == {"value": "5", "preliminary": "true", "as_of": "2026-03-31"}
    book.put("indicators/people", "as_of", dt.date(2026, 3, 1))
    assert figure(plan, book, "indicators/people") == {"value": "5", "preliminary": "true", "as_of": "2026-03-01"}
    for value, state, message in [
        (5, "未実施", "値があるのに、値のない理由が選ばれています"),
        (None, "速報", "「速報」なのに値がありません"),
        (5, "たぶん", "状態に「たぶん」はありません"),
    ]:
        book.put("indicators/people", "value", value)
        book.put("indicators/people", "state", state)
        found = figure(plan, book, "indicators/people")
        assert isinstance(found, Wrong)
        assert found.message.ja == message
    book.put("indicators/people", "state", None)
    book.put("indicators/people", "as_of", "令和8年2月30日")
    no_day = figure(plan, book, "indicators/people")
    assert isinstance(no_day, Wrong)
    assert no_day.message.ja == "時点の「令和8年2月30日」は日付として読めません"


def test_a_verdict_needs_its_reason(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/stage", "value", "試行を始めた")
    book.put("indicators/stage", "met", "達成")
    wrong = [each for each in only_file(plan, book.saved).decisions if isinstance(each, Wrong)]
    assert [each.message.ja for each in wrong] == ["判定・評価の理由がありません"]
    book.put("indicators/stage", "reason", "審議会の答申")
    accepted = [each for each in only_file(plan, book.saved).decisions if isinstance(each, Accepted)]
    assert [each.reply.said for each in accepted] == [
        {"text": "試行を始めた"},
        {"met": "true", "reason": "審議会の答申"},
    ]


def test_a_verdict_without_a_reason_that_was_there_may_stay() -> None:
    plan = project(PLAN, R7="indicators: {stage: {text: 試行, met: true}}\n")
    assert outcome(plan, document(only_form(plan))).is_sound


def test_amounts_need_their_unit(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    assert book.cell("actions/1-1", "settled_unit").value == "千円"  # as budgeted
    book.put("actions/1-1", "settled", "1,234")
    book.put("actions/1-1", "quantity", 3)
    decisions = only_file(plan, book.saved).decisions
    assert [each.message.ja for each in decisions if isinstance(each, Wrong)] == ["単位がありません"]
    settled = [each.reply.said for each in decisions if isinstance(each, Accepted)]
    assert settled == [{"value": "1234", "unit": "千円"}]


def test_text_that_no_file_may_hold_is_wrong(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/people", "note", "見えない\u202e文字")
    (wrong,) = [each for each in only_file(plan, book.saved).decisions if isinstance(each, Wrong)]
    assert "ファイルに書けない文字" in wrong.message.ja


def test_where_rows_and_columns_stand_does_not_matter(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", 54)
    book.put("indicators/life/women", "value", 85)
    page = book.page("indicators/share")
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    for r, values in enumerate(reversed(rows), 5):
        for c, value in enumerate(values, 1):
            page.cell(r, c).value = value
    page.insert_rows(3)
    page.insert_rows(1, 2)
    page.insert_cols(2)
    page.row_dimensions[7].hidden = True
    page.auto_filter.ref = "B7:C8"
    page.title = "しひょう (2)"
    book.book.create_sheet("メモ", 0)
    accepted = [each for each in only_file(plan, book.saved).decisions if not isinstance(each, Unchanged)]
    said = {
        each.reply.thing.part or each.reply.thing.id: each.reply.said for each in accepted if isinstance(each, Accepted)
    }
    assert said == {"women": {"value": "85"}, "share": {"value": "54"}}
    assert len(accepted) == 2


def test_a_column_that_is_gone_is_told_where_it_is_needed(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.page("indicators/share").delete_cols(book.cell("indicators/share", "value").column)
    book.page("actions/1-1").delete_cols(book.cell("actions/1-1", "quantity").column)
    wrong = [each.message.ja for each in only_file(plan, book.saved).decisions if isinstance(each, Wrong)]
    assert wrong == ["答えの列がありません（figure）"] * 5


def test_rows_gone_added_doubled_and_merged(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    page = book.page("indicators/share")
    page.delete_rows(book.row("indicators/people"))
    assert only_file(plan, book.saved).left_out == ("研修の受講者",)
    last = page.max_row
    column = book.cell("indicators/share", "value").column
    page.cell(last + 1, column).value = 3
    page.cell(last + 2, 1).value = "indicators/share"
    page.cell(last + 2, column).value = 3
    page.cell(last + 3, 1).value = "indicators/nothing"
    page.cell(last + 4, 1).value = "actions/1-1"
    said = [each.message.ja for each in only_file(plan, book.saved).decisions if isinstance(each, Wrong)]
    row = book.row("indicators/share")
    twice = f"同じ行がもう1つあり、答えが違います（指標!{page.cell(row, column).coordinate}）"
    assert said == ["この入力票にない行です", twice, *["この入力票にない行です"] * 2]
    merged = Book(sent)
    start, end = (merged.cell(f"indicators/life/{part}", "value").coordinate for part in ("men", "women"))
    merged.page("indicators/share").merge_cells(f"{start}:{end}")
    wrong = [each.at.cell for each in only_file(plan, merged.saved).decisions if isinstance(each, Wrong)]
    assert wrong == [f"指標!{start}", f"指標!{end}"]


def test_an_answer_that_another_cell_swallowed_is_told(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    cell = book.cell("indicators/share", "value")
    book.page("indicators/share").merge_cells(
        start_row=cell.row, end_row=cell.row, start_column=cell.column - 1, end_column=cell.column
    )
    wrong = [each.at.cell for each in only_file(plan, book.saved).decisions if isinstance(each, Wrong)]
    assert wrong == [f"指標!{cell.coordinate}"]


def test_a_note_may_reach_into_the_next_cell(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    cell = book.put("indicators/people", "note", "一行目\n\n二行目 ")
    book.page("indicators/share").merge_cells(
        start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1
    )
    (accepted,) = [each for each in only_file(plan, book.saved).decisions if isinstance(each, Accepted)]
    assert accepted.reply.said == {"note": "一行目\n二行目"}


def test_what_was_there_can_be_taken_back(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", None)
    (accepted,) = [each for each in only_file(plan, book.saved).decisions if isinstance(each, Accepted)]
    assert (accepted.reply.said, accepted.now) == ({}, {"value": "12.1"})


def test_what_changed_on_both_sides_is_a_conflict(sent: bytes) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", 54)
    meanwhile = project(PLAN, R7=REPORTED.replace("12.1", "60"))
    (conflict,) = [each for each in only_file(meanwhile, book.saved).decisions if isinstance(each, Conflict)]
    assert (conflict.reply.sent, conflict.reply.said, conflict.now) == (
        {"value": "12.1"},
        {"value": "54"},
        {"value": "60"},
    )
    for prefer, kind in ((Prefer.FILE, Accepted), (Prefer.YAML, Kept)):
        found = outcome(meanwhile, book.saved, prefer=prefer)
        assert found.is_sound
        assert [type(each) for each in found.files[0].decisions if not isinstance(each, Unchanged)] == [kind]
    already = project(PLAN, R7=REPORTED.replace("12.1", "54.0"))
    assert all(isinstance(each, Unchanged) for each in only_file(already, book.saved).decisions)
    untouched = project(PLAN, R7=REPORTED.replace("men: 80", "men: 81"))
    assert outcome(untouched, book.saved).accepted.keys() == {conflict.reply.thing}


def test_two_files_that_say_different_things_are_a_conflict(plan: Project, sent: bytes) -> None:
    one, other = Book(sent), Book(sent)
    one.put("indicators/share", "value", 54)
    other.put("indicators/share", "value", 55)
    found = outcome(plan, one.saved, other.saved, sent, prefer=Prefer.FILE)
    conflicts = [each for file in found.files for each in file.decisions if isinstance(each, Conflict)]
    assert [each.other.at.file if each.other else None for each in conflicts] == ["2.xlsx", "1.xlsx"]
    other.put("indicators/share", "value", 54)
    assert outcome(plan, one.saved, other.saved, sent).is_sound


def refused(content: bytes, plan: Project) -> str:
    file = only_file(plan, content)
    assert file.refused is not None
    assert file.refused.hint
    return file.refused.message.ja


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ファイルが空です"),
        ("指標,値\n".encode("cp932"), "Excelのブックではなく、文字だけのファイル（CSVなど）です"),
        ("指標\t値\n".encode("utf-16"), "Excelのブックではなく、文字だけのファイル（CSVなど）です"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500), "古い形式（.xls など）のファイルです"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "パスワードがかかっています"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Excelのブックではありません"),
        (b"PK\x03\x04" + bytes(100), "ファイルが壊れています"),
        (zipped(**{"word/document.xml": b"<a/>"}), "Excelのブックではありません"),
        (zipped(**{f"{n}.xml": b"" for n in range(1_001)}), "展開すると大きすぎるファイルです（100MBまで）"),
        (zipped(**{"xl/a.bin": bytes(101 * 1024 * 1024)}), "展開すると大きすぎるファイルです（100MBまで）"),
        (zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b"<a/>"}), "ブックの中身を読めません"),
    ],
    ids=range(11),
)
def test_what_is_no_workbook_is_refused(plan: Project, content: bytes, message: str) -> None:
    assert refused(content, plan) == message


_DATA = b"</sheetData>"
_CELLS, _PARTS = "セルが多すぎます（20万まで）", "文字や書式、結合が多すぎます"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("xl/vbaProject.bin", lambda _: b"x", "マクロのあるブックは読みません"),
        (
            "[Content_Types].xml",
            lambda text: text.replace(
                b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"macroEnabled&#46;main"
            ),
            "マクロのあるブックは読みません",
        ),
        (
            "xl/workbook.xml",
            lambda text: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + text,
            "Excelがつくったファイルではないようです",
        ),
        ("xl/worksheets/sheet2.xml", lambda text: text.replace(_DATA, b"<c/>" * 200_001 + _DATA), _CELLS),
        ("xl/worksheets/sheet2.xml", lambda text: text.replace(_DATA, b" " * 21_000_000 + _DATA), _PARTS),
        ("xl/sharedStrings.xml", lambda text: text.replace(b"</sst>", b"<si/>" * 100_001 + b"</sst>"), _PARTS),
        ("xl/worksheets/sheet2.xml", lambda text: text[:1000], "ブックの中身を読めません"),
    ],
)
def test_what_is_in_it_is_looked_at_first(
    plan: Project, sent: bytes, name: str, change: Callable[[bytes], bytes], message: str
) -> None:
    assert refused(with_entry(sent, name, change), plan) == message


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        (b"<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>", _CELLS),
        (b"<mergeCells><mergeCell a='>' ref = ' a1:xfd1048576'/></mergeCells>", _CELLS),
        (b"<mergeCells><mergeCell ref='$A$1&#58;$XFD$1048576'/></mergeCells>", _CELLS),
        (b"<mergeCells><mergeCell ref='A:XFD'/><mergeCell ref='1:1048576'/></mergeCells>", _CELLS),
        (b"<mergeCells>" + b"<mergeCell ref='A1'/>" * 5_001 + b"</mergeCells>", _PARTS),
        (b"<dataValidations>" + b"<dataValidation sqref='A1'/>" * 20_001 + b"</dataValidations>", _PARTS),
        (b"<dataValidations><dataValidation sqref='" + b"A1 " * 100_001 + b"'/></dataValidations>", _PARTS),
    ],
    ids=["plain", "written otherwise", "as characters", "columns", "many", "checks", "places of one check"],
)
@pytest.mark.parametrize("part", ["worksheets/sheet2.xml", "elsewhere/sheet"])
def test_what_would_take_a_reader_long_is_not_read(
    plan: Project, sent: bytes, tag: bytes, message: str, part: str
) -> None:
    content = with_entry(sent, "xl/worksheets/sheet2.xml", lambda text: text.replace(_DATA, _DATA + tag))
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        content = with_entry(content, name, lambda text: text.replace(b"worksheets/sheet2.xml", part.encode()))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name.replace("worksheets/sheet2.xml", part), old.read(name))
    assert refused(target.getvalue(), plan) == message


def test_pictures_and_old_drawings_are_not_looked_at(plan: Project, sent: bytes) -> None:
    drawn = with_entry(sent, "xl/drawings/vmlDrawing1.vml", lambda _: b"<xml><br></xml>")
    assert only_file(plan, with_entry(drawn, "xl/media/a.png", lambda _: b"\x89PNG<!DOCTYPE")).refused is None


def test_a_cell_at_the_very_end_costs_nothing(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.page("indicators/share")["XFD1048576"] = 1
    assert all(isinstance(each, Unchanged) for each in only_file(plan, book.saved).decisions)


def test_forms_of_others_are_refused(plan: Project, sent: bytes) -> None:
    foreign = Book(sent)
    del foreign.book["_meta"]
    assert refused(foreign.saved, plan) == "dxplan collect がつくった入力票ではありません"
    older = Book(sent)
    older.book["_meta"]["B1"] = "0"
    assert refused(older.saved, plan) == f"別の版のdxplanがつくった入力票です（版 0、読めるのは {FORM}）"
    mended = Book(sent)
    mended.book["_meta"]["B7"] = '["円", "point"]'
    assert refused(mended.saved, plan) == "入力票の隠しシートが書き換えられています"
    mended.book["_meta"]["B7"] = "{"
    assert refused(mended.saved, plan) == "入力票の隠しシートが書き換えられています"
    elsewhere = project(PLAN, R7=REPORTED)
    organization = plan.plan.organization.model_copy(update={"name": "別の市"})
    elsewhere.plan_reading.__dict__["value"] = plan.plan.model_copy(update={"organization": organization})
    assert refused(sent, elsewhere) == "別の団体の入力票です（例示市）"
    unit = project(PLAN.replace("unit: 人", "unit: 名"), R7=REPORTED)
    assert refused(sent, unit) == "入力票をつくった後に、計画が変わりました（people）"
    (gone,) = (line for line in PLAN.splitlines(keepends=True) if "people" in line)
    assert refused(sent, project(PLAN.replace(gone, ""), R7="")) == "入力票をつくった後に、計画が変わりました（people）"
    renamed = project(PLAN.replace("研修の受講者", "研修を受けた人"), R7=REPORTED)
    assert only_file(renamed, sent).is_sound
    next_year = project(PLAN, R8="")
    (file,) = outcome(next_year, sent, year=next_year.year_files[0].year).files
    assert file.refused is not None
    assert file.refused.message.ja == "R7 の入力票です（取り込むのは R8）"


def test_the_hidden_sheet_is_known_by_what_it_holds(plan: Project, sent: bytes) -> None:
    book = Book(sent)
    book.book["_meta"].title = "Sheet9"
    assert only_file(plan, book.saved).is_sound


@pytest.mark.skipif(not THOROUGH, reason="LibreOffice takes seconds to start: THOROUGH=1 pytest")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_is_read(plan: Project, sent: bytes, tmp_path: Path) -> None:
    book = Book(sent)
    book.put("indicators/share", "value", 0.925, "0.0%")
    book.cell("indicators/people", "value").value = "=1+2"
    book.put("indicators/people", "state", None)
    book.put("actions/1-2", "note", "=a\n二行目")
    write(tmp_path / FILE, book.saved)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "saved", FILE]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / FILE).read_bytes()
    assert b"veryHidden" not in saved
    said = [each.reply.said for each in only_file(plan, saved).decisions if isinstance(each, Accepted)]
    assert said == [{"value": "92.5"}, {"value": "3"}, {"note": "=a\n二行目"}]
    assert not isinstance(read(FILE, saved), Wrong)
    assert Decimal("92.5") == Decimal(said[0]["value"])
