"""``dxplan status``: how far the plan has come in one fiscal year."""

import unicodedata
from collections.abc import Callable
from typing import Annotated

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
from dxplan.cli.output import print_machine, print_text, screen
from dxplan.diagnostics import Severity
from dxplan.errors import UsageError
from dxplan.language import Language, Text
from dxplan.progress.status import Status, status
from dxplan.project import Project


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
    def status_command(
        year: Annotated[str | None, year_option(session)] = None,
        viewpoint: Annotated[
            str | None,
            typer.Option(metavar="ID", help=_("この視点だけを示す（例: 1）", "Show only this viewpoint (such as 1)")),
        ] = None,
        form: Annotated[str, format_option(session, _FORMATS)] = "table",
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        show = choice("--format", form, _FORMATS)
        project, report = examine(*folder(data))
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        result = status(
            project,
            year_in_question(project, year),
            _viewpoint(project, viewpoint) if viewpoint is not None else None,
        )
        show(result, session.language)
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


_FORMATS: dict[str, Callable[[Status, Language], None]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
