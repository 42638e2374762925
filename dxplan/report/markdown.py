"""A page as Markdown, which reads well in a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from dxplan.language import Text
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
    Row,
    Section,
    Table,
    Tone,
    Words,
)
from dxplan.views.markdown_text import escape, table

_DEEPEST = 6


def document(page: Page) -> str:
    """Return the whole page."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {escape(page.title)}"
    yield ""
    yield "　".join(map(escape, page.imprint))
    if page.ways:
        yield ""
        yield _line(page.ways)
    yield ""
    yield from (f"- [{escape(each.title)}](#{each.id})" for each in page.sections)
    for section in page.sections:
        yield from _section(section, 2, page)


def _section(section: Section, level: int, page: Page) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {_anchor(section.id)}{escape(section.title)}{_line(section.marks)}"
    for block in section.blocks:
        yield ""
        yield from _block(block, page)
    for below in section.sections:
        yield from _section(below, min(level + 1, _DEEPEST), page)


def _block(block: Block, page: Page) -> Iterator[str]:
    match block:
        case Paragraph(line):
            yield _line(line)
        case Facts(facts):
            yield from (f"- **{escape(fact.name)}**: {_cell(fact.said)}" for fact in facts)
        case Items(items):
            yield from (f"- {_line(item)}" for item in items)
        case Notes(notes):
            yield from (f"- {_anchor(note.id)}{escape(note.mark)} {escape(note.text)}" for note in notes)
        case Table(caption, head, rows):
            yield f"**{escape(caption)}**"
            yield ""
            yield from table([escape(each) for each in head], [_row(row) for row in rows])
        case Chart(title, description):
            yield f"<sub>{escape(title)}: {escape(description)}{_IN_HTML.to(page.language)}</sub>"
        case Download(name, said):
            yield f"{escape(said)} {escape(name)}: {_FILE.to(page.language)}"
        case _:
            assert_never(block)


_IN_HTML = Text("（図はHTML版とPDF版にある）", " (the drawing is in the HTML and PDF forms)")
_FILE = Text("HTML版から保存できる", "can be saved from the HTML form")


def _row(row: Row) -> list[str]:
    first, *rest = map(_cell, row.cells)
    return [f"{_anchor(row.id) if row.id else ''}{first}", *rest]


def _anchor(id_: str) -> str:
    return f'<a id="{id_}"></a>'


def _cell(cell: Cell) -> str:
    return "<br>".join(map(_line, cell))


def _line(line: Line) -> str:
    return "".join(map(_words, line))


def _words(words: Words) -> str:
    text = escape(words.text)
    if words.tone in (Tone.GOOD, Tone.BAD) and text.strip():
        text = f"**{text}**"
    return text if words.to is None else f"[{text}]({words.to})"
