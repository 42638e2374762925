"""An action that one initiative shows twice."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.project import ActionEntry, Project

RULE = Rule("DX204", "duplicate-relisting")


def check(project: Project) -> Iterator[Finding]:
    """Yield every relisting of an action that the same initiative lists already."""
    shown: dict[tuple[Spot, str], Spot] = {}
    for entry in project.listings:
        home = Spot(entry.spot.file, entry.spot.route[:-2])
        if isinstance(entry, ActionEntry):
            shown.setdefault((home, entry.action.id), entry.spot)
    for entry in project.relistings:
        home = Spot(entry.spot.file, entry.spot.route[:-2])
        key = (home, entry.relisted.relisted)
        if key in shown:
            title = entry.initiative.title
            yield Finding(
                entry.spot.at("relisted"),
                Text(
                    f"事業「{entry.relisted.relisted}」は取組「{title}」にもうあります",
                    f"action `{entry.relisted.relisted}` already stands in initiative 「{title}」",
                ),
                Text("この再掲を消す", "remove this relisting"),
                (Note(shown[key], Text("ここにあります", "it stands here")),),
            )
        else:
            shown[key] = entry.spot
