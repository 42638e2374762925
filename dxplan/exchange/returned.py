"""A workbook that came back: which form it is, what it said when it went out, and the cells as they are now.

Rows are known by their hidden ids and columns by their hidden codes, never by where they stand; sheets by what they
hold, never by their names.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dxplan.editing.answers import Aspect, Said
from dxplan.editing.merging import At, Refused, Wrong
from dxplan.exchange.container import UNREADABLE, refusal
from dxplan.exchange.excel_cells import BLANK, MERGED, Content, content, unescaped
from dxplan.exchange.form import FORM, Field
from dxplan.exchange.sheets import KEY, MARKS, META_MARK, thing_of
from dxplan.exchange.workbook import NEEDS_EXCEL
from dxplan.language import Text
from dxplan.model.corrections import Thing

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD = 60
"""In how many rows the hidden one is looked for."""


class Sent(NamedTuple):
    """What a row was when it went out."""

    essence: tuple[str, ...]
    said: Mapping[Aspect, Said]


class Meta(NamedTuple):
    """Which form a workbook is."""

    organization: str
    organization_name: str
    year: str
    lead: str
    fingerprint: str
    sent: Mapping[Thing, Sent]


class Filled(NamedTuple):
    """One open cell as it came back."""

    at: At
    content: Content


class Row(NamedTuple):
    """One row as it came back."""

    at: At
    cells: Mapping[Field, Filled]


class Returned(NamedTuple):
    """What one workbook holds."""

    file: str
    meta: Meta
    rows: Mapping[Thing, Row]
    faults: tuple[Wrong, ...]
    """Rows that are no rows of the form."""
    left_out: tuple[Thing, ...]
    """Rows of the form that are no longer there."""


def read(file: str, found: bytes) -> Returned | Refused:
    """Read a workbook; raises UsageError where openpyxl is not installed."""
    if (refused := refusal(found)) is not None:
        return refused
    try:
        import openpyxl  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise NEEDS_EXCEL from error

    def load(*, calculated: bool) -> Workbook:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not kept: nothing is written back
            return openpyxl.load_workbook(io.BytesIO(found), data_only=calculated, keep_links=False, rich_text=True)

    try:
        typed = load(calculated=False)
        has_formulas = any(cell.data_type == "f" for page in typed.worksheets for cell in _cells(page).values())
        calculated = load(calculated=True) if has_formulas else typed
        return _returned(file, typed, calculated)
    except _DamagedError:
        return _DAMAGED
    except Exception:  # noqa: BLE001 - openpyxl raises whatever comes up where a file is not as it should be
        return UNREADABLE


class _DamagedError(Exception):
    """The hidden sheet does not say what we wrote."""


_DAMAGED = Refused(
    Text("入力票の隠しシートが書き換えられています", "the hidden sheet of the form was changed"),
    Text("dxplan collect で入力票をつくり直し、答えを写す", "make the form anew with dxplan collect; copy the answers"),
)
FOREIGN = Refused(
    Text("dxplan collect がつくった入力票ではありません", "it is no form made by dxplan collect"),
    Text(
        "入力票そのものを返してもらう（中身を別のブックに写したものは読めない）",
        "have the form itself sent back; a copy of its cells in another workbook cannot be read",
    ),
)


def _cells(page: Worksheet) -> Mapping[tuple[int, int], Cell | MergedCell]:
    """Return the cells that are there, by row and column from 1; walking a sheet makes all those up to the last."""
    return page._cells  # noqa: SLF001 - there is no other way to them


def _returned(file: str, typed: Workbook, calculated: Workbook) -> Returned | Refused:
    pages = typed.worksheets
    hidden = next((page for page in pages if page.cell(1, 1).value == META_MARK), None)
    if hidden is None:
        return FOREIGN
    if (version := str(hidden.cell(1, 2).value)) != str(FORM):
        return Refused(
            Text(
                f"別の版のdxplanがつくった入力票です（版 {version[:10]}、読めるのは {FORM}）",
                f"it is a form of version {version[:10]}; this dxplan reads version {FORM}",
            ),
            Text(
                "その版のdxplanで取り込むか、入力票をつくり直す",
                "import it with that version of dxplan, or make it anew",
            ),
        )
    meta = _meta(hidden)
    rows: dict[Thing, Row] = {}
    faults: list[Wrong] = []
    for page in pages:
        if (found := _find(page)) is not None:
            _read_page(_Page(file, page, calculated[page.title], *found), meta, rows, faults)
    if not rows and not faults:
        return Refused(
            Text("入力票の表が見つかりません", "the tables of the form are not there"),
            Text("シートや1行目（隠れた行）を消していない票を返してもらう", "have a form sent whose sheets are whole"),
        )
    return Returned(file, meta, rows, tuple(faults), tuple(thing for thing in meta.sent if thing not in rows))


def _meta(page: Worksheet) -> Meta:
    rows = sorted({r for r, _ in _cells(page)})
    cells = [[str(page.cell(r, c).value or "") for c in range(1, 3 + len(Aspect))] for r in rows]
    about = {row[0]: row[1] for row in cells if thing_of(row[0]) is None}
    try:
        sent = {
            thing: Sent(tuple(_texts(row[1], list)), _said(row[2:]))
            for row in cells
            if (thing := thing_of(row[0])) is not None
        }
        return Meta(
            about["organization"],
            about["organization_name"],
            about["fiscal_year"],
            about["department"],
            about["fingerprint"],
            sent,
        )
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        raise _DamagedError from error


def _said(cells: list[str]) -> dict[Aspect, Said]:
    return {aspect: _mapping(text) for aspect, text in zip(Aspect, cells, strict=False) if text}


def _mapping(text: str) -> Said:
    value = json.loads(unescaped(text))
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError(text)
    return value


def _texts(text: str, kind: type[list[str]]) -> list[str]:
    value = json.loads(unescaped(text))
    if not isinstance(value, kind) or not all(isinstance(each, str) for each in value):
        raise ValueError(text)
    return value


class _Page(NamedTuple):
    """A sheet with a table in it."""

    file: str
    typed: Worksheet
    calculated: Worksheet
    kind: str
    head: int
    """The row of the codes, from 1."""
    columns: Mapping[str, int]
    """The column of each code, from 1."""

    def at(self, row: int, column: int) -> At:
        return At(self.file, f"{self.typed.title}!{self.typed.cell(row, column).coordinate}")


def _find(page: Worksheet) -> tuple[str, int, dict[str, int]] | None:
    """Return what a sheet's rows are about, and where its codes stand; None for a sheet that is not of the form."""
    heads: dict[int, dict[str, int]] = {}
    for (r, c), cell in _cells(page).items():
        if r <= _HEAD and isinstance(cell.value, str):
            heads.setdefault(r, {})[cell.value] = c
    for r, codes in sorted(heads.items()):
        for mark, kind in MARKS.items():
            if mark in codes:
                return kind, r, {**codes, KEY: codes[mark]}
    return None


