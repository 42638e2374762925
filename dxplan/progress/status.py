"""The state of a plan in one fiscal year: every indicator judged, every initiative counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import Actuals, PartActual
from dxplan.model.department import Department
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Initiative, Plan, Relisted, Viewpoint
from dxplan.model.target import TargetValue
from dxplan.model.values import Judged, Result, ValueState
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
from dxplan.progress.grading import (
    Distribution,
    Figures,
    Graded,
    NoGrade,
    distribution,
    grade,
    grade_together,
    grading_in,
)
from dxplan.progress.measured import Measured, Measurement, NotMeasured, Stage, entered_by, measured, part_measured
from dxplan.progress.outlook import Outlook, Point, outlook
from dxplan.progress.terms import Against, Form, Terms, first_year, form_of, part_of, share_decimals, terms
from dxplan.project import IndicatorEntry, InitiativeEntry, Project


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


class InitiativeStatus(NamedTuple):
    """One initiative in the year in question; relisted actions are not counted."""

    initiative: Initiative
    title: str
    """What it was called in that year."""
    viewpoint: Viewpoint
    department: Department | None
    results: tuple[Result, ...]
    """The result of each action that was due."""
    planned_next: int
    """Number of actions due in the following year."""
    relisted: int
    """Number of relisted actions that were due."""

    @property
    def scheduled(self) -> int:
        """Number of actions that were due."""
        return len(self.results)

    @property
    def carried_out(self) -> int:
        """Number of due actions that were done, or are going on."""
        return sum(result in (Result.DONE, Result.ONGOING) for result in self.results)


def rounded_to_whole(each: IndicatorStatus, years: Iterable[YearValue]) -> bool:
    """Whether any rate shown of ``each`` and these years is 100 % only by rounding."""
    results = (each.progress, *(past.achievement for past in years))
    return any(only_rounds_to_whole(result, each.form) for result in results)


class Summary(NamedTuple):
    """Counts over the indicators, and over parts that are judged apart.

    What has no value is in none of ``met`` and ``not_met``, nor is what is held against an expected value.
    """

    met: int
    not_met: int
    expected_met: int
    """Without a target for this year, but at or past its expected value (目安値)."""
    expected_not_met: int
    unjudged: int
    """Milestones reported that nobody has judged yet."""
    unreported: int
    """Indicators of any kind with nothing reported for the year, or not all of their parts."""
    without_value: int
    """Those with a stated reason instead of a value (集計中, 対象外, …), or whose total is unknown."""
    monitoring: int
    without_target: int
    """Indicators that have targets, but neither target nor expected value for this year."""

    @property
    def judged(self) -> int:
        """Number of targets that could be judged."""
        return self.met + self.not_met

    @property
    def expected_judged(self) -> int:
        """Number of expected values that could be judged."""
        return self.expected_met + self.expected_not_met


class Section(NamedTuple):
    """What is shown together."""

    viewpoint: Viewpoint | None
    """The viewpoint it hangs on; None for the plan itself, or where the whole is ranked."""
    indicators: tuple[IndicatorStatus, ...]
    initiatives: tuple[InitiativeStatus, ...]


class Status(NamedTuple):
    """The whole plan in one fiscal year."""

    plan: Plan
    year: FiscalYear
    indicators: tuple[IndicatorStatus, ...]
    initiatives: tuple[InitiativeStatus, ...]
    summary: Summary
    grades: Distribution | None
    """None where the plan gives no grades in this year."""
    viewpoint: str | None = None
    """The id of the only viewpoint that is shown; None for the whole plan."""
    only: str | None = None
    """What alone is shown (`selection.Only`); None for everything."""
    order: str | None = None
    """The order of the indicators (`selection.Order`), no longer under their viewpoints; None for the plan's own."""

    def sections(self) -> Iterator[Section]:
        """Yield what hangs on the plan itself, then each viewpoint's own; what is ranked in one; nothing empty."""
        if self.order is not None:
            if self.indicators or self.initiatives:
                yield Section(None, self.indicators, self.initiatives)
            return
        for viewpoint in (None, *self.plan.viewpoints):
            indicators = tuple(each for each in self.indicators if each.viewpoint is viewpoint)
            initiatives = tuple(each for each in self.initiatives if each.viewpoint is viewpoint)
            if indicators or initiatives:
                yield Section(viewpoint, indicators, initiatives)

    def rounds_to_whole(self, *, before: bool) -> bool:
        """Whether any rate of the year, or with ``before`` of the year before it, is 100 % only by rounding."""
        shown = (unit for each in self.indicators for unit in (each, *each.parts))
        return any(
            rounded_to_whole(each, [each.now, *([each.previous] if before and each.previous else [])]) for each in shown
        )

    @property
    def next_year(self) -> FiscalYear | None:
        """The year after, or None after the plan's last."""
        return following(self.plan, self.year)


