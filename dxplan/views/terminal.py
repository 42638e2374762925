"""Text on a terminal: how wide it is, what may be shown, and lines that carry their own styles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len as cells

from dxplan.language import Language

__all__ = ["Line", "Screen", "Span", "cells", "plain", "visible", "wrap"]

Span = tuple[str, str]
"""Words and the name of their style (rich's); an empty style is plain text."""
Line = tuple[Span, ...]


class Screen(NamedTuple):
    """What the reader's terminal, or the pipe in its place, can show."""

    language: Language
    width: int
    blocks: bool
    """Whether its encoding has the block characters of bars."""
    colour: bool


_SHOWN_AS_IS = "\u3000"  # the ideographic space is not "printable" to Python, but every Japanese title may hold one


def visible(text: str) -> str:
    r"""Return untrusted text with everything that does not print written as an escape, such as ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in _SHOWN_AS_IS else _escape(character) for character in text
    )


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells: at blanks, and between full-width characters."""
    lines, line, used = [], "", 0
    for word in _words(text):
        room = cells(word)
        if used + room > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
            if word == " ":
                continue
        line += word
        used += room
    return [*lines, line.rstrip()]


_NOT_AT_START = "、。，．・：；？！）」』】〕％"


def _words(text: str) -> Iterable[str]:
    word = ""
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        if character == " " or (wide and character not in _NOT_AT_START):
            if word:
                yield word
            word = "" if character == " " else character
            if character == " ":
                yield " "
        elif word and wide:
            word += character
        elif word and unicodedata.east_asian_width(word[-1]) in "WF":
            yield word
            word = character
        else:
            word += character
    if word:
        yield word


def plain(lines: Iterable[Line]) -> str:
    """Return lines as text without styles."""
    return "".join("".join(words for words, _ in line) + "\n" for line in lines)
