"""An action scheduled for years outside the plan's period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import ActionEntry, Project

RULE = Rule("DX305", "schedule-outside-period")
PAGE = Page(
    what=Text(
        "事業の実施年度（schedule）が、計画期間（period）の外にあります。"
        "または、実施年度がすべて、取組が計画にない年度（取組の from・until の外）です。",
        "An action is scheduled for a fiscal year outside the plan's `period`, or only for years in which its "
        "initiative is not part of the plan (`from`, `until`).",
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
    """Yield schedules that begin before the period or end after it, or lie outside the years of the initiative."""
    for entry in project.actions:
        if entry.initiative.first is not None or entry.initiative.until is not None:
            yield from _never_due(project, entry)
    if not project.knows_period:
        return
    period = project.plan.period
    for entry in project.actions:
        schedule = entry.action.schedule
        if not schedule.stages and period.first <= schedule.first and (schedule.last or schedule.first) <= period.last:
            continue
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


def _never_due(project: Project, entry: ActionEntry) -> Iterator[Finding]:
    """Yield a schedule none of whose years is one of its initiative's."""
    schedule, first, until = entry.action.schedule, entry.initiative.first, entry.initiative.until
    if first is not None and until is not None and until < first:
        return  # years that nothing can lie in: DX309
    if schedule.stages:
        ever = any(map(entry.initiative.lasts, schedule.stages))
    else:
        ever = (until is None or schedule.first <= until) and (
            first is None or schedule.last is None or first <= schedule.last
        )
    if not ever:
        years = Text(f"{first}-{until}", f"{first}-{until}")
        if first is None:
            years = Text(f"{until} まで", f"until {until}")
        elif until is None:
            years = Text(f"{first} から", f"from {first}")
        yield Finding(
            entry.spot.at("schedule"),
            Text(
                f"実施年度が、取組「{entry.initiative.id}」が計画にある年度（{years.ja}）の外です",
                f"scheduled only outside the years of initiative `{entry.initiative.id}` ({years.en})",
            ),
            Text("schedule か、取組の from・until を直す", "mend `schedule`, or the initiative's `from` or `until`"),
            tuple(
                Note(spot, Text("取組の年度はここ", "the initiative's years are here"))
                for key in ("until", "from")
                if project.has(spot := _initiative(entry.spot).at(key))
            )[:1],
        )


def _initiative(action: Spot) -> Spot:
    return Spot(action.file, action.route[:-2])
