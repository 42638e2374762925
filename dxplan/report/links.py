"""Links between pages: each leads to where its target is, and what has none anywhere is plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from dxplan.report.document import Block, Cell, Fact, Facts, Items, Line, Notes, Page, Paragraph, Row, Section, Table

_Lead = Callable[[str], str | None]


def linked(pages: Mapping[str, Page]) -> dict[str, Page]:
    """Return the pages of a site, by file name, with every ``#place`` led to the page that has it, its own first."""
    places = {name: frozenset(_places(page.sections)) for name, page in pages.items()}
    homes = {place: name for name, own in reversed(places.items()) for place in own}

    def lead(name: str, to: str) -> str | None:
        place = to.removeprefix("#")
        if place == to or place in places[name]:
            return to
        return f"{homes[place]}#{place}" if place in homes else None

    return {name: _page(page, partial(lead, name)) for name, page in pages.items()}


def resolved(page: Page) -> Page:
    """Return a page that stands alone, without links to places it does not have."""
    return linked({"": page})[""]


def _places(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.id
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (row.id for row in block.rows if row.id is not None)
            elif isinstance(block, Notes):
                yield from (note.id for note in block.notes)
        yield from _places(section.sections)


def _page(page: Page, lead: _Lead) -> Page:
    return page._replace(sections=tuple(_section(each, lead) for each in page.sections), ways=_line(page.ways, lead))


def _section(section: Section, lead: _Lead) -> Section:
    return section._replace(
        blocks=tuple(_block(each, lead) for each in section.blocks),
        sections=tuple(_section(each, lead) for each in section.sections),
        marks=_line(section.marks, lead),
    )


def _block(block: Block, lead: _Lead) -> Block:
    match block:
        case Paragraph(line):
            return Paragraph(_line(line, lead))
        case Facts(facts):
            return Facts(tuple(Fact(fact.name, _cell(fact.said, lead)) for fact in facts))
        case Items(items):
            return Items(tuple(_line(item, lead) for item in items))
        case Table(caption, head, rows):
            return Table(
                caption, head, tuple(Row(tuple(_cell(cell, lead) for cell in row.cells), row.id) for row in rows)
            )
    return block


def _cell(cell: Cell, lead: _Lead) -> Cell:
    return tuple(_line(line, lead) for line in cell)


def _line(line: Line, lead: _Lead) -> Line:
    return tuple(each if each.to is None else each._replace(to=lead(each.to)) for each in line)
