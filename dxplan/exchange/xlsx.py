"""The one long table as an Excel workbook: a sheet of data, a sheet with the code book, nothing else.

No merged, hidden or coloured cells, no objects and no formulas (L1-10 to L1-13, L2-06 of
行政データにおける機械可読性に関するルール). Numbers are numbers, with their digits as the cell's number format; text
is text, also where it begins like a formula and is edited later. A heading tells its Japanese name when it is
selected. The same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from dxplan.exchange import codebook
from dxplan.exchange.table import COLUMNS, NAMES, Cell, Row, is_formula_like, on_one_line
from dxplan.exchange.workbook import NEEDS_EXCEL
from dxplan.fiscal_year import FiscalYear
from dxplan.model.plan import Plan

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DATA, CODES = "data", "codebook"
"""The names of the sheets."""
_NARROWEST, _WIDEST = 8, 40
"""Widths of columns, in half-width characters."""
_BUTTON = 4
"""The room that a heading's filter takes."""
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
"""How much Excel shows beside a selected cell."""
_FONT = "BIZ UDゴシック"
Filled = str | Decimal | int | FiscalYear
"""What a cell holds that is not blank."""
_NUMBER = {"font_name": _FONT, "align": "right", "indent": 1}
"""How a number stands: apart from a text in the next column."""
_UNDATED = "2000-01-01"
"""What the file says it was made on, where nothing tells: it has to say something, and never the clock."""


def document(rows: Iterable[Row], plan: Plan, made: str | None) -> bytes:
    """Return the workbook, made on the day or month ``made``; raises UsageError where xlsxwriter is not installed."""
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise NEEDS_EXCEL from error
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        created = dt.datetime.fromisoformat(f"{made or plan.adopted or _UNDATED}-01"[: len(_UNDATED)])
        book.set_properties({"title": plan.title, "author": plan.organization.name, "created": created})
        formats = _Formats(book.add_format)
        data = book.add_worksheet(DATA)
        _fill(data, NAMES, list(rows), formats)
        for column, described in enumerate(COLUMNS):
            told = {
                "validate": "any",
                "input_title": described.title.ja[:_LONGEST_TITLE],
                "input_message": described.meaning.ja[:_LONGEST_MESSAGE],
            }
            data.data_validation(0, column, 0, column, told)
        _fill(book.add_worksheet(CODES), codebook.NAMES, list(codebook.entries(plan)), formats)
    return target.getvalue()


class _Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, add: Callable[[dict[str, object]], Format]) -> None:
        self._add = add
        self.plain = add({"font_name": _FONT})
        self.heading = add({"font_name": _FONT, "bold": True})
        self.number_heading = add({**_NUMBER, "bold": True})
        self.formula_like = add({"font_name": _FONT, "quote_prefix": True})
        self._numbers: dict[int, Format] = {}

    def number(self, value: Decimal) -> Format:
        """Return the format that shows as many decimals as ``value`` is written with."""
        exponent = value.as_tuple().exponent
        decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
        if decimals not in self._numbers:
            shape = f"0.{'0' * decimals}" if decimals else "0"
            self._numbers[decimals] = self._add({**_NUMBER, "num_format": shape})
        return self._numbers[decimals]


def _fill(sheet: Worksheet, names: Sequence[str], rows: Sequence[Sequence[Cell]], formats: _Formats) -> None:
    """Write ``rows`` below one row of column names."""
    widths = [_width(name) + _BUTTON for name in names]
    for column, name in enumerate(names):
        numeric = any(isinstance(row[column], int | Decimal) and not isinstance(row[column], bool) for row in rows)
        sheet.write_string(0, column, name, formats.number_heading if numeric else formats.heading)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value is not None:
                said = _write(sheet, number, column, value, formats)
                widths[column] = max(widths[column], _width(said) + 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(names) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, row: int, column: int, value: Filled, formats: _Formats) -> str:
    """Write one cell and return what it shows."""
    match value:
        case bool():
            said = "true" if value else "false"
            sheet.write_string(row, column, said, formats.plain)
        case int() | Decimal():
            said = f"{value:f}" if isinstance(value, Decimal) else str(value)
            sheet.write_number(row, column, float(value), formats.number(Decimal(value)))
        case _:
            said = on_one_line(value.value if isinstance(value, StrEnum) else str(value))
            sheet.write_string(row, column, said, formats.formula_like if is_formula_like(said) else formats.plain)
    return said


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
