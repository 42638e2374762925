"""Two files of actuals for one fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX303", "duplicate-year")


def check(project: Project) -> Iterator[Finding]:
    """Yield every file whose year another file, earlier by name, has already."""
    for year_file in project.year_files:
        if not year_file.knows_year:
            continue
        first = project.files_by_year[year_file.actuals.fiscal_year]
        if first is not year_file:
            year = year_file.actuals.fiscal_year
            yield Finding(
                Spot(year_file.file, ("fiscal_year",)),
                Text(f"{year} の実績のファイルが2つあります", f"two files hold the actuals of {year}"),
                Text("1つにまとめ、もう一方を消す", "merge them into one and delete the other"),
                (Note(Spot(first.file, ("fiscal_year",)), Text("もう一方はここ", "the other is here")),),
            )
