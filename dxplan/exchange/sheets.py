"""The sheets of a form: their columns, and the words that stand for codes. What is written is what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dxplan.exchange.form import Field, Form
from dxplan.model.corrections import Thing
from dxplan.model.values import Result, ValueState
from dxplan.views.wording import RESULTS

META = "_meta"
META_MARK = "dxplan:form"
"""What the hidden sheet begins with, whatever it is called by now."""
MARKS: Mapping[str, str] = {"dxplan:indicators": "indicators", "dxplan:actions": "actions"}
"""What the hidden row of a sheet begins with, and what its rows are about."""
KEY = "key"


class Column(NamedTuple):
    """One column of a sheet."""

    key: str
    """What the hidden row calls it."""
    header: str
    width: float
    """In characters, as spreadsheets count them."""

    @property
    def field(self) -> Field | None:
        """What is filled in here; None for what only helps to answer."""
        return _FIELDS.get(self.key)


_FIELDS = {field.value: field for field in Field}


class Sheet(NamedTuple):
    """One sheet of a form."""

    kind: str
    name: str
    columns: tuple[Column, ...]

    @property
    def mark(self) -> str:
        """What its hidden row begins with."""
        return next(mark for mark, kind in MARKS.items() if kind == self.kind)


def sheets(form: Form) -> list[Sheet]:
    """Return the sheets that a form needs, with no column that none of its rows has a use for."""
    now, last = form.year.ja, (form.year - 1).ja
    indicators = (
        Column(KEY, "ID", 10),
        Column("heading", "視点・取組", 18),
        Column("name", "指標", 32),
        Column("aim", f"{now}の目標", 14),
        Column("last", f"{last}の実績", 16),
        Column("value", f"{now}の実績値", 17),
        Column("unit", "単位", 17),
        Column("count", "内数", 9),
        Column("whole", "総数", 9),
        Column("state", "状態", 9),
        Column("as_of", "時点", 12),
        Column("met", "判定", 8),
        Column("grade", "評価", 8),
        Column("reason", "判定・評価の理由", 22),
        Column("note", "注記", 30),
        Column("last_note", f"{last}の注記", 24),
    )
    actions = (
        Column(KEY, "ID", 10),
        Column("heading", "取組", 27),
        Column("name", "事業", 40),
        Column("aim", f"{now}の予定", 22),
        Column("last", f"{last}の結果", 14),
        Column("result", f"{now}の結果", 14),
        Column("quantity", "数量", 9),
        Column("quantity_unit", "数量の単位", 10),
        Column("settled", "決算額", 11),
        Column("settled_unit", "決算の単位", 10),
        Column("note", "注記", 34),
        Column("last_note", f"{last}の注記", 28),
    )
    found = []
    for kind, name, columns, rows in (
        ("indicators", "指標", indicators, form.indicators),
        ("actions", "事業", actions, form.actions),
    ):
        used = {field for row in rows for field in row.fields}
        has_notes = any(row.last_note for row in rows)
        kept = (
            column
            for column in columns
            if (column.field is None or column.field in used) and (column.key != "last_note" or has_notes)
        )
        if rows:
            found.append(Sheet(kind, name, tuple(kept)))
    return found


PRELIMINARY = "速報"
STATE_WORDS: Mapping[str, ValueState] = {
    "集計中": ValueState.PENDING,
    "未公表": ValueState.UNPUBLISHED,
    "未実施": ValueState.NOT_CONDUCTED,
    "対象外": ValueState.NOT_APPLICABLE,
    "中止": ValueState.CANCELLED,
}
"""The words of the list, and what they stand for."""
WORDS_OF_STATES: Mapping[str, str] = {state.value: word for word, state in STATE_WORDS.items()}
RESULT_WORDS: Mapping[str, Result] = {
    words.ja: result for result, words in RESULTS.items() if result is not Result.UNREPORTED
}
WORDS_OF_RESULTS: Mapping[str, str] = {result.value: word for word, result in RESULT_WORDS.items()}
MET_WORDS: Mapping[str, str] = {"達成": "true", "未達": "false"}
WORDS_OF_MET: Mapping[str, str] = {value: word for word, value in MET_WORDS.items()}


def key_of(thing: Thing) -> str:
    """Return a thing as the hidden column names it: ``indicators/life/men``."""
    return "/".join((thing.kind, thing.id) if thing.part is None else (thing.kind, thing.id, thing.part))


def thing_of(key: str) -> Thing | None:
    """Return what a hidden key names; None where it is none."""
    match key.split("/"):
        case ["indicators" | "actions" as kind, id_] if id_:
            return Thing(kind, id_)
        case ["indicators", id_, part] if id_ and part:
            return Thing("indicators", id_, part)
    return None
