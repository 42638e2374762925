"""Grades (評価): the band that an unrounded figure falls into, unless a person gave another with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.model.grades import Band, Grading
from dxplan.model.plan import Plan
from dxplan.model.values import GradedBy
from dxplan.progress.achievement import Achievement, NoRate, Rate, Reason, achievement
from dxplan.progress.measured import Measured, Measurement
from dxplan.progress.terms import Terms, half_up


class Grade(NamedTuple):
    """A grade."""

    label: str
    figure: Fraction | None = None
    """The figure that it follows from, exact: 1 is 100 %; None where a person gave it, or no rate was needed."""
    reason: str | None = None
    """Why a person gave it; None where it follows from the figure."""

    @property
    def by_hand(self) -> bool:
        """Whether a person gave it."""
        return self.reason is not None


class NoGrade(NamedTuple):
    """No grade, and why."""

    reason: Reason


Graded = Grade | NoGrade


def grading_in(plan: Plan, year: FiscalYear) -> Grading | None:
    """Return the bands that apply in ``year``: the latest that began by then; None where there are none."""
    begun = [each for each in plan.grades if each.first is None or each.first <= year]
    return max(begun, key=lambda each: each.first.western if each.first else 0, default=None)


class Figures(NamedTuple):
    """Everything that a year's grade may hang on."""

    unit: str
    terms: Terms
    measured: Measurement
    achievement: Achievement
    progress: Achievement


def grade(grading: Grading, plan: Plan, figures: Figures) -> Graded:
    """Return the grade of one indicator in one year."""
    return _by_hand(figures.measured) or _by_figures(grading, plan, figures)


def grade_together(grading: Grading, plan: Plan, whole: Measurement, parts: Iterable[Figures]) -> Graded:
    """Return the grade of parts that are judged together: the worst of those that have something to reach."""
    by_rate = grading.by is GradedBy.RATE
    aiming = [part for part in parts if (part.terms.against if by_rate else part.terms.final) is not None]
    graded = [_by_figures(grading, plan, part) for part in aiming]
    missing = next((each for each in graded if isinstance(each, NoGrade)), None)
    given = [each for each in graded if isinstance(each, Grade)]
    places = {band.label: place for place, band in enumerate(grading.bands)}
    worst = max(given, key=lambda each: (places[each.label], -(each.figure or 0)), default=NoGrade(Reason.NO_TARGET))
    return _by_hand(whole) or missing or worst


def _by_hand(measured: Measurement) -> Grade | None:
    actual = measured.actual
    return None if actual.grade is None else Grade(actual.grade, reason=actual.reason or "")


def _by_figures(grading: Grading, plan: Plan, figures: Figures) -> Graded:
    figure = _figure(grading, plan, figures)
    if isinstance(figure, NoRate):
        compared = _compared(grading, figures)
        return NoGrade(figure.reason) if compared is None else _banded(grading, compared, full=False, exact=None)
    target = figures.terms.target
    full = target is not None and target.number == _FULL and figures.unit in _PER_CENT
    return _banded(grading, figure.value, full=full, exact=figure.value)


def _figure(grading: Grading, plan: Plan, figures: Figures) -> Achievement:
    match grading.by:
        case GradedBy.RATE:
            return figures.achievement
        case GradedBy.FINAL:
            return against_final(figures.terms, figures.measured, otherwise=figures.progress)
        case GradedBy.PROGRESS:
            return figures.progress
        case GradedBy.PRO_RATA:
            return pro_rata(figures.progress, plan, figures.terms)


def against_final(terms: Terms, measured: Measurement, *, otherwise: Achievement) -> Achievement:
    """Return how far the value reaches the final target by the indicator's own method, as it would the year's."""
    if not isinstance(measured, Measured) or terms.final is None:
        return otherwise
    return achievement(terms._replace(target=terms.final, expected=None, method=terms.final_method), measured.exact)


def _compared(grading: Grading, figures: Figures) -> Fraction | None:
    """Return 200, 100 or 0 % for better than the target, equal or worse, where nothing more is needed for a grade.

    That is where every bound is 100 %: 目標値以上、同等、未満 can be told without a rate, as for a target of 0.
    """
    goal = figures.terms.goal if grading.by is GradedBy.RATE else None
    if goal is None or goal.number is None or (goal.lower is None) == (goal.upper is None):
        return None
    if not isinstance(figures.measured, Measured) or any(band.bound not in (None, _FULL) for band in grading.bands):
        return None
    ahead = figures.measured.exact - goal.number if goal.upper is None else goal.number - figures.measured.exact
    return Fraction(2 if ahead > 0 else 0 if ahead < 0 else 1)


def _banded(grading: Grading, figure: Fraction, *, full: bool, exact: Fraction | None) -> Graded:
    for band in grading.bands:
        if not band.by_hand and _fits(band, figure * 100, full=full):
            return Grade(band.label, exact)
    return NoGrade(Reason.NO_BAND)


_FULL = Decimal(100)
_PER_CENT = frozenset(("%", "％", "パーセント"))


def _fits(band: Band, per_cent: Fraction, *, full: bool) -> bool:
    if full and band.full_target is not None:
        return per_cent >= band.full_target
    if band.over is not None:
        return per_cent > band.over
    return band.min is None or per_cent >= band.min


def pro_rata(progress: Achievement, plan: Plan, terms: Terms) -> Achievement:
    """Return the progress to the final target as a share of the time gone (多摩市: 20/40/60/80/100 % by year).

    Time runs in whole fiscal years, from the plan's first to the final target's.
    """
    if isinstance(progress, NoRate) or terms.final_year is None:
        return progress
    years = terms.final_year.western - plan.period.first.western + 1
    gone = min(terms.year.western - plan.period.first.western + 1, years)
    return Rate(progress.value * Fraction(years, gone), progress.method) if gone > 0 else NoRate(Reason.NO_TARGET)


class Share(NamedTuple):
    """How many indicators have a grade, and their share in per cent of all that have one."""

    label: str
    number: int
    share: Decimal


class Distribution(NamedTuple):
    """The grades given in a year; what has none is counted apart and is in no denominator."""

    grading: Grading
    """The bands in force."""
    shares: tuple[Share, ...]
    not_graded: int

    @property
    def adds_up(self) -> bool:
        """Whether the rounded shares make 100."""
        return not self.shares or sum(share.share for share in self.shares) == _FULL


def distribution(grading: Grading, grades: Iterable[Graded], decimals: int) -> Distribution:
    """Count ``grades`` in the order of the bands; shares are rounded half up, each by itself."""
    grades = list(grades)
    given = [each.label for each in grades if isinstance(each, Grade)]
    labels = dict.fromkeys([*(band.label for band in grading.bands), *given])
    shares = (
        Share(label, given.count(label), half_up(Fraction(given.count(label) * 100, len(given)), decimals))
        for label in labels
        if given
    )
    return Distribution(grading, tuple(shares), len(grades) - len(given))
