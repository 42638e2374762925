"""The state of a plan in one fiscal year: what became of its indicators and its initiatives, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.model.actuals import Actuals
from dxplan.model.department import Department, Quantity
from dxplan.model.plan import Initiative, Plan, Relisted, Viewpoint
from dxplan.model.values import Result
from dxplan.progress.achievement import NoRate, Reason, Verdict
from dxplan.progress.grading import Distribution, distribution, grading_in
from dxplan.progress.judgement import IndicatorStatus, following, indicator_status, rounded_to_whole, units
from dxplan.progress.measured import NotMeasured
from dxplan.progress.terms import Against
from dxplan.project import InitiativeEntry, Project


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
    budget: Quantity | None
    """What was set aside for the year."""
    settled: Quantity | None
    """What was spent in the year."""

    @property
    def scheduled(self) -> int:
        """Number of actions that were due."""
        return len(self.results)

    @property
    def carried_out(self) -> int:
        """Number of due actions that were done, or are going on."""
        return sum(result in (Result.DONE, Result.ONGOING) for result in self.results)


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
    said = actuals.initiatives.get(initiative.id) if actuals else None
    return InitiativeStatus(
        initiative,
        initiative.title_in(year),
        entry.viewpoint,
        entry.department,
        results,
        planned_next,
        relisted,
        initiative.budget.get(year),
        said.settled if said else None,
    )


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
