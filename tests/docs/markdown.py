"""The little of Markdown that our docs are tested by: fenced blocks and tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$")


class Table(NamedTuple):
    """One table with the heading that it stands under; cells are as written."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def fences(text: str, language: str) -> list[str]:
    return [body for found, body in _FENCE.findall(text) if found == language]


def tables(text: str) -> list[Table]:
    return list(_tables(_FENCE.sub("", text)))


def _tables(text: str) -> Iterator[Table]:
    heading = ""
    lines: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            lines.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if lines:
            header, _, *rows = lines
            yield Table(heading, header, tuple(rows))
            lines = []
        if match := _HEADING.match(line):
            heading = match[1]


def code(cell: str) -> str:
    """Return what stands between backticks at the start of a cell."""
    match = re.match(r"`([^`]+)`", cell)
    assert match, cell
    return match[1]


def links(text: str) -> list[tuple[str, str]]:
    """Return file and anchor of every link that stays within the repository."""
    found = re.findall(r"\]\(([\w./-]*)(?:#([^)]*))?\)", _FENCE.sub("", text))
    return [(file, anchor) for file, anchor in found if "://" not in file]


def anchors(text: str) -> set[str]:
    """Return what a link may point at: headings, as GitHub names them, and anchors set by hand."""
    plain = _FENCE.sub("", text)
    headings = [match[1] for line in plain.splitlines() if (match := _HEADING.match(line))]
    named = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r'<a id="([^"]+)"></a>', plain))
