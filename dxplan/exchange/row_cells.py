"""The cells of one row of the long table (`table`), as they came from outside: read, or told why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dxplan.editing.merging import At
from dxplan.editing.patch import scalar
from dxplan.exchange.replies import number_in
from dxplan.exchange.sheets import RESULT_WORDS, STATE_WORDS
from dxplan.exchange.table import CODES, KINDS, Kind, Subject
from dxplan.exchange.table_lines import Line
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.printed import as_month_or_day
from dxplan.model.values import ID_PATTERN, Result, ValueState

Yaml = str | Sequence["Yaml"] | Mapping[str, "Yaml"]
"""A value of a file: text is YAML already, as it is to stand there."""


class UnusableError(Exception):
    """A row that says nothing that can be used, and why."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.message = Text(ja, en)


_SUBJECT_WORDS = {each.value: each for each in Subject} | {
    "計画": Subject.PLAN,
    "視点": Subject.VIEWPOINT,
    "取組": Subject.INITIATIVE,
    "事業": Subject.ACTION,
    "再掲": Subject.RELISTING,
    "指標": Subject.INDICATOR,
}
KIND_WORDS = {each.value: each for each in Kind} | {words.ja.partition("（")[0]: each for each, words in KINDS.items()}
VALUE_STATES = {each.value: each.value for each in ValueState} | {
    word: state.value for word, state in STATE_WORDS.items()
}
RESULT_CODES = {each.value: each.value for each in Result} | {
    word: result.value for word, result in RESULT_WORDS.items()
}
_ID = re.compile(ID_PATTERN.removesuffix("$"))


def kind_of(line: Line) -> Kind:
    """Return what a row says; raises UnusableError."""
    given = line.get("kind") or ""
    if given in KIND_WORDS:
        return KIND_WORDS[given]
    raise UnusableError(f"種別（kind）「{given}」はありません", f"there is no kind `{given}`")


def subject_of(line: Line) -> Subject:
    """Return what kind of thing a row is about; raises UnusableError."""
    given = line.get("subject") or ""
    if given in _SUBJECT_WORDS:
        return _SUBJECT_WORDS[given]
    raise UnusableError(f"対象（subject）「{given}」はありません", f"there is no subject `{given}`")


def id_of(line: Line, column: str) -> str | None:
    """Return an id, or None where the cell is blank; raises UnusableError where it is none."""
    given = line.get(column)
    if given is not None and _ID.fullmatch(given) is None:
        raise UnusableError(
            f"{column} の「{given}」はIDとして使えません（半角の小文字・数字・ハイフン）",
            f"{column}: `{given}` is no id",
        )
    return given


def needed(line: Line, column: str) -> str:
    """Return a cell that may not be blank; raises UnusableError."""
    given = line.get(column)
    if given is None:
        raise UnusableError(f"{column} が空です", f"{column} is blank")
    return given


def year_of(line: Line) -> FiscalYear | None:
    """Return the fiscal year of a row, or None where it has none; raises UnusableError."""
    given = [each for each in (line.get("fiscal_year"), line.get("western_year")) if each is not None]
    try:
        years = {FiscalYear.parse(each) for each in given}
    except ValueError:
        raise UnusableError(
            f"「{'、'.join(given)}」は年度として読めません", f"`{', '.join(given)}` is no fiscal year"
        ) from None
    if len(years) > 1:
        raise UnusableError("和暦と西暦の年度が違います", "the era year and the western year differ")
    return years.pop() if years else None


def needed_year(line: Line) -> FiscalYear:
    """Return the fiscal year of a row that needs one; raises UnusableError."""
    year = year_of(line)
    if year is None:
        raise UnusableError("年度（fiscal_year）が空です", "fiscal_year is blank")
    return year


def number_of(line: Line, column: str, unit: str = "") -> str | None:
    """Return a number with its digits, or None where the cell is blank; raises NoAnswerError."""
    given = line.get(column)
    return None if given is None else f"{number_in(At('', ''), given, unit):f}"


def whole_number(line: Line, column: str, default: int) -> int:
    """Return a whole number, ``default`` where the cell is blank; raises UnusableError."""
    given = line.get(column)
    if given is None:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9:  # noqa: PLR2004 - more lines than any file has
        raise UnusableError(f"{column} の「{given}」は整数ではありません", f"{column}: `{given}` is no whole number")
    return int(given)


def text_of(line: Line, column: str) -> str | None:
    """Return a text as YAML, or None where the cell is blank."""
    given = line.get(column)
    return None if given is None else scalar(given)


def date_of(line: Line, column: str) -> str | None:
    """Return a month or day as the files write it, or None where the cell is blank; raises UnusableError."""
    given = line.get(column)
    if given is None:
        return None
    date = as_month_or_day(given)
    if date is None:
        raise UnusableError(f"{column} の「{given}」は日付として読めません", f"{column}: `{given}` is no date")
    return date


_TRUE = {"true": True, "false": False, "はい": True, "いいえ": False, "TRUE": True, "FALSE": False}


def flag(line: Line, column: str) -> str | None:
    """Return ``true``, or None where it is false or blank: as the files leave it out."""
    given = line.get(column)
    if given is not None and given not in _TRUE:
        raise UnusableError(
            f"{column} には true か false を書きます（「{given}」になっています）", f"{column} has to be true or false"
        )
    return "true" if given is not None and _TRUE[given] else None


def code_of(line: Line, column: str) -> str | None:
    """Return a code, also where its Japanese meaning is written; None where the cell is blank; raises UnusableError."""
    given = line.get(column)
    words = {meaning.ja: code for code, meaning in CODES[column].items()}
    code = given if given is None or given in CODES[column] else words.get(given)
    if given is not None and code is None:
        raise UnusableError(f"{column} に「{given}」はありません", f"{column} has no `{given}`")
    return code


def stated(**texts: Yaml | None) -> dict[str, Yaml]:
    """Return a mapping of what is not None; ``from_`` is the key ``from``."""
    return {key.rstrip("_"): text for key, text in texts.items() if text is not None}


def amount_of(line: Line) -> dict[str, Yaml]:
    """Return an amount with its unit; raises UnusableError or NoAnswerError."""
    unit = needed(line, "unit")
    needed(line, "value")
    return stated(value=number_of(line, "value", unit), unit=scalar(unit))


def id_text(id_: str) -> str:
    """Return an id as YAML: a number as a number."""
    return id_ if id_.isdigit() and (id_ == "0" or not id_.startswith("0")) else scalar(id_)