_HEADER = "ID"
"""What stands above the hidden ids, for those who unhide them."""


def _read_page(page: _Page, meta: Meta, rows: dict[Thing, Row], faults: list[Wrong]) -> None:
    open_ = {field: page.columns[field.value] for field in Field if field.value in page.columns}
    merged = _merged(page, open_)
    for r in sorted({r for r, _ in _cells(page.typed) if r > page.head}):
        key = page.typed.cell(r, page.columns[KEY]).value
        cells = {field: _filled(page, r, c, merged) for field, c in open_.items()}
        thing = thing_of(key.strip()) if isinstance(key, str) else None
        if key == _HEADER or (key is None and all(filled.content == BLANK for filled in cells.values())):
            continue
        at = page.at(r, min(open_.values(), default=1))
        name = str(page.typed.cell(r, page.columns.get("name", 1)).value or "")
        if thing is None or thing not in meta.sent or thing.kind != page.kind:
            faults.append(_unknown_row(at, name))
        elif thing not in rows:
            rows[thing] = Row(at, cells)
        elif _contents(rows[thing].cells) != _contents(cells):
            faults.append(_twice(at, rows[thing].at, name))


def _contents(cells: Mapping[Field, Filled]) -> dict[Field, Content]:
    return {field: filled.content for field, filled in cells.items()}


def _unknown_row(at: At, name: str) -> Wrong:
    return Wrong(
        at,
        name,
        Text("この入力票にない行です", "this row is not of the form"),
        Text("行を加えず、もとからある行に書く", "write into the rows that were there"),
    )


def _twice(at: At, first: At, name: str) -> Wrong:
    return Wrong(
        at,
        name,
        Text(f"同じ行がもう1つあり、答えが違います（{first.cell}）", f"the same row is there twice ({first.cell})"),
        Text("どちらかの行を消す", "remove one of them"),
    )


def _filled(page: _Page, row: int, column: int, merged: frozenset[tuple[int, int]]) -> Filled:
    at = page.at(row, column)
    if (row, column) in merged:
        return Filled(at, MERGED)
    return Filled(at, content(page.typed.cell(row, column), page.calculated.cell(row, column).value))


def _merged(page: _Page, open_: Mapping[Field, int]) -> frozenset[tuple[int, int]]:
    """Return the open cells of which nobody can tell what was meant: merged with another row, or another answer."""
    found: set[tuple[int, int]] = set()
    columns = set(open_.values())
    for range_ in page.typed.merged_cells.ranges:
        within = [c for c in columns if range_.min_col <= c <= range_.max_col]
        if not within or (range_.min_row == range_.max_row and within == [range_.min_col]):
            continue
        found |= {(r, c) for r in range(range_.min_row, range_.max_row + 1) for c in within}
    return frozenset(found)
