"""Every grade of docs/grades.md, given by dxplan itself; the columns of a table say what a row's indicator is.

The block of YAML in a section is a plan's grades. Each row of the tables below it is the indicator of a plan with that
block, written to files, held to every rule and judged as `dxplan status` judges it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from dxplan import open_project
from dxplan.checks import examine
from dxplan.model.grades import Grading
from dxplan.model.plan import Plan
from dxplan.model.values import GradedBy
from dxplan.progress.achievement import Achievement, NoRate, Rate
from dxplan.progress.grading import against_final, grading_in, pro_rata
from dxplan.progress.judgement import YearValue
from dxplan.progress.status import Status, status
from dxplan.views.wording import NOTHING, REASONS, SHARES_NOTE, Style, grade_text, rate_text
from tests import snippets
from tests.builders import project, year
from tests.docs import markdown

PAGE = markdown.read("grades.md")
PERIOD = "period: {from: R7, to: R11}\n"
"""Five years, as 多摩市 has."""
LAST = "R11"
STYLE = Style("ja")
STATES = {text.ja: reason.value for reason, text in REASONS.items()}
NEAR = Fraction(1, 10)
"""How close to a bound the example on its other side lies, in points: so close that it is shown as the bound itself."""


class Section(NamedTuple):
    """What stands under one heading."""

    heading: str
    level: int
    blocks: list[str]
    tables: list[markdown.Table]


class Row(NamedTuple):
    """One worked example: the block that grades it, and its cells by column."""

    heading: str
    block: str
    cells: dict[str, str]


def sections() -> Iterator[Section]:
    pieces = re.split(r"^(##+) (.+)$", PAGE, flags=re.MULTILINE)
    for marks, heading, body in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        yield Section(heading, len(marks), markdown.fences(body, "yaml"), markdown.tables(body))


def rows() -> Iterator[Row]:
    for section in SECTIONS:
        for table in section.tables:
            if table.header[-1] == "評価":
                for cells in table.rows:
                    yield Row(section.heading, section.blocks[0], dict(zip(table.header, cells, strict=True)))


SECTIONS = list(sections())
ROWS = list(rows())
_FIRST_RECIPE = next(n for n, section in enumerate(SECTIONS) if section.heading == "公表されている区分の書き方") + 1
RECIPES = SECTIONS[_FIRST_RECIPE:]


def number(cell: str) -> str:
    """Return how a file writes the number of a cell."""
    return str(Decimal(cell.removesuffix("%").replace(",", "").replace("▲", "-")))


def plan_of(row: Row) -> str:
    """Return the row's indicator in a plan graded by the row's block."""
    cells = row.cells
    label = cells.get("年度", "R7")
    targets = {label: cells.get("目標値", NOTHING), LAST: cells.get("最終目標値", NOTHING)}
    known = ", ".join(f"{key}: {number(cell)}" for key, cell in targets.items() if cell != NOTHING)
    keys = [f"direction: {cells.get('方向', 'increase').strip('`')}", f"targets: {{{known}}}"]
    if any(cell.endswith("%") for cell in targets.values()):
        keys.append('unit: "%"')
    if cells.get("基準値", NOTHING) != NOTHING:
        keys.append(f"baseline: {{year: R6, value: {number(cells['基準値'])}}}")
    if cells.get("目安値", NOTHING) != NOTHING:
        keys.append(f"expected: {{{label}: {number(cells['目安値'])}}}")
    block = row.block.partition("indicators:\n")[0]
    return f"{block}{PERIOD}indicators: [{{id: x, name: 指標, {', '.join(keys)}}}]\n"


def actual_of(row: Row) -> str:
    cell, by_hand = row.cells["実績値"], row.cells.get("人が付けた評価", NOTHING)
    entered = f"state: {STATES[cell]}" if cell in STATES else f"value: {number(cell)}"
    if by_hand != NOTHING:
        entered += f", grade: {by_hand}, reason: 理由"
    return f"# actuals/{row.cells.get('年度', 'R7')}.yaml\nindicators: {{x: {{{entered}}}}}\n"


def judged(row: Row, folder: Path) -> Status:
    """Judge the row's indicator; neither its plan nor its actual breaks a rule."""
    snippets.write(plan_of(row) + actual_of(row), folder)
    examined = examine(folder, "data")
    assert examined.report.diagnostics == ()
    assert examined.project is not None
    return status(examined.project, year(row.cells.get("年度", "R7")))


