# ruff: noqa: N999 - named after its command, as the others are; nobody writes `from dxplan.cli import import`
"""``dxplan import``: what the departments sent back, entered into the year's file; or a whole plan from a table."""

import sys
from pathlib import Path
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
from dxplan.cli.options import Session, choice, data_option, fiscal_year, folder, format_option, refuse, shown
from dxplan.cli.output import print_lines, print_machine
from dxplan.editing.change import Change
from dxplan.editing.entries import with_answers
from dxplan.editing.merging import Outcome, Prefer, Refused
from dxplan.errors import RefusedError
from dxplan.exchange import container, importing, returned
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.project import Project, YearFile
from dxplan.views.importing import json, text

_FORMATS = {"text": "text", "json": "json"}
_PREFER = {each.value: each for each in Prefer}


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        name="import",
        help=_(
            "返ってきた入力票（Excel）を、実績のファイルに取り込む",
            "Enter the workbooks that came back into the file of actuals",
        ),
        epilog=_(
            "終了コード: 0 すべて取り込んだ、1 取り込めないものがあり、何も書いていない、2 使い方の誤り",
            "Exit codes: 0 everything imported, 1 something is in the way and nothing was written, 2 wrong usage",
        ),
    )
    def import_(  # noqa: PLR0913, PLR0917 - one for each option
        files: Annotated[
            list[str],
            typer.Argument(
                metavar="FILES...",
                help=_("dxplan collect がつくり、返ってきたファイル", "Files made by dxplan collect, filled in"),
                show_default=False,
            ),
        ],
        year: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_("年度（例: R8）。省略すると、入力票の年度", "Fiscal year. By default that of the forms"),
            ),
        ] = None,
        prefer: Annotated[
            str | None,
            typer.Option(
                metavar="SIDE",
                help=_(
                    "入力票をつくった後にYAMLも変わっていたら: file（返ってきた値）/ yaml（いまの値）",
                    "Where the YAML was changed meanwhile: file (what came back) / yaml (what is there)",
                ),
            ),
        ] = None,
        dry_run: Annotated[bool, dry_run_option(session)] = False,
        form: Annotated[str, format_option(session, _FORMATS)] = "text",
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        shape = choice("--format", form, _FORMATS)
        side = choice("--prefer", prefer, _PREFER) if prefer is not None else None
        wanted = fiscal_year(year) if year is not None else None
        found = {name: _read(path, name) for name, path in _names(files).items()}
        home, name = folder(data)
        with held(home):
            project, report = examine(home, name)
            if project is None or report.unread_files or report.unread:
                return refuse(report, session)
            chosen = wanted or importing.year_of(found) or open_year(project)
            year_file = _open_file(project, chosen)
            outcome = importing.imported(project, chosen, found, side)
            return _finish(project, home, year_file, outcome, _Wanted(session, shape, dry_run=dry_run))


class _Wanted:
    """How the outcome is to be told, and whether it is to land."""

    def __init__(self, session: Session, shape: str, *, dry_run: bool) -> None:
        self.session, self.shape, self.dry_run = session, shape, dry_run

    def tell(self, outcome: Outcome, year: FiscalYear, target: str, *, written: bool) -> None:
        """Print what became of each file."""
        if self.shape == "json":
            print_machine(json.document(outcome, year, target, written=written, dry_run=self.dry_run))
        else:
            print_lines(text.lines(outcome, self.session.language))

    def say(self, ja: str, en: str) -> None:
        """Say what was done: with the result for people, beside it for programs."""
        stream = sys.stderr if self.shape == "json" else sys.stdout
        print_lines([((self.session.say(ja, en), "bold"),)], stream)


def _names(files: list[str]) -> dict[str, Path]:
    """Return the files by the names they are shown with: their own, unless two are called the same."""
    paths = [Path(file) for file in dict.fromkeys(files)]
    own = [path.name for path in paths]
    return {path.name if own.count(path.name) == 1 else shown(path): path for path in paths}


def _read(path: Path, name: str) -> returned.Returned | Refused:
    found = container.content(path)
    return found if isinstance(found, Refused) else returned.read(name, found)


def _open_file(project: Project, year: FiscalYear) -> YearFile:
    year_file = year_file_of(project, year)
    if year_file.actuals.is_closed:
        raise RefusedError(
            Text(f"{year} は確定しているので、取り込めません", f"{year} is closed: nothing is imported"),
            Text(
                "公表した値の訂正は dxplan record --correct で書き入れる",
                "correct what was published with dxplan record --correct",
            ),
        )
    return year_file


def _finish(project: Project, home: Path, year_file: YearFile, outcome: Outcome, wanted: _Wanted) -> int:
    """Tell what became of each file, and write all of it or nothing."""
    path = path_of(home, year_file)
    before = content_of(path, year_file)
    accepted = outcome.accepted
    if not outcome.is_sound:
        wanted.tell(outcome, year_file.year, year_file.file, written=False)
        wanted.say(
            "取り込めないものがあるので、何も書いていません",
            "Something is in the way, so nothing was written",
        )
        return 1
    with or_by_hand(year_file.file):
        after = with_answers(project, year_file, before, accepted) if accepted else before
    change = Change(path, year_file.file, before, after)
    sound = stays_sound(project, change, wanted.session)
    if sound and not wanted.dry_run:
        land(change)
    written = sound and not wanted.dry_run and not change.changes_nothing
    wanted.tell(outcome, year_file.year, year_file.file, written=written)
    if not sound:
        return 1
    count = sum(len(pieces) for pieces in accepted.values())
    if change.changes_nothing:
        wanted.say("新しいことはなく、何も変えていません", "There is nothing new; nothing was changed")
    elif wanted.dry_run:
        wanted.say(f"{year_file.file} に書くもの: {count}件", f"{count} to be entered in {year_file.file}")
        if wanted.shape != "json":
            print_lines(((line, ""),) for line in change.diff())
    else:
        wanted.say(f"{count}件を {year_file.file} に書きました", f"{count} entered in {year_file.file}")
    return 0
