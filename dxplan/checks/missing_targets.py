"""An indicator without targets that does not say it is only monitored."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.model.indicator import Indicator
from dxplan.model.values import Interpolation
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX401", "missing-targets")
PAGE = Page(
    what=Text(
        "指標にも内訳（parts）にも目標値（targets）がなく、管理指標（monitoring: true）とも書かれていません。",
        "Neither an indicator nor any of its `parts` has `targets`, and it does not say `monitoring: true` either.",
    ),
    why=Text(
        "目標を置かない指標と、目標値を書き忘れた指標が、見分けられません。書き忘れなら、達成率のないまま公表されます。",
        "An indicator without targets on purpose looks the same as one whose targets were forgotten, which would be "
        "published without its achievement rate.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: telework
    name: 職員1人あたりの在宅勤務型テレワーク実施回数
    unit: 回/月
    baseline: {year: R6, value: 0.33}
""",
    good="""\
# plan.yaml
indicators:
  - id: telework
    name: 職員1人あたりの在宅勤務型テレワーク実施回数
    unit: 回/月
    monitoring: true
    baseline: {year: R6, value: 0.33}
""",
    fix=Text(
        "計画にある目標値を targets に書きます。推移だけを見る管理指標なら monitoring: true と書きます。",
        "Copy the targets from the plan. If it is a monitoring indicator, say `monitoring: true`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators with nothing to be judged by, neither they nor their parts, and no ``monitoring: true``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.targets or indicator.monitoring or _is_judged(indicator) or project.is_hidden_below(entry.spot):
            continue
        yield Finding(
            entry.spot.at("id"),
            Text(f"指標「{indicator.id}」に目標値がありません", f"indicator `{indicator.id}` has no targets"),
            Text(
                "targets を書く。目標を置かない管理指標なら monitoring: true と書く",
                "give `targets`, or `monitoring: true` if it has none on purpose",
            ),
        )


def _is_judged(indicator: Indicator) -> bool:
    """Whether expected values, or the targets of a part, say what is aimed at; a line through no targets does not."""
    if not indicator.parts and indicator.expected is None:
        return False  # nearly everything
    return any(aim.targets or (aim.expected and aim.expected is not Interpolation.LINEAR) for aim in indicator.aims)
