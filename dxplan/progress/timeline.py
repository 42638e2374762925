"""One initiative's actions against the fiscal years of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import ActionResult
from dxplan.model.department import Department, Quantity
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Action, Initiative, Viewpoint
from dxplan.model.values import Result
from dxplan.project import ActionEntry, InitiativeEntry, Project, RelistedEntry


class Due(StrEnum):
    """What a year holds for an action of which nothing is reported."""

    NO = "no"
    PLANNED = "planned"
    CONTINUES = "continues"
    """Due without a stated end, after the first year."""


class Detail(NamedTuple):
    """What is said of one year: a stage, places reached, an amount, money, notes."""

    year: FiscalYear
    stages: tuple[str, ...]
    quantity: Quantity | None
    budget: Quantity | None
    settled: Quantity | None
    notes: tuple[str, ...]


class Row(NamedTuple):
    """One line of the timeline."""

    id: str
    title: str
    department: Department | None
    """Who answers for it, where that is another than for the initiative."""
    home: Initiative | None
    """The initiative that a relisted action belongs to; None for the initiative's own actions."""
    continues: Action | None
    """The action that this one takes up."""
    years: tuple[Result | Due, ...]
    """One for each year of the plan's period."""
    details: tuple[Detail, ...]
    notes: tuple[str, ...]


class Timeline(NamedTuple):
    """An initiative over the whole period."""

    initiative: Initiative
    title: str
    """What it was called in the year in question."""
    department: Department | None
    viewpoint: Viewpoint
    details: tuple[Detail, ...]
    """What is said of the initiative as a whole."""
    indicators: tuple[Indicator, ...]
    """Its indicators that are part of the plan in the year in question."""
    years: tuple[FiscalYear, ...]
    rows: tuple[Row, ...]


def timeline(project: Project, entry: InitiativeEntry, year: FiscalYear) -> Timeline:
    """Return the initiative's actions and relistings in the plan's order, called as they were in ``year``."""
    period, initiative = project.plan.period, entry.initiative
    years = span(period.first, period.last)
    rows = []
    for listed in project.listings:
        if listed.initiative is not initiative:
            continue
        if isinstance(listed, ActionEntry):
            row = _row(project, listed, years, year)
            same = listed.department == entry.department
            rows.append(row._replace(department=None) if same else row)
        elif home := project.action_by_id.get(listed.relisted.relisted):
            rows.append(_relisted(project, listed, home, years, year))
    return Timeline(
        initiative,
        initiative.title_in(year),
        entry.department,
        entry.viewpoint,
        tuple(detail for each in years for detail in _whole(project, initiative, each)),
        tuple(each for each in initiative.indicators if each.lasts(year)),
        years,
        tuple(rows),
    )


def _row(project: Project, entry: ActionEntry, years: tuple[FiscalYear, ...], year: FiscalYear) -> Row:
    action = entry.action
    before = project.action_by_id.get(action.continues) if action.continues else None
    return Row(
        action.id,
        action.title_in(year),
        entry.department,
        None,
        before.action if before else None,
        tuple(_year(project, entry, each) for each in years),
        tuple(detail for each in years for detail in _detail(project, action, each)),
        action.note,
    )


def _relisted(
    project: Project, entry: RelistedEntry, home: ActionEntry, years: tuple[FiscalYear, ...], year: FiscalYear
) -> Row:
    row = _row(project, home, years, year)
    title = entry.relisted.title or row.title
    return row._replace(
        title=title, department=None, home=home.initiative, continues=None, details=(), notes=entry.relisted.note
    )


def _year(project: Project, entry: ActionEntry, year: FiscalYear) -> Result | Due:
    schedule = entry.action.schedule
    reported = _reported(project, entry.action, year)
    if reported is not None and reported.result is not Result.UNREPORTED:
        return reported.result
    if not entry.is_due(year):
        return Due.NO
    if year in project.actuals:
        return Result.UNREPORTED
    return Due.CONTINUES if schedule.last is None and year > schedule.first else Due.PLANNED


def _detail(project: Project, action: Action, year: FiscalYear) -> Iterator[Detail]:
    reported = _reported(project, action, year)
    quantity, settled, notes = (reported.quantity, reported.settled, reported.note) if reported else (None, None, ())
    stages = tuple(action.schedule.stages.get(year, ()))
    budget = action.budget.get(year)
    if stages or quantity or budget or settled or notes:
        yield Detail(year, stages, quantity, budget, settled, notes)


def _whole(project: Project, initiative: Initiative, year: FiscalYear) -> Iterator[Detail]:
    actuals = project.actuals.get(year)
    said = actuals.initiatives.get(initiative.id) if actuals else None
    settled, notes = (said.settled, said.note) if said else (None, ())
    budget = initiative.budget.get(year)
    if budget or settled or notes:
        yield Detail(year, (), None, budget, settled, notes)


def _reported(project: Project, action: Action, year: FiscalYear) -> ActionResult | None:
    actuals = project.actuals.get(year)
    return actuals.actions.get(action.id) if actuals else None
