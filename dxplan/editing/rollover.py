"""``rollover``: the file in which the departments report on the next year, with everything that is due in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from dxplan.editing.patch import key_text
from dxplan.errors import RefusedError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import ActionResult
from dxplan.model.plan import Initiative
from dxplan.model.values import Result
from dxplan.progress.judgement import IndicatorStatus, indicator_status
from dxplan.progress.status import has_report
from dxplan.project import ActionEntry, Project, YearFile

CARRIED = (Result.POSTPONED, Result.PARTIAL, Result.NOT_STARTED)
"""Results after which an action may be reported on in a year that it is not scheduled for (DX306)."""


class Why(StrEnum):
    """Why an action stands in the new year, or does not."""

    SCHEDULED = "scheduled"
    CARRIED_OVER = "carried_over"
    DONE = "done"
    CANCELLED = "cancelled"
    UNREPORTED = "unreported"
    """Its schedule has ended, and nobody said what came of it."""
    ENDED = "ended"
    """Its initiative is no longer part of the plan."""


class Due(NamedTuple):
    """One action and why it stands in the new year, or does not."""

    entry: ActionEntry
    why: Why
    before: Result | None
    """Last year's result; None where there was none."""


class NewYear(NamedTuple):
    """What the file of the new year is to hold."""

    year: FiscalYear
    before: YearFile | None
    """Last year's file; None before the first."""
    unreported: int
    """Number of indicators and actions that last year's file says nothing about."""
    indicators: tuple[IndicatorStatus, ...]
    """Those that are part of the plan in the new year, judged in it."""
    actions: tuple[Due, ...]
    """Those that stand in the new year."""
    left_out: tuple[Due, ...]
    """Those of last year that do not."""
    idle: tuple[Initiative, ...]
    """Initiatives of the plan with nothing due in the new year."""


def year_to_open(project: Project, wanted: FiscalYear | None) -> FiscalYear:
    """Return the year that comes next, or ``wanted``; raises RefusedError past the plan's end, UsageError elsewhere.

    A latest year of which nothing is reported was opened just now: opening twice is opening once.
    """
    period = project.plan.period
    latest = max((year for year in project.files_by_year if period.holds(year)), default=None)
    following = period.first if latest is None else latest + 1
    year = wanted or (latest if latest is not None and not has_report(project.actuals[latest]) else following)
    if year > period.last:
        raise RefusedError(
            Text(
                f"{period.last} が計画の最後の年度なので、{year} は開けません",
                f"{period.last} is the plan's last year, so {year} cannot be opened",
            ),
            Text(
                "計画を延ばしたのなら plan.yaml の period の to を改める。次の計画は dxplan init で始める",
                "if the plan was extended, change `to` of its `period`; a new plan begins with dxplan init",
            ),
        )
    if year < period.first:
        raise UsageError(
            Text(f"{year} は計画期間より前です", f"{year} is before the plan's period"),
            Text(
                f"{period.first} から {period.last} までの年度を指定する",
                f"choose from {period.first} to {period.last}",
            ),
        )
    still_open = project.actuals.get(year - 2)
    if year not in project.files_by_year and still_open is not None and not still_open.is_closed:
        raise RefusedError(
            Text(
                f"{year - 2} がまだ確定していないので、{year} は開けません",
                f"{year - 2} is not closed yet, so {year} cannot be opened",
            ),
            Text(f"先に dxplan close --year {year - 2} で確定する", f"close it first: dxplan close --year {year - 2}"),
        )
    if year > following:
        raise RefusedError(
            Text(f"{year} の前に {following} を開く必要があります", f"{following} has to be opened before {year}"),
            Text(f"先に dxplan rollover --to {following} を実行する", f"run dxplan rollover --to {following} first"),
        )
    return year


def new_year(project: Project, year: FiscalYear, unreported: int) -> NewYear:
    """Return what the file of ``year`` is to hold; ``unreported`` counts what last year's file lacks."""
    indicators = tuple(indicator_status(project, entry, year) for entry in project.indicators if entry.lasts(year))
    due: list[Due] = []
    left_out: list[Due] = []
    for entry in project.actions:
        found = _due(project, entry, year)
        if found is not None:
            (due if found.why in (Why.SCHEDULED, Why.CARRIED_OVER) else left_out).append(found)
    busy = {each.entry.initiative.id for each in due}
    initiatives = (entry.initiative for entry in project.initiatives if entry.initiative.lasts(year))
    idle = tuple(initiative for initiative in initiatives if initiative.id not in busy)
    before = project.files_by_year.get(year - 1)
    return NewYear(year, before, unreported, indicators, tuple(due), tuple(left_out), idle)


