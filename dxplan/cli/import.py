# ruff: noqa: N999 - named after its command, as the others are; nobody writes `from dxplan.cli import import`
"""``dxplan import``: what the departments sent back, entered into the year's file; or a whole plan from a table."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dxplan.checks import examine, run
from dxplan.cli.changing import (
    cannot_write,
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
from dxplan.diagnostics import Report, Severity
from dxplan.editing.change import Change, new_errors, with_year
from dxplan.editing.entries import with_answers
from dxplan.editing.merging import Accepted, Outcome, Prefer, Refused
from dxplan.errors import RefusedError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.project import ACTUALS_FOLDER, DEFAULT_FOLDER, PLAN_FILE, Project, YearFile, read_all
from dxplan.views.problems import text as problems
from dxplan.views.terminal import visible

if TYPE_CHECKING:
    from dxplan.exchange.returned import Returned

_FORMATS = {"text": "text", "json": "json"}
_SOURCES = {"csv": "csv"}
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
        from_: Annotated[
            str | None,
            typer.Option(
                "--from",
                metavar="csv",
                help=_(
                    "csv: 1つの表から、計画と実績のファイル一式をつくる（dxplan export --format csv と同じ列）",
                    "csv: make a whole plan from one table, with the columns of dxplan export --format csv",
                ),
            ),
        ] = None,
        output: Annotated[
            str | None,
            typer.Option(
                "--output",
                "-o",
                metavar="DIR",
                help=_("--from csv のつくるフォルダー（既定は data）", "Where --from csv writes; by default data"),
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
        if from_ is not None:
            choice("--from", from_, _SOURCES)
            if len(files) > 1 or side or wanted or shape != "text":
                raise _only_a_table()
            return _from_table(Path(files[0]), Path(output if output is not None else DEFAULT_FOLDER), session, dry_run)
        if output is not None:
            raise _only_from_a_table()
        from dxplan.exchange import importing

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
        from dxplan.views.importing import json, text

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


def _read(path: Path, name: str) -> "Returned | Refused":
    from dxplan.exchange import container, returned

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
        _tell_cells(project, change, outcome, wanted)
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


def _tell_cells(project: Project, change: Change, outcome: Outcome, wanted: _Wanted) -> None:
    """Say which cells the errors come from that the file would have."""
    after = with_year(project, change.shown, change.after)
    if after is None:
        return
    document = next(each for each in after.year_files if each.file == change.shown).reading.document
    decisions = [each for file in outcome.files for each in file.decisions]
    cells = {document.place(each.reply.thing.keys).line: each.reply for each in decisions if isinstance(each, Accepted)}
    for error in new_errors(project, after):
        reply = cells.get(error.place.line) if error.place.file == change.shown else None
        if reply is not None:
            at, name, why = (
                visible(reply.at.shown),
                visible(reply.name),
                visible(error.message.to(wanted.session.language)),
            )
            wanted.say(f"誤りのもと: {at} {name}: {why}", f"it comes from {at} {name}: {why}")


def _only_a_table() -> UsageError:
    return UsageError(
        Text(
            "--from csv には、CSVのファイルを1つと、-o、--dry-run だけを指定できます",
            "--from csv goes with one CSV file, -o and --dry-run alone",
        ),
        Text("dxplan import --from csv ファイル -o フォルダー", "dxplan import --from csv FILE -o FOLDER"),
    )


def _only_from_a_table() -> UsageError:
    return UsageError(
        Text("-o は --from csv と一緒に使います", "-o goes with --from csv"),
        Text("入力票を取り込む計画は --data で指定する", "name the plan to import into with --data"),
    )


def _from_table(path: Path, home: Path, session: Session, dry_run: bool) -> int:  # noqa: FBT001 - as the option
    """Make the files of a project from a table; rows that cannot be used are told, and left out."""
    from dxplan.exchange import container, table_lines, whole_plan
    from dxplan.views.importing import text

    name = visible(shown(path))
    content = container.content(path)
    found = content if isinstance(content, Refused) else table_lines.lines(content)
    if isinstance(found, Refused):
        print_lines(text.refused(name, found, session.language))
        return 1
    gathered = whole_plan.gathered(found.lines)
    for unusable in gathered.unusable:
        said = session.say(f"{name}:{unusable.line}: 使えない行: ", f"{name}:{unusable.line}: unusable: ")
        print_lines([((f"{said}{visible(unusable.message.to(session.language))}", ""),)])
    if found.unknown:
        columns = visible("、".join(found.unknown))
        print_lines([((session.say(f"使わない列: {columns}", f"columns passed over: {columns}"), ""),)], sys.stderr)
    if not gathered.files or not _is_sound(home, gathered.files, session):
        print_lines([((session.say("何も書いていません", "Nothing was written"), "bold"),)])
        return 1
    _create(home, gathered.files, dry_run=dry_run)
    used, unused, computed = gathered.used, len(gathered.unusable), gathered.computed
    home_shown, files = visible(shown(home)), len(gathered.files)
    counts = session.say(
        f"使った行 {used}、使えない行 {unused}、dxplanが計算する行 {computed}",
        f"{used} rows used, {unused} unusable, {computed} that dxplan computes",
    )
    done = (
        session.say(f"{home_shown} に書くもの: {files}ファイル", f"{files} files to be written to {home_shown}")
        if dry_run
        else session.say(f"{home_shown} に {files}ファイルを書きました", f"wrote {files} files to {home_shown}")
    )
    print_lines([((counts, ""),), ((done, "bold"),)])
    return 1 if gathered.unusable else 0


def _is_sound(home: Path, files: Mapping[str, str], session: Session) -> bool:
    """Whether the files validate; says on stderr what is wrong in them."""
    loaded = read_all(f"{shown(home)}/", {name: content.encode() for name, content in files.items()})
    found = [*loaded.errors, *(run(loaded.project) if loaded.project is not None else ())]
    errors = tuple(each for each in found if each.rule.severity is Severity.ERROR)
    if errors:
        print_lines(problems.lines(Report(errors, len(files)), session.language), sys.stderr)
        sentence = session.say(
            "この表からつくる計画には、上の誤りがあります。表を直してください",
            "The plan of this table would have the errors above; mend the table",
        )
        print_lines([((sentence, "bold"),)], sys.stderr)
    return not errors


def _create(home: Path, files: Mapping[str, str], *, dry_run: bool) -> None:
    """Write every file or none; raises DxplanError, also where a plan is there already."""
    from dxplan.starter.files import File
    from dxplan.starter.writing import InTheWayError, write

    there = [name for name in (PLAN_FILE, ACTUALS_FOLDER) if os.path.lexists(home / name)]
    try:
        if there:
            raise InTheWayError(there)  # noqa: TRY301 - as from writing
        if not dry_run:
            write(home, [File(name, content.encode(), Text("", "")) for name, content in files.items()])
    except InTheWayError as error:
        names = visible("、".join(shown(home / name) for name in error.names))
        raise RefusedError(
            Text(f"すでにあります: {names}", f"already there: {names}"),
            Text("-o で別のフォルダーを指定する", "name another folder with -o"),
        ) from error
    except OSError as error:
        raise cannot_write(error, shown(home)) from error
