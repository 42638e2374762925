"""An indicator without targets that does not say it is only monitored."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX401", "missing-targets")


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators with no target at all and no ``monitoring: true``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if not indicator.targets and not indicator.monitoring and not project.is_hidden(entry.spot.at("targets")):
            yield Finding(
                entry.spot.at("id"),
                Text(f"指標「{indicator.id}」に目標値がありません", f"indicator `{indicator.id}` has no targets"),
                Text(
                    "targets を書く。目標を置かない管理指標なら monitoring: true と書く",
                    "give `targets`, or `monitoring: true` if it has none on purpose",
                ),
            )
