"""The status of many plans: a line each for people, an object each for programs, and what they come to together."""

from __future__ import annotations

import json
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.diagnostics import Report, Severity
from dxplan.language import Language, Text
from dxplan.progress.achievement import Rate, percent
from dxplan.progress.status import Status
from dxplan.views.status.json import PlanJson, RateJson, SummaryJson, plan_json, rate_json, summary_json
from dxplan.views.terminal import Line, visible
from dxplan.views.wording import answer

FORMAT = 1


class CarriedOutJson(TypedDict):
    """Actions due in the year, and how many of them were done or are going on."""

    scheduled: int
    carried_out: int


class YearJson(TypedDict):
    """The plan in the year; ``rates`` are those of its indicators by id, parts aside."""

    plan: PlanJson
    fiscal_year: str
    summary: SummaryJson
    actions: CarriedOutJson
    rates: dict[str, RateJson]


class OverviewJson(TypedDict):
    """One plan; ``folder`` is as it was named.

    ``status`` is null, and ``reason`` says why, where the plan could not be read whole (``unreadable``) or does not run
    in the year that was asked for (``outside_period``).
    """

    format: int
    folder: str
    errors: int
    warnings: int
    status: YearJson | None
    reason: str | None


class Untold(StrEnum):
    """Why nothing is told of a plan."""

    UNREADABLE = "unreadable"
    OUTSIDE_PERIOD = "outside_period"


_UNTOLD = {
    Untold.UNREADABLE: Text("読めない箇所があります", "not everything could be read"),
    Untold.OUTSIDE_PERIOD: Text("この年度は計画期間の外です", "the plan does not run in this year"),
}


class Overview(NamedTuple):
    """One plan at a glance, small enough to cross from a worker process by the thousand."""

    folder: str
    errors: int
    warnings: int
    untold: Untold | None
    title: str
    year: str
    answer: str
    met: int
    judged: int
    unreported: int
    carried_out: int
    scheduled: int
    rates: tuple[Fraction, ...]
    """In no order."""
    json: str


def overview(folder: str, report: Report, status: Status | Untold, language: Language) -> Overview:
    """Return what is told of one plan, or why nothing is."""
    errors, warnings = report.number_of(Severity.ERROR), report.number_of(Severity.WARNING)
    line: OverviewJson = {
        "format": FORMAT,
        "folder": folder,
        "errors": errors,
        "warnings": warnings,
        "status": None if isinstance(status, Untold) else _year(status),
        "reason": status.value if isinstance(status, Untold) else None,
    }
    written = json.dumps(line, ensure_ascii=False) + "\n"
    if isinstance(status, Untold):
        return Overview(folder, errors, warnings, status, "", "", "", 0, 0, 0, 0, 0, (), written)
    rates = (each.now.achievement for each in status.indicators if not each.is_part)
    return Overview(
        folder,
        errors,
        warnings,
        None,
        status.plan.title,
        str(status.year),
        answer(status.summary, language),
        status.summary.met,
        status.summary.judged,
        status.summary.unreported,
        *_carried_out(status),
        tuple(rate.value for rate in rates if isinstance(rate, Rate)),
        written,
    )


def _carried_out(status: Status) -> tuple[int, int]:
    return sum(each.carried_out for each in status.initiatives), sum(each.scheduled for each in status.initiatives)


def _year(status: Status) -> YearJson:
    carried_out, scheduled = _carried_out(status)
    return {
        "plan": plan_json(status.plan),
        "fiscal_year": str(status.year),
        "summary": summary_json(status.summary),
        "actions": {"scheduled": scheduled, "carried_out": carried_out},
        "rates": {
            each.indicator.id: rate_json(each.now.achievement, each.form)
            for each in status.indicators
            if not each.is_part
        },
    }


def line(each: Overview, language: Language) -> Line:
    """Return one plan in a line."""
    name = ((f"{visible(each.folder)}: ", ""),)
    gap = "　" if language == "ja" else "   "
    wrong = Text(f"誤り {each.errors}件", f"errors: {each.errors}").to(language)
    suffix = ((f"{gap}{wrong}", "bold red"),) if each.errors else ()
    if each.untold is not None:
        return (*name, (_UNTOLD[each.untold].to(language), "bold"), *suffix)
    parts = [each.answer, Text("事業", "actions").to(language) + f" {each.carried_out}/{each.scheduled}"]
    if each.rates:
        least, most = (f"{percent(rate, 1):f}%" for rate in (min(each.rates), max(each.rates)))
        between = Text(f"達成率 {least}～{most}", f"rates {least} to {most}")
        one = Text(f"達成率 {least}", f"rate {least}")
        parts.append((one if least == most else between).to(language))
    style = "bold green" if each.judged and each.met == each.judged else ""
    return (*name, (f"{visible(each.title)} {each.year}{gap}", ""), (gap.join(parts), style), *suffix)


class Total(NamedTuple):
    """What many plans come to together."""

    plans: int = 0
    met: int = 0
    judged: int = 0
    unreported: int = 0
    carried_out: int = 0
    scheduled: int = 0
    wrong: int = 0
    """Plans with errors."""
    first_wrong: str = ""
    """The folder of the first of them."""

    def plus(self, each: Overview) -> Total:
        """Return the total with one more plan."""
        return Total(
            self.plans + 1,
            self.met + each.met,
            self.judged + each.judged,
            self.unreported + each.unreported,
            self.carried_out + each.carried_out,
            self.scheduled + each.scheduled,
            self.wrong + bool(each.errors),
            self.first_wrong or (each.folder if each.errors else ""),
        )


def summary(total: Total, language: Language) -> Line:
    """Return the line below all plans."""
    text = Text(
        f"{total.plans}計画: 目標達成 {total.met}/{total.judged}　未報告 {total.unreported}　"
        f"事業 {total.carried_out}/{total.scheduled}",
        f"{total.plans} plans: targets met: {total.met} of {total.judged}   unreported: {total.unreported}   "
        f"actions {total.carried_out}/{total.scheduled}",
    )
    return ((text.to(language), "bold"),)


def wrong(total: Total, language: Language) -> Line:
    """Return how many plans have errors, and how to see them."""
    folder = visible(total.first_wrong)
    text = Text(
        f"誤りのある計画: {total.wrong}。見るには計画を指定する: dxplan validate {folder}",
        f"plans with errors: {total.wrong}. To see them, name the plan: dxplan validate {folder}",
    )
    return ((text.to(language), "bold red"),)
