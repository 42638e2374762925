"""``dxplan diff``: what changed in meaning since an earlier version, or from one fiscal year to another."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.options import Session, choice, data_option, folder, format_option, refuse, say_problems
from dxplan.cli.output import print_lines, print_machine, print_text, screen
from dxplan.diagnostics import Report, Severity
from dxplan.errors import RefusedError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.progress.comparison.changes import Comparison, Version
from dxplan.progress.comparison.versions import between_versions
from dxplan.progress.comparison.years import between_years
from dxplan.project import Loaded, Project, load
from dxplan.revision import Missing, load_at
from dxplan.views.terminal import visible


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "前の版から、またはある年度から別の年度へ、何が変わったかを意味で示す",
            "Show what changed in meaning since an earlier version, or from one fiscal year to another",
        ),
        epilog=_(
            "例: dxplan diff（コミットしていない変更）、dxplan diff main、dxplan diff v1 v2、dxplan diff R7 R8\n"
            "終了コード: 0 正常（違いがあっても）、1 読めない計画、2 使い方の誤り",
            "Examples: dxplan diff (what is not committed), dxplan diff main, dxplan diff v1 v2, dxplan diff R7 R8\n"
            "Exit codes: 0 fine, also with differences, 1 a plan that cannot be read, 2 wrong usage",
        ),
    )
    def diff(
        first: Annotated[
            str | None,
            typer.Argument(
                metavar="REV1",
                help=_(
                    "gitの版（ブランチ、タグ、コミット）。省略すると HEAD。年度を2つ書くと、年度どうしを比べる",
                    "A git revision (branch, tag or commit). By default HEAD. Two fiscal years are compared with each "
                    "other",
                ),
                show_default=False,
            ),
        ] = None,
        second: Annotated[
            str | None,
            typer.Argument(
                metavar="REV2",
                help=_("比べる版。省略すると今のファイル", "What to compare it with. By default the files as they are"),
                show_default=False,
            ),
        ] = None,
        data: Annotated[str | None, data_option(session)] = None,
        form: Annotated[str, format_option(session, _FORMATS)] = "table",
    ) -> int:
        show = choice("--format", form, _FORMATS)
        years = [_year(each) for each in (first, second) if each is not None]
        if len(years) == 2 and years[0] is not None and years[1] is not None:  # noqa: PLR2004 - before and after
            return _years(folder(data), (years[0], years[1]), show, session)
        return _versions(folder(data), ("HEAD" if first is None else first, second), show, session)


_Show = Callable[[Comparison, tuple[str, ...], Language], None]


def _year(text: str) -> FiscalYear | None:
    """Return the fiscal year that ``text`` names; two of them are years, whatever branches are called."""
    try:
        return FiscalYear.parse(text)
    except ValueError:
        return None


def _years(home: tuple[Path, str], pair: tuple[FiscalYear, FiscalYear], show: _Show, session: Session) -> int:
    project, report = examine(*home)
    if project is None or report.unread_files or report.unread:
        return refuse(report, session)
    period = project.plan.period
    for year in pair:
        if not period.holds(year):
            raise UsageError(
                Text(f"{year} は計画期間の外です", f"{year} is outside the plan's period"),
                Text(
                    f"{period.first} から {period.last} までの年度を指定する（同じ名前のブランチは heads/{year}）",
                    f"choose years from {period.first} to {period.last} (a branch of that name is heads/{year})",
                ),
            )
    changes = between_years(project, *pair)
    show(Comparison(project.plan, Version(year=pair[0]), Version(year=pair[1]), changes), (), session.language)
    return say_problems(report, session) if report.number_of(Severity.ERROR) else 0


def _versions(home: tuple[Path, str], named: tuple[str, str | None], show: _Show, session: Session) -> int:
    before = _at(home, named[0])
    now = load(*home) if named[1] is None else _at(home, named[1])
    if now.project is None:
        report = Report(tuple(now.errors), now.files, now.unread_files, now.unread)
        return refuse(report, session)
    then = _project(before)
    unread = (*_unread(before), *_unread(now))
    versions = (Version(named[0]), Version(named[1]))
    changes = between_versions(then, now.project)
    show(Comparison(now.project.plan, *versions, changes), unread, session.language)
    sys.stdout.flush()
    for name in unread:
        said = session.say(f"{name} は読めず、比べていません", f"{name} could not be read, and was not compared")
        print_lines([((visible(said), ""),)], sys.stderr)
    return 0


def _at(home: tuple[Path, str], revision: str) -> Loaded:
    """Return the project at a revision; raises UsageError where there was none, or no such revision."""
    try:
        found = load_at(*home, revision)
    except UsageError as error:
        if _year(revision) is None:
            raise
        raise UsageError(
            error.message,
            Text("年度を比べるなら、2つ書く: dxplan diff R7 R8", "to compare years, name two: dxplan diff R7 R8"),
        ) from error
    if isinstance(found, Missing):
        raise UsageError(
            found.note,
            Text(
                "計画のある版を指定する: git log --oneline -- plan.yaml", "name a revision that has the plan (git log)"
            ),
        )
    return found


def _project(loaded: Loaded) -> Project:
    """Return what could be read; raises RefusedError where the plan could not be read at all."""
    if loaded.project is not None:
        return loaded.project
    error = loaded.error()
    raise RefusedError(error.message, error.hint)


def _unread(loaded: Loaded) -> tuple[str, ...]:
    return (*loaded.unread_files, *(f"{place.file}:{place.line}" for place in loaded.unread))


def _table(comparison: Comparison, _unread: tuple[str, ...], language: Language) -> None:
    from dxplan.views.diff import table

    print_lines(table.lines(comparison, screen(language)))


def _markdown(comparison: Comparison, _unread: tuple[str, ...], language: Language) -> None:
    from dxplan.views.diff import markdown

    print_text(markdown.document(comparison, language))


def _json(comparison: Comparison, unread: tuple[str, ...], _language: Language) -> None:
    from dxplan.views.diff import json

    print_machine(json.document(comparison, unread))


_FORMATS: dict[str, _Show] = {"table": _table, "markdown": _markdown, "json": _json}
