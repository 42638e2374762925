"""How a figure came about: the formula, every value in it with its place, the exact fraction."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Place, Spot
from dxplan.fiscal_year import span
from dxplan.language import Text
from dxplan.model.plan import Range
from dxplan.model.values import Series
from dxplan.progress.achievement import FORMULAS, Rate
from dxplan.progress.measured import Measured, adds_up
from dxplan.progress.status import IndicatorStatus
from dxplan.project import IndicatorEntry, Project


class Input(NamedTuple):
    """One value of a formula and where it is written."""

    symbol: str
    """``A``, ``T`` or ``B``; empty for a part of a sum."""
    name: Text
    value: Decimal
    place: Place | None
    """Where it is written; a sum is written nowhere, its amounts are."""


class Explanation(NamedTuple):
    """One rate taken apart."""

    name: Text
    formula: str
    filled_in: str
    """The formula with its values: ``54 / 48``."""
    result: Rate
    inputs: tuple[Input, ...]


def explain(project: Project, entry: IndicatorEntry, status: IndicatorStatus) -> tuple[Explanation, ...]:
    """Return how the year's achievement rate and the progress to the final target were computed, where they were."""
    indicator, year = entry.indicator, status.now.year
    if not isinstance(status.now.measured, Measured) or not indicator.targets:
        return ()
    actual = _actual(project, entry, status, status.now.measured)
    baseline = _baseline(project, entry)
    explanations = []
    if isinstance(status.now.achievement, Rate) and isinstance(status.now.target, Decimal):
        target = Input(
            "T",
            Text(f"{year} の目標値", f"target for {year}"),
            status.now.target,
            project.place(project.year_value(entry.spot.at("targets"), year)),
        )
        name = Text(f"{year.ja}の達成率", f"Achievement rate of {year.en}")
        explanations.append(_explanation(name, status.now.achievement, actual, target, baseline))
    last = max(indicator.targets)
    final = indicator.targets[last]
    if isinstance(status.progress, Rate) and not isinstance(final, Range):
        target = Input(
            "T",
            Text(f"最終目標値（{last}）", f"final target ({last})"),
            final,
            project.place(project.year_value(entry.spot.at("targets"), last)),
        )
        name = Text("最終目標進捗率", "Progress to the final target")
        explanations.append(_explanation(name, status.progress, actual, target, baseline))
    return tuple(explanations)


def _explanation(
    name: Text, result: Rate, actual: tuple[Input, ...], target: Input, baseline: tuple[Input, ...]
) -> Explanation:
    formula = FORMULAS[result.method]
    used = (*actual, target, *(baseline if "B" in formula else ()))
    filled_in = formula
    for each in used:
        if each.symbol:
            value = f"{each.value:f}" if each.value >= 0 else f"({each.value:f})"
            filled_in = filled_in.replace(f"2{each.symbol}", f"2 × {value}").replace(each.symbol, value)
    return Explanation(name, formula, filled_in, result, used)


def _actual(project: Project, entry: IndicatorEntry, status: IndicatorStatus, measured: Measured) -> tuple[Input, ...]:
    """Return the actual, and of a total every year's amount that makes it up."""
    indicator, year = entry.indicator, status.now.year
    if not adds_up(indicator):
        place = project.place(_reported_at(project, indicator.id, project.files_by_year[year].file))
        name = (
            Text("累計の実績値", "running total") if indicator.series is Series.CUMULATIVE else Text("実績値", "actual")
        )
        return (Input("A", name, measured.value, place),)
    amounts = [
        Input(
            "",
            Text(f"{each} の実績", f"amount of {each}"),
            amount,
            project.place(_reported_at(project, indicator.id, project.files_by_year[each].file)),
        )
        for each in span(project.plan.period.first, year)
        if (amount := project.actuals[each].indicators[indicator.id].value) is not None
    ]
    total = Input("A", Text("実績値の累計", "total of the actuals"), measured.value, None)
    return (total, *amounts)


def _reported_at(project: Project, id_: str, file: str) -> Spot:
    spot = Spot(file, ("indicators", id_))
    return spot.at("value") if project.has(spot.at("value")) else spot


def _baseline(project: Project, entry: IndicatorEntry) -> tuple[Input, ...]:
    baseline = entry.indicator.baseline
    if baseline is None:
        return ()
    name = Text(f"基準値（{baseline.year}）", f"baseline ({baseline.year})")
    return (Input("B", name, baseline.value, project.place(entry.spot.at("baseline", "value"))),)
