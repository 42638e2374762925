"""Differences for programs: a versioned form of its own, described by ``docs/schema/diff.schema.json``.

Keys and words are never translated. What stood on a side is written as the files write it (``95``, ``{min: 40}``,
``pending``, ``R7-R9``); of an outcome it is an object.
"""

from __future__ import annotations

import json

from typing_extensions import TypedDict

from dxplan.model.indicator import BaselineValue
from dxplan.model.schedule import Schedule
from dxplan.model.target import TargetValue
from dxplan.progress.achievement import Verdict
from dxplan.progress.comparison.changes import Change, Comparison, Outcome, Share, Side, Version
from dxplan.progress.grading import Grade
from dxplan.progress.measured import Measured, Stage
from dxplan.views.status.json import Number, rate_json

FORMAT = 1


class VersionJson(TypedDict):
    """One of the two that are compared: a revision of git, or null for the files as they are now; or a year."""

    revision: str | None
    fiscal_year: str | None


class OutcomeJson(TypedDict):
    """What became of an indicator: ``actual`` as shown, ``rate`` in per cent, ``met``, and the grade."""

    actual: str | None
    rate: Number | None
    met: bool | None
    grade: str | None


class BecauseJson(TypedDict):
    """When and why, as a revision or a correction says."""

    date: str
    reason: str


class ChangeJson(TypedDict):
    """One difference; ``field`` is null where it is about the thing as a whole."""

    section: str
    change: str
    kind: str
    id: str
    name: str
    part: str | None
    field: str | None
    fiscal_year: str | None
    before: str | OutcomeJson | None
    after: str | OutcomeJson | None
    unit: str
    reasons: list[BecauseJson]


class DiffJson(TypedDict):
    """The whole document; ``unread`` names what could not be read, and so was not compared."""

    format: int
    before: VersionJson
    after: VersionJson
    changes: list[ChangeJson]
    unread: list[str]


def document(comparison: Comparison, unread: tuple[str, ...]) -> str:
    """Return the differences as one JSON document."""
    result: DiffJson = {
        "format": FORMAT,
        "before": _version(comparison.before),
        "after": _version(comparison.after),
        "changes": [_change(change) for change in comparison.changes],
        "unread": list(unread),
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _version(version: Version) -> VersionJson:
    return {"revision": version.revision, "fiscal_year": str(version.year) if version.year else None}


def _change(change: Change) -> ChangeJson:
    item = change.item
    return {
        "section": change.section.value,
        "change": change.what.value,
        "kind": item.kind.value,
        "id": item.id,
        "name": item.name,
        "part": item.part,
        "field": change.field,
        "fiscal_year": str(change.year) if change.year else None,
        "before": _side(change.sides[0]),
        "after": _side(change.sides[1]),
        "unit": change.unit,
        "reasons": [{"date": each.date, "reason": each.reason} for each in change.because],
    }


def _side(side: Side) -> str | OutcomeJson | None:
    match side:
        case TargetValue() | BaselineValue() | Schedule():
            return side.written
        case Share():
            return f"{side.carried_out}/{side.scheduled}"
        case Outcome():
            return _outcome(side)
    return side


def _outcome(outcome: Outcome) -> OutcomeJson:
    value = outcome.value
    measured = value.measured
    actual = None
    if isinstance(measured, Measured):
        actual = f"{measured.value:f}"
    elif isinstance(measured, Stage):
        actual = measured.text
    return {
        "actual": actual,
        "rate": rate_json(value.achievement, outcome.form)["rate"],
        "met": None if value.verdict is Verdict.UNDECIDED else value.verdict is Verdict.MET,
        "grade": value.grade.label if isinstance(value.grade, Grade) else None,
    }
