"""Problems of many plans for programs: one JSON object a line and plan, as they come."""

from __future__ import annotations

import json

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.diagnostics import Report, Severity
from dxplan.language import Language
from dxplan.views.problems.json import DiagnosticJson, diagnostic_json

FORMAT = 1


class PlanJson(TypedDict):
    """One plan; ``folder`` is as it was named, ``ok`` what the exit code goes by, ``unread`` what no rule saw."""

    format: int
    folder: str
    ok: bool
    errors: int
    warnings: int
    files: int
    unread: int
    diagnostics: list[DiagnosticJson]


def line(folder: str, report: Report, language: Language, *, strict: bool) -> str:
    """Return one plan's report."""
    errors, warnings = report.number_of(Severity.ERROR), report.number_of(Severity.WARNING)
    result: PlanJson = {
        "format": FORMAT,
        "folder": folder,
        "ok": not errors and not (strict and warnings),
        "errors": errors,
        "warnings": warnings,
        "files": report.files,
        "unread": len(report.unread_files) + len(report.unread),
        "diagnostics": [diagnostic_json(diagnostic, language) for diagnostic in report.diagnostics],
    }
    return json.dumps(result, ensure_ascii=False) + "\n"
