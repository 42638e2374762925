"""What became of everything that came back, for programs: described by ``docs/schema/import.schema.json``."""

from __future__ import annotations

import json

from typing_extensions import TypedDict

from dxplan.editing.merging import Accepted, Conflict, Decision, FileOutcome, Kept, Outcome, Wrong
from dxplan.fiscal_year import FiscalYear

FORMAT = 1


class CellJson(TypedDict):
    """One piece of an answer, or what is wrong with a cell.

    ``status`` is accepted, unchanged, kept, conflict or wrong. ``sent`` is what the form said when it went out,
    ``said`` what came back, ``now`` what the file of actuals says, each as the keys of an entry; null where something
    is wrong.
    """

    cell: str
    status: str
    kind: str | None
    id: str | None
    part: str | None
    name: str
    aspect: str | None
    sent: dict[str, str] | None
    said: dict[str, str] | None
    now: dict[str, str] | None
    other: str | None
    """The place in another file that says something else."""
    message: str | None


class FileJson(TypedDict):
    """One file; ``refused`` says why it was not read at all. ``rows_gone`` names what was asked and is not there."""

    file: str
    refused: str | None
    cells: list[CellJson]
    rows_gone: list[str]


class ImportJson(TypedDict):
    """The whole document; ``written`` tells whether anything was written into ``target``."""

    format: int
    fiscal_year: str
    target: str
    written: bool
    dry_run: bool
    files: list[FileJson]


def document(outcome: Outcome, year: FiscalYear, target: str, *, written: bool, dry_run: bool) -> str:
    """Return everything as one JSON document; messages are English."""
    result: ImportJson = {
        "format": FORMAT,
        "fiscal_year": str(year),
        "target": target,
        "written": written,
        "dry_run": dry_run,
        "files": [_file(file) for file in outcome.files],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _file(file: FileOutcome) -> FileJson:
    return {
        "file": file.file,
        "refused": file.refused.message.en if file.refused is not None else None,
        "cells": [_wrong(each) if isinstance(each, Wrong) else _cell(each) for each in file.decisions],
        "rows_gone": list(file.left_out),
    }


def _wrong(wrong: Wrong) -> CellJson:
    return {
        "cell": wrong.at.cell,
        "status": "wrong",
        "kind": None,
        "id": None,
        "part": None,
        "name": wrong.name,
        "aspect": None,
        "sent": None,
        "said": None,
        "now": None,
        "other": None,
        "message": wrong.message.en,
    }


def _cell(decision: Decision) -> CellJson:
    reply = decision.reply
    now = decision.now if isinstance(decision, Accepted | Kept | Conflict) else None
    return {
        "cell": reply.at.cell,
        "status": type(decision).__name__.lower(),
        "kind": reply.thing.kind,
        "id": reply.thing.id,
        "part": reply.thing.part,
        "name": reply.name,
        "aspect": reply.aspect.value,
        "sent": dict(reply.sent),
        "said": dict(reply.said),
        "now": dict(now) if now is not None else None,
        "other": decision.other.at.shown if isinstance(decision, Conflict) and decision.other else None,
        "message": reply.remark.en if reply.remark is not None else None,
    }