def figure(plan: Plan, now: YearValue) -> Achievement:
    """Return the figure that the bands in force are for."""
    grading = grading_in(plan, now.year)
    assert grading is not None
    match grading.by:
        case GradedBy.FINAL:
            return against_final(now.terms, now.measured, otherwise=now.progress)
        case GradedBy.RATE:
            return now.achievement
        case GradedBy.PROGRESS:
            return now.progress
        case GradedBy.PRO_RATA:
            return pro_rata(now.progress, plan, now.terms)


def exact(result: Achievement, cell: str) -> str:
    """Return an exact figure as its cell has it: whole, or cut after as many digits with ``…``."""
    if isinstance(result, NoRate):
        return NOTHING
    value = result.value * 100
    digits = len(cell.rstrip("…%").partition(".")[2])
    cut = Decimal(int(value * 10**digits)).scaleb(-digits)
    return f"{cut:f}{'' if cut == value else '…'}%"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.heading}-{row.cells['例']}" for row in ROWS])
def test_examples(row: Row, tmp_path: Path) -> None:
    now_status = judged(row, tmp_path / "data")
    (each,) = now_status.indicators
    cells = row.cells
    assert grade_text(each.now.grade, STYLE) == cells["評価"]
    if "達成率" in cells:
        assert rate_text(each.now.achievement, each.form, STYLE) == cells["達成率"]
    if "進捗率" in cells:
        assert rate_text(each.progress, each.form, STYLE) == cells["進捗率"]
    if "丸める前の率" in cells:
        assert exact(figure(now_status.plan, each.now), cells["丸める前の率"]) == cells["丸める前の率"]


def grading_of(section: Section) -> Grading:
    (block,) = section.blocks
    (grading,) = project(block).plan.grades
    return grading


@pytest.mark.parametrize("section", RECIPES, ids=[section.heading for section in RECIPES])
def test_every_bound_is_shown_from_both_sides(section: Section, tmp_path: Path) -> None:
    """So that no bound and no strictness can change without an example that fails."""
    earned: list[tuple[Fraction, str, bool]] = []
    for n, row in enumerate(row for row in ROWS if row.heading == section.heading):
        found = judged(row, tmp_path / str(n))
        result = figure(found.plan, found.indicators[0].now)
        if isinstance(result, Rate) and row.cells.get("人が付けた評価", NOTHING) == NOTHING:
            earned.append((result.value * 100, row.cells["評価"], row.cells.get("目標値") == "100%"))
    for band in grading_of(section).bands:
        if band.by_hand:
            continue
        for limit, full in ((band.bound, False), (band.full_target, True)):
            if limit is None:
                continue
            bound = Fraction(limit)
            near = {(value, label == band.label) for value, label, is_full in earned if is_full == full}
            at = {given for value, given in near if value == bound}
            above = {given for value, given in near if bound < value < bound + NEAR}
            below = {given for value, given in near if bound - NEAR < value < bound}
            assert (at, above) == ({False}, {True}) if band.over is not None else (at, below) == ({True}, {False})


@pytest.mark.parametrize("section", RECIPES, ids=[section.heading for section in RECIPES])
def test_every_grade_is_given_once_at_least(section: Section) -> None:
    given = {row.cells["評価"].removesuffix("＊") for row in ROWS if row.heading == section.heading}
    assert {band.label for band in grading_of(section).bands} <= given


