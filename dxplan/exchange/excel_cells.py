"""What one cell of a workbook says, whatever a spreadsheet made of what was typed.

``92%`` typed into a cell is 0.92 with a number format, ``９２％`` is text, a pasted date is a number to Excel, and a
formula that was never calculated has no value at all.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from dxplan.language import Text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell


class Blank(NamedTuple):
    """Nothing."""


class Words(NamedTuple):
    """Text, as it was typed."""

    text: str


class Figure(NamedTuple):
    """A number."""

    value: Decimal
    """The number itself; 92 where ``92%`` was typed, which is stored as 0.92."""
    shown: Decimal
    """As it is seen: with the zeros that its format adds, or rounded by it."""
    is_percentage: bool
    """Whether it is seen as per cent."""
    words: str
    """What its format puts beside it: ``人``, ``千円``."""


class Day(NamedTuple):
    """A date."""

    date: dt.date


class Illegible(NamedTuple):
    """What is no answer, and how to mend it."""

    message: Text
    hint: Text


Content = Blank | Words | Figure | Day | Illegible

BLANK = Blank()
MERGED = Illegible(
    Text("結合されたセルで、どの行の値か決まりません", "the cells are merged, and nobody can tell whose value it is"),
    Text("セルの結合を解き、行ごとに書く", "unmerge them and answer row by row"),
)


_STRUCK = Illegible(
    Text("取り消し線が付いています", "something in it is struck through"),
    Text("取り消すものは消し、線を外す", "delete what is struck, and remove the line"),
)


def content(cell: Cell | MergedCell, calculated: object) -> Content:
    """Return what ``cell`` says; ``calculated`` is the value that its formula had when it was last saved."""
    value: object = cell.value
    if value is not None and (cell.font.strike or _is_struck_in_part(value)):
        return _STRUCK
    is_formula = cell.data_type == "f"
    if is_formula:
        value = calculated
        if value is None:
            return Illegible(
                Text("計算されていない数式です", "the formula was never calculated"),
                Text("Excelで開いて上書き保存するか、値を書く", "open it in Excel and save it, or write the value"),
            )
    if value is None:
        return BLANK
    if cell.data_type == "e" or (is_formula and isinstance(value, str) and _ERROR.fullmatch(value)):
        return Illegible(
            Text(f"数式の誤りです（{value}）", f"the formula went wrong ({value})"),
            Text("数式を直すか、値を書く", "mend the formula, or write the value"),
        )
    return _of_value(value, str(cell.number_format))


def _of_value(value: object, number_format: str) -> Content:
    match value:
        case bool():
            return Words("TRUE" if value else "FALSE")
        case int() | float() | Decimal():
            return _figure(value, number_format)
        case dt.datetime():
            return Day(value.date())
        case dt.date():
            return Day(value)
        case dt.time() | dt.timedelta():
            return Illegible(
                Text("時刻になっています", "it is a time of day"),
                Text("セルの書式を「標準」に戻し、値を書く", "set the cell's format to General and write the value"),
            )
    return _words(str(value))


def _is_struck_in_part(value: object) -> bool:
    """Whether a piece of a text of several formats is struck through."""
    pieces = value if isinstance(value, list) else ()
    return any(getattr(getattr(piece, "font", None), "strike", None) for piece in pieces)


_ERROR = re.compile(r"#[A-Z/0-9]+[!?]?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text as a spreadsheet shows it: a workbook may write any character as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _words(text: str) -> Content:
    plain = unescaped(text).replace("\r\n", "\n").replace("\r", "\n")
    return Words(plain) if plain.strip() else BLANK


_FORMAT = re.compile(r"[^.0]*?[#,]*0(?:\.(?P<decimals>0+))?[^0#?]*")
"""A format that shows as many decimals as it has zeros: ``0.00``, ``#,##0``, ``0.0%``."""
_SCALED = re.compile(r"[0#?],+(?![0#?])")
"""A comma behind the last digit hides three digits: ``#,##0,`` shows 1,235 for 1,234,567."""
_CONDITION = re.compile(r"\[[<>=]")
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_NOT_PLACES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_SIGNS = " 　+-−▲△()（）¥￥$"
"""What may stand around a number and says nothing of its unit."""
DIGITS = 15
"""How many digits of a number a spreadsheet keeps."""
_LARGEST = Decimal(10) ** DIGITS


def _figure(value: float | Decimal, number_format: str) -> Figure | Illegible:
    """Return a number with the 15 digits that a spreadsheet keeps, and as its format shows it."""
    number = Decimal(f"{value:.{DIGITS}g}")
    if not number.is_finite() or abs(number) >= _LARGEST:
        return Illegible(
            Text("数が大きすぎます", "the number is too large"), Text("単位に合った数を書く", "write it in its unit")
        )
    section = _section(number, number_format)
    places = _NOT_PLACES.sub("", section)
    is_percentage = "%" in places
    if _SCALED.search(places) or (_CONDITION.search(number_format) and "%" in number_format):
        return Illegible(
            Text("見えている数と、入っている数の桁が違う書式です", "its format shows another number than it holds"),
            Text("セルの書式を「標準」に戻し、数字を書く", "set the cell's format to General and write the number"),
        )
    exact = _plain(number * 100 if is_percentage else number)
    if len(number.as_tuple().digits) >= DIGITS and _decimals(exact) > 0:
        return Illegible(
            Text(f"割り切れない数（{exact:.12f}…）です", f"it is a number without end ({exact:.12f}…)"),
            Text("報告する桁に丸めて書く。割合なら内数と総数を書く", "round it, or give the counts that it comes from"),
        )
    words = "".join(quoted or escaped for quoted, escaped in _WORDS.findall(section)).strip(_SIGNS)
    match = _FORMAT.fullmatch(places)
    if match is None:
        return Figure(exact, exact, is_percentage, words)
    shown = exact.quantize(Decimal(1).scaleb(-len(match["decimals"] or "")), "ROUND_HALF_UP")
    return Figure(exact, shown, is_percentage, words)


def _section(number: Decimal, number_format: str) -> str:
    """Return the part of a format that a number is shown by: for those above 0, below 0, and 0."""
    sections = number_format.split(";")
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]  # noqa: PLR2004 - the third of them


def _plain(number: Decimal) -> Decimal:
    """Return a number without exponent and without zeros at its end."""
    normal = number.normalize()
    return Decimal(f"{normal:f}")


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
