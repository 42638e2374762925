"""A monitoring indicator that has targets all the same."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX402", "targets-on-monitoring")
PAGE = Page(
    what=Text(
        "管理指標（monitoring: true）に目標値（targets）か目安値（expected）が書かれています。",
        "A monitoring indicator (`monitoring: true`) has `targets` or `expected` values.",
    ),
    why=Text(
        "管理指標は、目標を置かずに推移だけを見るものです。"
        "目標値もあると、達成率を出して達成・未達を公表してよいのか決められません。",
        "A monitoring indicator is only watched. With targets beside it, nobody can tell whether a rate and a verdict "
        "of met or not met should be published.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: terminals
    name: テレワーク可能な端末の配備数
    unit: 台
    monitoring: true
    direction: increase
    targets: {R7: 400}
""",
    good="""\
# plan.yaml
indicators:
  - id: terminals
    name: テレワーク可能な端末の配備数
    unit: 台
    monitoring: true
""",
    fix=Text(
        "計画に目標値が載っていれば monitoring: true を消し、載っていなければ targets を消します。",
        "Remove `monitoring: true` if the plan prints targets for it, and `targets` if it does not.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield the targets and expected values of indicators that say ``monitoring: true``, and of their parts."""
    for entry in project.indicators:
        if not entry.indicator.monitoring:
            continue
        for aim in entry.indicator.aims:
            if not aim.targets and not aim.expected:
                continue
            key, kind = ("targets", _TARGETS) if aim.targets else ("expected", _EXPECTED)
            yield Finding(
                entry.spot.at(*aim.keys, key).as_key(),
                Text(
                    f"管理指標{aim.title.ja}に{kind.ja}があります", f"monitoring indicator {aim.title.en} has {kind.en}"
                ),
                Text(f"monitoring: true か {key} のどちらかを消す", f"remove either `monitoring: true` or `{key}`"),
            )


_TARGETS = Text("目標値", "targets")
_EXPECTED = Text("目安値", "expected values")
