"""A file of actuals that is not named after its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.project import Project, file_of_year, year_of_file_name

RULE = Rule("DX302", "file-name-year")


def check(project: Project) -> Iterator[Finding]:
    """Yield files whose name is not exactly the short form of their year, such as ``R7.yaml``."""
    for year_file in project.year_files:
        if not year_file.knows_year:
            continue
        year = year_file.actuals.fiscal_year
        name = year_file.file.rsplit("/", 1)[-1]
        right = file_of_year(year)
        if name == right:
            continue
        named = year_of_file_name(name)
        hint = (
            Text(
                f"ファイル名を {right} にするか、fiscal_year を {named} に直す",
                f"rename it to {right}, or set fiscal_year to {named}",
            )
            if named is not None and named != year
            else Text(f"ファイル名を {right} にする", f"rename the file to {right}")
        )
        yield Finding(
            Spot(year_file.file, ("fiscal_year",)),
            Text(
                f"ファイル名「{name}」と年度 {year} が合いません",
                f"file name `{name}` does not match fiscal year {year}",
            ),
            hint,
        )
