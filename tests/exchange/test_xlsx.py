"""The workbook: the same table as the CSV, cell by cell, with real numbers and no text that computes."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from dxplan.exchange import xlsx
from dxplan.exchange.csv import document as csv_document
from dxplan.exchange.rows import rows
from dxplan.exchange.table import COLUMNS, NAMES, rearmed
from dxplan.exchange.xlsx import document
from dxplan.project import Project
from tests.builders import project as built
from tests.exchange.sources import project

PLAN = """
indicators:
  - id: x
    name: =HYPERLINK("x")
    unit: "%"
    direction: increase
    baseline: {year: R6, value: -3.50}
    targets: {R7: 0.30, R9: 123456789012.345}
    note: ["+1", "＝1", "'=1", "@x", http://example.jp]
"""


def workbook(made: Project) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(document(rows(made), made.plan, None)))


@pytest.mark.parametrize("made", [project("tests/projects/every-kind"), built(PLAN, R7="indicators: {x: 0}")])
def test_it_says_what_the_csv_says(made: Project) -> None:
    plain = list(csv.reader(io.StringIO(csv_document(rows(made)).decode("utf-8-sig"), newline="")))
    sheet = workbook(made)["data"]
    assert [cell.value for cell in sheet[1]] == list(NAMES)
    for line, row in zip(plain[1:], sheet.iter_rows(min_row=2), strict=True):
        for column, said, cell in zip(COLUMNS, line, row, strict=True):
            if cell.value is None:
                assert not said
            elif cell.data_type == "n":
                assert Decimal(said) == Decimal(repr(cell.value)), column.name
            else:
                assert rearmed(said) == cell.value, column.name


def test_digits_are_shown_and_formulas_stay_text() -> None:
    sheet = workbook(built(PLAN))["data"]
    cells = {str(cell.value): cell for row in sheet.iter_rows(min_row=2) for cell in row}
    assert cells["-3.5"].number_format == "0.00"
    assert cells["0.3"].number_format == "0.00"
    assert cells["123456789012.345"].number_format == "0.000"
    for text in ('=HYPERLINK("x")', "+1", "＝1", "@x"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix, text
    assert not cells["http://example.jp"].hyperlink


def test_the_heading_stays_in_sight_and_tells_its_japanese_name() -> None:
    sheet = workbook(built(PLAN))["data"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    told = {str(each.sqref): each.promptTitle for each in sheet.data_validations.dataValidation}
    assert (told["A1"], len(told)) == ("団体コード", len(NAMES))


def test_the_same_rows_give_the_same_bytes_and_name_the_day_they_were_made(tmp_path: Path) -> None:
    made = built(PLAN)
    assert document(rows(made), made.plan, "2026-04") == document(rows(made), made.plan, "2026-04")
    (tmp_path / "x.xlsx").write_bytes(document(rows(made), made.plan, "2026-04"))
    properties = openpyxl.load_workbook(tmp_path / "x.xlsx").properties
    assert properties.created is not None
    assert (properties.title, properties.creator, properties.created.isoformat()) == (
        "例示市DX推進計画",
        "例示市",
        "2026-04-01T00:00:00",
    )


def test_sheets() -> None:
    assert workbook(built(PLAN)).sheetnames == [xlsx.DATA, xlsx.CODES]
