"""Two files of actuals for one fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX303", "duplicate-year")
PAGE = Page(
    what=Text(
        "同じ年度の実績のファイルが2つ以上あります。",
        "Two or more files hold the actuals of one fiscal year.",
    ),
    why=Text(
        "2つのファイルで値が違うと、どちらを公表すべきか決められません。一方に書いた実績は集計に入りません。",
        "Where the two differ, nobody can tell which figure to publish. What stands in one of them is not counted.",
    ),
    bad="""\
# actuals/R7.yaml
fiscal_year: R7
# actuals/R07.yaml
fiscal_year: 令和7年度
""",
    good="""\
# actuals/R7.yaml
fiscal_year: R7
# actuals/R8.yaml
fiscal_year: 令和8年度
""",
    fix=Text(
        "正しい値を R7.yaml の形の名前のファイルにまとめ、もう一方を消します。",
        "Bring the right values together in the file named like `R7.yaml`, and delete the other.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield every file whose year another file has already; the one that is named as it should be comes first."""
    for year_file in project.year_files:
        if not year_file.knows_year or year_file.contradicts_its_name:
            continue
        year, first = year_file.year, project.files_by_year[year_file.year]
        if year_file is not first:
            yield Finding(
                Spot(year_file.file, ("fiscal_year",)),
                Text(f"{year} の実績のファイルがほかにもあります", f"another file holds the actuals of {year} too"),
                Text("1つにまとめ、もう一方を消す", "merge them into one and delete the other"),
                (Note(Spot(first.file, ("fiscal_year",)), Text("もう一方はここ", "the other is here")),),
            )
