"""Figures that municipalities have published come out of dxplan as they were printed.

Each folder is one publication: ``plan.yaml`` names the source and what is quoted from it, ``actuals`` holds the
results, and ``expected.csv`` what was printed. There an empty cell is a figure the source does not print, and ``-``
is none: no value, no rate, no grade. The indicators stand in the plan itself, so that one table shows them all.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from dxplan import checks
from dxplan.cli.main import main

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.csv"))
DATA = {
    "value": ("actual", "actual_text"),
    "target": ("target", "expected", "target_max", "target_min", "target_under", "target_over", "target_text"),
    "method": ("method",),
    "met": ("met",),
    "grade": ("grade",),
}
"""A column of ``expected.csv``, and those of ``dxplan status --format csv`` that hold it: the first filled."""

TABLE = {"rate": "達成率", "progress": "最終目標へ"}
"""A column of ``expected.csv``, and the one of ``dxplan status --format markdown`` that shows it as it is printed."""


class Said:
    """What dxplan says of one year, in the forms that hold it."""

    def __init__(self, folder: Path, year: str, capsys: pytest.CaptureFixture[str]) -> None:
        text = {}
        for form in ("csv", "markdown"):
            assert main(["status", "--data", str(folder), "--year", year, "--format", form]) == 0
            text[form] = capsys.readouterr().out.removeprefix("\ufeff")
        data = list(csv.DictReader(io.StringIO(text["csv"])))
        lines = [line.strip("| ").split(" | ") for line in text["markdown"].splitlines() if line.startswith("| ")]
        heads = next(line for line in lines if line[0] == "指標")
        table = [dict(zip(heads, line, strict=True)) for line in lines[lines.index(heads) + 2 :][: len(data)]]
        self.rows = {(row["id"], row["part"]): row | shown for row, shown in zip(data, table, strict=True)}

    def of(self, indicator: str, part: str, column: str) -> str:
        row = self.rows[indicator, part]
        if column in TABLE:
            rate = re.match(r"[-▲△]?[\d,.]+", row.get(TABLE[column], ""))
            return rate[0] if rate else "-"
        return next((row[name] for name in DATA[column] if row[name]), "-")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_publication_is_sound(folder: Path) -> None:
    assert checks.examine(folder, "data").report.diagnostics == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_figures_are_those_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as lines:
        printed = list(csv.DictReader(lines))
    assert printed
    for year in dict.fromkeys(row["year"] for row in printed):
        said = Said(folder, year, capsys)
        for row in (row for row in printed if row["year"] == year):
            filled = {column: row[column] for column in (*DATA, *TABLE) if row.get(column)}
            theirs = {column: said.of(row["id"], row["part"], column) for column in filled}
            assert theirs == filled, f"{folder.name} {year} {row['id']} {row['part']}"
