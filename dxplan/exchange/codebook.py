"""What each column and each code of the one long table means: the code book (コード表) that goes out beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dxplan.exchange.table import CODES, COLUMNS, Column, Type, disarmed
from dxplan.language import Text, same
from dxplan.model.plan import Plan
from dxplan.views.csv_text import table


class Entry(NamedTuple):
    """One column, or one code of a column."""

    column: str
    order: int
    """Where the column stands, from 1."""
    type: Type
    title_ja: str
    title_en: str
    meaning_ja: str
    meaning_en: str
    code: str | None = None
    code_ja: str | None = None
    code_en: str | None = None


NAMES: tuple[str, ...] = Entry._fields


def entries(plan: Plan) -> Iterator[Entry]:
    """Yield every column, or each code of those that hold codes; the grades are the plan's own."""
    for order, column in enumerate(COLUMNS, 1):
        entry = _entry(column, order)
        codes = _grades(plan) if column.name == "grade" else CODES.get(column.name, {})
        for code, meaning in codes.items():
            yield entry._replace(code=code, code_ja=meaning.ja, code_en=meaning.en)
        if not codes:
            yield entry


def _entry(column: Column, order: int) -> Entry:
    title, meaning = column.title, column.meaning
    return Entry(column.name, order, column.type, title.ja, title.en, meaning.ja, meaning.en)


def _grades(plan: Plan) -> dict[str, Text]:
    """Return the plan's own grades, each with what its bands ask for."""
    said: dict[str, list[str]] = {}
    for grading in plan.grades:
        since = f"{grading.first}から" if grading.first else ""
        for band in grading.bands:
            low = f"{band.min:f}%以上" if band.min is not None else f"{band.over:f}%超" if band.over is not None else ""
            said.setdefault(band.label, []).append(" ".join(filter(None, (since, low, band.meaning))))
    return {label: same("、".join(filter(None, bands)) or label) for label, bands in said.items()}


def document(plan: Plan) -> bytes:
    """Return the code book as CSV, one row for each column or code."""
    return table(NAMES, (_cells(entry) for entry in entries(plan))).encode()


def _cells(entry: Entry) -> list[str]:
    return ["" if each is None else str(each) if isinstance(each, int) else disarmed(each) for each in entry]
