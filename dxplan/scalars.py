"""Scalars: what one unquoted word of a file stands for.

One reading of every scalar: YAML 1.2 core. What YAML 1.1 would read otherwise (``no``, ``010``, ``12:30``) is refused
unquoted, so that an editor, a spreadsheet and dxplan cannot disagree about a figure. Numbers are `Decimal`, from the
digits as written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan import faults
from dxplan.diagnostics import Rule
from dxplan.language import Text

Scalar = str | Decimal | bool | dt.date | None

MAX_DIGITS = 15
"""Significant digits of a number: as many as a spreadsheet cell and a JSON reader keep."""

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|[-+]?\.[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_AMBIGUOUS = re.compile(
    r"""(?P<yes_or_no> [yYnN] | yes|Yes|YES | no|No|NO | on|On|ON | off|Off|OFF )
      | (?P<not_a_number> [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) )
      | (?P<sexagesimal> [-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)? )
      | (?P<radix> [-+]?0[0-9_]+ | [-+]?0[xX][0-9a-fA-F_]+ | 0o[0-7]+ | [-+]?0b[01_]+ | [-+]?0[0-9]+\.[0-9]* )
      | (?P<underscore> [-+]?[0-9][0-9_]*(?:\.[0-9_]*)? )
      | (?P<exponent> [-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9]+)[eE][-+]?[0-9]+ )
      | (?P<timestamp> [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ ].*)? )
      | (?P<indicator> = | << )""",
    re.VERBOSE,
)
_PERHAPS_ODD = frozenset(("", *"0123456789+-.~=<yYnNoOtTfF"))
"""How everything begins that is not simply text."""
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Refused(NamedTuple):
    """A scalar that is not taken as it stands."""

    rule: Rule
    message: Text
    hint: Text
    otherwise: str | None = None
    """How the value is written that it most likely stands for, where it is not what the hint says."""


def read_scalar(text: str) -> Scalar | Refused:
    """Read one plain (unquoted) scalar."""
    if text[:1] not in _PERHAPS_ODD:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        if len(text) > MAX_DIGITS and sum(map(str.isdigit, text.lstrip("+-0"))) > MAX_DIGITS:
            return Refused(
                faults.OVER_LIMIT,
                Text(
                    f"「{shown(text)}」は桁が多すぎます（{MAX_DIGITS}桁まで）",
                    f"`{shown(text)}` has too many digits (at most {MAX_DIGITS})",
                ),
                Text(
                    "桁を減らすか、単位を千円・百万円などに改める",
                    "use fewer decimals or a larger unit, such as thousands",
                ),
            )
        return Decimal(text)
    if match := _DATE.fullmatch(text):
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:
            return Refused(
                faults.INVALID_DATE,
                Text(f"「{text}」は暦にない日付です", f"`{text}` is no day of the calendar"),
                Text("暦にある日付に直す", "write a day that exists"),
            )
    if match := _AMBIGUOUS.fullmatch(text):
        kind = match.lastgroup or ""
        found, word = _AMBIGUITIES[kind], shown(text)
        return Refused(
            faults.AMBIGUOUS_SCALAR,
            Text(f"「{word}」は{found.ja}", f"`{word}` {found.en}"),
            Text(f'文字なら引用符で囲む: "{word}"', f'if it is text, quote it: "{word}"'),
            _meant(kind, text),
        )
    return text


_AMBIGUITIES = {
    "yes_or_no": Text("、真偽値と読むソフトがあります", "is read as true or false by some programs"),
    "not_a_number": Text("数値として使えません", "is not a number that can be computed with"),
    "sexagesimal": Text("、60進数の数値と読むソフトがあります", "is read as a base-60 number by some programs"),
    "radix": Text(
        "、8進数・16進数などと読むソフトがあります", "is read as octal, hexadecimal or binary by some programs"
    ),
    "underscore": Text("、区切りを除いた数値と読むソフトがあります", "is read as one number by some programs"),
    "exponent": Text(
        "、数値と読むソフトと文字と読むソフトがあります", "is a number to some programs and text to others"
    ),
    "timestamp": Text("、日時と読むソフトがあります", "is read as a timestamp by some programs"),
    "indicator": Text("、YAMLの特別な記号です", "has a special meaning in YAML"),
}


def _meant(kind: str, text: str) -> str | None:
    """Return the sound spelling of what an ambiguous scalar most likely stands for."""
    match kind:
        case "yes_or_no":
            return "true" if text.lower() in ("y", "yes", "on") else "false"
        case "radix" | "underscore":
            sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
            plain = digits.removeprefix("+").replace("_", "").lstrip("0") or "0"
            number = f"{sign}{'0' if plain.startswith('.') else ''}{plain}"
            return number if _NUMBER.fullmatch(number) and isinstance(read_scalar(number), Decimal) else None
        case "exponent" if len(text) <= MAX_DIGITS:
            value = Decimal(text.replace("_", ""))
            return f"{value:f}" if abs(value.adjusted()) < MAX_DIGITS else None
        case "timestamp":
            year, month, day = re.split("[-Tt ]", text)[:3]
            date = f"{year}-{month:0>2}-{day:0>2}"
            return date if isinstance(read_scalar(date), dt.date) else None
    return None


def shown(text: str) -> str:
    """Return ``text`` as a message names it, cut where it would not fit in a line."""
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - what fits in a line
