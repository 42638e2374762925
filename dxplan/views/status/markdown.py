"""The state of a plan as Markdown, for a pull request or an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxplan.language import Language, Text
from dxplan.progress.achievement import Reason
from dxplan.progress.status import IndicatorStatus, InitiativeStatus, Status
from dxplan.views.terminal import on_one_line
from dxplan.views.wording import (
    NOTHING,
    REASONS,
    ROUNDED_NOTE,
    VERDICTS,
    answer,
    baseline_text,
    change_text,
    due_next,
    measured_text,
    rate_text,
    rate_with_method,
    remarks,
    target_text,
    year_name,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$:])")
_LINKED_BY_ITSELF = {"@": "@<!-- -->", "www.": "www&#46;"}
"""What GitHub makes links and mentions of even where it is escaped."""


def document(status: Status, language: Language) -> str:
    """Return the whole page."""
    return "\n".join(_lines(status, language)) + "\n"


def escape(text: str) -> str:
    """Return untrusted text so that Markdown shows it as it is, on one line."""
    escaped = _SPECIAL.sub(r"\\\1", on_one_line(text))
    for linked, apart in _LINKED_BY_ITSELF.items():
        escaped = escaped.replace(linked, apart)
    return escaped


def _lines(status: Status, language: Language) -> Iterator[str]:
    yield f"# {escape(status.plan.title)} {year_name(status.year, language)}"
    yield ""
    yield answer(status.summary, language)
    if status.rounds_to_whole:
        yield ""
        yield ROUNDED_NOTE.to(language)
    for viewpoint, indicators, initiatives in status.by_viewpoint():
        if viewpoint is not None:
            label = Text("視点", "Viewpoint ").to(language)
            yield ""
            yield f"## {label}{viewpoint.id} {escape(viewpoint.title)}"
        if indicators:
            yield ""
            yield from _table(_INDICATOR_HEAD, [_indicator(each, status, language) for each in indicators], language)
        if initiatives:
            head = (*_INITIATIVE_HEAD, due_next(status.next_year), Text("備考", "Remarks"))
            yield ""
            yield from _table(head, [_initiative(each, status, language) for each in initiatives], language)


_INDICATOR_HEAD = (
    Text("指標", "Indicator"),
    Text("基準値", "Baseline"),
    Text("目標値", "Target"),
    Text("実績値", "Actual"),
    Text("達成率", "Rate"),
    Text("判定", "Met"),
    Text("最終目標へ", "To final"),
    Text("次年度目標", "Next target"),
)
_INITIATIVE_HEAD = (Text("取組", "Initiative"), Text("実施/予定", "Done/due"))


def _indicator(each: IndicatorStatus, status: Status, language: Language) -> list[str]:
    indicator, now, decimals = each.indicator, each.now, status.plan.decimals
    monitoring = indicator.monitoring
    return [
        escape(indicator.name),
        escape(baseline_text(indicator.baseline, indicator.unit, language)),
        REASONS[Reason.MONITORING].to(language)
        if monitoring
        else escape(target_text(now.target, indicator.unit, language)),
        escape(measured_text(now.measured, indicator.unit, language)),
        escape(change_text(each, language) if monitoring else rate_with_method(now.achievement, decimals, language)),
        VERDICTS[now.verdict].to(language),
        NOTHING if monitoring else rate_text(each.progress, decimals, language),
        escape(target_text(each.next_target, indicator.unit, language)),
    ]


def _initiative(each: InitiativeStatus, status: Status, language: Language) -> list[str]:
    return [
        f"{each.initiative.id} {escape(each.initiative.title)}",
        f"{each.carried_out}/{each.scheduled}" if each.scheduled else NOTHING,
        str(each.planned_next) if status.next_year else NOTHING,
        remarks(each, language),
    ]


def _table(head: Sequence[Text], rows: Sequence[Sequence[str]], language: Language) -> Iterator[str]:
    yield f"| {' | '.join(title.to(language) for title in head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
