"""What a department is sent: what is asked, what is open, and nothing that a spreadsheet would compute."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from dxplan.exchange.form import Form, forms
from dxplan.exchange.workbook import document
from dxplan.fiscal_year import FiscalYear
from dxplan.project import Project, load
from tests.builders import project
from tests.exchange.books import PLAN, R7, Book, only_form

ROOT = Path(__file__).parents[2]
R1 = FiscalYear.parse("R1")


@pytest.fixture(scope="module")
def prefecture() -> Project:
    found = load(ROOT / "tests/projects/all-means", "p").project
    assert found is not None
    return found


def asked(form: Form) -> list[str]:
    return ["/".join(part for part in question.thing if part) for question in form.questions]


def test_one_form_for_each_lead_department(prefecture: Project) -> None:
    found = forms(prefecture, R1)
    assert [form.lead for form in found] == ["企画課", "デジタル推進課", "総務課", "市民課", None]
    assert asked(found[0]) == ["indicators/migration"]
    assert asked(found[3]) == ["actions/1-1"]
    assert "indicators/life/men" in asked(found[4])
    assert "indicators/life" not in asked(found[4])


def test_only_what_is_missing_is_asked_again() -> None:
    reported = "indicators: {share: 50, people: pending, life: {parts: {men: 80}}}\nactions: {1-1: done}\n"
    (form,) = forms(project(PLAN, R7=reported), R7, only_missing=True)
    assert asked(form) == ["indicators/stage", "indicators/life/women", "actions/1-2"]
    everything = "indicators: {share: 50, people: 1, stage: 試行, life: {parts: {men: 80, women: 85}}}\n"
    everything = everything.replace("stage: 試行", "stage: {text: 試行}")
    assert forms(project(PLAN, R7=f"{everything}actions: {{1-1: done, 1-2: done}}\n"), R7, only_missing=True) == []


def test_a_whole_that_was_given_without_its_parts_is_asked_as_a_whole() -> None:
    keys = asked(only_form(project(PLAN, R7="indicators: {life: 81}\n")))
    assert [key for key in keys if "life" in key] == ["indicators/life"]


def test_what_was_carried_over_is_asked() -> None:
    form = only_form(project(PLAN, R8="actions: {1-1: }\n"), FiscalYear.parse("R8"))
    assert [(question.thing.id, question.aim) for question in form.actions] == [("1-1", "持ち越し"), ("1-2", "予定")]


def test_a_part_of_a_whole_in_a_state_is_in_that_state() -> None:
    form = only_form(project(PLAN, R7="indicators: {life: pending}\n"))
    book = Book(document(form))
    assert [book.cell(f"indicators/life/{part}", "state").value for part in ("men", "women")] == ["集計中", "集計中"]


def test_the_same_form_gives_the_same_bytes(prefecture: Project) -> None:
    for form in forms(prefecture, R1):
        assert document(form) == document(form)
        with zipfile.ZipFile(io.BytesIO(document(form))) as archive:
            core = archive.read("docProps/core.xml").decode()
            assert re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", core) == ["2019-04-01T"] * 2  # and nothing of today


def test_only_the_answers_are_open() -> None:
    book = Book.of(project(PLAN, R7="indicators: {share: 50.0}\n"))
    for key in ("indicators/share", "actions/1-1"):
        page = book.page(key)
        assert page.protection.sheet
        opened = {
            page.cell(1, cell.column).value
            for cell in page[book.row(key)]
            if isinstance(cell, Cell) and not cell.protection.locked
        }
        mine = {"value", "count", "whole", "state", "as_of", "note"}
        theirs = {"result", "quantity", "quantity_unit", "settled", "settled_unit", "note"}
        assert opened == (mine if key.startswith("indicators") else theirs)
        assert page.column_dimensions["A"].hidden
        assert page.row_dimensions[1].hidden
        assert page.freeze_panes == "D5"
        assert page.page_setup.orientation == "landscape"
        assert page.print_title_rows == "$4:$4"
    assert book.cell("indicators/people", "count").protection.locked
    assert book.cell("indicators/share", "value").number_format == "0.0"
    assert book.book["_meta"].sheet_state == "veryHidden"


def test_lists_and_checks_go_along() -> None:
    book = Book.of(project(PLAN, R7=""))
    page = book.page("indicators/share")
    found = {str(check.sqref): check for check in page.data_validations.dataValidation}
    state = found[book.cell("indicators/share", "state").coordinate]
    assert state.formula1 == '"速報,集計中,未公表,未実施,対象外,中止"'
    value = found[book.cell("indicators/share", "value").coordinate]
    assert (value.type, value.promptTitle) == ("decimal", "実績値")
    assert found[book.cell("indicators/stage", "value").coordinate].type is None
    result = book.page("actions/1-1").data_validations.dataValidation[0]
    assert result.formula1 == '"実施,継続中,一部実施,未着手,延期,中止"'


@pytest.mark.parametrize(("department", "shown"), [("企画&D課", "企画&&D課"), ("R&G課", "R＆G課")])
def test_an_ampersand_is_no_code_of_the_footer(department: str, shown: str) -> None:
    indicators = f"indicators: [{{id: x, name: a, direction: increase, department: {department}}}]\n"
    footer = Book.of(project(indicators, R7="")).page("indicators/x").oddFooter
    assert footer is not None
    assert str(footer.left.text).endswith(shown)


@pytest.mark.parametrize("department", ["&" * 200, "課" + "&" * 200])
def test_a_footer_without_room_does_not_end_within_an_ampersand(department: str) -> None:
    indicators = f"indicators: [{{id: x, name: a, direction: increase, department: '{department}'}}]\n"
    footer = Book.of(project(indicators, R7="")).page("indicators/x").oddFooter
    assert footer is not None
    assert str(footer.left.text).count("&") % 2 == 0
    assert footer.right.text == "&P / &N"


@pytest.mark.parametrize(("label", "is_offered"), [("A", True), ("=1", True), ('"A"', False), ("A,B", False)])
def test_grades_that_a_list_cannot_hold_are_typed(label: str, is_offered: bool) -> None:  # noqa: FBT001
    grades = f"grades: [{{bands: [{{label: {label!r}, min: 90}}, {{label: C, by_hand: true}}]}}]\n"
    page = Book.of(project(grades + PLAN, R7="")).page("indicators/share")
    lists = [check.formula1 for check in page.data_validations.dataValidation if check.type == "list"]
    assert (f'"{label},C"' in lists) == is_offered
    assert all(words.count('"') == 2 for words in lists)


def test_what_is_too_long_for_a_cell_stays_closed() -> None:
    book = Book.of(project(PLAN, R7=f"indicators: {{people: {{value: 1, note: {'長' * 10_001}}}}}\n"))
    assert book.cell("indicators/people", "note").protection.locked
    assert not book.cell("indicators/people", "value").protection.locked


def test_as_many_digits_as_a_spreadsheet_keeps_go_as_text() -> None:
    book = Book.of(project(PLAN, R7="indicators: {people: 123456789.012345}\n"))
    assert book.cell("indicators/people", "value").value == "123456789.012345"


def test_the_hidden_sheet_says_which_form_it_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(document(only_form(project(PLAN, R7="")))))
    said = {str(row[0].value): row[1].value for row in book["_meta"].iter_rows(max_col=2)}
    assert (said["dxplan:form"], said["fiscal_year"], said["organization"]) == ("1", "R7", "例示市")
    assert len(str(said["fingerprint"])) == 64
