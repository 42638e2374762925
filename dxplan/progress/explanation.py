"""How a figure came about: the formula, every value in it with its place, the exact fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.diagnostics import Place, Spot
from dxplan.fiscal_year import span
from dxplan.language import Text
from dxplan.model.values import Series
from dxplan.progress.achievement import FORMULAS, Rate
from dxplan.progress.measured import Measured, adds_up
from dxplan.progress.status import IndicatorStatus
from dxplan.progress.terms import Against, Terms, half_up
from dxplan.project import IndicatorEntry, Project


class Input(NamedTuple):
    """One value of a formula and where it is written."""

    symbol: str
    """``A``, ``T`` or ``B``; empty for a part of a sum."""
    name: Text
    value: Decimal | Fraction
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
    terms, measured, year = status.now.terms, status.now.measured, status.now.year
    if not isinstance(measured, Measured) or status.parts:
        return ()
    actual = _actual(project, entry, status, measured)
    baseline = _baseline(project, entry, terms)
    explanations = []
    if isinstance(status.now.achievement, Rate) and terms.goal is not None and terms.goal.number is not None:
        target = _aim(project, entry, terms, terms.goal.number)
        name = Text(f"{year.ja}の達成率", f"Achievement rate of {year.en}")
        explanations.append(_explanation(name, status.now.achievement, actual, target, baseline))
    last, final = terms.final_year, terms.final_goal
    if isinstance(status.progress, Rate) and last is not None and final is not None and final.number is not None:
        target = Input(
            "T",
            Text(f"最終目標値（{last}）", f"final target ({last})"),
            final.number,
            project.place(project.year_value(entry.spot.at("targets"), last)),
        )
        name = Text("最終目標進捗率", "Progress to the final target")
        explanations.append(_explanation(name, status.progress, actual, target, baseline))
    return tuple(explanations)


def _aim(project: Project, entry: IndicatorEntry, terms: Terms, number: Fraction) -> Input:
    """Return what the year is held against, and where it is written; an interpolated value is written nowhere."""
    year = terms.year
    match terms.against:
        case Against.EXPECTED:
            place = project.place(project.year_value(entry.spot.at("expected"), year))
            return Input("T", Text(f"{year} の目安値", f"expected value for {year}"), number, place)
        case Against.INTERPOLATED:
            name = Text(f"{year} の目安値（直線で補ったもの）", f"expected value for {year} (interpolated)")
            return Input("T", name, number, None)
    place = project.place(project.year_value(entry.spot.at("targets"), year))
    return Input("T", Text(f"{year} の目標値", f"target for {year}"), number, place)


def _explanation(
    name: Text, result: Rate, actual: tuple[Input, ...], target: Input, baseline: tuple[Input, ...]
) -> Explanation:
    formula = FORMULAS[result.method]
    used = (*actual, target, *(baseline if "B" in formula else ()))
    filled_in = formula
    for each in used:
        if each.symbol:
            value = exact_text(each.value)
            value = value if each.value >= 0 and "/" not in value else f"({value})"
            filled_in = filled_in.replace(f"2{each.symbol}", f"2 × {value}").replace(each.symbol, value)
    return Explanation(name, formula, filled_in, result, used)


def exact_text(value: Decimal | Fraction) -> str:
    """Return a value in full: its digits as written, or as a fraction where no digits are exact."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    digits, whole = 0, value.denominator
    for factor in (2, 5):
        power = 0
        while whole % factor == 0:
            whole //= factor
            power += 1
        digits = max(digits, power)
    return f"{half_up(value, digits):f}" if whole == 1 else f"{value.numerator}/{value.denominator}"


def _actual(project: Project, entry: IndicatorEntry, status: IndicatorStatus, measured: Measured) -> tuple[Input, ...]:
    """Return the actual, and of a total every year's amount that makes it up."""
    indicator, year = entry.indicator, status.now.year
    if not adds_up(indicator):
        place = project.place(_reported_at(project, indicator.id, project.files_by_year[year].file))
        name = (
            Text("累計の実績値", "running total") if indicator.series is Series.CUMULATIVE else Text("実績値", "actual")
        )
        if measured.counts is not None:
            part, total = measured.counts
            name = Text(f"実績値（{part:f}/{total:f}）", f"actual ({part:f} of {total:f})")
        return (Input("A", name, measured.value if measured.counts is None else measured.exact, place),)
    first = max(indicator.first or project.plan.period.first, project.plan.period.first)
    amounts = []
    for each in span(first, year):
        entered = project.actuals[each].indicators[indicator.id]
        place = project.place(_reported_at(project, indicator.id, project.files_by_year[each].file))
        if entered.value is not None:
            amounts.append(Input("", Text(f"{each} の実績", f"amount of {each}"), entered.value, place))
        elif entered.of is not None:
            part, whole = entered.of
            name = Text(f"{each} の実績（{part:f}/{whole:f}）", f"amount of {each} ({part:f} of {whole:f})")
            amounts.append(Input("", name, Fraction(part) / Fraction(whole), place))
    value = measured.value if measured.counts is None else measured.exact
    return (Input("A", Text("実績値の累計", "total of the actuals"), value, None), *amounts)


def _reported_at(project: Project, id_: str, file: str) -> Spot:
    spot = Spot(file, ("indicators", id_))
    return spot.at("value") if project.has(spot.at("value")) else spot


def _baseline(project: Project, entry: IndicatorEntry, terms: Terms) -> tuple[Input, ...]:
    if terms.baseline is None:
        return ()
    name = Text(f"基準値（{terms.baseline.year}）", f"baseline ({terms.baseline.year})")
    return (Input("B", name, terms.baseline.value, project.place(entry.spot.at("baseline", "value"))),)
