"""What a report says, read back from each of its forms: headings, and the words below each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt

from dxplan.report.document import (
    Block,
    Cell,
    Chart,
    Download,
    Facts,
    Items,
    Line,
    Notes,
    Page,
    Paragraph,
    Section,
    Table,
)


class Part(NamedTuple):
    """A heading, and every text below it up to the next heading, in reading order."""

    heading: str
    texts: tuple[str, ...]

    @property
    def words(self) -> str:
        return squeezed("".join(self.texts))


def squeezed(text: str) -> str:
    """Return a text without blanks: lines and cells break where each form likes."""
    return re.sub(r"\s+", "", text)


# The tree


def parts(page: Page) -> list[Part]:
    """Return what the tree of a page says below each heading, but for its charts."""
    head = Part(page.title, (*page.imprint, *_line(page.ways)))
    return [head, *(part for section in page.sections for part in _section(section))]


def sections(page: Page) -> Iterator[Section]:
    stack = list(reversed(page.sections))
    while stack:
        section = stack.pop()
        yield section
        stack += reversed(section.sections)


def _section(section: Section) -> Iterator[Part]:
    told = (block for block in section.blocks if not isinstance(block, Chart))
    heading = "".join((section.title, *_line(section.marks)))
    yield Part(heading, tuple(text for block in told for text in texts(block)))
    for below in section.sections:
        yield from _section(below)


def texts(block: Block) -> Iterator[str]:
    """Yield every text of a block; what is in a download is not on the page."""
    match block:
        case Paragraph(line):
            yield from _line(line)
        case Facts(facts):
            yield from (text for fact in facts for text in (fact.name, *cell_texts(fact.said)))
        case Items(items):
            yield from cell_texts(items)
        case Notes(notes):
            yield from (text for note in notes for text in (note.mark, note.text))
        case Table(caption, head, rows):
            yield from (caption, *head)
            yield from (text for row in rows for cell in row.cells for text in cell_texts(cell))
        case Chart():
            yield from (block.title, block.description, *chart_texts(block))
        case Download():
            yield block.said


def chart_texts(chart: Chart) -> Iterator[str]:
    """Yield what stands beside the bars and marks of a chart."""
    for column in chart.columns:
        yield column.label
        yield from (point.text for point in (column.bar, *column.marks) if point is not None)
    if chart.projection is not None:
        yield chart.projection.point.text


def cell_texts(cell: Cell) -> Iterator[str]:
    for line in cell:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    yield from (words.text for words in line)


# HTML


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("head", "style", "script", "template"))
_VOID = frozenset(("meta", "link", "br", "hr", "img", "wbr", "input", "col"))
_APART = frozenset(("figure", "nav", "sub"))


class Html(HTMLParser):
    """An HTML page; every element has to be closed where it was opened."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._parts: list[tuple[list[str], list[str]]] = [([], [])]
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.apart: dict[str, list[list[str]]] = {tag: [] for tag in _APART}
        """The texts of each figure, of each list of contents, and of what Markdown shows in small letters."""
        self.feed(document)
        self.close()
        assert not self._open, self._open

    @property
    def parts(self) -> list[Part]:
        """What the page says below each heading, but for what is `apart`."""
        return [Part("".join(heading), tuple(texts)) for heading, texts in self._parts]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _APART:
            self.apart[tag].append([])
        elif tag in _HEADINGS and _APART.isdisjoint(self._open):
            self._parts.append(([], []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if not _UNSEEN.isdisjoint(self._open) or not data.strip():
            return
        outside = next((tag for tag in self._open if tag in _APART), None)
        if outside is not None:
            self.apart[outside][-1].append(data)
        else:
            self._parts[-1][_HEADINGS.isdisjoint(self._open)].append(data)


# Markdown


def markdown(document: str) -> Html:
    """Read a Markdown document as it is shown: rich brings a reader of CommonMark along."""
    return Html(MarkdownIt("commonmark").enable("table").render(document))
