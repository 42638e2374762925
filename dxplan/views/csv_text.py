"""CSV as Excel opens it: UTF-8 with BOM and CRLF; a text cell that would be taken for a formula starts with ``'``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return ``rows`` below one row of column names."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return "\ufeff" + target.getvalue()


def text(cell: str) -> str:
    """Return a text cell on one line that no spreadsheet computes."""
    line = " ".join(cell.split("\n"))
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line
