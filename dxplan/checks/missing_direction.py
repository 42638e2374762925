"""An indicator with targets that does not say which way is better."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX409", "missing-direction")


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators that are not monitoring indicators and have no ``direction``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.direction is None and not indicator.monitoring:
            if project.is_hidden(entry.spot.at("direction")):
                continue
            yield Finding(
                entry.spot.at("id"),
                Text(
                    f"指標「{indicator.id}」に direction がありません", f"indicator `{indicator.id}` has no direction"
                ),
                Text(
                    "direction: に increase / decrease / maintain / range のどれかを書く",
                    "write `direction:` increase, decrease, maintain or range",
                ),
            )
