"""The files of a new project, and of the shipped plan of Koto, as bytes; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import dxplan
from dxplan.editing.patch import scalar
from dxplan.errors import DxplanError
from dxplan.fiscal_year import FiscalYear, span
from dxplan.language import Text
from dxplan.project import ACTUALS_FOLDER, DEFAULT_FOLDER, PLAN_FILE, file_of_year
from dxplan.starter.answers import Told, organization
from dxplan.views.markdown_text import escape


class File(NamedTuple):
    """One file of a project."""

    path: str
    """Below the project's home, with ``/``."""
    content: bytes
    purpose: Text


_PLAN = f"{DEFAULT_FOLDER}/{PLAN_FILE}"
_SCHEMAS = "schema"


class _Template(NamedTuple):
    """A file that every new project has, from the template of that name."""

    path: str
    name: str
    purpose: Text


_TEMPLATES = (
    _Template(
        "README.md",
        "README.md",
        Text("はじめに読む。ファイルと1年の流れの説明", "read first: the files, and the year"),
    ),
    _Template(
        ".github/workflows/dxplan.yml",
        "workflow.yml",
        Text("GitHubのプルリクエストで、誤りを調べる", "validates pull requests on GitHub"),
    ),
    _Template(
        ".pre-commit-config.yaml",
        "pre-commit-config.yaml",
        Text("コミットの前に、誤りを調べる", "validates before a commit"),
    ),
)


def places(schemas: Iterable[str]) -> list[str]:
    """Return the paths of a new project's files, but for the actuals, whose year may not be known yet."""
    return [
        _PLAN,
        *(template.path for template in _TEMPLATES),
        *(f"{_SCHEMAS}/{_schema_file(kind)}" for kind in schemas),
    ]


def new_project(told: Told, schemas: Mapping[str, str]) -> tuple[File, ...]:
    """Return the files of a new project, the plan last: what a kill left half written is no project yet.

    ``schemas`` are JSON Schemas by kind.
    """
    words = _words(told)
    actuals = f"{DEFAULT_FOLDER}/{ACTUALS_FOLDER}/{file_of_year(told.first)}"
    year = Text(f"{told.first.ja}の実績", f"the actuals of {told.first}")
    return (
        *_schemas(schemas, _SCHEMAS),
        *(File(path, _filled(name, words), purpose) for path, name, purpose in _TEMPLATES),
        File(actuals, _filled("actuals.yaml", words), year),
        File(
            _PLAN,
            _filled("plan.yaml", words),
            Text("計画。「（例）」を自分の計画のものに書き換える", "the plan; replace its examples（例）"),
        ),
    )


def example(schemas: Mapping[str, str]) -> tuple[File, ...]:
    """Return the plan of Koto as it is shipped, the plan last; raises DxplanError where it was not installed."""
    home = next((folder for folder in _EXAMPLE_HOMES if (folder / PLAN_FILE).is_file()), None)
    if home is None:
        raise DxplanError(
            Text("例の計画が、dxplan と一緒に入っていません", "the example was not installed with dxplan"),
            Text("dxplan を入れ直す", "install dxplan again"),
        )
    years = sorted((home / ACTUALS_FOLDER).glob("[!.~]*.yaml"))
    return (
        *_schemas(schemas, "docs/schema"),
        *(
            File(
                f"{DEFAULT_FOLDER}/{ACTUALS_FOLDER}/{path.name}",
                path.read_bytes(),
                Text(f"{path.stem} の実績", f"the actuals of {path.stem}"),
            )
            for path in years
        ),
        File(_PLAN, (home / PLAN_FILE).read_bytes(), Text("江東区DX推進計画", "the plan of Koto City")),
    )


_PACKAGE = Path(dxplan.__file__).parent
_EXAMPLE_HOMES = (_PACKAGE / "example", _PACKAGE.parent / DEFAULT_FOLDER)
"""In a wheel beside the code; in a checkout, also installed as editable, where the repository keeps its plan."""

_TEXTS = Path(__file__).parent / "templates"
_BLANK = re.compile(r"⟪(\w+)⟫")


def _schemas(schemas: Mapping[str, str], folder: str) -> tuple[File, ...]:
    """Return the schemas that the lines for editors, at the head of the data, lead to."""
    purpose = Text("エディターの補完に使うJSON Schema", "JSON Schema, for editors")
    return tuple(
        File(f"{folder}/{_schema_file(kind)}", schema.encode("utf-8"), purpose) for kind, schema in schemas.items()
    )


def _schema_file(kind: str) -> str:
    return f"{kind}.schema.json"


def _filled(template: str, words: Mapping[str, str]) -> bytes:
    text = (_TEXTS / template).read_text(encoding="utf-8")
    return _BLANK.sub(lambda blank: words[blank[1]], text).encode("utf-8")


def _words(told: Told) -> dict[str, str]:
    """Return what stands in the templates' blanks."""
    years = span(told.first, told.last)
    shown = years if len(years) <= _MAX_SHOWN else (told.first, told.last)
    rising, falling, total = (
        {year: number(year.western - told.first.western, len(years)) for year in shown}
        for number in (_rising, _falling, _total)
    )
    next_stage = f", {told.first + 1}: [支所, 出先機関]" if len(years) > 1 else ""
    return {
        "version": dxplan.__version__,
        "heading": escape(told.title),
        "owner": escape(told.name),
        "title": scalar(told.title),
        "organization": organization(told.name, told.code),
        "adopted": f"{told.first.western}-03",
        "period": f"{{from: {told.first}, to: {told.last}}}",
        "before": str(told.first - 1),
        "first": str(told.first),
        "span": f"{told.first}-{told.last}" if len(years) > 1 else str(told.first),
        "stages": f"{{{told.first}: 本庁舎{next_stage}}}",
        "rising": _by_year(rising),
        "falling": _by_year(falling),
        "total": _by_year(total),
        "rising_first": str(rising[told.first]),
        "falling_first": str(falling[told.first]),
        "year": told.first.ja,
        "last_day": told.first.last_day.isoformat(),
        "years": f"{told.first.ja}～{told.last.ja}" if len(years) > 1 else told.first.ja,
    }


_MAX_SHOWN = 10
"""Targets for each of so many years fit in a line; of a longer plan the first and the last year are enough."""


def _rising(passed: int, years: int) -> int:
    return 100 - 60 * (years - 1 - passed) // max(years - 1, 1)


def _falling(passed: int, years: int) -> int:
    return 10 + 10 * (years - 1 - passed) // max(years - 1, 1)


def _total(passed: int, _years: int) -> int:
    return 20 * (passed + 1)


def _by_year(numbers: Mapping[FiscalYear, int]) -> str:
    return "{" + ", ".join(f"{year}: {number}" for year, number in numbers.items()) + "}"
