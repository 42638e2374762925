"""A target or a file of actuals for a year outside the plan's period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX301", "year-outside-period")


def check(project: Project) -> Iterator[Finding]:
    """Yield targets and actuals of years that the plan does not cover."""
    if not project.knows_period:
        return
    period = project.plan.period
    for entry in project.indicators:
        for year in entry.indicator.targets:
            if not period.holds(year):
                spot = project.year_key(entry.spot.at("targets"), year)
                yield Finding(spot, _outside(Text("目標値", "target"), year, project), _WAY_OUT)
    for year_file in project.year_files:
        year = year_file.actuals.fiscal_year
        if year_file.knows_year and not period.holds(year):
            yield Finding(
                Spot(year_file.file, ("fiscal_year",)), _outside(Text("実績", "actuals"), year, project), _WAY_OUT
            )


def _outside(what: Text, year: FiscalYear, project: Project) -> Text:
    first, last = project.plan.period.first, project.plan.period.last
    return Text(
        f"{what.ja}の年度 {year} は計画期間（{first}-{last}）の外です",
        f"{what.en} for {year}, which is outside the plan's period ({first}-{last})",
    )


_WAY_OUT = Text("年度か、計画期間（period）を直す", "mend the year, or the plan's `period`")
