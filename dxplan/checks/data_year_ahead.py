"""An actual that says it is of a later year than the one it is reported for."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX311", "data-year-ahead")
PAGE = Page(
    what=Text(
        "実績値の年度（data_year）が、報告する年度（fiscal_year）より後です。",
        "The `data_year` of an actual is later than the `fiscal_year` that it is reported for.",
    ),
    why=Text(
        "data_year は、その年度の値がまだないときに、前の年度の値で報告するためのものです。"
        "後の年度の値なら、報告した年度の実績がないまま、ほかの年度の値が公表されます。",
        "`data_year` is for a year whose value is not there yet, so that an earlier one stands in. With a later one, "
        "the year is published with a value that is not its own.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: satisfaction, name: 窓口の満足度, unit: "%", direction: increase, targets: {R7: 80}}
# actuals/R7.yaml
indicators:
  satisfaction: {value: 78.2, data_year: R8}
""",
    good="""\
# plan.yaml
indicators:
  - {id: satisfaction, name: 窓口の満足度, unit: "%", direction: increase, targets: {R7: 80}}
# actuals/R7.yaml
indicators:
  satisfaction: {value: 78.2, data_year: R6}
""",
    fix=Text(
        "年度を書き間違えていれば直します。後の年度の値なら、その年度の実績のファイルに書きます。",
        "Correct the year if it is a slip. If the value is of a later year, write it into that year's file.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield actuals, also of parts, whose ``data_year`` lies after the file's year."""
    for year, year_file in project.certain_years.items():
        for id_, actual in year_file.actuals.indicators.items():
            spot = Spot(year_file.file, ("indicators", id_))
            if actual.data_year is not None and year < actual.data_year:
                yield _ahead(spot, actual.data_year, year)
            for part_id, part in actual.parts.items():
                if part.data_year is not None and year < part.data_year:
                    yield _ahead(spot.at("parts", part_id), part.data_year, year)


def _ahead(spot: Spot, data_year: FiscalYear, year: FiscalYear) -> Finding:
    return Finding(
        spot.at("data_year"),
        Text(
            f"値の年度 {data_year} が、報告する年度 {year} より後です",
            f"a value of {data_year} is reported for {year}, the earlier year",
        ),
        Text(
            f"data_year を {year} より前の年度に直すか、値を {data_year} の実績に書く",
            f"set `data_year` to a year before {year}, or write the value into the actuals of {data_year}",
        ),
    )
