"""Whole reports as Markdown, to be read: the shipped plan, and plans with everything a plan may hold."""

from pathlib import Path

import pytest

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language
from dxplan.project import load
from dxplan.report import markdown
from dxplan.report.content import report
from tests.golden import assert_golden

ROOT = Path(__file__).parents[2]
PAGES: list[tuple[str, str, Language]] = [
    ("data", "R7", "ja"),
    ("tests/projects/all-means", "R2", "ja"),
    ("tests/projects/all-means", "H30", "en"),
    ("tests/projects/every-kind", "R7", "en"),
]


@pytest.mark.parametrize(("folder", "year", "language"), PAGES)
def test_a_whole_report(folder: str, year: str, language: Language, *, update_golden: bool) -> None:
    project = load(ROOT / folder, folder).project
    assert project is not None
    page = markdown.document(report(project, FiscalYear.parse(year), language))
    name = f"{Path(folder).name}-{year}-{language}.md"
    assert_golden(page, Path(__file__).parent / "pages" / name, update=update_golden)
