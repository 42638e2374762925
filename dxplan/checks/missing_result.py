"""A closed year without the result of something that was due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actuals
from dxplan.model.values import Result, ValueState
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX307", "missing-result")
PAGE = Page(
    what=Text(
        "確定した年度（state: closed）に、指標（内訳で報告するものは、その1つ）の実績値か、"
        "その年度に予定された事業の実績がありません。"
        "その年度に計画にない指標や取組（from・until）は除きます。"
        "未報告（unreported）と書かれたものも含みます。",
        "A closed year lacks the result of an indicator (or of one of its parts, where others are reported), or of an "
        "action that was due, or says `unreported`. What is not part of the plan in that year (`from`, `until`) is not "
        "due.",
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
    """Yield indicators, their parts and scheduled actions that a closed year says nothing about."""
    for year, year_file in project.certain_years.items():
        if not year_file.actuals.is_closed:
            continue
        said: set[Spot] = set()
        for due in _without_result(project, year, year_file.actuals):
            spot = Spot(year_file.file, due.keys).as_key()
            if spot not in said and not project.is_hidden(spot) and not _may_not_last(project, due.planned):
                said.add(spot)
                yield Finding(
                    spot,
                    Text(
                        f"確定した {year} に{due.title.ja}（{due.name}）の実績がありません",
                        f"{year} is closed, but has no result for {due.title.en} ({due.name})",
                    ),
                    _WAY_OUT[due.keys[0]],
                    (Note(due.planned, Text("計画ではここ", "planned here")),),
                )


class _Due(NamedTuple):
    keys: tuple[str, ...]
    """Where in the actuals its result belongs."""
    title: Text
    name: str
    planned: Spot


def _without_result(project: Project, year: FiscalYear, actuals: Actuals) -> Iterator[_Due]:
    """Yield everything due in ``year`` that has no result."""
    for entry in project.indicators:
        indicator = entry.indicator
        actual = actuals.indicators.get(indicator.id)
        if actual is None or actual.state is ValueState.UNREPORTED:
            if entry.lasts(year):
                yield _Due(("indicators", indicator.id), _title(indicator.id), indicator.name_in(year), entry.spot)
        elif actual.parts and entry.lasts(year):
            for aim, part in zip(indicator.aims[1:], indicator.parts, strict=True):
                reported = actual.parts.get(part.id)
                if reported is None or reported.state is ValueState.UNREPORTED:
                    keys = ("indicators", indicator.id, "parts", part.id)
                    yield _Due(keys, aim.title, part.name, entry.spot.at(*aim.keys))
    for due in project.actions:
        action = due.action
        result = actuals.actions.get(action.id)
        unreported = result is None or result.result is Result.UNREPORTED
        if unreported and action.id in project.due(year):
            yield _Due(("actions", action.id), _title(action.id), action.title_in(year), due.spot)


def _title(id_: str) -> Text:
    return Text(f"「{id_}」", f"`{id_}`")


def _may_not_last(project: Project, planned: Spot) -> bool:
    """Whether the first or last year of something, or of the initiative it hangs on, could not be read."""
    homes = (Spot(planned.file, planned.route[:length]) for length in range(2, len(planned.route) + 1, 2))
    return any(project.is_hidden(home.at(key)) for home in homes for key in ("from", "until"))


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
