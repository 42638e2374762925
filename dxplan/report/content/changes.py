"""What changed since the year before."""

from __future__ import annotations

from dxplan.progress.comparison.changes import Change, Kind
from dxplan.progress.comparison.years import between_years
from dxplan.report.content.scope import Scope, cell, line
from dxplan.report.document import Block, Paragraph, Row, Section, Table
from dxplan.views.diff.wording import WHATS, detail
from dxplan.views.terminal import on_one_line


def chapter(scope: Scope) -> Section:
    """Return the chapter."""
    say, before = scope.say, scope.year - 1
    title = say("前年度からの変化", "Changes since last year")
    if before not in scope.years:
        said = say(
            "計画の最初の年度のため、比べる年度がない。", "The first year of the plan: there is none to compare with."
        )
        return Section("changes", title, (Paragraph(line(said)),))
    changes = between_years(scope.project, before, scope.year)
    if not changes:
        return Section("changes", title, (Paragraph(line(say("変化はない。", "Nothing changed."))),))
    head = (
        say("対象", "What"),
        say("変化", "Change"),
        scope.say(f"{scope.year_name(before)} → {scope.year_name(scope.year)}", f"{before} → {scope.year}"),
    )
    caption = say(f"{scope.year_name(before)}から変わったところ", f"What changed since {scope.year_name(before)}")
    table: Block = Table(caption, head, tuple(_row(scope, change) for change in changes))
    return Section("changes", title, (table,))


_PLACES = {Kind.INDICATOR: "indicator", Kind.INITIATIVE: "initiative", Kind.ACTION: "action"}


def _row(scope: Scope, change: Change) -> Row:
    item = change.item
    name = on_one_line(item.name)
    if item.part is not None:
        name = scope.beside(name, on_one_line(item.part_name or item.part))
    if item.kind is Kind.INITIATIVE:
        name = scope.say(f"取組{item.id} {name}", f"Initiative {item.id}: {name}")
    place = f"#{_PLACES[item.kind]}-{item.id}" if item.kind in _PLACES else None
    return Row(((line(name, place),), cell(WHATS[change.what].to(scope.language)), cell(detail(change, scope.style))))
