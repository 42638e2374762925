"""Text on a terminal: how wide it is, what may be shown, and lines that carry their own styles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len as cells

from dxplan.language import Language

__all__ = ["Line", "Screen", "Span", "cells", "on_one_line", "plain", "visible", "wrap"]

Span = tuple[str, str]
"""Words and the name of their style (rich's); an empty style is plain text."""
Line = tuple[Span, ...]


class Screen(NamedTuple):
    """What the reader's terminal, or the pipe in its place, can show."""

    language: Language
    width: int
    colour: bool


_SHOWN_AS_IS = "\u3000"  # the ideographic space is not "printable" to Python, but every Japanese title may hold one


def visible(text: str) -> str:
    r"""Return untrusted text with everything that does not print written as an escape, such as ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in _SHOWN_AS_IS else _escape(character) for character in text
    )


def on_one_line(text: str) -> str:
    """Return untrusted text that may have been written over several lines, such as a note, as `visible` on one."""
    return visible(" ".join(text.split("\n")))


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


_NOT_AT_START = frozenset("、。，．・：；？！）」』】〕％ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々")
_NOT_AT_END = frozenset("（「『【〔")


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells: at blanks, and between full-width characters.

    No line begins with what closes or ends with what opens (禁則処理), unless a single word is wider than the line.
    """
    lines, line = [], ""
    for word in _words(text):
        if line and cells(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterable[str]:
    """Yield pieces that stay on one line: words with the blank after them, and full-width characters one by one."""
    word = ""
    for character in text:
        if word and _may_break(word[-1], character):
            yield word
            word = ""
        word += character
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_AT_START or before in _NOT_AT_END:
        return False
    return before == " " or cells(before) > 1 or cells(after) > 1


def plain(lines: Iterable[Line]) -> str:
    """Return lines as text without styles."""
    return "".join("".join(words for words, _ in line) + "\n" for line in lines)
