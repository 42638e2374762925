"""A monitoring indicator that has targets all the same."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX402", "targets-on-monitoring")


def check(project: Project) -> Iterator[Finding]:
    """Yield the targets of indicators that say ``monitoring: true``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.targets and indicator.monitoring:
            yield Finding(
                entry.spot.at("targets").as_key(),
                Text(
                    f"管理指標「{indicator.id}」に目標値があります",
                    f"monitoring indicator `{indicator.id}` has targets",
                ),
                Text("monitoring: true か targets のどちらかを消す", "remove either `monitoring: true` or `targets`"),
            )
