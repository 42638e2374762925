"""What a page says, in order, as a tree that every form prints: nothing here knows HTML, Markdown or PDF.

Text is untrusted but visible already (control and bidi characters are written as escapes); each form escapes it for
itself.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from dxplan.language import Language


class Tone(StrEnum):
    """What some words mean, said by colour or weight besides; never by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"


class Words(NamedTuple):
    """Some words on a line."""

    text: str
    to: str | None = None
    """Where they lead: ``#indicator-x`` on this page, ``R8.html#indicator-x`` on another."""
    tone: Tone = Tone.PLAIN


Line = tuple[Words, ...]
Cell = tuple[Line, ...]
"""What stands in one cell of a table, line by line."""


class Paragraph(NamedTuple):
    """A line of running text."""

    line: Line


class Fact(NamedTuple):
    """A name, and what is said of it."""

    name: str
    said: Cell


class Facts(NamedTuple):
    """Names and what is said of them."""

    facts: tuple[Fact, ...]


class Items(NamedTuple):
    """A list."""

    items: tuple[Line, ...]


class Note(NamedTuple):
    """A footnote, to which its ``mark`` leads."""

    id: str
    mark: str
    text: str


class Notes(NamedTuple):
    """The footnotes to what stands above."""

    notes: tuple[Note, ...]


class Row(NamedTuple):
    """A row of a table; its first cell is its heading."""

    cells: tuple[Cell, ...]
    id: str | None = None
    """Where something leads to it."""


class Table(NamedTuple):
    """A table with one row of headings."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


class Point(NamedTuple):
    """A figure in a chart: where it stands from the chart's bottom (0) to its top (1), and how it is written."""

    height: Fraction
    text: str


class Column(NamedTuple):
    """One year of a chart."""

    label: str
    bar: Point | None
    """The actual, or in the first column the baseline."""
    marks: tuple[Point, ...]
    """The target; two for a range, one for each bound."""
    is_baseline: bool = False


class Projection(NamedTuple):
    """The straight line from the latest actual to where it leads in the final target's year."""

    start: int
    """Index of the column it starts from, at the top of its bar."""
    end: int
    """Index of the column where it ends."""
    point: Point
    """Where it ends; above 1 where it leaves the chart."""


class Chart(NamedTuple):
    """Actuals as bars, targets as marks, the projection dashed; the table before it holds the same figures."""

    title: str
    description: str
    """The chart in words, for who cannot see it."""
    columns: tuple[Column, ...]
    zero: Fraction
    """Where 0 stands from the chart's bottom (0) to its top (1); bars begin there."""
    projection: Projection | None


class Download(NamedTuple):
    """A file that comes with the page."""

    name: str
    """The file's name, ``R7.csv``."""
    said: str
    """What it is, and how it is written."""
    media_type: str
    content: str


Block = Paragraph | Facts | Items | Notes | Table | Chart | Download


class Section(NamedTuple):
    """A heading and what stands below it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    marks: Line = ()
    """The marks of footnotes to what the title names; they stand behind it, and in no table of contents."""


class Page(NamedTuple):
    """A whole page, or a whole report."""

    language: Language
    title: str
    imprint: tuple[str, ...]
    """The municipality, the year in question, when it was published: each on a line of its own below the title."""
    sections: tuple[Section, ...]
    ways: Line = ()
    """Links to the other pages of a site."""
    date: str | None = None
    """When it was published or made, as ISO 8601 (``2026-04``, ``2026-04-01``); None where that is not known."""
