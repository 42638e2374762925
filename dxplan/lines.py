"""Plain YAML, read line by line: what needs no parser to be understood, and nothing else.

Nearly every file of a plan is blocks of ``key: value`` and ``- item``, one to a line, here and there with a short
``{R7: 48, R8: 92}``. Read so, it takes a fraction of what libyaml's events take. Whatever is written otherwise (text
over several lines, escapes, anchors, tabs, a key in quotes), or wrong, raises `NotPlainError`, and `source` asks
libyaml. A test holds both to the same values and places, on sound files, on broken ones and on random ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Route
from dxplan.scalars import Refused, Scalar, read_scalar

Value = Scalar | tuple["Value", ...] | Mapping[str, "Value"]
"""What a file says, before anybody asked whether it is a plan."""


class NotPlainError(Exception):
    """Something that is not written plainly, or not sound."""


class Spot(NamedTuple):
    """Where an entry stands: line and column of its key and of its value, from 0; an item of a list is its own key."""

    key_line: int
    key_column: int
    line: int
    column: int


Spots = dict[Route, Spot]
"""Every entry of a text, and the whole of it under the empty route."""

_MAX_DEPTH = 16
_MAX_KEY = 200  # libyaml wants the colon within 1024 bytes
_SHORT, _REMEMBERED = 40, 10_000  # what recurs is short, and thousands of plans in one run must not fill the memory

_KEY = re.compile(r"\w[\w.-]*")
_QUOTED = re.compile(r"""(?:"(?P<double>[^"\\]*)"|'(?P<single>[^']*)')(?: +(?:#.*)?)?""")
_BEGINS_A_WORD = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]|-[0-9.]""")
_IN_FLOW = re.compile(
    r"""[ ]*(?:(?P<key>\w[\w.-]*):[ ]+)?
    (?P<value> "(?P<double>[^"\\]*)"
      | '(?P<single>[^']*)'
      | (?P<plain>(?:\w|-(?=[0-9.]))(?:[^,\[\]{}:\#?'"\t]*[^\s,\[\]{}:\#?'"])?)
      | (?=[\[{])
    )[ ]*(?:,[ ]*(?=[\]}]))?""",
    re.VERBOSE,
)
"""One entry inside braces or brackets; where it is such a collection itself, no more than its key."""
_EMPTY = re.compile(r"\{ *\}|\[ *\]")
_TAIL = re.compile(r" *(?:, *(?=[\]}]))?")
"""Blanks behind an entry, and a last comma, which says nothing."""
_REST = re.compile(r" *(?: #.*)?")


class _Values(dict[str, Scalar]):
    """Scalars in blocks, read before: a plan says ``ongoing`` and ``R7`` a hundred times."""

    def __missing__(self, text: str) -> Scalar:
        if text[0] in _QUOTES:
            quoted = _QUOTED.fullmatch(text)
            if quoted is None:
                raise NotPlainError
            value = _sound(quoted["double"] or quoted["single"] or "")
        else:
            word = text.partition(" #")[0].rstrip(" ")
            if not _BEGINS_A_WORD.match(word) or ": " in word or word[-1] == ":" or "\t" in word:
                raise NotPlainError
            value = _sound(read_scalar(word))
        if len(text) <= _SHORT:
            if len(self) > _REMEMBERED:
                self.clear()
            self[text] = value
        return value


class _Keys(dict[str, str]):
    """Keys read before; numbers count as text, anything else has to be quoted."""

    def __missing__(self, text: str) -> str:
        if len(text) > _MAX_KEY or not _KEY.fullmatch(text) or not isinstance(read_scalar(text), str | Decimal):
            raise NotPlainError
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = text
        return text


_VALUES, _KEYS = _Values(), _Keys()


def _sound(value: Scalar | Refused) -> Scalar:
    if isinstance(value, Refused) or (isinstance(value, str) and value.strip() != value):
        raise NotPlainError
    return value


def read(text: str, spots: Spots | None = None) -> Mapping[str, Value]:
    """Return what ``text`` says, and fill ``spots`` with where it says so; raises NotPlainError.

    The text holds none of the characters that `source` forbids.
    """
    rows = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        body = line.lstrip(" ")
        if body and body[0] != "#":
            rows.append((len(line) - len(body), body, number))
    if not rows or rows[0][0]:
        raise NotPlainError
    if spots is not None:
        spots[()] = Spot(rows[0][2], 0, rows[0][2], 0)
    rows.append(_END)
    return _Reader(rows, spots).mapping(0, ())


_Row = tuple[int, str, int]
"""A line that says something: how far it is indented, the rest of it, and its number from 0."""
_END: _Row = (-1, "", 0)
_NO_SCALAR = frozenset(("", " ", "#", "{", "["))
_QUOTES = frozenset(('"', "'"))
_NO_KEY = _QUOTES | {"{", "["}


class _Reader:
    """Reads rows from the top, block by block."""

    def __init__(self, rows: list[_Row], spots: Spots | None) -> None:
        self.rows = rows
        self.next = 0
        """The number of the row to be read next."""
        self.spots = spots

    def mapping(self, column: int, route: Route) -> Mapping[str, Value]:
        """Read a block of ``key: value`` whose keys stand in ``column``."""
        rows, spots = self.rows, self.spots
        mapping: dict[str, Value] = {}
        indent, body, number = rows[self.next]
        while indent == column:
            name, colon, rest = body.partition(": ")
            if not colon:
                if body[-1] != ":":
                    raise NotPlainError
                name = body[:-1]
            key = _KEYS[name]
            if key in mapping:
                raise NotPlainError
            if spots is not None:
                word = rest.lstrip(" ")
                written = len(body) - len(word) if word and word[0] != "#" else len(name) + len(":")
                spots[*route, key] = Spot(number, column, number, column + written)
            self.next += 1
            mapping[key] = self._other(rest, (*route, key)) if rest[:1] in _NO_SCALAR else _VALUES[rest]
            indent, body, number = rows[self.next]
        if indent > column:
            raise NotPlainError
        return mapping

    def _list(self, column: int, route: Route) -> tuple[Value, ...]:
        """Read a block of ``- item`` whose dashes stand in ``column``."""
        rows, spots = self.rows, self.spots
        items: list[Value] = []
        indent, body, number = rows[self.next]
        while indent == column and body.startswith("- "):
            item = body[1:].lstrip(" ")
            inner = column + len(body) - len(item)
            below = (*route, len(items))
            if spots is not None:
                spots[below] = Spot(number, inner, number, inner)
            if not item or item[0] == "#":
                raise NotPlainError
            if item[0] not in _NO_KEY and (": " in item or item[-1] == ":"):
                rows[self.next] = (inner, item, number)  # behind the dash a mapping has its first line
                items.append(self.mapping(inner, below))
            else:
                self.next += 1
                items.append(self._other(item, below) if item[0] in _NO_SCALAR else _VALUES[item])
            indent, body, number = rows[self.next]
        if indent > column:
            raise NotPlainError
        return tuple(items)

    def _other(self, rest: str, route: Route) -> Value:
        """Read what is no scalar right behind its colon: a collection in braces, or the block in the rows below."""
        column, body, number = self.rows[self.next - 1]
        rest = rest.lstrip(" ")
        if rest[:1] not in _NO_SCALAR:
            return _VALUES[rest]
        if rest and rest[0] != "#":
            value, end = self._flow(self.rows[self.next - 1], len(body) - len(rest), route)
            if not _REST.fullmatch(body, end):
                raise NotPlainError
            return value
        below, body, number = self.rows[self.next]
        is_list = body.startswith("- ")
        if below < column or (below == column and not is_list):
            return None
        if len(route) > _MAX_DEPTH:
            raise NotPlainError
        if self.spots is not None:
            self.spots[route] = self.spots[route]._replace(line=number, column=below)
        return self._list(below, route) if is_list else self.mapping(below, route)

    def _flow(self, row: _Row, at: int, route: Route) -> tuple[Value, int]:
        """Read the collection that opens at ``at`` in a row, and return where it ends, too."""
        body = row[1]
        is_mapping = body[at] == "{"
        if match := _EMPTY.match(body, at):
            return ({} if is_mapping else ()), match.end()
        if len(route) > _MAX_DEPTH:
            raise NotPlainError
        held: dict[str | int, Value] = {}
        sign = ","
        while sign == ",":
            match = _IN_FLOW.match(body, at + 1)
            if match is None or (match["key"] is not None) is not is_mapping:
                raise NotPlainError
            step = _KEYS[match["key"]] if is_mapping else len(held)
            if step in held:
                raise NotPlainError
            held[step], at = self._entry(row, match, (*route, step))
            sign = body[at : at + 1]
        if sign != ("}" if is_mapping else "]"):
            raise NotPlainError
        if is_mapping:
            return {str(key): value for key, value in held.items()}, at + 1
        return tuple(held.values()), at + 1

    def _entry(self, row: _Row, match: re.Match[str], route: Route) -> tuple[Value, int]:
        """Read an entry inside braces or brackets, and return where the sign behind it stands, too."""
        column, body, number = row
        if self.spots is not None:
            key_column = match.start("value") if match["key"] is None else match.start("key")
            self.spots[route] = Spot(number, column + key_column, number, column + match.start("value"))
        if plain := match["plain"]:
            return _VALUES[plain], match.end()  # what is plain here is so behind a colon, too
        if match["value"]:
            return _sound(match["double"] or match["single"] or ""), match.end()
        value, end = self._flow(row, match.end(), route)
        tail = _TAIL.match(body, end)
        return value, tail.end() if tail else end
