"""What can differ between two versions of a plan, or between two of its years: values, in no language and no form."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.model.indicator import BaselineValue
from dxplan.model.plan import Plan
from dxplan.model.schedule import Schedule
from dxplan.model.target import TargetValue
from dxplan.progress.judgement import YearValue
from dxplan.progress.terms import Form


class Section(StrEnum):
    """What is shown together, in this order."""

    PLAN = "plan"
    INITIATIVES = "initiatives"
    """Viewpoints, initiatives and actions."""
    INDICATORS = "indicators"
    TARGETS = "targets"
    """Targets, expected values and baselines."""
    YEARS = "years"
    RESULTS = "results"
    OUTCOMES = "outcomes"
    """Rates, verdicts and grades: what follows from the rest."""


class What(StrEnum):
    """What happened to it."""

    ADDED = "added"
    GONE = "gone"
    ENDED = "ended"
    MERGED = "merged"
    RENAMED = "renamed"
    MOVED = "moved"
    RELISTED = "relisted"
    UNLISTED = "no_longer_relisted"
    CHANGED = "changed"
    RAISED = "raised"
    LOWERED = "lowered"
    NEW = "new"
    DROPPED = "dropped"
    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"
    UP = "up"
    DOWN = "down"


class Kind(StrEnum):
    """What kind of thing it is."""

    PLAN = "plan"
    VIEWPOINT = "viewpoint"
    INITIATIVE = "initiative"
    ACTION = "action"
    INDICATOR = "indicator"
    YEAR = "year"


class Item(NamedTuple):
    """What changed."""

    kind: Kind
    id: str
    name: str
    part: str | None = None
    part_name: str | None = None


class Because(NamedTuple):
    """When and why, as a revision or a correction says."""

    date: str
    reason: str


class Outcome(NamedTuple):
    """What became of an indicator in a year."""

    value: YearValue
    form: Form


class Share(NamedTuple):
    """How many of an initiative's actions were carried out."""

    carried_out: int
    scheduled: int


Side = TargetValue | BaselineValue | Schedule | Outcome | Share | str | None
"""What stood on one side; text is never translated: a name, an id, or what a file says (``54``, ``pending``)."""


class Change(NamedTuple):
    """One difference."""

    section: Section
    what: What
    item: Item
    field: str | None = None
    """Which of its properties; None for the thing as a whole."""
    year: FiscalYear | None = None
    sides: tuple[Side, Side] = (None, None)
    """What stood there before, and what after."""
    unit: str = ""
    because: tuple[Because, ...] = ()


class Version(NamedTuple):
    """One of the two that are compared."""

    revision: str | None = None
    """None for the files as they are now."""
    year: FiscalYear | None = None
    """The fiscal year, where two years are compared."""


class Comparison(NamedTuple):
    """Every difference, in the order of sections, and within one in the plan's."""

    plan: Plan
    before: Version
    after: Version
    changes: tuple[Change, ...]

    def section(self, section: Section) -> tuple[Change, ...]:
        """Return the changes of one section."""
        return tuple(change for change in self.changes if change.section is section)
