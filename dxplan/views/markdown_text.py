"""Markdown that shows untrusted text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxplan.views.terminal import on_one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$:])")
_BEGINNING = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
"""What makes a list or a heading of a line that begins with it."""
_LINKED_BY_ITSELF = {"@": "@<!-- -->", "www.": "www&#46;"}
"""What GitHub makes links and mentions of even where it is escaped."""


def escape(text: str) -> str:
    """Return untrusted text so that Markdown shows it as it is, on one line."""
    escaped = _SPECIAL.sub(r"\\\1", on_one_line(text))
    escaped = _BEGINNING.sub(r"\1\\\2", escaped)
    for linked, apart in _LINKED_BY_ITSELF.items():
        escaped = escaped.replace(linked, apart)
    return escaped


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; cells are escaped already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
