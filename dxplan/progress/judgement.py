"""One indicator judged: its values held against what each year was to bring, by what was in force in that year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import PartActual
from dxplan.model.department import Department
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Initiative, Plan, Viewpoint
from dxplan.model.target import TargetValue
from dxplan.model.values import Judged, ValueState
from dxplan.progress.achievement import (
    Achievement,
    NoRate,
    Rate,
    Reason,
    Verdict,
    achievement,
    is_worse,
    only_rounds_to_whole,
    progress,
    verdict,
)
from dxplan.progress.grading import Figures, Graded, NoGrade, grade, grade_together, grading_in
from dxplan.progress.measured import (
    Measured,
    Measurement,
    NotMeasured,
    Stage,
    adds_up,
    entered_by,
    measured,
    part_measured,
)
from dxplan.progress.outlook import Outlook, Point, outlook
from dxplan.progress.terms import Against, Form, Terms, first_year, form_of, part_of, share_decimals, terms
from dxplan.project import IndicatorEntry, Project


class YearValue(NamedTuple):
    """One year of an indicator's history, judged by what was in force in that year."""

    unit: str
    terms: Terms
    measured: Measurement
    achievement: Achievement
    verdict: Verdict
    progress: Achievement
    """Progress to the plan's last target."""
    worse: bool
    """Whether the value is worse than the baseline (悪化)."""
    grade: Graded | None
    """None where the plan gives no grades in this year."""

    @property
    def year(self) -> FiscalYear:
        """The fiscal year."""
        return self.terms.year

    @property
    def target(self) -> TargetValue | None:
        """The year's target."""
        return self.terms.target


class IndicatorStatus(NamedTuple):
    """One indicator, or one part of it, in the year in question."""

    indicator: Indicator
    name: str
    """What it was called in that year."""
    viewpoint: Viewpoint | None
    initiative: Initiative | None
    department: Department | None
    form: Form
    """How its rates are shown."""
    now: YearValue
    previous: YearValue | None
    """The year before; None in the first."""
    next_target: TargetValue | None
    history: tuple[YearValue, ...]
    """Every year of the period in which it is part of the plan, and the year in question."""
    outlook: Outlook | None
    """What lies ahead; None where there is no value, no final number, or no year left."""
    unreported: tuple[str | None, ...]
    """What is not reported for the year: the ids of parts, or None for the indicator itself."""
    parts: tuple[IndicatorStatus, ...] = ()
    is_part: bool = False

    @property
    def is_in_plan(self) -> bool:
        """Whether it is part of the plan in the year in question."""
        year = self.now.year
        return self.indicator.lasts(year) and (self.initiative is None or self.initiative.lasts(year))

    @property
    def progress(self) -> Achievement:
        """Progress to the plan's last target."""
        return self.now.progress

    @property
    def change(self) -> Decimal | NoRate:
        """The value less the baseline's, or why it cannot be told."""
        baseline = self.now.terms.baseline
        if isinstance(self.now.measured, NotMeasured):
            return NoRate(self.now.measured.reason)
        if isinstance(self.now.measured, Stage):
            return NoRate(Reason.MILESTONE)
        if baseline is None or baseline.value is None:
            return NoRate(Reason.NO_BASELINE)
        return self.now.measured.value - baseline.value

    @property
    def against(self) -> Against | None:
        """What the year is held against; where its parts carry the targets, theirs: a target, if any has one."""
        if not self.indicator.has_targets_in_parts:
            return self.now.terms.against
        if self.judged_apart:
            return None
        among = [part.now.terms.against for part in self.parts]
        return next((each for each in Against if each in among), None)

    @property
    def judged_apart(self) -> bool:
        """Whether its parts are targets of their own, and it is none itself."""
        return self.indicator.judged is Judged.APART and self.indicator.has_targets_in_parts


def rounded_to_whole(each: IndicatorStatus, years: Iterable[YearValue]) -> bool:
    """Whether any rate shown of ``each`` and these years is 100 % only by rounding."""
    results = (each.progress, *(past.achievement for past in years))
    return any(only_rounds_to_whole(result, each.form) for result in results)


def indicator_status(project: Project, entry: IndicatorEntry, year: FiscalYear) -> IndicatorStatus:
    """Judge one indicator in ``year``, with its whole history and its parts."""
    whole, plan = entry.indicator, project.plan
    first, decimals = plan.period.first, share_decimals(plan, whole)
    years = [each for each in span(first, plan.period.last) if entry.lasts(each) or each == year]
    parts = []
    for part in whole.parts:
        piece = part_of(whole, part)
        values = [part_measured(whole, piece, each, first, project.actuals, decimals) for each in years]
        judged = [_judge(plan, piece, each, value) for each, value in zip(years, values, strict=True)]
        parts.append(_status(entry, plan, piece, year, judged)._replace(is_part=True))
    values = [measured(whole, each, first, project.actuals, decimals) for each in years]
    own = [_judge(plan, whole, each, value) for each, value in zip(years, values, strict=True)]
    if whole.has_targets_in_parts:
        by_year = zip(*(part.history for part in parts), strict=True)
        own = [_by_parts(plan, whole, each, of) for each, of in zip(own, by_year, strict=True)]
    entered = entered_by(whole, year, project.actuals)
    return _status(entry, plan, whole, year, own)._replace(
        parts=tuple(parts), unreported=tuple(id_ for id_, each in entered if each.state is ValueState.UNREPORTED)
    )


def units(each: IndicatorStatus) -> tuple[IndicatorStatus, ...]:
    """Return what is counted of an indicator: itself, or its parts where they are judged apart."""
    return each.parts if each.judged_apart else (each,)


