"""Two versions of a project, side by side."""

from __future__ import annotations

from dxplan.progress.comparison.aims import aims
from dxplan.progress.comparison.changes import Change
from dxplan.progress.comparison.outcomes import outcomes
from dxplan.progress.comparison.pair import Pair
from dxplan.progress.comparison.plans import plans
from dxplan.progress.comparison.reports import results, years
from dxplan.progress.comparison.structure import indicators, initiatives
from dxplan.project import Project


def between_versions(before: Project, now: Project) -> tuple[Change, ...]:
    """Return what differs between an earlier version of a project and a later one."""
    pair = Pair(before, now)
    every = (plans, initiatives, indicators, aims, years, results, outcomes)
    return tuple(change for differing in every for change in differing(pair))
