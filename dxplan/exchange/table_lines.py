"""The lines of a CSV file that came from outside: decoded, split, and each named by its columns."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dxplan.editing.merging import Refused
from dxplan.exchange.table import COLUMNS, NAMES, rearmed
from dxplan.language import Text


class Line(NamedTuple):
    """One row of the file."""

    number: int
    """The line of the file at which it ends, from 1, as editors count."""
    cells: Mapping[str, str]
    """What is not blank, by the column's name, without blanks around it."""

    def get(self, column: str) -> str | None:
        """Return a cell, or None where it is blank or there is no such column."""
        return self.cells.get(column)


class Lines(NamedTuple):
    """A whole file."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    """Columns that are no part of the table, and are passed over."""


_TITLES = {column.title.ja: column.name for column in COLUMNS}
_NEEDED = ("subject", "kind")


def lines(content: bytes) -> Lines | Refused:
    """Read a file: UTF-8, UTF-16 with its mark, or cp932; with commas or tabs; columns by name or Japanese title."""
    text = _decoded(content)
    if text is None:
        return Refused(
            Text("文字コードが分かりません", "its encoding is unknown"),
            Text("UTF-8のCSVとして保存し直す", "save it as CSV in UTF-8"),
        )
    if "\x00" in text:
        return Refused(
            Text("CSVではありません", "it is no CSV"), Text("CSVとして保存し直す", "save it as CSV in UTF-8")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found = []
    try:
        head = [_name(cell) for cell in next(reader, [])]
        if lacking := [name for name in _NEEDED if name not in head]:
            return _lacks(lacking)
        if doubled := sorted({name for name in head if name in NAMES and head.count(name) > 1}):
            return Refused(
                Text(f"列「{doubled[0]}」が2つあります", f"there are two columns `{doubled[0]}`"),
                Text("1つにする", "keep one"),
            )
        for cells in reader:
            said = {name: cell for name, cell in zip(head, map(_cell, cells), strict=False) if name in NAMES and cell}
            if said:
                found.append(Line(reader.line_num, said))
    except csv.Error as error:
        return Refused(
            Text(f"{reader.line_num}行目がCSVとして読めません", f"line {reader.line_num} is no CSV ({error})"),
            Text("引用符が閉じているか確かめる", "check that every quote is closed"),
        )
    return Lines(tuple(found), tuple(name for name in head if name and name not in NAMES))


def _delimiter(text: str) -> str:
    """Return what stands between cells: a comma, or the tab of what Excel calls Unicode text and of pasted cells."""
    head = text.partition("\n")[0]
    return "\t" if "\t" in head and "," not in head else ","


def _lacks(columns: Sequence[str]) -> Refused:
    title = next(column.title.ja for column in COLUMNS if column.name == columns[0])
    return Refused(
        Text(f"列「{title}」（{columns[0]}）がありません", f"there is no column `{columns[0]}` ({title})"),
        Text(
            "1行目に列名を書く。dxplan export --format csv が書く表と同じ列",
            "the first row names the columns, as in what dxplan export --format csv writes",
        ),
    )


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _name(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).strip()
    return _TITLES.get(plain, plain)


def _cell(cell: str) -> str:
    return unicodedata.normalize("NFC", rearmed(cell).strip())
