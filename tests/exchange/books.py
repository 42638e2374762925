"""Forms filled in as departments fill them in: opened, typed into, saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from dxplan.editing.merging import FileOutcome, Outcome, Prefer
from dxplan.exchange.form import Form, forms
from dxplan.exchange.importing import imported
from dxplan.exchange.returned import read
from dxplan.exchange.workbook import document
from dxplan.fiscal_year import FiscalYear
from dxplan.project import Project

R7 = FiscalYear.parse("R7")
FILE = "入力票.xlsx"
PLAN = """
indicators:
  - {id: share, name: オンライン申請の割合, unit: "%", direction: increase, targets: {R7: 48}}
  - {id: people, name: 研修の受講者, unit: 人, direction: increase, targets: {R7: 100}}
  - {id: stage, name: 条例, direction: milestone, targets: {R7: 試行}}
  - id: life
    name: 健康寿命
    unit: 年
    direction: increase
    targets: {R7: 80}
    parts: [{id: men, name: 男性}, {id: women, name: 女性}]
viewpoints:
  - id: 1
    title: 窓口
    initiatives:
      - id: 1
        title: 予約
        actions:
          - {id: 1-1, title: 予約の導入, schedule: R7, budget: {R7: {value: 100, unit: 千円}}}
          - {id: 1-2, title: 予約の拡充, schedule: R7-R8}
"""


def only_form(project: Project, year: FiscalYear = R7) -> Form:
    (form,) = forms(project, year)
    return form


class Book:
    """A form that is open in a spreadsheet program."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    @classmethod
    def of(cls, project: Project, year: FiscalYear = R7) -> Book:
        return cls(document(only_form(project, year)))

    def page(self, key: str) -> Worksheet:
        """Return the sheet that holds the row of ``key``."""
        mark = f"dxplan:{key.partition('/')[0]}"
        return next(page for page in self.book.worksheets if page.cell(1, 1).value == mark)

    def row(self, key: str) -> int:
        page = self.page(key)
        return next(r for r in range(1, page.max_row + 1) if page.cell(r, 1).value == key)

    def cell(self, key: str, field: str) -> Cell:
        page = self.page(key)
        column = next(c for c in range(1, page.max_column + 1) if page.cell(1, c).value == field)
        cell = page.cell(self.row(key), column)
        assert isinstance(cell, Cell)
        return cell

    def put(self, key: str, field: str, value: object, number_format: str | None = None) -> Cell:
        """Type something into a cell; text is text, also where it begins as a formula does."""
        cell = self.cell(key, field)
        if isinstance(value, str):
            value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)  # as spreadsheets write it
        cell.value = value  # type: ignore[assignment] # whatever somebody types
        if isinstance(value, str):
            cell.data_type = "s"
        if number_format is not None:
            cell.number_format = number_format
        return cell

    def fill(self, key: str, field: str, text: str, *, is_number: bool) -> None:
        """Type what a file of actuals says, with the digits it has."""
        if not is_number:
            self.put(key, field, text)
            return
        exponent = Decimal(text).as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        self.put(key, field, float(text), f"0.{'0' * places}" if places else "General")

    @property
    def saved(self) -> bytes:
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


def outcome(project: Project, *contents: bytes, prefer: Prefer | None = None, year: FiscalYear = R7) -> Outcome:
    """Return what becomes of files."""
    names = [FILE] if len(contents) == 1 else [f"{n}.xlsx" for n in range(1, len(contents) + 1)]
    return imported(project, year, {name: read(name, each) for name, each in zip(names, contents, strict=True)}, prefer)


def only_file(project: Project, content: bytes) -> FileOutcome:
    (file,) = outcome(project, content).files
    return file


def with_entry(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its entries changed, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for each in names:
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
        if name not in names:
            new.writestr(name, change(b""))
    return target.getvalue()


def write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)