def test_every_recipe_names_its_source() -> None:
    texts = re.split(r"^### .+$", PAGE.partition("## 公表されている区分の書き方")[2], flags=re.MULTILINE)[1:]
    assert len(texts) == len(RECIPES)
    assert all(re.search(r"^- 出典: https?://", text, re.MULTILINE) for text in texts)


def test_the_published_examples_are_here() -> None:
    published = {
        (row.heading, row.cells["目標値"], row.cells["実績値"], row.cells["評価"])
        for row in ROWS
        if row.cells["例"].startswith("公表") and "目標値" in row.cells
    }
    library = "大阪府立図書館 第三期"
    assert {
        (library, "30,000", "32,944", "B"),
        (library, "100%", "100%", "A"),
        (library, "80%", "88.2%", "A"),
    } <= published


def blocks() -> list[str]:
    """Return every block of a plan, with the actuals that follow it."""
    found: list[str] = []
    for text in markdown.fences(PAGE, "yaml"):
        if text.startswith("# plan.yaml\n"):
            found.append(text)
        else:
            found[-1] += text
    return found


@pytest.mark.parametrize("text", blocks())
def test_blocks_are_sound_as_they_stand(text: str, tmp_path: Path) -> None:
    snippets.write(text, tmp_path / "data")
    assert examine(tmp_path / "data", "data").report.diagnostics == ()


@pytest.mark.parametrize(
    "cells",
    [row for section in SECTIONS for table in section.tables if table.header[-1] == "合計" for row in table.rows],
)
def test_shares(cells: tuple[str, ...]) -> None:
    _, counted, not_graded, shares, total = cells
    counts = [(label, int(number)) for label, number in (each.rsplit(" ", 1) for each in counted.split("、"))]
    bands = "".join(f"      - {{label: {label}, by_hand: true}}\n" for label, _ in counts)
    given = [label for label, times in counts for _ in range(times)]
    size = len(given) + int(not_graded)
    ids = "".join(f"  - {{id: x-{n}, name: 指標, direction: increase, targets: {{R7: 1}}}}\n" for n in range(size))
    grades = "".join(f"  x-{n}: {{value: 1, grade: {label}, reason: 理由}}\n" for n, label in enumerate(given))
    example = project(f"grades:\n  - bands:\n{bands}indicators:\n{ids}", R7=f"indicators:\n{grades}")
    result = status(example, year("R7")).grades
    assert result is not None
    assert [(each.label, each.number) for each in result.shares] == counts
    assert result.not_graded == int(not_graded)
    assert "、".join(f"{each.share}%" for each in result.shares) == shares
    assert f"{sum(each.share for each in result.shares)}%" == total
    assert result.adds_up == (total == "100.0%")


def test_the_note_on_shares_is_the_one_that_is_shown() -> None:
    assert SHARES_NOTE.ja in PAGE


def test_the_kinds_of_figures_are_all_explained() -> None:
    (table,) = (table for table in markdown.tables(PAGE) if table.header[0] == "`by`")
    assert [markdown.code(row[0]) for row in table.rows] == [by.value for by in GradedBy]


@pytest.mark.parametrize("form", [row[0] for row in markdown.tables(PAGE)[0].rows])
def test_the_forms_of_a_band_are_read(form: str) -> None:
    (grading,) = project(f"grades: [{{bands: [{markdown.code(form)}]}}]").plan.grades
    assert len(grading.bands) == 1


def test_a_plan_that_defines_no_grades_has_none() -> None:
    koto = open_project(markdown.DOCS.parent / "data")
    assert koto.plan.title == "江東区DX推進計画"
    result = status(koto, year("R7"))
    assert result.grades is None
    assert all(each.now.grade is None for each in result.indicators)


def test_links_lead_somewhere() -> None:
    for file, anchor in markdown.links(PAGE):
        text = markdown.read(file or "grades.md")
        assert not anchor or anchor in markdown.anchors(text), f"{file}#{anchor}"
