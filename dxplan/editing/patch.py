"""Edits of a YAML text that keep every other byte: comments, order, quotes, line ends, a byte order mark.

An edit is only ever made of a text that `source` reads without a fault. What comes out is read again and compared:
the places named hold what they were to hold, and everything else holds what it held.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Route
from dxplan.editing.layout import Entry, Part, at, layout
from dxplan.source import Document, Value, read

_BYTE_ORDER_MARK = "\ufeff"


class NotTheSameError(Exception):
    """An edit that would change more, or less, than it says: a mistake of ours. Nothing was written."""


class Edit(NamedTuple):
    """``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Patch:
    """Edits of one file, gathered and then applied at once."""

    def __init__(self, content: bytes) -> None:
        decoded = content.decode("utf-8")
        self._mark = _BYTE_ORDER_MARK if decoded.startswith(_BYTE_ORDER_MARK) else ""
        self.text = decoded.removeprefix(_BYTE_ORDER_MARK)
        self.root = layout(self.text)
        self._edits: list[Edit] = []
        self._touched: list[Route] = []
        self._newline = "\r\n" if "\r\n" in self.text else "\n"

    def set(self, route: Route, text: str, after: str | None = None) -> None:
        """Write ``text``, one line of YAML, as the value at ``route``, whose mapping is there already.

        A key that is not there yet comes behind the key ``after`` of the same mapping, or last.
        """
        self._touched.append(route)
        mapping = self._mapping(route[:-1])
        entry = mapping.entry(str(route[-1]))
        if entry is None:
            self._add(mapping, route, text, mapping.entry(after) if after is not None else None)
        elif entry.value.is_blank:
            self._fill(entry, text)
        elif entry.value.is_block:  # below its key: what is written now stands beside it
            self._fill(entry, text)
            self._edit(self._line_start(entry.value.start), self._line_end(self._value_end(entry.value)), "")
        else:
            self._edit(entry.value.start, self._value_end(entry.value), text)

    def set_first(self, route: Route, text: str) -> None:
        """Write a new key and its value before all others of its mapping."""
        self._touched.append(route)
        mapping = self._mapping(route[:-1])
        written = f"{key_text(str(route[-1]))}: {text}"
        if not mapping.entries:
            self._begin(mapping, route[:-1], written)
            return
        start = mapping.entries[0].start
        line_break = f"{self._newline}{' ' * (start - self._line_start(start))}"
        self._edit(start, start, f"{written}{', ' if mapping.is_flow else line_break}")

    def rename(self, route: Route, new: str, text: str) -> None:
        """Write another key with its value in place of the one at ``route``."""
        self._touched += [route, (*route[:-1], new)]
        entry = self._entry(route)
        self._edit(entry.start, self._entry_end(entry), f"{new}: {text}")

    def remove(self, mapping: Route, keys: Collection[str]) -> None:
        """Take keys and their values out of a mapping that keeps at least one other."""
        self._touched += [(*mapping, key) for key in keys]
        part = self._mapping(mapping)
        entries = part.entries or ()
        kept_before = None
        for n, entry in enumerate(entries):
            if entry.key not in keys:
                kept_before = entry
            elif not part.is_flow and not self.text[(line := self._line_start(entry.start)) : entry.start].strip():
                self._edit(line, self._line_end(self._entry_end(entry)), "")
            elif not part.is_flow or kept_before is None:  # the line begins with `- `, or all before go too
                self._edit(entry.start, entries[n + 1].start, "")
            else:
                self._remove_with_comma(self._entry_end(entries[n - 1]), entry)

    def _remove_with_comma(self, before: int, entry: Entry) -> None:
        """Take out an entry in brackets and the comma before it, but not a comment between them."""
        end = self._entry_end(entry)
        if "#" not in self.text[before : entry.start]:
            self._edit(before, end, "")
            return
        comma = self.text.index(",", before)
        self._edit(comma, comma + 1, "")
        self._edit(entry.start, end, "")

    def append(self, top: str, text: str) -> None:
        """Write ``text`` as a further item of the list at the top-level key ``top``, which may not be there yet."""
        self._touched.append((top,))
        entry = self.root.entry(top)
        if entry is None:
            self._at_the_end(f"{self._newline}{top}:{self._newline}  - {text}")
        elif entry.value.items is None or (entry.value.is_flow and not entry.value.items):
            written = f"{self._newline}  - {text}"
            if entry.value.is_blank:
                end = self._colon(entry) + 1
                self._edit(end, end, written)
            else:
                self._edit(self._colon(entry) + 1, entry.value.end, written)
        elif entry.value.is_flow:
            end = entry.value.items[-1].end
            self._edit(end, end, f", {text}")
        else:
            dash = self.text.rindex("-", 0, entry.value.items[0].start)
            indent = dash - self._line_start(dash)
            self._add_line(self._value_end(entry.value.items[-1]), f"{' ' * indent}- {text}")

    def applied(self) -> str:
        """Return the edited text, without the byte order mark."""
        text = self.text
        in_order = sorted(enumerate(self._edits), key=lambda each: (each[1].start, each[1].end, each[0]))
        for _, edit in reversed(in_order):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def result(self, file: str, expected: Mapping[Route, Value]) -> bytes:
        """Return the edited file, read again and compared with ``expected``, the values at the places edited.

        Raises NotTheSameError where anything else changed, or not what was meant.
        """
        text = self.applied()
        after = read(file, text.encode("utf-8"))
        before = read(file, self.text.encode("utf-8"))
        if not isinstance(after, Document) or not isinstance(before, Document):
            raise NotTheSameError(file)
        known = {(fault.rule, fault.message) for fault in before.faults}  # such as DX010, which is a warning
        if any((fault.rule, fault.message) not in known for fault in after.faults):
            raise NotTheSameError(file)
        for route, value in expected.items():
            if after.value_at(route) != value or _digits(after.value_at(route)) != _digits(value):
                raise NotTheSameError(f"{file}: {route}")
        if _without(before.value, (), self._touched) != _without(after.value, (), self._touched):
            raise NotTheSameError(file)
        return (self._mark + text).encode("utf-8")

    # What follows knows the text.

    def _edit(self, start: int, end: int, text: str) -> None:
        self._edits.append(Edit(start, end, text))

    def _mapping(self, route: Route) -> Part:
        mapping = at(self.root, route)
        if mapping is None:
            raise KeyError(route)
        return mapping

    def _entry(self, route: Route) -> Entry:
        entry = self._mapping(route[:-1]).entry(str(route[-1]))
        if entry is None:
            raise KeyError(route)
        return entry

    def _value_end(self, value: Part) -> int:
        """Return the end of a value without the line end that a text over several lines (``|``) includes."""
        if value.is_block and value.entries:
            return self._entry_end(value.entries[-1])
        end = self._value_end(value.items[-1]) if value.is_block and value.items else value.end
        while end > value.start and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _entry_end(self, entry: Entry) -> int:
        if not entry.value.is_blank:
            return self._value_end(entry.value)
        colon = self._colon(entry)
        return colon + 1 if self.text[colon : colon + 1] == ":" else entry.end

    def _colon(self, entry: Entry) -> int:
        """Return where the colon behind a key stands, or would."""
        position = entry.end
        while self.text[position : position + 1] in (" ", "\t"):
            position += 1
        return position if self.text[position : position + 1] == ":" else entry.end - 1

    def _fill(self, entry: Entry, text: str) -> None:
        colon = self._colon(entry)
        if self.text[colon : colon + 1] == ":":
            self._edit(colon + 1, colon + 1, f" {text}")
        else:  # `{a, b: 1}`
            self._edit(entry.end, entry.end, f": {text}")

    def _add(self, mapping: Part, route: Route, text: str, after: Entry | None) -> None:
        written = f"{key_text(str(route[-1]))}: {text}"
        if not mapping.entries:
            self._begin(mapping, route[:-1], written)
            return
        before = after or mapping.entries[-1]
        end = self._entry_end(before)
        if mapping.is_flow:
            space = " " if self.text[end - 1] == ":" and before.value.is_blank else ""  # `{a: , b: 1}`
            self._edit(end, end, f"{space}, {written}")
        else:
            first = mapping.entries[0].start
            self._add_line(end, f"{' ' * (first - self._line_start(first))}{written}")

    def _begin(self, mapping: Part, route: Route, written: str) -> None:
        """Write the first entry of a mapping of which only the key is there, or empty brackets, or ``~``."""
        if not mapping.is_blank:
            self._edit(mapping.start, mapping.end, f"{{{written}}}")
            return
        entry = self._entry(route)
        if self._mapping(route[:-1]).is_flow:
            self._fill(entry, f"{{{written}}}")
            return
        indent = entry.start - self._line_start(entry.start) + 2
        self._add_line(self._entry_end(entry), f"{' ' * indent}{written}")

    def _add_line(self, position: int, line: str) -> None:
        """Write a line of its own below the one that holds ``position``."""
        end = self._line_end(position)
        if end == len(self.text) and not self.text.endswith("\n"):
            self._edit(end, end, f"{self._newline}{line}")
        else:
            self._edit(end, end, f"{line}{self._newline}")

    def _at_the_end(self, lines: str) -> None:
        end = len(self.text)
        open_line = "" if self.text.endswith("\n") else self._newline
        self._edit(end, end, f"{open_line}{lines}{self._newline}")

    def _line_start(self, position: int) -> int:
        return self.text.rfind("\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        """Return where the line behind the one that holds ``position`` begins."""
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end + 1


def _without(value: Value, route: Route, left_out: Collection[Route]) -> Value:
    """Return plain values without what stands at the routes named."""
    if value is None and any(len(each) > len(route) and each[: len(route)] == route for each in left_out):
        return {}  # a mapping that is about to begin
    if isinstance(value, Mapping):
        kept = {key: _without(item, (*route, key), left_out) for key, item in value.items()}
        return {key: item for key, item in kept.items() if (*route, key) not in left_out}
    if isinstance(value, tuple):
        return tuple(_without(item, (*route, n), left_out) for n, item in enumerate(value))
    return value


def _digits(value: Value) -> str:
    """Return values with their digits: 60.3 and 60.30 are one number, but not written alike."""
    return repr(value)


def scalar(text: str) -> str:
    """Return ``text`` as one line of YAML that is read as this text: plain where that is the same, else quoted."""
    plain = "?" not in text and "\t" not in text and _reads_as(text, text)  # PyYAML without libyaml stops at these
    return text if plain else json.dumps(text, ensure_ascii=False)


def key_text(text: str) -> str:
    """Return ``text`` as a key that is read as this text: plain where that is the same, else quoted."""
    found = _found(f"{text}: 1") if "\n" not in text else None
    return text if found is not None and list(found) == [text] else json.dumps(text, ensure_ascii=False)


def number_or_text(text: str) -> str:
    """Return what was typed as it is written: a number or date as it stands, anything else as `scalar`."""
    value = (_found(f"x: {text}") or {}).get("x") if "\n" not in text else None
    is_one = isinstance(value, Decimal | dt.date) and _reads_as(text, value)
    return text if is_one else scalar(text)


def _reads_as(text: str, value: Value) -> bool:
    """Whether plain ``text`` is read as ``value``, in brackets and on a line of its own."""
    if not text or "\n" in text:
        return False
    texts = (f"{{x: {text}, z: 1}}", f"x: {text}\nz: 1")
    return all(_found(each) == {"x": value, "z": 1} for each in texts)


def _found(text: str) -> Mapping[str, Value] | None:
    """Return what a text is read as; None where anything is wrong with it."""
    found = read("", text.encode("utf-8", "surrogatepass"))
    return found.value if isinstance(found, Document) and not found.faults else None
