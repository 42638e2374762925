"""Imports go one way: the table of design §5, held against every module."""

import ast
from pathlib import Path

import pytest

import dxplan

PACKAGE = Path(dxplan.__file__).parent

VALUES = {"fiscal_year", "language", "errors", "diagnostics", "spelling", "page"}
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": {"errors", "fiscal_year", "project"},
    "__main__": {"cli"},
    "fiscal_year": set(),
    "language": set(),
    "spelling": {"language"},
    "errors": {"language"},
    "diagnostics": {"language"},
    "page": {"language"},
    "files": {"language"},
    "faults": {"diagnostics", "language", "page", "faults"},
    "syntax": {"language"},
    "scalars": {"diagnostics", "language", "faults"},
    "lines": {"diagnostics", "scalars"},
    "source": {"diagnostics", "language", "faults", "lines", "careful"},
    "careful": {"diagnostics", "language", "faults", "scalars", "lines", "source", "syntax"},
    "model": VALUES | {"faults", "source", "model"},
    "project": VALUES | {"faults", "files", "source", "model"},
    "glance": VALUES | {"files", "source"},
    "revision": VALUES | {"faults", "source", "project"},
    "checks": VALUES | {"faults", "model", "project", "checks"},
    "progress": VALUES | {"model", "project", "progress"},
    "editing": VALUES | {"model", "source", "project", "checks", "progress", "editing"},
    "views": VALUES | {"model", "progress", "editing", "views"},
    "report": VALUES | {"files", "model", "project", "progress", "views", "report"},
    "exchange": VALUES | {"files", "source", "model", "project", "checks", "progress", "editing", "views", "exchange"},
    "starter": VALUES | {"__init__", "model", "source", "project", "checks", "editing", "views", "starter"},
    "cli": VALUES
    | {"__init__", "faults", "model", "project", "revision", "checks", "progress"}
    | {"editing", "views", "report", "exchange", "starter", "glance", "cli"},
}
"""For each room of the house the rooms it may look into."""

ONLY_IN = {
    "yaml": {"careful", "editing"},
    "typer": {"cli"},
    "rich": {"views", "cli"},
    "jinja2": {"report"},
    "markupsafe": {"report"},
    "typst": {"report"},
    "xlsxwriter": {"exchange"},
    "openpyxl": {"exchange"},
    "pydantic": {"model"},
    "pydantic_core": {"model"},
}
"""Libraries that have one home."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names |= {f"{module}.{alias.name}" if module == "dxplan" else module for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_what_its_room_may(path: Path) -> None:
    home = room(path)
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top == "dxplan":
            target = rest.partition(".")[0] or "__init__"
            target = target if (PACKAGE / target).is_dir() or (PACKAGE / f"{target}.py").exists() else "__init__"
            assert target in MAY_IMPORT[home], f"{home} may not import {target}"
        elif top in ONLY_IN:
            assert home in ONLY_IN[top], f"{top} belongs to {ONLY_IN[top]}, not to {home}"


def test_rules_do_not_import_each_other() -> None:
    for path in (PACKAGE / "checks").glob("*.py"):
        if path.stem != "__init__":
            assert not [name for name in imported(path) if name.startswith("dxplan.checks")]


def test_the_clock_is_read_nowhere_but_in_cli() -> None:
    for path in FILES:
        if room(path) != "cli":
            text = path.read_text(encoding="utf-8")
            assert ".today()" not in text
            assert ".now()" not in text
