"""A closed year without the result of something that was due."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.model.actuals import Actuals
from dxplan.model.values import Result, ValueState
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX307", "missing-result")
PAGE = Page(
    what=Text(
        "確定した年度（state: closed）に、指標の実績値か、その年度に予定された事業の実績がありません。"
        "未報告（unreported）と書かれたものも含みます。",
        "A closed year lacks the result of an indicator, or of an action that was due, or says `unreported`.",
    ),
    why=Text(
        "確定した年度は公表した年度です。空欄のままだと、0だったのか、測らなかったのか、聞き漏らしたのかが、"
        "読む人にも後任の人にも分かりません。",
        "A closed year has been published. A blank tells neither readers nor your successor whether it was nought, was "
        "not measured, or was never asked for.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: surveys, name: 調査数, direction: increase, targets: {R7: 2}}
# actuals/R7.yaml
state: closed
indicators:
  passers: 112
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: surveys, name: 調査数, direction: increase, targets: {R7: 2}}
# actuals/R7.yaml
state: closed
indicators:
  passers: 112
  surveys: not_conducted
""",
    fix=Text(
        "実績を書きます。指標の値がなければ、その理由を pending（集計中）、unpublished（未公表）、"
        "not_conducted（未実施）、not_applicable（対象外）、cancelled（中止）のどれかで書きます。"
        "公表する前なら、state: open に戻して報告を待ちます。",
        "Give the result. Where an indicator has no value, say why: `pending`, `unpublished`, `not_conducted`, "
        "`not_applicable` or `cancelled`. If the year is not published yet, set it back to `state: open`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators and scheduled actions that a closed year says nothing about."""
    for year, year_file in project.certain_years.items():
        if not year_file.actuals.is_closed:
            continue
        said: set[Spot] = set()
        for kind, id_, name, planned in _without_result(project, year_file.actuals):
            spot = Spot(year_file.file, (kind, id_)).as_key()
            if spot not in said and not project.is_hidden(spot):
                said.add(spot)
                yield Finding(
                    spot,
                    Text(
                        f"確定した {year} に「{id_}」（{name}）の実績がありません",
                        f"{year} is closed, but has no result for `{id_}` ({name})",
                    ),
                    _WAY_OUT[kind],
                    (Note(planned, Text("計画ではここ", "planned here")),),
                )


def _without_result(project: Project, actuals: Actuals) -> Iterator[tuple[str, str, str, Spot]]:
    """Yield kind, id, name and place in the plan of everything due that has no result."""
    for entry in project.indicators:
        indicator = entry.indicator
        actual = actuals.indicators.get(indicator.id)
        if actual is None or actual.state is ValueState.UNREPORTED:
            yield "indicators", indicator.id, indicator.name, entry.spot
    for due in project.actions:
        action = due.action
        reported = actuals.actions.get(action.id)
        unreported = reported is None or reported.result is Result.UNREPORTED
        if unreported and action.id in project.due(actuals.fiscal_year):
            yield "actions", action.id, action.title, due.spot


_WAY_OUT = {
    "indicators": Text(
        "indicators に値を書く。値がなければ理由（not_conducted など）を書く",
        "give its value under `indicators`, or the reason why there is none, such as `not_conducted`",
    ),
    "actions": Text(
        "actions に done / ongoing / partial / not_started / postponed / cancelled のどれかを書く",
        "report it under `actions`: done, ongoing, partial, not_started, postponed or cancelled",
    ),
}
