"""A cumulative target or running total that is lower than the year before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.values import Entered, Series
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX404", "falling-total")


def check(project: Project) -> Iterator[Finding]:
    """Yield totals that fall from one known year to the next."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.series is not Series.CUMULATIVE:
            continue
        targets = [
            (year, target, project.year_value(entry.spot.at("targets"), year))
            for year, target in sorted(indicator.targets.items())
            if isinstance(target, Decimal)
        ]
        yield from _falls(entry, Text("累計の目標値", "cumulative target"), targets)
        if indicator.entered is Entered.RUNNING:
            totals = [
                (year, actual.value, Spot(file.file, ("indicators", indicator.id)))
                for year, file in project.files_by_year.items()
                if (actual := file.actuals.indicators.get(indicator.id)) and actual.value is not None
            ]
            yield from _falls(entry, Text("累計の実績値", "running total"), totals)


def _falls(entry: IndicatorEntry, what: Text, totals: list[tuple[FiscalYear, Decimal, Spot]]) -> Iterator[Finding]:
    for (before, higher, home), (year, lower, spot) in zip(totals, totals[1:], strict=False):
        if lower < higher:
            id_ = entry.indicator.id
            yield Finding(
                spot,
                Text(
                    f"「{id_}」の{what.ja}が {before} の {higher} から {year} の {lower} に減っています",
                    f"{what.en} of `{id_}` falls from {higher} in {before} to {lower} in {year}",
                ),
                Text(
                    "累計で書く。年度ごとの量なら series: annual（目標）か entered: yearly（実績）にする",
                    "write running totals; for yearly amounts use `series: annual` (targets) or `entered: yearly` (actuals)",
                ),
                (Note(home, Text(f"{before} の値", f"the value of {before}")),),
            )
