"""An action scheduled for years outside the plan's period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX305", "schedule-outside-period")


def check(project: Project) -> Iterator[Finding]:
    """Yield schedules that begin before the period or end after it."""
    if not project.knows_period:
        return
    period = project.plan.period
    for entry in project.actions:
        schedule = entry.action.schedule
        for year in (schedule.first, schedule.last):
            if year is not None and not period.holds(year):
                spot = entry.spot.at("schedule")
                yield Finding(
                    project.year_key(spot, year) if schedule.stages else spot,
                    Text(
                        f"実施年度 {year} は計画期間（{period.first}-{period.last}）の外です",
                        f"scheduled for {year}, which is outside the plan's period ({period.first}-{period.last})",
                    ),
                    Text(
                        "年度を直す。終わりを定めず続く事業は「R7-」のように書く",
                        "mend the year; an action with no stated end is written like `R7-`",
                    ),
                )
                break
