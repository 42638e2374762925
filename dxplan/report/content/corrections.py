"""What was corrected after it had been published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from dxplan.language import Text
from dxplan.model.actuals import Correction
from dxplan.model.corrections import PUBLISHED
from dxplan.model.values import Result
from dxplan.progress.achievement import STATE_REASONS, Verdict
from dxplan.report.content.scope import Scope, cell, line
from dxplan.report.document import Paragraph, Row, Section, Table
from dxplan.views.terminal import on_one_line, visible
from dxplan.views.wording import REASONS, RESULTS, VERDICTS, with_unit


def chapter(scope: Scope) -> Section:
    """Return the chapter, which says so where nothing was corrected."""
    say = scope.say
    title = say("訂正", "Corrections")
    rows = []
    for year, actuals in sorted(scope.project.actuals.items()):
        if year > scope.year:
            continue
        for each in actuals.corrections:
            said = (
                scope.year_name(year),
                scope.date(each.date),
                _said(scope, each, each.old),
                _said(scope, each, each.new),
                on_one_line(each.reason),
            )
            rows.append(Row((cell(_name(scope, each.id, each.part)), *map(cell, said))))
    if not rows:
        said_ = say("公表した値の訂正はない。", "No published value has been corrected.")
        return Section("corrections", title, (Paragraph(line(said_)),))
    head = (
        say("対象", "What"),
        say("年度", "Fiscal year"),
        say("訂正した日", "Corrected on"),
        say("訂正前", "Old"),
        say("訂正後", "New"),
        say("理由", "Reason"),
    )
    return Section("corrections", title, (Table(say("公表した値の訂正", "Corrected values"), head, tuple(rows)),))


def _said(scope: Scope, correction: Correction, text: str) -> str:
    """Return what was or is recorded, in words: a number with its unit, and what the files say by codes."""
    id_, plan = correction.id, scope.plan
    if id_ == PUBLISHED:
        return visible(scope.date(text)) if _DATE.fullmatch(text) else visible(text)
    if entry := scope.project.indicator_by_id.get(id_):
        grades = {band.label for grading in plan.grades for band in grading.bands}
        if _NUMBER.fullmatch(text) and text not in grades:
            return with_unit(Decimal(text), entry.indicator.unit, scope.style)
        return _CODES[text].to(scope.language) if text in _CODES else visible(text)
    return _RESULTS[text].to(scope.language) if text in _RESULTS else visible(text)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_CODES: Mapping[str, Text] = {
    **{state: REASONS[reason] for state, reason in STATE_REASONS.items()},
    **{verdict.value: VERDICTS[verdict] for verdict in (Verdict.MET, Verdict.NOT_MET)},
}
_RESULTS: Mapping[str, Text] = {result.value: RESULTS[result] for result in Result}


def _name(scope: Scope, id_: str, part: str | None) -> str:
    """Return what a correction is about, by its name."""
    if id_ == PUBLISHED:
        return scope.say("公表", "Publication")
    project = scope.project
    if entry := project.indicator_by_id.get(id_):
        name = visible(entry.indicator.name_in(scope.year))
        parts = {each.id: visible(each.name) for each in entry.indicator.parts}
        return scope.beside(name, parts.get(part, visible(part))) if part is not None else name
    if action := project.action_by_id.get(id_):
        return visible(action.action.title_in(scope.year))
    titles = {each.initiative.id: visible(each.initiative.title_in(scope.year)) for each in project.initiatives}
    return titles.get(id_, visible(id_))
