"""The projects that everything exported is tried with, each read once."""

from functools import cache
from pathlib import Path

from dxplan.checks import examine
from dxplan.project import Project

ROOT = Path(__file__).parents[2]
FOLDERS = [
    "data",
    "tests/projects/every-kind",
    "tests/projects/all-means",
    *sorted(str(path.parent.relative_to(ROOT)) for path in (ROOT / "tests/published").glob("*/plan.yaml")),
]


@cache
def project(folder: str) -> Project:
    read, _ = examine(ROOT / folder, folder)
    assert read is not None
    return read
