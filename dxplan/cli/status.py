"""``dxplan status``: how far the plan has come in one fiscal year."""

import sys
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dxplan.checks import examine
from dxplan.cli.options import (
    Session,
    choice,
    data_option,
    folder,
    format_option,
    refuse,
    say_problems,
    year_in_question,
    year_option,
)
from dxplan.cli.output import print_lines, print_machine, print_text, screen
from dxplan.diagnostics import Severity
from dxplan.errors import UsageError
from dxplan.language import Language, Text
from dxplan.progress.selection import Only, Order, ordered
from dxplan.progress.selection import only as select
from dxplan.progress.status import Status, status
from dxplan.project import Project

if TYPE_CHECKING:
    from dxplan.progress.missing import Missing


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
        project, report = examine(*folder(data))
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        chosen = year_in_question(project, year)
        part = _viewpoint(project, viewpoint) if viewpoint is not None else None
        if missing:
            from dxplan.progress.missing import missing as find_missing

            shape.missing(find_missing(project, chosen, part), session.language)
        else:
            result = status(project, chosen, part)
            result = select(result, wanted) if wanted is not None else result
            shape.status(ordered(result, order) if order is not None else result, session.language)
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


class _Form(NamedTuple):
    """How the two pages of the command are printed."""

    status: Callable[[Status, Language], None]
    missing: Callable[["Missing", Language], None]


_FORMATS = {
    "table": _Form(_table, _missing_text),
    "json": _Form(_json, _missing_json),
    "csv": _Form(_csv, _missing_csv),
    "markdown": _Form(_markdown, _missing_markdown),
}
_ONLY = {each.value: each for each in Only}
_ORDERS = {each.value: each for each in Order}
