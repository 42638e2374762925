"""A result reported for an action that was not due that year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.values import Result
from dxplan.project import Project

RULE = Rule("DX306", "result-not-scheduled")

_CARRIED_OVER = frozenset((Result.PARTIAL, Result.NOT_STARTED, Result.POSTPONED))


def check(project: Project) -> Iterator[Finding]:
    """Yield results of years for which the action is neither scheduled nor carried over from the year before."""
    for year_file in project.year_files:
        if not year_file.knows_year:
            continue
        year = year_file.actuals.fiscal_year
        for id_, reported in year_file.actuals.actions.items():
            entry = project.action_by_id.get(id_)
            if entry is None or reported.result is Result.UNREPORTED or entry.action.schedule.covers(year):
                continue
            if not _carried_over(project, id_, year):
                yield Finding(
                    Spot(year_file.file, ("actions", id_)).as_key(),
                    Text(
                        f"事業「{id_}」は {year} に予定されていません",
                        f"action `{id_}` was not scheduled for {year}",
                    ),
                    Text("計画の schedule か、この実績を直す", "mend the plan's `schedule`, or this result"),
                    (Note(entry.spot.at("schedule"), Text("予定はここ", "it is scheduled here")),),
                )


def _carried_over(project: Project, id_: str, year: FiscalYear) -> bool:
    before = project.actuals.get(year - 1)
    last = before.actions.get(id_) if before else None
    return last is not None and last.result in _CARRIED_OVER
