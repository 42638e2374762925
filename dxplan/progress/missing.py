"""What is not reported yet for a fiscal year, by the department that has to answer."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.model.department import Department
from dxplan.model.plan import Initiative, Plan, Viewpoint
from dxplan.model.values import Result, ValueState, YearState
from dxplan.progress.measured import entered_by
from dxplan.project import Project


class Kind(StrEnum):
    """What has to be reported."""

    INDICATOR = "indicator"
    ACTION = "action"


class Item(NamedTuple):
    """One thing that is not reported."""

    kind: Kind
    id: str
    part: str | None
    """The id of the part that is missing; None for the whole."""
    name: str
    part_name: str | None
    viewpoint: Viewpoint | None
    initiative: Initiative | None
    department: Department | None


class Missing(NamedTuple):
    """Everything that is not reported for a year."""

    plan: Plan
    year: FiscalYear
    items: tuple[Item, ...]
    """In the plan's order."""
    due: int
    """Number of indicators and actions that are due in the year."""
    state: YearState | None
    """The state of the year's file; None where there is none yet."""

    def by_department(self) -> Iterator[tuple[str | None, list[Item]]]:
        """Yield each lead department with what it owes, in the plan's order; None, for nobody named, comes last."""
        leads = dict.fromkeys(item.department.lead if item.department else None for item in self.items)
        for lead in sorted(leads, key=lambda each: each is None):
            yield lead, [item for item in self.items if (item.department.lead if item.department else None) == lead]


def missing(project: Project, year: FiscalYear, viewpoint: str | None = None) -> Missing:
    """Return what is not reported for ``year``: indicators or their parts, and actions due or carried over into it.

    With ``viewpoint``, only what hangs on the viewpoint of that id.
    """
    items, due = [], 0
    for entry in project.indicators:
        if not entry.lasts(year) or not _hangs_on(entry.viewpoint, viewpoint):
            continue
        due += 1
        names = {part.id: part.name for part in entry.indicator.parts}
        for part, actual in entered_by(entry.indicator, year, project.actuals):
            if actual.state is ValueState.UNREPORTED:
                name = entry.indicator.name_in(year)
                hung = entry.viewpoint, entry.initiative, entry.department
                items.append(Item(Kind.INDICATOR, entry.indicator.id, part, name, names[part] if part else None, *hung))
    actuals = project.actuals.get(year)
    for each in project.actions:
        result = actuals.actions.get(each.action.id) if actuals else None
        is_carried_over = result is not None and not each.is_due(year)  # in the file, though not scheduled
        if not (each.is_due(year) or is_carried_over) or not _hangs_on(each.viewpoint, viewpoint):
            continue
        due += 1
        if result is None or result.result is Result.UNREPORTED:
            hung = each.viewpoint, each.initiative, each.department
            items.append(Item(Kind.ACTION, each.action.id, None, each.action.title_in(year), None, *hung))
    return Missing(project.plan, year, tuple(items), due, actuals.state if actuals else None)


def _hangs_on(viewpoint: Viewpoint | None, wanted: str | None) -> bool:
    return wanted is None or (viewpoint is not None and viewpoint.id == wanted)