def _due(project: Project, entry: ActionEntry, year: FiscalYear) -> Due | None:
    """Return why an action stands in ``year``, or no longer does; None where neither year has to do with it."""
    reported = _reported(project, entry, year - 1)
    before = reported.result if reported is not None else None
    if entry.is_due(year):
        return Due(entry, Why.SCHEDULED, before)
    if not entry.is_due(year - 1) and reported is None:
        return None
    if not entry.initiative.lasts(year):
        return Due(entry, Why.ENDED, before)
    if before in CARRIED:
        return Due(entry, Why.CARRIED_OVER, before)
    if before is None or before is Result.UNREPORTED:
        return Due(entry, Why.UNREPORTED, before)
    return Due(entry, Why.CANCELLED if before is Result.CANCELLED else Why.DONE, before)


def _reported(project: Project, entry: ActionEntry, year: FiscalYear) -> ActionResult | None:
    actuals = project.actuals.get(year)
    return actuals.actions.get(entry.action.id) if actuals else None


class Words(NamedTuple):
    """How a view writes figures and words into the comments of the file."""

    target: Callable[[IndicatorStatus], str]
    """This year's target."""
    last: Callable[[IndicatorStatus], str]
    """Last year's actual."""
    result: Callable[[Result], str]


def text_of(project: Project, new: NewYear, words: Words) -> str:
    """Return the text of the new year's file."""
    return "\n".join(_lines(project, new, words)) + "\n"


def _lines(project: Project, new: NewYear, words: Words) -> Iterator[str]:
    yield from _modelines(project, new)
    yield f"# {_comment(project.plan.title)} {new.year.ja}の実績"
    yield "#"
    yield "# 値や結果を、IDの右に書く。値がなければ pending（集計中）などの理由を書く。空欄は未報告。"
    yield "format: 1"
    yield f"fiscal_year: {new.year}"
    yield "state: open"
    if new.indicators:
        yield ""
        yield "indicators:"
        for each in new.indicators:
            target, last = words.target(each), words.last(each)
            yield f"  # {_comment(each.name)}　目標 {_comment(target)}　前年度 {_comment(last)}"
            yield f"  {key_text(each.indicator.id)}:"
            if each.parts:
                yield "    parts:"
                for part in each.parts:
                    target, last = words.target(part), words.last(part)
                    yield f"      # {_comment(part.name)}　目標 {_comment(target)}　前年度 {_comment(last)}"
                    yield f"      {key_text(part.indicator.id)}:"
    if new.actions:
        yield ""
        yield "actions:"
        initiative = None
        for due in new.actions:
            if due.entry.initiative is not initiative:
                initiative = due.entry.initiative
                yield f"  # 取組{initiative.id} {_comment(initiative.title_in(new.year))}"
            said = "（前年度 " + words.result(due.before) + "）" if due.before in _SAID else ""
            yield f"  {key_text(due.entry.action.id)}: # {_comment(due.entry.action.title_in(new.year))}{said}"


_SAID = frozenset((*CARRIED, Result.CANCELLED))


def _modelines(project: Project, new: NewYear) -> Iterator[str]:
    """Yield the lines for editors at the head of the latest file; else the plan's, for one folder further down."""
    latest = new.before or (project.year_files[-1] if project.year_files else None)
    if latest is not None:
        yield from _for_editors(latest.reading.document.text)
        return
    for line in _for_editors(project.plan_reading.document.text):
        head, mark, schema = line.partition("schema=" if "schema=" in line else "schema: ")
        above = "" if schema.startswith(("/", "http:", "https:", "file:")) else "../"
        yield f"{head}{mark}{above}{schema.replace('plan.schema', 'actuals.schema')}"


def _for_editors(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        if line.startswith(("# yaml-language-server:", "# $schema:")):
            yield line


def _comment(text: str) -> str:
    """Return text on one line that can end nothing but itself."""
    return "".join(character if character.isprintable() or character == "\u3000" else " " for character in text)
