"""The one long table as CSV, as 行政データにおける機械可読性に関するルール (2026-03-31) asks for it.

UTF-8 with a BOM, so that Excel reads it too, and CRLF; the metadata (`metadata`) say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from dxplan.exchange.table import NAMES, Row, cells
from dxplan.views.csv_text import table


def document(rows: Iterable[Row]) -> bytes:
    """Return ``rows`` below one row of column names."""
    return table(NAMES, map(cells, rows)).encode()
