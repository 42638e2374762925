"""How what people print (``５４％``, ``90%以上``, ``54/100``, ``令和7年3月``) is written in the files.

Only proposed, in hints: nothing is read this way.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from dxplan.fiscal_year import FiscalYear

_MINUS_SIGNS = str.maketrans(dict.fromkeys("−―–▲△", "-"))
_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_WITH_UNIT = re.compile(rf"[約¥]?({_NUMBER})([^0-9]*)")
_COUNTS = re.compile(rf"({_NUMBER})[^0-9]*?[/:／][^0-9]*?({_NUMBER})[^0-9]*")
_COUNTS_OF = re.compile(rf"({_NUMBER})[^0-9]*(?:中|のうち)[^0-9]*?({_NUMBER})[^0-9]*")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_MINUS_SIGNS)).replace(",", "").replace(" ", "")


def as_number(text: str) -> str | None:
    """Return the digits of a number typed for people: ``５４％``, ``1,000``, ``▲3``, ``約50``."""
    match = _WITH_UNIT.fullmatch(_plain(text))
    return match[1] if match else None


def as_quantity(text: str) -> str | None:
    """Return an amount and its unit, ``12,000千円``, as the mapping that it is written as."""
    match = _WITH_UNIT.fullmatch(_plain(text))
    return f"{{value: {match[1]}, unit: {_quoted(match[2])}}}" if match and match[2] else None


def as_counts(text: str) -> str | None:
    """Return a part and its whole, ``54/100``, ``100人中54人``, as the list that they are written as."""
    plain = _plain(text)
    if match := _COUNTS.fullmatch(plain):
        return f"[{match[1]}, {match[2]}]"
    if match := _COUNTS_OF.fullmatch(plain):
        return f"[{match[2]}, {match[1]}]"
    return None


_UP = {"min": "以上", "over": "超|を?超える|を?超え|を?上回る|より大きい|より多い"}
_DOWN = {"max": "以下|以内", "under": "未満|を?下回る|より小さい|より少ない"}
_ABOUT = {"value": "程度|前後|くらい|ぐらい|ほど"}
_SIGNS = {"min": ">=|≧|≥|⩾", "over": ">", "max": "<=|≦|≤|⩽", "under": "<", "value": "約|およそ|概ね|おおむね"}
_TAIL = r"(?:[をにとへ][^0-9]*|[(（][^0-9]*)?"


def _either(words: dict[str, str]) -> str:
    return "|".join(f"(?P<{key}>{alternatives})" for key, alternatives in words.items())


_AFTER = re.compile(rf"[^0-9+.-]*?(?P<number>{_NUMBER})[^0-9]*?(?:{_either(_UP | _DOWN | _ABOUT)}){_TAIL}")
_BEFORE = re.compile(rf"(?:{_either(_SIGNS)})(?P<number>{_NUMBER})[^0-9]*")
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})[^0-9]*?(?:{_either(_UP)})[^0-9]*?(?P<high>{_NUMBER})[^0-9]*?(?:{_either(_DOWN)}){_TAIL}"
)
_FROM_TO = re.compile(rf"(?P<low>{_NUMBER})[^0-9]*?(?:[~〜-]|から)(?P<high>{_NUMBER})[^0-9]*")


_RANK = re.compile(rf"[^0-9+.-]*({_NUMBER})位[^0-9]*")


def as_target(text: str) -> str | None:
    """Return a target printed with its comparator, ``90%以上``, ``20件未満``, as the mapping that it is written as."""
    plain = _plain(text)
    words = f"words: {_quoted(text)}"
    if match := _AFTER.fullmatch(plain) or _BEFORE.fullmatch(plain):
        return f"{{{_key(match, _SIGNS)}: {match['number']}, {words}}}"
    if match := _BETWEEN.fullmatch(plain):
        return f"{{{_key(match, _UP)}: {match['low']}, {_key(match, _DOWN)}: {match['high']}, {words}}}"
    if match := _RANK.fullmatch(plain):
        return f"{{value: {match[1]}, {words}}}"
    if (match := _FROM_TO.fullmatch(plain)) and Decimal(match["low"]) < Decimal(match["high"]):
        return f"{{min: {match['low']}, max: {match['high']}, {words}}}"
    return None


def _key(match: re.Match[str], keys: Iterable[str]) -> str:
    return next(key for key in keys if match[key])


_NEEDS_NO_QUOTES = re.compile(r"[^\s,\[\]{}:#&*!|>'\"%@`?=<0-9~.+-][^,\[\]{}:#]*|[0-9][^,\[\]{}:#.]*[^0-9\s,\[\]{}:#.]")


def _quoted(text: str) -> str:
    """Return text as it stands inside ``{…}``: in quotes where YAML would read it as something else."""
    if _NEEDS_NO_QUOTES.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_JAPANESE_DATE = re.compile(r"(.{2,4}?)[年/.-]([0-9]{1,2})(?:月|[月/.-]([0-9]{1,2})日?)?")


def as_month_or_day(text: str) -> str | None:
    """Return how a date typed for people (``令和7年3月``, ``2025/3/31``) is written in the file."""
    match = _JAPANESE_DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if not match or not is_year(match[1]) or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - December
        return None
    month = f"{FiscalYear.parse(match[1]).western}-{match[2]:0>2}"
    if match[3] is None:
        return month
    try:
        return dt.date.fromisoformat(f"{month}-{match[3]:0>2}").isoformat()
    except ValueError:
        return None


def is_year(text: str) -> bool:
    """Whether ``text`` is a way to write a fiscal year."""
    try:
        FiscalYear.parse(text)
    except ValueError:
        return False
    return True
