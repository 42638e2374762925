"""``dxplan status``: how far the plan has come in one fiscal year."""

import os
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dxplan.checks import examine
from dxplan.cli.many import Folder, folders_in_question, in_order
from dxplan.cli.options import (
    Session,
    choice,
    data_option,
    fiscal_year,
    format_option,
    refuse,
    say_problems,
    year_in_question,
    year_option,
)
from dxplan.cli.output import print_lines, print_machine, print_text, screen
from dxplan.diagnostics import Severity
from dxplan.errors import UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.progress.selection import Only, Order, ordered
from dxplan.progress.selection import only as select
from dxplan.progress.status import Status, latest_reported_year, status
from dxplan.project import Project

if TYPE_CHECKING:
    from dxplan.progress.missing import Missing
    from dxplan.views.overview.status import Overview


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        name="status",
        help=_("計画がどこまで進んだかを年度ごとに示す", "Show how far the plan has come in a fiscal year"),
        epilog=_(
            "終了コード: 0 正常、1 計画か実績に誤りあり、2 使い方の誤り",
            "Exit codes: 0 fine, 1 errors in the plan or its actuals, 2 wrong usage",
        ),
    )
    def status_command(  # noqa: PLR0913, PLR0917 - one for each option
        paths: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="PATHS",
                help=_(
                    "計画のあるフォルダー、またはそれを集めたフォルダー。いくつもの計画は1行ずつ示す",
                    "Folders that hold a plan, or folders of such folders. Of several plans each is told in a line",
                ),
                show_default=False,
            ),
        ] = None,
        year: Annotated[str | None, year_option(session)] = None,
        viewpoint: Annotated[
            str | None,
            typer.Option(metavar="ID", help=_("この視点だけを示す（例: 1）", "Show only this viewpoint (such as 1)")),
        ] = None,
        only: Annotated[
            str | None,
            typer.Option(
                metavar="WHAT",
                help=_(
                    "これだけを示す: unmet（未達）/ unreported（未報告）/ monitoring（管理指標）",
                    "Show only: unmet / unreported / monitoring",
                ),
            ),
        ] = None,
        sort: Annotated[
            str | None,
            typer.Option(
                metavar="ORDER",
                help=_(
                    "並べ方: rate（達成率の低い順）/ id。省略すると計画の順",
                    "Order: rate (lowest first) / id. By default that of the plan",
                ),
            ),
        ] = None,
        missing: Annotated[
            bool,
            typer.Option(
                "--missing",
                help=_("未報告の指標と事業を、担当部署ごとに示す", "List what is not reported, by department"),
            ),
        ] = False,
        form: Annotated[str, format_option(session, _FORMATS)] = "table",
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        shape = choice("--format", form, _FORMATS)
        wanted = choice("--only", only, _ONLY) if only is not None else None
        order = choice("--sort", sort, _ORDERS) if sort is not None else None
        if missing and (wanted or order):
            raise UsageError(
                Text("--missing は --only、--sort と一緒に使えません", "--missing goes with neither --only nor --sort"),
                Text("どちらか一方を指定する", "give one of them"),
            )
        for each in paths or []:
            _refuse_year(each)
        folders = folders_in_question(data, paths or [], session)
        if len(folders) > 1 or shape.page is None:
            if viewpoint is not None or missing or wanted or order:
                raise _one_plan_only("--viewpoint / --only / --sort / --missing")
            if shape.overview is None:
                raise _one_plan_only(f"--format {form}")
            return _overview(folders, year, shape.overview, session)
        project, report = examine(*folders[0])
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        chosen = year_in_question(project, year)
        part = _viewpoint(project, viewpoint) if viewpoint is not None else None
        if missing:
            from dxplan.progress.missing import missing as find_missing

            shape.page.missing(find_missing(project, chosen, part), session.language)
        else:
            result = status(project, chosen, part)
            result = select(result, wanted) if wanted is not None else result
            shape.page.status(ordered(result, order) if order is not None else result, session.language)
        return say_problems(report, session) if report.number_of(Severity.ERROR) else 0


def _viewpoint(project: Project, given: str) -> str:
    words = unicodedata.normalize("NFKC", given).strip()
    known = {viewpoint.id: viewpoint.title for viewpoint in project.plan.viewpoints}
    for id_, title in known.items():
        if id_ in (words, words.removeprefix("視点")) or title == words:
            return id_
    raise UsageError(
        Text(f"視点「{given}」はありません", f"there is no viewpoint `{given}`"),
        Text(f"{'、'.join(known)} から選ぶ", f"choose one of {', '.join(known)}"),
    )


