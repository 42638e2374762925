"""An action scheduled for years outside the plan's period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX305", "schedule-outside-period")
PAGE = Page(
    what=Text(
        "事業の実施年度（schedule）が、計画期間（period）の外にあります。",
        "An action is scheduled for a fiscal year outside the plan's `period`.",
    ),
    why=Text(
        "計画期間の外の年度は、公表する表に列がありません。"
        "年度の書き間違いなら、その事業は本来の年度に予定なしと示されます。",
        "The published table has no column for a year outside the period. If the year is a slip, the action is shown "
        "as not due in the year that was meant.",
    ),
    bad="""\
# plan.yaml
period: {from: R7, to: R9}
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 施設予約システムの導入, schedule: R7-R19}
""",
    good="""\
# plan.yaml
period: {from: R7, to: R9}
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 施設予約システムの導入, schedule: R7-R9}
""",
    fix=Text(
        "計画期間の中の年度を書きます。終わりを定めずに続く事業は「R7-」と書きます。"
        "計画より前から続く事業は、計画の初年度から書きます。",
        "Write years of the period. An action with no stated end is written like `R7-`; one that began before the plan "
        "is written from the plan's first year.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield schedules that begin before the period or end after it."""
    if not project.knows_period:
        return
    period = project.plan.period
    for entry in project.actions:
        schedule = entry.action.schedule
        for year in schedule.stages or dict.fromkeys((schedule.first, schedule.last or schedule.first)):
            if not period.holds(year):
                spot = entry.spot.at("schedule")
                yield Finding(
                    project.year_key(spot, year) if schedule.stages else spot,
                    Text(
                        f"実施年度 {year} は計画期間（{period.first}-{period.last}）の外です",
                        f"scheduled for {year}, which is outside the plan's period ({period.first}-{period.last})",
                    ),
                    Text(
                        "年度を直す。終わりを定めず続く事業は「R7-」のように書く",
                        "mend the year; an action with no stated end is written like `R7-`",
                    ),
                )
