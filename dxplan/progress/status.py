"""The state of a plan in one fiscal year: every indicator judged, every initiative counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import Actuals
from dxplan.model.plan import Action, Indicator, Initiative, Plan, Relisted, Target, Viewpoint
from dxplan.model.values import Result, Series, ValueState
from dxplan.progress.achievement import (
    Achievement,
    NoRate,
    Reason,
    Verdict,
    achievement,
    only_rounds_to_whole,
    progress,
    verdict,
)
from dxplan.progress.measured import Measured, NotMeasured, measured
from dxplan.project import IndicatorEntry, Project


class YearValue(NamedTuple):
    """One year of an indicator's history."""

    year: FiscalYear
    target: Target | None
    measured: Measured | NotMeasured
    achievement: Achievement
    verdict: Verdict


class IndicatorStatus(NamedTuple):
    """One indicator in the year in question."""

    indicator: Indicator
    viewpoint: Viewpoint | None
    initiative: Initiative | None
    now: YearValue
    progress: Achievement
    """Progress to the plan's last target."""
    next_target: Target | None
    history: tuple[YearValue, ...]
    """Every year of the period."""

    @property
    def change(self) -> Decimal | NoRate:
        """The value less the baseline's, or why it cannot be told."""
        baseline = self.indicator.baseline
        if isinstance(self.now.measured, NotMeasured):
            return NoRate(self.now.measured.reason)
        return NoRate(Reason.NO_BASELINE) if baseline is None else self.now.measured.value - baseline.value


class InitiativeStatus(NamedTuple):
    """One initiative in the year in question; relisted actions are not counted."""

    initiative: Initiative
    viewpoint: Viewpoint
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


def rounded_to_whole(each: IndicatorStatus, decimals: int, years: Iterable[YearValue]) -> bool:
    """Whether any rate shown of ``each`` and these years is 100 % only by rounding."""
    results = (each.progress, *(past.achievement for past in years))
    return any(only_rounds_to_whole(result, decimals) for result in results)


class Summary(NamedTuple):
    """Counts over the indicators; what has no value is in none of ``met`` and ``not_met``."""

    met: int
    not_met: int
    unreported: int
    """Indicators of any kind with nothing reported for the year."""
    without_value: int
    """Those with a stated reason instead of a value (集計中, 対象外, …), or whose total is unknown."""
    monitoring: int
    without_target: int
    """Indicators that have targets, but none for this year."""

    @property
    def judged(self) -> int:
        """Number of targets that could be judged."""
        return self.met + self.not_met


class Status(NamedTuple):
    """The whole plan in one fiscal year."""

    plan: Plan
    year: FiscalYear
    indicators: tuple[IndicatorStatus, ...]
    initiatives: tuple[InitiativeStatus, ...]
    summary: Summary

    def by_viewpoint(self) -> Iterator[tuple[Viewpoint | None, list[IndicatorStatus], list[InitiativeStatus]]]:
        """Yield what hangs on the plan itself (None), then each viewpoint's own; nothing where there is nothing."""
        for viewpoint in (None, *self.plan.viewpoints):
            indicators = [each for each in self.indicators if each.viewpoint is viewpoint]
            initiatives = [each for each in self.initiatives if each.viewpoint is viewpoint]
            if indicators or initiatives:
                yield viewpoint, indicators, initiatives

    @property
    def rounds_to_whole(self) -> bool:
        """Whether any rate shown for the year is 100 % only by rounding."""
        return any(rounded_to_whole(each, self.plan.decimals, [each.now]) for each in self.indicators)

    @property
    def next_year(self) -> FiscalYear | None:
        """The year after, or None after the plan's last."""
        return following(self.plan, self.year)


def latest_reported_year(project: Project) -> FiscalYear:
    """Return the latest year with a reported value or result; the period's first year where there is none yet."""
    period = project.plan.period
    reported = [year for year, actuals in project.actuals.items() if period.holds(year) and _has_report(actuals)]
    return max(reported, default=period.first)


