"""Two versions of a project, held side by side."""

from __future__ import annotations

from typing import NamedTuple

from dxplan.diagnostics import Spot
from dxplan.project import Project


class Pair(NamedTuple):
    """An earlier version and a later one."""

    before: Project
    now: Project

    def reads(self, then: Spot, today: Spot) -> bool:
        """Whether both versions could read all of it."""
        return not self.before.is_hidden_below(then) and not self.now.is_hidden_below(today)

    @property
    def is_whole(self) -> bool:
        """Whether both could be read to the end, so that figures can be computed."""
        return all(map(_is_whole, self))


def _is_whole(project: Project) -> bool:
    hidden = [project.plan_reading.hidden, *(each.reading.hidden for each in project.year_files)]
    return project.knows_period and not project.passed_over and not any(hidden)
