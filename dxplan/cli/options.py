"""What several commands share: options in the reader's language, the project in hand, words for a year."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import typer

from dxplan.cli.output import print_lines
from dxplan.diagnostics import Report, Severity
from dxplan.errors import UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.project import Project, find
from dxplan.views.problems import text as problems

T = TypeVar("T")


class Session(NamedTuple):
    """What one run of the command line was told before its command was known."""

    language: Language

    def say(self, ja: str, en: str) -> str:
        """Return one sentence in the reader's language."""
        return Text(ja, en).to(self.language)


def data_option(session: Session) -> Any:  # noqa: ANN401 - as typer.Option itself
    """Return ``--data DIR``."""
    return typer.Option(
        "--data",
        metavar="DIR",
        help=session.say(
            "計画のあるフォルダー。省略すると環境変数 DXPLAN_DATA、なければこの場所か上のフォルダーの data",
            "The plan's folder. By default DXPLAN_DATA, else data here or in the nearest folder above",
        ),
    )


def year_option(session: Session) -> Any:  # noqa: ANN401
    """Return ``--year R7``."""
    return typer.Option(
        "--year",
        metavar="YEAR",
        help=session.say(
            "年度（R7、令和7年度、2025）。省略すると、実績のある最も新しい年度",
            "Fiscal year (R7, 令和7年度, 2025). By default the latest with a reported value",
        ),
    )


def format_option(session: Session, choices: Iterable[str]) -> Any:  # noqa: ANN401
    """Return ``--format``, whose choices are the views there are."""
    names = " / ".join(choices)
    default = names.split(" / ", maxsplit=1)[0]
    return typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help=session.say(f"出力の形: {names}（既定は {default}）", f"Output form: {names} (by default {default})"),
    )


def folder(given: str | None) -> tuple[Path, str]:
    """Return the project's folder and the name under which its files are shown; raises UsageError."""
    try:
        path = Path(given) if given is not None else find(Path.cwd(), os.environ)
        return path, shown(path)
    except FileNotFoundError:
        raise UsageError(
            Text("いまいるフォルダーがなくなっています", "the current folder is gone"),
            Text("cd で別のフォルダーに移る", "change to another folder with cd"),
        ) from None


def shown(path: Path) -> str:
    """Return ``path`` as it is shown: relative to the current folder, with ``/``."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (ValueError, FileNotFoundError):  # another drive of Windows; the current folder is gone
        return path.as_posix()


def fiscal_year(text: str) -> FiscalYear:
    """Read a year from the command line; raises UsageError."""
    try:
        return FiscalYear.parse(text)
    except ValueError:
        raise UsageError(
            Text(f"「{text}」は年度として読めません", f"`{text}` is not a fiscal year"),
            Text("R7、令和7年度、2025 のように書く", "write R7, 令和7年度 or 2025"),
        ) from None


def choice(option: str, given: str, choices: Mapping[str, T]) -> T:
    """Return what ``given`` names among ``choices``; raises UsageError."""
    if given.lower() in choices:
        return choices[given.lower()]
    names = " / ".join(choices)
    raise UsageError(
        Text(f"{option} に「{given}」はありません", f"{option} has no `{given}`"),
        Text(f"{names} から選ぶ", f"choose one of {names}"),
    )


def year_in_question(project: Project, given: str | None) -> FiscalYear:
    """Return the year given, or the latest with something reported; raises UsageError outside the plan's period."""
    from dxplan.progress.status import latest_reported_year  # validate, which shares this module, computes nothing

    if given is None:
        return latest_reported_year(project)
    period, year = project.plan.period, fiscal_year(given)
    if period.holds(year):
        return year
    raise UsageError(
        Text(f"{year} は計画期間の外です", f"{year} is outside the plan's period"),
        Text(
            f"{period.first} から {period.last} までの年度を指定する",
            f"choose a year from {period.first} to {period.last}",
        ),
    )


def say_problems(report: Report, session: Session) -> int:
    """Tell on stderr what is wrong with the project at hand, and return exit code 1."""
    counts = (report.number_of(Severity.ERROR), report.number_of(Severity.WARNING))
    summary = problems.summary(*counts, report.files, problems.example(report), session.language)
    print_lines([*problems.lines(report, session.language), summary], sys.stderr)
    return 1


def refuse(report: Report, session: Session) -> int:
    """Tell on stderr why nothing can be shown of a project that could not be read whole, and return exit code 1."""
    say_problems(report, session)
    sentence = session.say(
        "読めない箇所があるため、何も示していません。上の誤りを直してから、もう一度実行してください",
        "Nothing is shown, because not everything could be read. Mend what is named above and run it again",
    )
    print_lines([((sentence, ""),)], sys.stderr)
    return 1
