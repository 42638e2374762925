"""A lower-is-better indicator that does not say how its rate is computed."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.values import Direction
from dxplan.project import Project

RULE = Rule("DX403", "missing-method")


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators with ``direction: decrease`` and no ``method``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.monitoring or indicator.direction is not Direction.DECREASE or indicator.method is not None:
            continue
        if not project.is_hidden(entry.spot.at("method")):
            yield Finding(
                entry.spot.at("direction"),
                Text(
                    f"減らす指標「{indicator.id}」に達成率の計算方法がありません",
                    f"indicator `{indicator.id}` decreases, but names no method",
                ),
                Text(
                    "method: に mirror / inverse / baseline / none のどれかを書く（dxplan rules DX403）",
                    "write `method:` mirror, inverse, baseline or none (dxplan rules DX403)",
                ),
            )
