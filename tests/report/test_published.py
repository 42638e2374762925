"""What the ward published stands in the report, in the ward's order, and the report says the same in each form."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from dxplan.fiscal_year import FiscalYear
from dxplan.language import LANGUAGES, Language
from dxplan.project import load
from dxplan.report import html, markdown, pdf
from dxplan.report.content import report
from dxplan.report.content.site import site
from dxplan.report.document import Cell, Chart, Download, Page, Table
from dxplan.report.theme import Theme
from dxplan.views.wording import NOTHING
from tests.report import reading
from tests.report.reading import Part, squeezed

ROOT = Path(__file__).parents[2]
KOTO = ROOT / "data"
PROJECTS = ROOT / "tests/projects"
PRINTED = Path(__file__).parent / "published/koto-R7.txt"
FACTS = 399
"""How many facts the printed report has; a line that is dropped is noticed."""


# What is printed


class Block(NamedTuple):
    """A printed heading and what stands below it."""

    heading: str
    facts: tuple[str, ...]
    margin: tuple[str, ...]
    """Footnotes."""
    planned: tuple[str, ...]
    """Those of the facts that stand in the column of the plans."""


def printed() -> list[Block]:
    text = "\n".join(row for row in PRINTED.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    blocks = []
    for block in text.strip().split("\n\n"):
        heading, *rows = block.split("\n")
        margin = tuple(row.removeprefix("欄外: ") for row in rows if row.startswith("欄外: "))
        planned = tuple(row.removeprefix("計画: ") for row in rows if row.startswith("計画: "))
        facts = tuple(row.removeprefix("計画: ") for row in rows if not row.startswith("欄外: "))
        blocks.append(Block(heading, facts, margin, planned))
    return blocks


def lacking(parts: list[Part]) -> list[str]:
    """Return the printed facts that ``parts`` do not say below the printed heading and in the printed order."""
    lost = []
    starts = []
    at = 0
    blocks = printed()
    for block in blocks:
        heading = squeezed(block.heading)
        found = next((n for n, part in enumerate(parts[at:], at) if heading in squeezed(part.heading)), None)
        if found is None:
            lost.append(block.heading)
        else:
            at = found + 1
        starts.append(found)
    known = [start for start in starts if start is not None]
    until = dict(pairwise([*known, len(parts)]))
    for block, start in zip(blocks, starts, strict=True):
        inside = [] if start is None else parts[start : until[start]]
        below = "".join(squeezed(part.heading if number else "") + part.words for number, part in enumerate(inside))
        for facts in (block.facts, block.margin):
            lost += [f"{block.heading}: {fact}" for fact in _not_in_order(facts, below)]
    return lost


def _not_in_order(facts: tuple[str, ...], words: str) -> Iterator[str]:
    at = 0
    for fact in map(squeezed, facts):
        found = words.find(fact, at)
        if found < 0:
            yield fact
        else:
            at = found + len(fact)


@cache
def page(folder: Path, year: str, language: Language) -> Page:
    project = load(folder, "data").project
    assert project is not None
    return report(project, FiscalYear.parse(year), language)


@cache
def pages(folder: Path, language: Language) -> dict[str, Page]:
    """Return the site of every closed year."""
    project = load(folder, "data").project
    assert project is not None
    return site(project, language)


@cache
def as_html(folder: Path, year: str, language: Language) -> reading.Html:
    return reading.Html(html.document(page(folder, year, language), Theme()))


@cache
def as_markdown(folder: Path, year: str, language: Language) -> reading.Html:
    return reading.markdown(markdown.document(page(folder, year, language)))


def test_no_printed_fact_is_left_out() -> None:
    blocks = printed()
    assert sum(1 + len(block.facts) + len(block.margin) for block in blocks) == FACTS
    assert sum(block.heading.startswith("【取組") for block in blocks) == 22


def test_printed_facts_stand_in_the_report_in_their_order() -> None:
    assert lacking(reading.parts(page(KOTO, "R7", "ja"))) == []


def test_printed_facts_stand_in_the_html_in_their_order() -> None:
    assert lacking(as_html(KOTO, "R7", "ja").parts) == []


def test_printed_facts_stand_in_the_markdown_in_their_order() -> None:
    assert lacking(as_markdown(KOTO, "R7", "ja").parts) == []


def test_printed_facts_and_every_text_of_the_report_stand_in_the_pdf() -> None:
    whole = page(KOTO, "R7", "ja")
    reader = PdfReader(BytesIO(pdf.document(whole, system_fonts=False)))
    words = squeezed("".join(each.extract_text() for each in reader.pages))
    told = [text for part in reading.parts(whole) for text in (part.heading, *part.texts)]
    told += [text for block in printed() for text in (block.heading, *block.facts, *block.margin)]
    told += [text for chart in charts(whole) for text in reading.texts(chart)]
    assert [text for text in told if squeezed(text) not in words] == []


def test_printed_results_and_plans_stand_in_their_columns() -> None:
    shown = {section.title: section for section in reading.sections(page(KOTO, "R7", "ja"))}
    for block in printed():
        if not block.heading.startswith("【取組"):
            continue
        (table,) = (each for each in shown[block.heading].blocks if isinstance(each, Table))
        assert [heading[:5] for heading in table.head[1:3]] == ["令和7年度", "令和8年度"]
        planned = set(map(squeezed, block.planned))
        for name, now, coming, *_ in ([_words(cell) for cell in row.cells] for row in table.rows):
            own = {fact for fact in planned if name.startswith(fact)}
            assert (now == NOTHING) == bool(own), name
            assert not own or coming != NOTHING, name
            planned -= own
            planned = {fact for fact in planned if fact not in coming or fact in now}
        assert planned == set()


def _words(cell: Cell) -> str:
    return squeezed("".join(reading.cell_texts(cell)))


@pytest.mark.parametrize(
    "fact", ["12.1%", "小中学校等への翻訳ツールの導入", "在宅勤務型テレワーク対象職場の職員", "公金収納のeLTAX活用"]
)
def test_a_fact_that_the_report_drops_is_noticed(fact: str) -> None:
    whole = reading.parts(page(KOTO, "R7", "ja"))
    rest = [Part(part.heading, (part.words.replace(fact, ""),)) for part in whole]
    (lost,) = {*lacking(rest)} - {*lacking(whole)}
    assert lost.endswith(f": {fact}")


# One content, three forms

HOSTILE = Path(__file__).parent / "hostile"
YEARS = {
    KOTO: ("R7",),
    PROJECTS / "every-kind": ("R6", "R7"),
    PROJECTS / "all-means": ("H30", "R1", "R2"),
    HOSTILE: ("R7",),
}
each_report = pytest.mark.parametrize(
    ("folder", "year", "language"),
    [
        pytest.param(folder, year, language, id=f"{folder.name}-{year}-{language}")
        for folder, years in YEARS.items()
        for year in years
        for language in LANGUAGES
    ],
)

SKIP = {"本文へ", "Skip to the text", ""}
CONTENTS = {"目次", "Contents"}


def told_apart(part: Part, words: str) -> tuple[list[str], str]:
    """Return which of a part's texts ``words`` do not say in their order, and what they say besides."""
    lost, besides = [], []
    at = 0
    for text in map(squeezed, part.texts):
        found = words.find(text, at)
        if found < 0:
            lost.append(text)
        else:
            besides.append(words[at:found])
            at = found + len(text)
    return lost, "".join((*besides, words[at:]))


