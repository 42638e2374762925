"""The rules that hold a project against what it was at an earlier revision; only ``validate --against`` runs them.

A rule is a module with ``RULE``, ``PAGE`` and ``check(before, now)``. Its findings stand in ``now``; their notes may
also stand in ``before``. What either of the two could not read is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dxplan.checks import Examined
from dxplan.checks.history import uncorrected_change, unrevised_target, vanished_id
from dxplan.diagnostics import Diagnostic, Finding, Report, Rule, in_order
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Loaded, Project


class Check(Protocol):
    """What each module listed in `HISTORY` provides."""

    RULE: Rule
    PAGE: Page

    def check(self, before: Project, now: Project) -> Iterator[Finding]:
        """Yield everything in ``now`` that breaks the rule, given what was there ``before``."""


HISTORY: tuple[Check, ...] = (
    vanished_id,
    uncorrected_change,
    unrevised_target,
)


def against(before: Loaded, examined: Examined) -> Report:
    """Return the report of a project with what the rules about history add to it."""
    report = examined.report
    unread = [*before.unread_files, *(f"{place.file}:{place.line}" for place in before.unread)]
    notes = [
        Text(f"前の版の {file} は読めず、比べていません", f"{file} could not be read, and was not compared")
        for file in unread
    ]
    if before.project is None or examined.project is None:
        return report._replace(notes=tuple(notes))
    found = run(before.project, examined.project)
    return report._replace(diagnostics=tuple(sorted([*report.diagnostics, *found], key=in_order)), notes=tuple(notes))


def run(before: Project, now: Project) -> list[Diagnostic]:
    """Hold ``now`` against ``before`` by every rule about history."""
    return [
        Diagnostic(
            rule.RULE,
            now.place(finding.spot),
            finding.message,
            finding.hint,
            tuple((now if now.holds(note.spot) else before).related(note) for note in finding.related),
        )
        for rule in HISTORY
        for finding in rule.check(before, now)
    ]
