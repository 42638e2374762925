"""Problems as GitLab's Code Quality report: a list that a merge request shows, each with a fingerprint."""

from __future__ import annotations

import json
from collections.abc import Iterable

from typing_extensions import TypedDict

from dxplan.diagnostics import Report, Severity
from dxplan.language import Language
from dxplan.views.problems.fingerprints import fingerprints
from dxplan.views.terminal import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


class _Lines(TypedDict):
    begin: int


class _Location(TypedDict):
    path: str
    lines: _Lines


class _Issue(TypedDict):
    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Location


def document(reports: Iterable[Report], language: Language) -> str:
    """Return the reports of one run as one list."""
    issues: list[_Issue] = [
        {
            "description": visible(each.message.to(language)),
            "check_name": f"{each.rule.code} {each.rule.name}",
            "fingerprint": mark,
            "severity": _SEVERITIES[each.rule.severity],
            "location": {"path": visible(each.place.file), "lines": {"begin": each.place.line}},
        }
        for report in reports
        for each, mark in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
