"""One initiative's actions against the fiscal years of the plan."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import ActionResult, Quantity
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
    """What is said of one year: a stage, places reached, an amount, notes."""

    year: FiscalYear
    stages: tuple[str, ...]
    quantity: Quantity | None
    notes: tuple[str, ...]


class Row(NamedTuple):
    """One line of the timeline."""

    id: str
    title: str
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
    viewpoint: Viewpoint
    years: tuple[FiscalYear, ...]
    rows: tuple[Row, ...]


def timeline(project: Project, entry: InitiativeEntry) -> Timeline:
    """Return the initiative's actions and relistings in the plan's order."""
    period = project.plan.period
    years = span(period.first, period.last)
    rows = []
    for listed in project.listings:
        if listed.initiative is not entry.initiative:
            continue
        if isinstance(listed, ActionEntry):
            rows.append(_row(project, listed.action, years))
        elif home := project.action_by_id.get(listed.relisted.relisted):
            rows.append(_relisted(project, listed, home, years))
    return Timeline(entry.initiative, entry.viewpoint, years, tuple(rows))


def _row(project: Project, action: Action, years: tuple[FiscalYear, ...]) -> Row:
    before = project.action_by_id.get(action.continues) if action.continues else None
    return Row(
        action.id,
        action.title,
        None,
        before.action if before else None,
        tuple(_year(project, action, year) for year in years),
        tuple(detail for year in years for detail in _detail(project, action, year)),
        action.note,
    )


def _relisted(project: Project, entry: RelistedEntry, home: ActionEntry, years: tuple[FiscalYear, ...]) -> Row:
    row = _row(project, home.action, years)
    title = entry.relisted.title or home.action.title
    return row._replace(title=title, home=home.initiative, continues=None, details=(), notes=entry.relisted.note)


def _year(project: Project, action: Action, year: FiscalYear) -> Result | Due:
    schedule = action.schedule
    reported = _reported(project, action, year)
    if reported is not None and reported.result is not Result.UNREPORTED:
        return reported.result
    if not schedule.covers(year):
        return Due.NO
    if year in project.actuals:
        return Result.UNREPORTED
    return Due.CONTINUES if schedule.last is None and year > schedule.first else Due.PLANNED


def _detail(project: Project, action: Action, year: FiscalYear) -> tuple[Detail, ...]:
    stages = tuple(action.schedule.stages.get(year, ()))
    reported = _reported(project, action, year)
    quantity, notes = (reported.quantity, reported.note) if reported else (None, ())
    return (Detail(year, stages, quantity, notes),) if stages or quantity or notes else ()


def _reported(project: Project, action: Action, year: FiscalYear) -> ActionResult | None:
    actuals = project.actuals.get(year)
    return actuals.actions.get(action.id) if actuals else None