def charts(page: Page) -> list[Chart]:
    return [block for section in reading.sections(page) for block in section.blocks if isinstance(block, Chart)]


@each_report
def test_html_says_what_the_tree_says_and_nothing_else(folder: Path, year: str, language: Language) -> None:
    told = reading.parts(page(folder, year, language))
    shown = as_html(folder, year, language)
    skip, *parts = shown.parts
    assert skip.words in map(squeezed, SKIP)
    assert [part.heading for part in parts] == [part.heading for part in told]
    for here, there in zip(told, parts, strict=True):
        assert told_apart(here, there.words) == ([], ""), here.heading


@each_report
def test_the_contents_of_the_html_are_its_headings(folder: Path, year: str, language: Language) -> None:
    ((heading, *links),) = as_html(folder, year, language).apart["nav"]
    assert heading in CONTENTS
    assert links == [section.title for section in reading.sections(page(folder, year, language))]


@each_report
def test_markdown_says_what_the_tree_says(folder: Path, year: str, language: Language) -> None:
    told = reading.parts(page(folder, year, language))
    shown = as_markdown(folder, year, language).parts
    assert [squeezed(part.heading) for part in shown] == ["", *(squeezed(part.heading) for part in told)]
    contents = "".join(section.title for section in page(folder, year, language).sections)
    for number, (here, there) in enumerate(zip(told, shown[1:], strict=True)):
        lost, besides = told_apart(here, there.words)
        assert lost == [], here.heading
        assert besides.strip(":") == (squeezed(contents) if number == 0 else "") or "csv" in besides, here.heading


