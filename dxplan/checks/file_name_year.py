"""A file of actuals that is not named after its fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project, YearFile, file_of_year, year_of_file_name

RULE = Rule("DX302", "file-name-year")
PAGE = Page(
    what=Text(
        "実績のファイル名が、中に書かれた年度（fiscal_year）の短い書き方（R7.yaml など）になっていません。",
        "A file of actuals is not named after its `fiscal_year` in the short form, such as `R7.yaml`.",
    ),
    why=Text(
        "前の年度のファイルを写して年度を直し忘れると、令和8年度の実績が令和7年度として集計されます。",
        "When last year's file is copied and its year forgotten, the results of R8 are counted as those of R7.",
    ),
    bad="""\
# actuals/R8.yaml
fiscal_year: R7
""",
    good="""\
# actuals/R8.yaml
fiscal_year: R8
""",
    fix=Text(
        "中身がどの年度の実績かを確かめ、fiscal_year かファイル名を直します。"
        "ファイル名は R7.yaml の形（Rは大文字）にします。",
        "Find out which year the results are of, then correct `fiscal_year` or the name. Names look like `R7.yaml`, R "
        "in upper case.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield files whose name is not exactly the short form of their year, such as ``R7.yaml``."""
    by_name = {year_file.file: year_file for year_file in project.year_files}
    for year_file in project.year_files:
        if not year_file.knows_year:
            continue
        year = year_file.actuals.fiscal_year
        folder, name = year_file.file.rsplit("/", 1)
        right = file_of_year(year)
        taken = by_name.get(f"{folder}/{right}")
        if name == right or (taken and taken.actuals.fiscal_year == year and not year_file.contradicts_its_name):
            continue  # a second file for one year is duplicate-year's to report
        yield Finding(
            Spot(year_file.file, ("fiscal_year",)),
            Text(
                f"ファイル名「{name}」と年度 {year} が合いません",
                f"file name `{name}` does not match fiscal year {year}",
            ),
            _way_out(year_file, right, taken=taken is not None),
        )


def _way_out(year_file: YearFile, right: str, *, taken: bool) -> Text:
    named = year_of_file_name(year_file.file)
    if not year_file.contradicts_its_name:
        if taken:
            return Text(
                f"別の {right} がある。どちらが正しいか確かめ、1つにまとめる",
                f"there is another {right}; find out which is right and merge them",
            )
        return Text(f"ファイル名を {right} にする", f"rename the file to {right}")
    if taken:
        return Text(f"fiscal_year を {named} に直す", f"set fiscal_year to {named}")
    return Text(
        f"ファイル名を {right} にするか、fiscal_year を {named} に直す",
        f"rename it to {right}, or set fiscal_year to {named}",
    )
