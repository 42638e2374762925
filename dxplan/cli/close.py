"""``dxplan close``: a year that is reported in full becomes the one that was published."""

import sys
from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.changing import (
    content_of,
    dry_run_option,
    held,
    land,
    open_year,
    or_by_hand,
    path_of,
    stays_sound,
    year_file_of,
)
from dxplan.cli.options import Session, data_option, fiscal_year, folder, refuse
from dxplan.cli.output import print_lines
from dxplan.editing.change import Change
from dxplan.editing.close import closed
from dxplan.errors import UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.progress.missing import missing
from dxplan.views.missing import text


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "年度を確定する（未報告があれば確定しない）", "Close a fiscal year (refused while anything is not reported)"
        ),
        epilog=_(
            "終了コード: 0 確定した、またはもう確定している、1 未報告がある、2 使い方の誤り",
            "Exit codes: 0 closed, or closed already, 1 something is not reported, 2 wrong usage",
        ),
    )
    def close(
        year: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_(
                    "確定する年度（例: R7）。省略すると、開いている最も古い年度",
                    "The year. By default the oldest open one",
                ),
            ),
        ] = None,
        published: Annotated[
            str | None,
            typer.Option(
                metavar="MONTH", help=_("公表した年月か年月日（例: 2026-04）", "Month or day of publication (2026-04)")
            ),
        ] = None,
        dry_run: Annotated[bool, dry_run_option(session)] = False,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        home, name = folder(data)
        with held(home):
            project, report = examine(home, name)
            if project is None or report.unread_files or report.unread:
                return refuse(report, session)
            chosen = fiscal_year(year) if year is not None else open_year(project)
            year_file = year_file_of(project, chosen)
            if year_file.actuals.is_closed:
                said = _already(published, year_file.actuals.published, chosen)
                print_lines([((said.to(session.language), ""),)])
                return 0
            owed = missing(project, chosen)
            if owed.items:
                print_lines(text.lines(owed, session.language), sys.stderr)
                refused = _("未報告があるので、確定していません", "Not closed, because not everything is reported")
                print_lines([((refused, "bold"),)], sys.stderr)
                return 1
            path = path_of(home, year_file)
            before = content_of(path, year_file)
            with or_by_hand(year_file.file):
                after = closed(year_file, before, published)
            change = Change(path, year_file.file, before, after)
            if not stays_sound(project, change, session):
                return 1
            if dry_run:
                print_lines(((line, ""),) for line in change.diff())
                return 0
            land(change)
        done = Text(f"{chosen} を確定しました（{change.shown}）", f"{chosen} is closed ({change.shown})")
        step = Text("次の年度を開く: dxplan rollover", "Open the next year: dxplan rollover")
        print_lines([((done.to(session.language), "bold green"),), ((step.to(session.language), ""),)])
        return 0


def _already(published: str | None, known: str | None, year: FiscalYear) -> Text:
    if published is not None and published != known:
        raise UsageError(
            Text(
                f"{year} はもう確定しています（公表 {known or '記載なし'}）",
                f"{year} is closed already ({known or 'no date'})",
            ),
            Text("公表日を直すには、ファイルの published を書き直す", "to mend its date, edit `published` in the file"),
        )
    return Text(f"{year} はもう確定しています。何も変えていません", f"{year} is closed already; nothing was changed")