@each_report
def test_figures_say_what_the_charts_of_the_tree_say(folder: Path, year: str, language: Language) -> None:
    told = charts(page(folder, year, language))
    drawn = as_html(folder, year, language).apart["figure"]
    named = as_markdown(folder, year, language).apart["sub"]
    assert len(told) == len(drawn) == len(named)
    for chart, figure, name in zip(told, drawn, named, strict=True):
        title, description, *labels, caption = figure
        assert (title, description) == (chart.title, chart.description)
        assert caption.startswith(title)
        assert caption.endswith(description)
        assert sorted(labels) == sorted(_labels(chart))
        assert squeezed("".join(name)).startswith(squeezed(f"{title}:{description}"))


def _labels(chart: Chart) -> Iterator[str]:
    """Yield what stands below the columns; the two bounds of a range are one target."""
    for column in chart.columns:
        yield column.label
        if column.bar is not None:
            yield column.bar.text
        yield from {mark.text for mark in column.marks}
    if chart.projection is not None:
        yield chart.projection.point.text


@each_report
def test_every_figure_of_a_chart_stands_in_the_table_before_it(folder: Path, year: str, language: Language) -> None:
    for section in reading.sections(page(folder, year, language)):
        cells: list[str] = []
        for block in section.blocks:
            if isinstance(block, Table):
                cells = [_words(cell) for row in block.rows for cell in row.cells[1:]]
            elif isinstance(block, Chart):
                years = {squeezed(column.label) for column in block.columns}
                figures = {*map(squeezed, reading.chart_texts(block))} - years
                assert {figure for figure in figures if not any(figure in cell for cell in cells)} == set(), block.title


FOREIGN = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use", "foreignobject"}


@each_report
def test_the_html_asks_for_nothing_and_runs_nothing(folder: Path, year: str, language: Language) -> None:
    for tag, attributes in as_html(folder, year, language).tags:
        assert tag not in FOREIGN
        assert {"src", "srcset", "style", "xlink:href"}.isdisjoint(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith(("#", "data:text/csv;"))
    document = html.document(page(folder, year, language), Theme())
    style = document.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


@each_report
def test_links_of_the_html_lead_somewhere(folder: Path, year: str, language: Language) -> None:
    for shown in (as_html(folder, year, language), as_markdown(folder, year, language)):
        ids = [attributes["id"] for _, attributes in shown.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        links = {attributes["href"][1:] for _, attributes in shown.tags if attributes.get("href", "").startswith("#")}
        assert links <= set(ids)
        named = {id_ for _, attributes in shown.tags for id_ in attributes.get("aria-labelledby", "").split()}
        assert named <= set(ids)


@each_report
def test_the_download_is_in_the_html(folder: Path, year: str, language: Language) -> None:
    (download,) = (
        block
        for section in reading.sections(page(folder, year, language))
        for block in section.blocks
        if isinstance(block, Download)
    )
    (link,) = (attributes for _, attributes in as_html(folder, year, language).tags if "download" in attributes)
    assert link["download"] == download.name
    assert b64decode(link["href"].partition(",")[2]).decode() == download.content


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", [KOTO, PROJECTS / "all-means", HOSTILE], ids=lambda folder: folder.name)
def test_links_of_a_site_lead_somewhere(folder: Path, language: Language) -> None:
    shown = {name: reading.Html(html.document(each, Theme())) for name, each in pages(folder, language).items()}
    places = {name: {attributes.get("id") for _, attributes in page.tags} for name, page in shown.items()}
    for name, page in shown.items():
        links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
        for link in (link for link in links if not link.startswith("data:")):
            file, _, place = link.partition("#")
            assert (place or None) in {None, *places[file or name]}, (name, link)
