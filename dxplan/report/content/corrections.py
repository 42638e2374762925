"""What was corrected after it had been published."""

from __future__ import annotations

from dxplan.model.corrections import PUBLISHED
from dxplan.report.content.scope import Scope, cell, line
from dxplan.report.document import Paragraph, Row, Section, Table
from dxplan.views.terminal import on_one_line, visible


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
                visible(each.old),
                visible(each.new),
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
