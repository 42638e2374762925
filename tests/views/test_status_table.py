"""The status table at the widths of real terminals; the golden files are what an official sees."""

from pathlib import Path

import pytest

from dxplan.fiscal_year import FiscalYear
from dxplan.progress.status import Status, status
from dxplan.project import load
from dxplan.views.status import table
from dxplan.views.terminal import Screen, cells
from tests.golden import assert_golden

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"


FOLDERS = {"data": 2025, "tests/projects/every-kind": 2025, "tests/projects/all-means": 2019}


def of(folder: str) -> Status:
    project = load(ROOT / folder, folder).project
    assert project is not None
    return status(project, FiscalYear(FOLDERS[folder]))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("folder", FOLDERS)
def test_table_at_width(folder: str, width: int, *, update_golden: bool) -> None:
    text = table.document(of(folder), Screen("ja", width, colour=False))
    assert_golden(text, GOLDEN / f"status-{Path(folder).name}-{width}.txt", update=update_golden)


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_tables_fit_the_terminal(width: int) -> None:
    for folder in FOLDERS:
        text = table.document(of(folder), Screen("ja", width, colour=False))
        tables = [
            line
            for line in text.splitlines()
            if not line.startswith(("管理", "詳しく", "達成率", "評価", "「この", "＊"))
        ]
        assert max(map(cells, tables)) <= width


def test_essentials_stay_at_80_columns() -> None:
    text = table.document(of("data"), Screen("ja", 80, colour=False))
    for word in ("目標値", "実績値", "達成率", "判定", "112.5% A/T", "160.0% A/T", "達成", "目標達成 2/2"):
        assert word in text


def test_colour_only_where_it_is_wanted() -> None:
    plain = table.document(of("data"), Screen("ja", 100_000, colour=False))
    assert "\x1b" not in plain
    coloured = table.document(of("data"), Screen("ja", 100_000, colour=True))
    assert "\x1b[" in coloured


def test_names_are_shown_as_they_are() -> None:
    """Markup, emoji codes and control characters in a plan are text."""
    result = of("data")
    hostile = result.indicators[0]._replace(name="[bold]x[/bold] :x: \x1b[2J")
    changed = result._replace(indicators=(hostile, *result.indicators[1:]))
    text = table.document(changed, Screen("ja", 200, colour=False))
    assert "[bold]x[/bold] :x: \\x1b[2J" in text
