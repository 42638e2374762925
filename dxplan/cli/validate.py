"""``dxplan validate``: everything that is wrong with one or more projects."""

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import Annotated, NamedTuple

import typer

from dxplan import checks
from dxplan.cli.many import FULL, Folder, folders_in_question, in_order
from dxplan.cli.options import Session, choice, data_option, format_option
from dxplan.cli.output import print_command, print_lines, print_machine
from dxplan.diagnostics import Report, Severity
from dxplan.language import Language
from dxplan.views.problems import github, text
from dxplan.views.terminal import visible


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say
    help_text = _(
        "計画と実績の誤りを、場所と直し方とともにすべて示す",
        "Show everything that is wrong with a plan and its actuals, where, and the way out",
    )
    epilog = _(
        "終了コード: 0 問題なし（注意だけを含む）、1 誤りあり、2 使い方の誤り",
        "Exit codes: 0 no errors (warnings allowed), 1 errors, 2 wrong usage",
    )

    @app.command(help=help_text, epilog=epilog)
    def validate(
        paths: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="PATHS",
                help=_(
                    "計画のあるフォルダー、計画のフォルダーを集めたフォルダー、その中のファイル（いくつでも）。"
                    "省略すると status と同じ計画",
                    "Folders that hold a plan, folders of such folders, or files in them (any number). By default the "
                    "same plan as for status",
                ),
                show_default=False,
            ),
        ] = None,
        data: Annotated[str | None, data_option(session)] = None,
        against: Annotated[
            str | None,
            typer.Option(
                metavar="REV",
                help=_(
                    "gitのこの版（ブランチ、タグ、コミット）とも比べ、公表した値や目標値の、記録のない変更を示す",
                    "Also compare with this git revision (a branch, tag or commit), and show what was published and "
                    "changed without a record",
                ),
            ),
        ] = None,
        form: Annotated[str | None, format_option(session, _FORMATS)] = None,
        strict: Annotated[
            bool, typer.Option("--strict", help=_("注意も誤りと同じに数える", "Count warnings as errors"))
        ] = False,
    ) -> int:
        show = choice("--format", form or _default(os.environ), _FORMATS)
        folders = folders_in_question(data, paths or [], session)
        with closing(_examined(folders, against, session)) as reports:
            counted = _Counted(_noted(reports, session.language))
            show(_Run([name for _, name in folders], counted, session.language, strict))
        return 1 if counted.errors or (strict and counted.warnings) else 0


def _examined(folders: list[Folder], revision: str | None, session: Session) -> Generator[Report]:
    """Return each project's report, in order."""
    examine = _examine if revision is None else partial(_examine_against, revision)
    return in_order(examine, folders, session, session.say("計画を確かめています", "Validating"))


def _examine(folder: Folder) -> Report:
    return checks.examine(*folder).report


def _examine_against(revision: str, folder: Folder) -> Report:
    from dxplan.checks import history  # only who asks for it waits for it, and for git
    from dxplan.project import Loaded
    from dxplan.revision import load_at

    examined = checks.examine(*folder)
    before = load_at(*folder, revision)
    if isinstance(before, Loaded):
        return history.against(before, examined)
    return examined.report._replace(notes=(before.note,))


def _noted(reports: Iterable[Report], language: Language) -> Iterator[Report]:
    """Pass the reports on, and tell what is to be said beside them; once, and apart from the results."""
    for report in reports:
        yield report
        for note in report.notes:
            print_lines([((visible(note.to(language)), ""),)], sys.stderr)


class _Counted:
    """Reports as they pass by, and how much was wrong in those that did."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports = reports
        self.errors = self.warnings = 0

    def __iter__(self) -> Iterator[Report]:
        for report in self._reports:
            self.errors += report.number_of(Severity.ERROR)
            self.warnings += report.number_of(Severity.WARNING)
            yield report


class _Run(NamedTuple):
    """One run: the projects' names, their reports in the same order, and how they are wanted."""

    names: list[str]
    reports: _Counted
    language: Language
    strict: bool


def _text(run: _Run) -> None:
    if len(run.names) > 1:
        _overview(run)
        return
    files = 0
    example = ""
    for report in run.reports:
        print_lines(text.lines(report, run.language))
        example = example or text.example(report)
        files += report.files
    print_lines([text.summary(run.reports.errors, run.reports.warnings, files, example, run.language)])


def _overview(run: _Run) -> None:
    """Print a line for each plan, and under it all that is wrong: of a few plans, or of the first that fail."""
    from dxplan.views.overview import problems

    tally = problems.Tally()
    for name, report in zip(run.names, run.reports, strict=True):
        errors, warnings = report.number_of(Severity.ERROR), report.number_of(Severity.WARNING)
        fails = bool(errors or (run.strict and warnings))
        is_shown = len(run.names) <= FULL or (fails and tally.shown < FULL)
        print_lines(
            [problems.line(name, report, run.language), *(text.lines(report, run.language) if is_shown else ())]
        )
        tally = problems.Tally(
            tally.plans + 1,
            tally.failing + fails,
            tally.only_warned + (bool(warnings) and not fails),
            tally.errors + errors,
            tally.warnings + warnings,
            tally.files + report.files,
            tally.example or text.example(report),
            tally.next or (name if fails and not is_shown else ""),
            tally.shown + (fails and is_shown),
        )
    print_lines(problems.summary(tally, run.language))


def _github(run: _Run) -> None:
    for report in run.reports:
        for line in github.lines(report, run.language):
            print_command(line)


# The forms below are imported by who asks for them.


def _json(run: _Run) -> None:
    from dxplan.views.problems import json

    print_machine(json.document(list(run.reports), run.language))


def _jsonl(run: _Run) -> None:
    from dxplan.views.problems import jsonl

    for name, report in zip(run.names, run.reports, strict=True):
        print_machine(jsonl.line(name, report, run.language, strict=run.strict))


def _sarif(run: _Run) -> None:
    from dxplan import __version__
    from dxplan.cli.rules import every_page
    from dxplan.views.problems import sarif

    print_machine(sarif.document(run.reports, every_page(), __version__, run.language))


def _junit(run: _Run) -> None:
    from dxplan.views.problems import junit

    print_machine(junit.document(zip(run.names, run.reports, strict=True), run.language, strict=run.strict))


def _gitlab(run: _Run) -> None:
    from dxplan.views.problems import gitlab

    print_machine(gitlab.document(run.reports, run.language))


_FORMATS: dict[str, Callable[[_Run], None]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
    "gitlab": _gitlab,
}


def _default(environment: Mapping[str, str]) -> str:
    """Return the form that is shown where none is named: what GitHub Actions puts beside the lines, else text."""
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"
