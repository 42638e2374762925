"""``continues`` that names no other action."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX205", "broken-continuation")


def check(project: Project) -> Iterator[Finding]:
    """Yield continuations of nothing, and those that come back to themselves."""
    continues = {entry.action.id: entry.action.continues for entry in project.actions if entry.action.continues}
    for entry in project.actions:
        before = entry.action.continues
        if before is None or before in project.hidden_ids:
            continue
        spot = entry.spot.at("continues")
        if before not in project.action_by_id:
            close = get_close_matches(before, project.action_by_id, 1)
            hint = (
                Text(f"「{close[0]}」ではありませんか", f"did you mean `{close[0]}`?")
                if close
                else Text("引き継ぐ事業のIDを確かめる", "check the id of the action it continues")
            )
            yield Finding(
                spot, Text(f"継続元の事業「{before}」がありません", f"there is no action `{before}` to continue"), hint
            )
        elif _comes_back(entry.action.id, continues):
            yield Finding(
                spot,
                Text("継続元をたどると、この事業に戻ります", "this action continues itself in the end"),
                Text("先に始まる事業から continues を消す", "remove `continues` from the action that begins first"),
            )


def _comes_back(start: str, continues: dict[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = continues.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = continues.get(at)
    return False
