"""Markdown that shows untrusted text as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxplan.views.terminal import on_one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$:])")
_BEGINNING = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
"""What makes a list or a heading of a line that begins with it."""
_LINKED_BY_ITSELF = re.compile(r"@|#(?=[0-9])|\bGH-(?=[0-9])|:(?=[a-z0-9_+-]+:)", re.IGNORECASE)
"""What GitHub makes mentions, references and emoji of even where it is escaped, unless a comment stands within."""


def escape(text: str) -> str:
    """Return untrusted text so that Markdown shows it as it is, on one line."""
    pieces = []
    end = 0
    shown = on_one_line(text)
    for linked in _LINKED_BY_ITSELF.finditer(shown):
        pieces.append(_SPECIAL.sub(r"\\\1", shown[end : linked.end()]))
        end = linked.end()
    escaped = "<!-- -->".join([*pieces, _SPECIAL.sub(r"\\\1", shown[end:])])
    return _BEGINNING.sub(r"\1\\\2", escaped).replace("www.", "www&#46;")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; cells are escaped already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