def latest_reported_year(project: Project) -> FiscalYear:
    """Return the latest year with a reported value or result; the period's first year where there is none yet."""
    period = project.plan.period
    reported = [year for year, actuals in project.actuals.items() if period.holds(year) and has_report(actuals)]
    return max(reported, default=period.first)


def has_report(actuals: Actuals) -> bool:
    """Whether a value or a result is reported for the year."""
    return any(actual.is_reported for actual in actuals.indicators.values()) or any(
        result.result is not Result.UNREPORTED for result in actuals.actions.values()
    )


def status(project: Project, year: FiscalYear, viewpoint: str | None = None) -> Status:
    """Judge the plan in ``year``; with ``viewpoint``, only what hangs on the viewpoint of that id."""
    indicators = tuple(
        indicator_status(project, entry, year)
        for entry in project.indicators
        if entry.lasts(year)
        and (viewpoint is None or (entry.viewpoint is not None and entry.viewpoint.id == viewpoint))
    )
    initiatives = tuple(
        _initiative_status(project, entry, year)
        for entry in project.initiatives
        if entry.initiative.lasts(year) and (viewpoint is None or entry.viewpoint.id == viewpoint)
    )
    grading = grading_in(project.plan, year)
    decimals = 1 if project.plan.decimals is None else project.plan.decimals
    grades = [unit.now.grade for each in indicators for unit in units(each)]
    return Status(
        project.plan,
        year,
        indicators,
        initiatives,
        _summary(indicators),
        distribution(grading, [each for each in grades if each is not None], decimals) if grading else None,
        viewpoint,
    )


def units(each: IndicatorStatus) -> tuple[IndicatorStatus, ...]:
    """Return what is counted of an indicator: itself, or its parts where they are judged apart."""
    return each.parts if each.judged_apart else (each,)


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
    if indicator.monitoring or not isinstance(now.measured, Measured) or final_year is None:
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
        known = [Point(each.year, each.measured.exact) for each in history if isinstance(each.measured, Measured)]
        start = known[0] if known else None
    return outlook(Point(now.year, now.measured.exact), start, Point(final_year, goal.number))


def _initiative_status(project: Project, entry: InitiativeEntry, year: FiscalYear) -> InitiativeStatus:
    initiative = entry.initiative
    actions = [each for each in project.actions if each.initiative is initiative]
    actuals = project.actuals.get(year)
    results = tuple(
        actuals.actions[each.action.id].result if actuals and each.action.id in actuals.actions else Result.UNREPORTED
        for each in actions
        if each.is_due(year)
    )
    next_year = following(project.plan, year)
    planned_next = 0 if next_year is None else sum(each.is_due(next_year) for each in actions)
    relisted = sum(isinstance(item, Relisted) and item.relisted in project.due(year) for item in initiative.actions)
    return InitiativeStatus(
        initiative, initiative.title_in(year), entry.viewpoint, entry.department, results, planned_next, relisted
    )


def following(plan: Plan, year: FiscalYear) -> FiscalYear | None:
    """Return the year after ``year``, or None after the plan's last."""
    return year + 1 if year < plan.period.last else None


def _summary(indicators: Iterable[IndicatorStatus]) -> Summary:
    counts = dict.fromkeys(Summary._fields, 0)
    for each in indicators:
        counts["unreported"] += bool(each.unreported)
        counts["monitoring"] += each.indicator.monitoring
        for unit in units(each):
            now = unit.now
            if now.verdict is not Verdict.UNDECIDED:
                counts[("" if unit.against is Against.TARGET else "expected_") + now.verdict.value] += 1
            elif _waits_for_a_person(unit):
                counts["unjudged"] += 1
            counts["without_value"] += not unit.unreported and _lacks_a_value(unit)
            counts["without_target"] += now.achievement == NoRate(Reason.NO_TARGET)
    return Summary(**counts)


def _lacks_a_value(unit: IndicatorStatus) -> bool:
    """Whether a reason stands in place of a value to judge, its own or that of a part that leaves it undecided."""
    now = unit.now
    if unit.indicator.has_targets_in_parts:
        missing = any(isinstance(each.now.measured, NotMeasured) for each in unit.parts)
        return missing and now.verdict is Verdict.UNDECIDED
    if not isinstance(now.measured, NotMeasured):
        return False
    return now.measured.reason is not Reason.IN_PARTS or now.terms.against is not None


def _waits_for_a_person(unit: IndicatorStatus) -> bool:
    """Whether everything is reported, and a target in words leaves the verdict to a person."""
    carriers = unit.parts if unit.indicator.has_targets_in_parts else (unit,)
    if any(isinstance(each.now.measured, NotMeasured) for each in carriers):
        return False
    return any(each.now.target is not None and each.now.target.is_in_words for each in carriers)
