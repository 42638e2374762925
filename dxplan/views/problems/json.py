"""Problems for programs: a versioned form of its own, described by ``docs/schema/validate.schema.json``."""

from __future__ import annotations

import json

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.diagnostics import Diagnostic, Report, Severity
from dxplan.language import Language

FORMAT = 1


class RelatedJson(TypedDict):
    """A further place that explains a diagnostic."""

    message: str
    file: str
    line: int
    column: int


class DiagnosticJson(TypedDict):
    """One diagnostic; ``message`` and ``hint`` are in the reader's language, all else never translated."""

    code: str
    name: str
    severity: str
    message: str
    file: str
    line: int
    column: int
    hint: str | None
    related: list[RelatedJson]


class SummaryJson(TypedDict):
    """Counts over everything that was validated; ``unread`` counts what no rule could look at."""

    errors: int
    warnings: int
    files: int
    unread: int


class ValidateJson(TypedDict):
    """The whole document."""

    format: int
    diagnostics: list[DiagnosticJson]
    summary: SummaryJson


def diagnostic_json(diagnostic: Diagnostic, language: Language) -> DiagnosticJson:
    """Return one diagnostic in its machine form."""
    rule, place = diagnostic.rule, diagnostic.place
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "message": diagnostic.message.to(language),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "hint": diagnostic.hint.to(language) if diagnostic.hint else None,
        "related": [
            {
                "message": related.message.to(language),
                "file": related.place.file,
                "line": related.place.line,
                "column": related.place.column,
            }
            for related in diagnostic.related
        ],
    }


def document(reports: list[Report], language: Language) -> str:
    """Return the reports of one run as one JSON document."""
    diagnostics = [diagnostic for report in reports for diagnostic in report.diagnostics]
    result: ValidateJson = {
        "format": FORMAT,
        "diagnostics": [diagnostic_json(diagnostic, language) for diagnostic in diagnostics],
        "summary": {
            "errors": sum(diagnostic.rule.severity is Severity.ERROR for diagnostic in diagnostics),
            "warnings": sum(diagnostic.rule.severity is Severity.WARNING for diagnostic in diagnostics),
            "files": sum(report.files for report in reports),
            "unread": sum(len(report.unread_files) + len(report.unread) for report in reports),
        },
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"