def _status(
    entry: IndicatorEntry, plan: Plan, indicator: Indicator, year: FiscalYear, history: list[YearValue]
) -> IndicatorStatus:
    by_year = {value.year: value for value in history}
    now = by_year[year]
    next_year = following(plan, year)
    next_target = indicator.targets[next_year].in_force(year) if next_year in indicator.targets else None
    return IndicatorStatus(
        indicator=indicator,
        name=indicator.name_in(year),
        viewpoint=entry.viewpoint,
        initiative=entry.initiative,
        department=entry.department,
        form=form_of(plan, indicator),
        now=now,
        previous=by_year.get(year - 1),
        next_target=next_target,
        history=tuple(history),
        outlook=_outlook(plan, indicator, now, history),
        unreported=(None,) if now.measured.actual.state is ValueState.UNREPORTED else (),
    )


def following(plan: Plan, year: FiscalYear) -> FiscalYear | None:
    """Return the year after ``year``, or None after the plan's last."""
    return year + 1 if year < plan.period.last else None


def _judge(plan: Plan, indicator: Indicator, year: FiscalYear, value: Measurement) -> YearValue:
    """Judge one year by what was in force in it."""
    now = terms(plan, indicator, year, _year_of_aim(plan, value, year))
    decided, worse = Verdict.UNDECIDED, False
    if indicator.monitoring:
        rate: Achievement = NoRate(Reason.MONITORING)
        onward = rate
    elif isinstance(value, NotMeasured):
        rate = onward = NoRate(value.reason)
        rate = rate if now.against is not None else NoRate(Reason.NO_TARGET)
    elif isinstance(value, Stage):
        rate = onward = NoRate(Reason.MILESTONE)
        decided = _by_person(value.actual) if now.target is not None else decided
    else:
        rate, onward = achievement(now, value.exact), progress(now, value.exact)
        decided = verdict(now.goal, value.exact)
        if now.target is not None and now.target.is_in_words:
            decided = _by_person(value.actual)
    if isinstance(value, Measured):
        worse = is_worse(now, value.exact)
    result = YearValue(indicator.unit, now, value, rate, decided, onward, worse, None)
    grading = grading_in(plan, year)
    return result if grading is None else result._replace(grade=grade(grading, plan, _figures(result)))


def _year_of_aim(plan: Plan, value: Measurement, year: FiscalYear) -> FiscalYear:
    """Return the year whose target the value is held against: that of the data, where the plan says so."""
    data_year = value.actual.data_year
    return year if data_year is None or not plan.data_year_targets else data_year


def _by_person(actual: PartActual) -> Verdict:
    if actual.met is None:
        return Verdict.UNDECIDED
    return Verdict.MET if actual.met else Verdict.NOT_MET


def _figures(value: YearValue) -> Figures:
    return Figures(value.unit, value.terms, value.measured, value.achievement, value.progress)


def _by_parts(plan: Plan, whole: Indicator, own: YearValue, parts: tuple[YearValue, ...]) -> YearValue:
    """Return the whole judged by its parts: together met when all are, at their lowest rate; apart not at all."""
    if whole.judged is Judged.APART:
        nothing = NoRate(Reason.IN_PARTS)
        grade_by_hand = own.grade if own.measured.actual.grade is not None else NoGrade(Reason.IN_PARTS)
        return own._replace(
            achievement=nothing,
            progress=nothing,
            verdict=Verdict.UNDECIDED,
            grade=None if own.grade is None else grade_by_hand,
        )
    judged = [part for part in parts if part.terms.against is not None]
    verdicts = {part.verdict for part in judged}
    grading = grading_in(plan, own.year)
    return own._replace(
        achievement=_lowest([part.achievement for part in judged]),
        progress=_lowest([part.progress for part in parts if part.terms.final is not None]),
        verdict=next((each for each in _WORST_FIRST if each in verdicts), own.verdict),
        worse=any(part.worse for part in parts),
        grade=grade_together(grading, plan, own.measured, map(_figures, parts)) if grading else None,
    )


_WORST_FIRST = (Verdict.NOT_MET, Verdict.UNDECIDED, Verdict.MET)


def _lowest(results: list[Achievement]) -> Achievement:
    """Return the lowest rate, or why one of them is not there."""
    missing = next((each for each in results if isinstance(each, NoRate)), None)
    rates = [each for each in results if isinstance(each, Rate)]
    return missing or min(rates, key=lambda each: each.value, default=NoRate(Reason.NO_TARGET))


def _outlook(plan: Plan, indicator: Indicator, now: YearValue, history: list[YearValue]) -> Outlook | None:
    goal, final_year = now.terms.final_goal, now.terms.final_year
    if indicator.monitoring or not isinstance(now.measured, Measured) or final_year is None or final_year <= now.year:
        return None
    if goal is None or goal.number is None:
        return None
    start = None
    baseline = now.terms.baseline
    if now.terms.cumulative:
        start = Point(first_year(plan, indicator) - 1, Fraction(0))
    elif baseline is not None and now.terms.base is not None:
        start = Point(baseline.year, Fraction(now.terms.base))
    else:
        known = (_point(indicator, each.year, each.measured) for each in history if isinstance(each.measured, Measured))
        start = next(known, None)
    return outlook(_point(indicator, now.year, now.measured), start, Point(final_year, goal.number))


def _point(indicator: Indicator, year: FiscalYear, value: Measured) -> Point:
    """Return a value and the year it is of: a late one that of its data, unless it is only the last of a sum."""
    late = value.actual.data_year
    return Point(year if late is None or adds_up(indicator) else late, value.exact)
