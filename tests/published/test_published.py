"""Figures that municipalities have published come out of dxplan as they were printed.

Each folder is one publication: ``plan.yaml`` names the source and what is quoted from it, ``actuals`` holds the
results, and ``expected.csv`` what was printed. There an empty cell is a figure the source does not print, and ``-``
is none: no value, no rate, no grade.
"""

import csv
import io
from pathlib import Path

import pytest

from dxplan import checks
from dxplan.cli.main import main

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.csv"))
COLUMNS = {
    "value": ("actual", "actual_text"),
    "target": ("target", "expected", "target_max", "target_min", "target_under", "target_over", "target_text"),
    "rate": ("achievement_rate",),
    "method": ("method",),
    "met": ("met",),
    "grade": ("grade",),
    "progress": ("progress_rate",),
}
"""A column of ``expected.csv``, and the columns of ``dxplan status --format csv`` that show it: the first filled."""


def printed(folder: Path) -> list[dict[str, str]]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shown(row: dict[str, str], column: str) -> str:
    return next((row[name] for name in COLUMNS[column] if row[name]), "-")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_publication_is_sound(folder: Path) -> None:
    assert checks.examine(folder, "data").report.diagnostics == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_figures_are_those_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(folder)
    assert rows
    for year in dict.fromkeys(row["year"] for row in rows):
        assert main(["status", "--data", str(folder), "--year", year, "--format", "csv"]) == 0
        status = csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
        found = {(row["id"], row["part"]): row for row in status}
        for row in (row for row in rows if row["year"] == year):
            filled = {column: row[column] for column in COLUMNS if row.get(column)}
            theirs = {column: shown(found[row["id"], row["part"]], column) for column in filled}
            assert theirs == filled, f"{folder.name} {year} {row['id']} {row['part']}"
