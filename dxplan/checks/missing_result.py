"""A closed year without the result of something that was due."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.model.values import Result, ValueState, YearState
from dxplan.project import Project, YearFile

RULE = Rule("DX307", "missing-result")


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators and scheduled actions that a closed year says nothing about."""
    for year_file in project.year_files:
        actuals = year_file.actuals
        if actuals.state is not YearState.CLOSED or not year_file.knows_year:
            continue
        year = actuals.fiscal_year
        for indicator in project.indicators:
            id_ = indicator.indicator.id
            actual = actuals.indicators.get(id_)
            if actual is None or actual.state is ValueState.UNREPORTED:
                yield from _missing(project, year_file, "indicators", id_, indicator.spot, indicator.indicator.name)
        for entry in project.actions:
            reported = actuals.actions.get(entry.action.id)
            if entry.action.schedule.covers(year) and (reported is None or reported.result is Result.UNREPORTED):
                yield from _missing(project, year_file, "actions", entry.action.id, entry.spot, entry.action.title)


def _missing(project: Project, year_file: YearFile, kind: str, id_: str, planned: Spot, name: str) -> Iterator[Finding]:
    spot = Spot(year_file.file, (kind, id_))
    if project.is_hidden(spot) or project.is_hidden(planned):
        return
    year = year_file.actuals.fiscal_year
    yield Finding(
        spot,
        Text(
            f"確定した {year} に「{id_}」（{name}）の実績がありません",
            f"{year} is closed, but has no result for `{id_}` ({name})",
        ),
        Text(
            f"{kind} に「{id_}:」の行を加える。値がなければ理由（not_conducted など）を書く"
            if kind == "indicators"
            else f"{kind} に「{id_}: done」のような行を加える",
            f"add `{id_}:` under `{kind}`, with a value or the reason why there is none"
            if kind == "indicators"
            else f"add a line such as `{id_}: done` under `{kind}`",
        ),
        (Note(planned, Text("計画ではここ", "planned here")),),
    )
