"""A result reported for an action that was not due that year."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.values import Result
from dxplan.page import Page
from dxplan.project import ActionEntry, Project

RULE = Rule("DX306", "result-not-scheduled")
PAGE = Page(
    what=Text(
        "その年度に予定のない事業に、実績が書かれています。"
        "前年度に一部実施・未着手・延期だった事業は、次の年度に実績があってもかまいません。",
        "A result is given for an action that was not due that year. An action that the year before left partial, not "
        "started or postponed may be reported.",
    ),
    why=Text(
        "IDを1つ書き間違えると、別の事業の実績になります。やった事業が未報告、予定のない事業が実施と公表されます。",
        "One slip in an id gives the result to another action: what was done is published as unreported, and what was "
        "not even due as done.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-4, title: 教育センターの施設予約, schedule: R7}
          - {id: 1-5, title: 区民館の施設予約, schedule: R8}
# actuals/R7.yaml
actions:
  1-5: done
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-4, title: 教育センターの施設予約, schedule: R7}
          - {id: 1-5, title: 区民館の施設予約, schedule: R8}
# actuals/R7.yaml
actions:
  1-4: done
""",
    fix=Text(
        "IDが違っていれば直します。予定が変わったのなら schedule を改めます。"
        "前年度から持ち越した事業なら、前年度の実績を partial・not_started・postponed のどれかにします。",
        "Correct the id if it is a slip, or `schedule` if the plan changed. If the action was carried over, report the "
        "year before as `partial`, `not_started` or `postponed`.",
    ),
)

_CARRIED_OVER = frozenset((Result.PARTIAL, Result.NOT_STARTED, Result.POSTPONED))


def check(project: Project) -> Iterator[Finding]:
    """Yield results of years for which the action is neither scheduled nor carried over from the year before."""
    for year, year_file in project.certain_years.items():
        actions = year_file.actuals.actions
        if actions.keys() <= project.due(year):
            continue
        for id_, reported in actions.items():
            entry = project.action_by_id.get(id_)
            if entry is None or reported.result is Result.UNREPORTED or id_ in project.due(year):
                continue
            if entry.initiative.lasts(year) and not _carried_over(project, entry, year):
                yield Finding(
                    Spot(year_file.file, ("actions", id_)).as_key(),
                    Text(
                        f"事業「{id_}」は {year} に予定されていません",
                        f"action `{id_}` was not scheduled for {year}",
                    ),
                    _way_out(entry, year),
                    (Note(entry.spot.at("schedule"), Text("予定はここ", "it is scheduled here")),),
                )


def _carried_over(project: Project, entry: ActionEntry, year: FiscalYear) -> bool:
    """Whether the year before left the action unfinished, or may have: its file is missing or says something unread."""
    if year <= entry.action.schedule.first:
        return False
    before = project.files_by_year.get(year - 1)
    if before is None or project.is_hidden(Spot(before.file, ("actions", entry.action.id))):
        return True
    last = before.actuals.actions.get(entry.action.id)
    return last is not None and last.result in _CARRIED_OVER


def _way_out(entry: ActionEntry, year: FiscalYear) -> Text:
    if year <= entry.action.schedule.first:
        return Text("計画の schedule か、この実績を直す", "mend the plan's `schedule`, or this result")
    return Text(
        f"schedule か、この実績を直す。前年度から続く事業なら {year - 1} の実績を partial や postponed にする",
        f"mend `schedule` or this result; if it was carried over, report {year - 1} as `partial` or `postponed`",
    )
