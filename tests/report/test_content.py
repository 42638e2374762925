"""The content of a report, whatever the plan holds: it can always be told, drawn, and its links lead somewhere."""

import json
import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.report import html, markdown
from dxplan.report.content import report
from dxplan.report.content.site import site
from dxplan.report.document import Chart, Facts, Items, Page, Paragraph, Section, Table, Words
from dxplan.report.theme import Theme
from tests.builders import project, year
from tests.progress.test_laws import REPORTED, YEARS, Spec, indicators
from tests.thorough import times

few = settings(max_examples=times(15, 500))


def sections(these: tuple[Section, ...]) -> Iterator[Section]:
    for each in these:
        yield each
        yield from sections(each.sections)


def charts(page: Page) -> list[Chart]:
    return [block for each in sections(page.sections) for block in each.blocks if isinstance(block, Chart)]


def words(page: Page) -> Iterator[Words]:
    for each in sections(page.sections):
        yield from each.marks
        for block in each.blocks:
            match block:
                case Paragraph(line):
                    yield from line
                case Items(items):
                    yield from (piece for item in items for piece in item)
                case Facts(facts):
                    yield from (piece for fact in facts for line in fact.said for piece in line)
                case Table(_, _, rows):
                    yield from (piece for row in rows for cell in row.cells for line in cell for piece in line)


def told(indicator: Spec, actuals: dict[str, object], label: str) -> Page:
    text = f"indicators: {json.dumps([{'id': 'x', 'name': 'x', **indicator}], ensure_ascii=False)}\n"
    files = {name: f"indicators: {json.dumps({'x': value})}\n" for name, value in actuals.items()}
    return report(project(text, **files), year(label), "ja")


@few
@given(indicators(), REPORTED, st.sampled_from(YEARS))
def test_any_indicator_is_told_and_drawn(indicator: Spec, actuals: dict[str, object], label: str) -> None:
    page = told(indicator, actuals, label)
    said = html.document(page, Theme())
    ids = re.findall(r' id="([^"]+)"', said)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', said)) <= set(ids)
    assert markdown.document(page)
    for table in (block for each in sections(page.sections) for block in each.blocks if isinstance(block, Table)):
        assert {len(row.cells) for row in table.rows} <= {len(table.head)}
    shown = [piece.text for piece in words(page)]
    for chart in charts(page):
        assert 0 <= chart.zero <= 1
        for column in chart.columns:
            for point in (*([column.bar] if column.bar else []), *column.marks):
                assert 0 <= point.height <= 1
                assert any(point.text in text for text in shown), "every figure of a chart stands in a table"
        if chart.projection is not None:
            assert chart.projection.point.text in shown


PLAN = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 統合された取組, until: R7, merged_into: 2, actions: [{id: 1-1, title: 元の事業, schedule: R7}]}
      - id: 2
        title: 残る取組
        actions:
          - {id: 2-1, title: 続きの事業, schedule: R8, continues: 1-1}
          - relisted: 1-1
"""


def test_what_is_no_longer_told_is_not_led_to() -> None:
    plan = project(PLAN, R7="state: closed\nactions: {1-1: done}\n", R8="state: closed\nactions: {2-1: done}\n")
    now, before = (report(plan, year(label), "ja") for label in ("R8", "R7"))
    assert "#action-1-1" in {each.to for each in words(before)}
    assert {each.to for each in words(now) if "1-1" in (each.to or "")} == set()
    assert "元の事業から継続" in {each.text for each in words(now)}


def test_on_a_site_it_is_led_to_where_it_is_told() -> None:
    plan = project(PLAN, R7="state: closed\nactions: {1-1: done}\n", R8="state: closed\nactions: {2-1: done}\n")
    pages = site(plan, "ja")
    assert list(pages) == ["index.html", "initiative-1.html", "initiative-2.html", "R7.html", "R8.html"]
    drawn = {name: html.document(page, Theme()) for name, page in pages.items()}
    places = {f"{name}#{id_}" for name, text in drawn.items() for id_ in re.findall(r' id="([^"]+)"', text)}
    for name, text in drawn.items():
        for to in re.findall(r'href="([^"#]*(?:#[^"]*)?)"', text):
            if not to.startswith("data:"):
                page, _, place = to.partition("#")
                assert (page or name) in drawn
                assert not place or f"{page or name}#{place}" in places, to
    assert "initiative-1.html#action-1-1" in drawn["R8.html"]
