"""What opening a year came to, for programs: a versioned form, described by ``docs/schema/rollover.schema.json``."""

from __future__ import annotations

import json

from typing_extensions import TypedDict

from dxplan.editing.rollover import Due, NewYear
from dxplan.fiscal_year import FiscalYear

FORMAT = 1


class DueJson(TypedDict):
    """One action, why it stands in the new year or does not, and last year's result."""

    id: str
    why: str
    before: str | None


class RolloverJson(TypedDict):
    """The whole document; where the file was there already, nothing but ``fiscal_year``, ``file`` and ``created``."""

    format: int
    fiscal_year: str
    file: str
    created: bool
    dry_run: bool
    before_is_closed: bool | None
    unreported_before: int | None
    indicators: list[str] | None
    actions: list[DueJson] | None
    left_out: list[DueJson] | None
    idle_initiatives: list[str] | None


def document(new: NewYear, file: str, *, created: bool) -> str:
    """Return what the new file holds as one JSON document; not ``created`` in a dry run."""
    result: RolloverJson = {
        "format": FORMAT,
        "fiscal_year": str(new.year),
        "file": file,
        "created": created,
        "dry_run": not created,
        "before_is_closed": new.before.actuals.is_closed if new.before else None,
        "unreported_before": new.unreported if new.before else None,
        "indicators": [each.indicator.id for each in new.indicators],
        "actions": [_due(due) for due in new.actions],
        "left_out": [_due(due) for due in new.left_out],
        "idle_initiatives": [initiative.id for initiative in new.idle],
    }
    return _text(result)


def nothing(year: FiscalYear, file: str) -> str:
    """Return that the file was there already."""
    result: RolloverJson = {
        "format": FORMAT,
        "fiscal_year": str(year),
        "file": file,
        "created": False,
        "dry_run": False,
        "before_is_closed": None,
        "unreported_before": None,
        "indicators": None,
        "actions": None,
        "left_out": None,
        "idle_initiatives": None,
    }
    return _text(result)


def _text(result: RolloverJson) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _due(due: Due) -> DueJson:
    return {"id": due.entry.action.id, "why": due.why.value, "before": due.before.value if due.before else None}