def _has_report(actuals: Actuals) -> bool:
    return any(actual.state is ValueState.REPORTED for actual in actuals.indicators.values()) or any(
        result.result is not Result.UNREPORTED for result in actuals.actions.values()
    )


def status(project: Project, year: FiscalYear, viewpoint: str | None = None) -> Status:
    """Judge the plan in ``year``; with ``viewpoint``, only what hangs on the viewpoint of that id."""
    indicators = tuple(
        indicator_status(project, entry, year)
        for entry in project.indicators
        if viewpoint is None or (entry.viewpoint is not None and entry.viewpoint.id == viewpoint)
    )
    initiatives = tuple(
        _initiative_status(project, entry.initiative, entry.viewpoint, year)
        for entry in project.initiatives
        if viewpoint is None or entry.viewpoint.id == viewpoint
    )
    return Status(project.plan, year, indicators, initiatives, _summary(indicators))


def indicator_status(project: Project, entry: IndicatorEntry, year: FiscalYear) -> IndicatorStatus:
    """Judge one indicator in ``year``, with its whole history."""
    indicator = entry.indicator
    period = project.plan.period
    years = span(period.first, period.last)
    history = tuple(_year_value(project, indicator, each) for each in years)
    now = history[years.index(year)] if year in years else _year_value(project, indicator, year)
    if indicator.monitoring:
        onward: Achievement = NoRate(Reason.MONITORING)
    elif isinstance(now.measured, NotMeasured):
        onward = NoRate(now.measured.reason)
    else:
        cumulative = indicator.series is Series.CUMULATIVE
        onward = progress(indicator, now.measured.value, cumulative=cumulative)
    next_year = following(project.plan, year)
    next_target = None if next_year is None else indicator.targets.get(next_year)
    return IndicatorStatus(indicator, entry.viewpoint, entry.initiative, now, onward, next_target, history)


def _year_value(project: Project, indicator: Indicator, year: FiscalYear) -> YearValue:
    value = measured(indicator, year, project.plan.period.first, project.actuals)
    target = indicator.targets.get(year)
    if indicator.monitoring or target is None:
        reason = Reason.MONITORING if indicator.monitoring else Reason.NO_TARGET
        return YearValue(year, target, value, NoRate(reason), Verdict.UNDECIDED)
    if isinstance(value, NotMeasured):
        return YearValue(year, target, value, NoRate(value.reason), Verdict.UNDECIDED)
    judged = verdict(indicator.direction, value.value, target)
    return YearValue(year, target, value, achievement(indicator, value.value, target), judged)


def _initiative_status(
    project: Project, initiative: Initiative, viewpoint: Viewpoint, year: FiscalYear
) -> InitiativeStatus:
    actions = [item for item in initiative.actions if isinstance(item, Action)]
    actuals = project.actuals.get(year)
    results = tuple(
        actuals.actions[action.id].result if actuals and action.id in actuals.actions else Result.UNREPORTED
        for action in actions
        if action.schedule.covers(year)
    )
    next_year = following(project.plan, year)
    planned_next = 0 if next_year is None else sum(action.schedule.covers(next_year) for action in actions)
    relisted = sum(isinstance(item, Relisted) and item.relisted in project.due(year) for item in initiative.actions)
    return InitiativeStatus(initiative, viewpoint, results, planned_next, relisted)


def following(plan: Plan, year: FiscalYear) -> FiscalYear | None:
    """Return the year after ``year``, or None after the plan's last."""
    return year + 1 if year < plan.period.last else None


def _summary(indicators: Iterable[IndicatorStatus]) -> Summary:
    met = not_met = unreported = without_value = monitoring = without_target = 0
    for each in indicators:
        monitoring += each.indicator.monitoring
        without_target += each.now.target is None and not each.indicator.monitoring
        met += each.now.verdict is Verdict.MET
        not_met += each.now.verdict is Verdict.NOT_MET
        if isinstance(each.now.measured, NotMeasured):
            missing = each.now.measured.reason is Reason.UNREPORTED
            unreported += missing
            without_value += not missing
    return Summary(met, not_met, unreported, without_value, monitoring, without_target)
