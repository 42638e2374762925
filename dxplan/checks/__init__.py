"""The rules that hold a project's files against each other, one per file.

A rule is a module with ``RULE``, ``PAGE`` and ``check(project)``; it says *what* is wrong, `run` says *where*. A rule
never repeats what an earlier fault makes meaningless: it asks `Project.is_hidden` where absence would be its finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from dxplan import faults
from dxplan.checks import (
    always_met,
    baseline_in_period,
    broken_continuation,
    broken_merger,
    broken_relisting,
    data_year_ahead,
    disordered_grades,
    disordered_history,
    duplicate_id,
    duplicate_relisting,
    duplicate_year,
    falling_total,
    file_name_year,
    incomputable_value,
    mismatched_actual,
    mismatched_counts,
    mismatched_method,
    mismatched_money,
    mismatched_parts,
    mismatched_target,
    missing_direction,
    missing_method,
    missing_reason,
    missing_result,
    missing_targets,
    organization_code,
    outside_own_years,
    per_year_mismatch,
    result_not_scheduled,
    reversed_period,
    reversed_range,
    schedule_outside_period,
    stale_correction,
    targets_on_monitoring,
    unknown_grade,
    unknown_id,
    unusable_expected,
    wrong_scale,
    year_outside_period,
)
from dxplan.diagnostics import Diagnostic, Finding, Report, Rule, in_order
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project, load


class Check(Protocol):
    """What each module listed in `RULES` provides."""

    RULE: Rule
    PAGE: Page

    def check(self, project: Project) -> Iterator[Finding]:
        """Yield everything in ``project`` that breaks the rule."""


RULES: tuple[Check, ...] = (
    duplicate_id,
    unknown_id,
    broken_relisting,
    duplicate_relisting,
    broken_continuation,
    broken_merger,
    year_outside_period,
    file_name_year,
    duplicate_year,
    baseline_in_period,
    schedule_outside_period,
    result_not_scheduled,
    missing_result,
    reversed_period,
    outside_own_years,
    disordered_history,
    data_year_ahead,
    missing_targets,
    targets_on_monitoring,
    missing_method,
    falling_total,
    per_year_mismatch,
    reversed_range,
    wrong_scale,
    organization_code,
    missing_direction,
    mismatched_target,
    mismatched_method,
    mismatched_actual,
    mismatched_parts,
    unknown_grade,
    missing_reason,
    disordered_grades,
    unusable_expected,
    always_met,
    mismatched_counts,
    mismatched_money,
    stale_correction,
    incomputable_value,
)


class Examined(NamedTuple):
    """A folder that was loaded and held to every rule."""

    project: Project | None
    """None where the plan could not be read at all."""
    report: Report


def examine(folder: Path, name: str) -> Examined:
    """Load the project in ``folder`` and report everything that is wrong with it; raises UsageError as `load` does."""
    loaded = load(folder, name)
    found = sorted([*loaded.faults, *(run(loaded.project) if loaded.project else ())], key=in_order)
    return Examined(loaded.project, Report(tuple(found), loaded.files, loaded.unread_files, loaded.unread))


def run(project: Project) -> list[Diagnostic]:
    """Hold ``project`` to every rule."""
    return [found for rule in RULES for found in _held_to(rule, project)]


_MOST = 1000
"""Findings of one rule that are shown; a file with more of them is none that anybody would mend one by one."""


def _held_to(rule: Check, project: Project) -> Iterator[Diagnostic]:
    for number, finding in enumerate(rule.check(project)):
        place = project.place(finding.spot)
        if number == _MOST:
            message = Text(
                f"{rule.RULE.code} の誤りや注意が多すぎるため、残りは示しません",
                f"too many findings of {rule.RULE.code}; the others are not shown",
            )
            yield Diagnostic(faults.OVER_LIMIT, place, message)
            return
        related = tuple(project.related(note) for note in finding.related)
        yield Diagnostic(rule.RULE, place, finding.message, finding.hint, related)
