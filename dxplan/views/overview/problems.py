"""Many validated plans for people: how each one stands in a line, and the verdict over all of them."""

from __future__ import annotations

from typing import NamedTuple

from dxplan.diagnostics import Report, Severity
from dxplan.language import Language, Text
from dxplan.views.terminal import Line, visible


class Tally(NamedTuple):
    """What a run over many plans came to."""

    plans: int = 0
    failing: int = 0
    """Plans with errors; under ``--strict`` with warnings, too."""
    only_warned: int = 0
    """Plans with nothing but warnings, where these do not count."""
    errors: int = 0
    warnings: int = 0
    files: int = 0
    example: str = ""
    """The code of the first problem."""
    next: str = ""
    """The first failing plan whose problems were not shown."""
    shown: int = 0
    """How many failing plans were shown in full."""


def line(name: str, report: Report, language: Language) -> Line:
    """Return how one plan stands."""
    errors, warnings = report.number_of(Severity.ERROR), report.number_of(Severity.WARNING)
    style = "bold red" if errors else "bold yellow" if warnings else "green"
    return ((f"{visible(name)}: ", ""), (_verdict(errors, warnings).to(language), style))


def _verdict(errors: int, warnings: int) -> Text:
    if errors:
        more = Text(f"、注意 {warnings}件", f", {_number(warnings, 'warning')}") if warnings else Text("", "")
        return Text(f"誤り {errors}件{more.ja}", f"{_number(errors, 'error')}{more.en}")
    if warnings:
        return Text(f"注意 {warnings}件", _number(warnings, "warning"))
    return Text("問題なし", "ok")


def summary(tally: Tally, language: Language) -> list[Line]:
    """Return the verdict over every plan, and how to see what was not shown."""
    counted = Text(
        f"（誤り {tally.errors}件、注意 {tally.warnings}件、{tally.files}ファイル）",
        f" ({_number(tally.errors, 'error')}, {_number(tally.warnings, 'warning')}, {_number(tally.files, 'file')})",
    )
    if not tally.errors and not tally.warnings:
        text = Text(
            f"{tally.plans}計画とも問題ありません（{tally.files}ファイル）",
            f"no problems in {tally.plans} plans ({_number(tally.files, 'file')})",
        )
        return [((text.to(language), "bold green"),)]
    text = Text(
        f"{tally.plans}計画のうち、問題のある計画 {tally.failing}、注意だけの計画 {tally.only_warned}{counted.ja}。"
        f"規則の説明: dxplan rules {tally.example}",
        f"of {tally.plans} plans {tally.failing} failed, {tally.only_warned} with warnings only{counted.en}. "
        f"To read about a rule: dxplan rules {tally.example}",
    )
    lines: list[Line] = [((text.to(language), "bold red" if tally.failing else "bold yellow"),)]
    if tally.next:
        more = Text(
            f"くわしく示したのは、問題のある初めの{tally.shown}計画です。ほかは計画を指定する: "
            f"dxplan validate {visible(tally.next)}",
            f"the first {tally.shown} that failed are shown in full; for another, name it: "
            f"dxplan validate {visible(tally.next)}",
        )
        lines.append(((more.to(language), ""),))
    return lines


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
