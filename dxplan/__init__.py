"""Validate a municipality's DX promotion plan kept as YAML, and compute how far it has come.

For scripts::

    from dxplan import FiscalYear, open_project

    project = open_project("data")
    actual = project.actuals[FiscalYear.parse("R7")].indicators["online-procedures"]
    print(actual.value)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dxplan.errors import DxplanError
from dxplan.fiscal_year import FiscalYear

if TYPE_CHECKING:
    from dxplan.project import Project

__all__ = ["DxplanError", "FiscalYear", "open_project"]
__version__ = "0.1.0"


def open_project(folder: str | os.PathLike[str]) -> Project:
    """Return the project in ``folder``: its plan and its actuals by year.

    Raises `DxplanError` where there is no such folder, or where a file cannot be read as the format demands; the
    message names the first fault, ``dxplan validate`` names them all. The rules that hold the files against each
    other are not run.
    """
    from pathlib import Path  # noqa: PLC0415 - `dxplan --version` needs neither files nor models

    from dxplan.project import load  # noqa: PLC0415

    loaded = load(Path(folder), os.fspath(folder))
    if loaded.project is None or loaded.errors:
        raise loaded.error()
    return loaded.project