def _refuse_year(path: str) -> None:
    """Raise UsageError where a folder's place has a year, which is what many a command takes there."""
    if not os.path.lexists(path):
        try:
            year = FiscalYear.parse(path)
        except ValueError:
            return
        raise UsageError(
            Text(f"「{path}」というフォルダーもファイルもありません", f"there is no folder or file `{path}`"),
            Text(f"年度なら --year {year} と書く", f"if it is a year, write --year {year}"),
        )


def _one_plan_only(option: str) -> UsageError:
    return UsageError(
        Text(f"計画を1行ずつ示すときは {option} を使えません", f"{option} does not go with a line for each plan"),
        Text(
            "計画を1つ指定するか、--format table / jsonl を使う",
            "name one plan, or use --format table or --format jsonl",
        ),
    )


def _overview(
    folders: list[Folder], year: str | None, show: Callable[["Overview", Language], None], session: Session
) -> int:
    """Show each of many plans, and what they come to together; by default each in its own latest year."""
    from dxplan.views.overview import status as overview

    chosen = fiscal_year(year) if year is not None else None
    total = overview.Total()
    with closing(
        in_order(partial(_glance, chosen, session), folders, session, session.say("計画を計算しています", "Computing"))
    ) as results:
        for each in results:
            total = total.plus(each)
            show(each, session.language)
    if show is _overview_line:
        print_lines([overview.summary(total, session.language)])
    if total.wrong:
        print_lines([overview.wrong(total, session.language)], sys.stderr)
    return 1 if total.wrong else 0


def _glance(year: FiscalYear | None, session: Session, folder: Folder) -> "Overview":
    from dxplan.views.overview.status import Untold, overview

    project, report = examine(*folder)
    if project is None or report.unread_files or report.unread:
        return overview(folder[1], report, Untold.UNREADABLE, session.language)
    if year is not None and not project.plan.period.holds(year):
        return overview(folder[1], report, Untold.OUTSIDE_PERIOD, session.language)
    return overview(folder[1], report, status(project, year or latest_reported_year(project)), session.language)


def _overview_line(each: "Overview", language: Language) -> None:
    from dxplan.views.overview.status import line

    print_lines([line(each, language)])


def _overview_jsonl(each: "Overview", _language: Language) -> None:
    print_machine(each.json)


def _table(result: Status, language: Language) -> None:
    from dxplan.views.status import table  # rich is half of start-up, and no other form needs it

    print_text(table.document(result, screen(language)))


def _json(result: Status, _language: Language) -> None:
    from dxplan.views.status import json

    print_machine(json.document(result))


def _csv(result: Status, _language: Language) -> None:
    from dxplan.views.status import csv

    print_machine(csv.document(result))


def _markdown(result: Status, language: Language) -> None:
    from dxplan.views.status import markdown

    print_text(markdown.document(result, language))


def _missing_text(missing: "Missing", language: Language) -> None:
    from dxplan.views.missing import text

    print_lines(text.lines(missing, language), sys.stdout)


def _missing_json(missing: "Missing", _language: Language) -> None:
    from dxplan.views.missing import json

    print_machine(json.document(missing))


def _missing_csv(missing: "Missing", _language: Language) -> None:
    from dxplan.views.missing import csv

    print_machine(csv.document(missing))


def _missing_markdown(missing: "Missing", language: Language) -> None:
    from dxplan.views.missing import markdown

    print_text(markdown.document(missing, language))


class _Page(NamedTuple):
    """How the two pages of one plan are printed."""

    status: Callable[[Status, Language], None]
    missing: Callable[["Missing", Language], None]


class _Form(NamedTuple):
    """How a form of output is printed."""

    page: _Page | None
    """How one plan is; None where it is as one of several."""
    overview: Callable[["Overview", Language], None] | None = None
    """How one of several plans is."""


_FORMATS = {
    "table": _Form(_Page(_table, _missing_text), _overview_line),
    "json": _Form(_Page(_json, _missing_json)),
    "jsonl": _Form(None, _overview_jsonl),
    "csv": _Form(_Page(_csv, _missing_csv)),
    "markdown": _Form(_Page(_markdown, _missing_markdown)),
}
_ONLY = {each.value: each for each in Only}
_ORDERS = {each.value: each for each in Order}
