"""How a figure came about: the formula, every value in it with its place, the exact fraction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.diagnostics import Place, Route, Spot
from dxplan.fiscal_year import FiscalYear, span
from dxplan.language import Text
from dxplan.model.indicator import Indicator
from dxplan.model.values import Series
from dxplan.progress.achievement import FORMULAS, Rate
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.measured import Measured, adds_up
from dxplan.progress.terms import Terms, first_year, half_up, part_of
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


class _Subject(NamedTuple):
    """What is explained and where it stands: an indicator, or one part of it."""

    project: Project
    indicator: Indicator
    spot: Spot
    """Its place in the plan."""
    route: Route
    """Its place in each file of actuals."""

    def target(self, terms: Terms, year: FiscalYear) -> Place:
        """Return where the target of ``year`` stands that was in force then: itself, or what a revision says it was."""
        spot = self.project.year_value(self.spot.at("targets"), year)
        revision = self.indicator.targets[year].undone(terms.year)
        return self.project.place(spot if revision is None else spot.at("revisions", revision, "from"))

    def baseline(self, terms: Terms) -> Place:
        """Return where the baseline stands that was in force."""
        spot = self.spot.at("baseline")
        revision = self.indicator.baseline.undone(terms.year) if self.indicator.baseline else None
        return self.project.place(
            spot.at("value") if revision is None else spot.at("revisions", revision, "from", "value")
        )

    def reported(self, year: FiscalYear) -> Place | None:
        """Return where the year's value stands; None where parts make it up."""
        spot = Spot(self.project.files_by_year[year].file, self.route)
        keys = ("value", "of")
        within = next((spot.at(key) for key in keys if self.project.has(spot.at(key))), spot)
        return self.project.place(within)


def explain(project: Project, entry: IndicatorEntry, status: IndicatorStatus) -> tuple[Explanation, ...]:
    """Return how the year's achievement rate and the progress to the final target were computed, where they were.

    Where the parts of an indicator carry the targets, each part is to be explained by itself (`explain_part`).
    """
    if entry.indicator.has_targets_in_parts:
        return ()
    return _explain(_Subject(project, entry.indicator, entry.spot, ("indicators", entry.indicator.id)), status)


def explain_part(
    project: Project, entry: IndicatorEntry, number: int, status: IndicatorStatus
) -> tuple[Explanation, ...]:
    """Return the same for one part, counted from 0; ``status`` is the part's."""
    part = part_of(entry.indicator, entry.indicator.parts[number])
    route = ("indicators", entry.indicator.id, "parts", part.id)
    return _explain(_Subject(project, part, entry.spot.at("parts", number), route), status)


def _explain(subject: _Subject, status: IndicatorStatus) -> tuple[Explanation, ...]:
    terms, measured, year = status.now.terms, status.now.measured, status.now.year
    if not isinstance(measured, Measured):
        return ()
    actual = _actual(subject, year, measured)
    baseline = _baseline(subject, terms)
    explanations = []
    if isinstance(status.now.achievement, Rate) and (aim := _aim(subject, terms)) is not None:
        name = Text(f"{year.ja}の達成率", f"Achievement rate of {year.en}")
        explanations.append(_explanation(name, status.now.achievement, actual, aim, baseline))
    last = terms.final_year
    number = terms.final.number if terms.final is not None else None
    if isinstance(status.progress, Rate) and last is not None and number is not None:
        words = Text(f"最終目標値（{last}）", f"final target ({last})")
        target = Input("T", words, number, subject.target(terms, last))
        name = Text("最終目標進捗率", "Progress to the final target")
        explanations.append(_explanation(name, status.progress, actual, target, baseline))
    return tuple(explanations)


def _aim(subject: _Subject, terms: Terms) -> Input | None:
    """Return what the year is held against, and where it is written; an interpolated value is written nowhere."""
    year = terms.aim_year
    if terms.target is not None:
        if terms.target.number is None:
            return None
        name = Text(f"{year} の目標値", f"target for {year}")
        return Input("T", name, terms.target.number, subject.target(terms, year))
    if terms.expected is None:
        return None
    if terms.expected.interpolated:
        name = Text(f"{year} の目安値（直線で補ったもの）", f"expected value for {year} (interpolated)")
        return Input("T", name, terms.expected.value, None)
    place = subject.project.place(subject.project.year_value(subject.spot.at("expected"), year))
    return Input("T", Text(f"{year} の目安値", f"expected value for {year}"), terms.expected.shown, place)


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


def _actual(subject: _Subject, year: FiscalYear, measured: Measured) -> tuple[Input, ...]:
    """Return the actual, and of a total every year's amount that makes it up."""
    project, indicator = subject.project, subject.indicator
    value = measured.value if measured.counts is None else measured.exact
    if not adds_up(indicator):
        running = indicator.series is Series.CUMULATIVE
        name = Text("累計の実績値", "running total") if running else Text("実績値", "actual")
        if measured.counts is not None:
            part, whole = measured.counts
            name = Text(f"{name.ja}（{part:f}/{whole:f}）", f"{name.en} ({part:f} of {whole:f})")
        return (Input("A", name, value, subject.reported(year)),)
    first = first_year(project.plan, indicator)
    amounts = []
    for each in span(first, year):
        amount = measured.amounts[each.western - first.western]
        name = Text(f"{each} の実績", f"amount of {each}")
        if amount.counts is not None:
            part, whole = amount.counts
            name = Text(f"{name.ja}（{part:f}/{whole:f}）", f"{name.en} ({part:f} of {whole:f})")
        amounts.append(Input("", name, amount.value if amount.counts is None else amount.exact, subject.reported(each)))
    return (Input("A", Text("実績値の累計", "total of the actuals"), value, None), *amounts)


def _baseline(subject: _Subject, terms: Terms) -> tuple[Input, ...]:
    if terms.baseline is None or terms.baseline.value is None:
        return ()
    name = Text(f"基準値（{terms.baseline.year}）", f"baseline ({terms.baseline.year})")
    return (Input("B", name, terms.baseline.value, subject.baseline(terms)),)
