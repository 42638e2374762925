"""``dxplan export``: the plan and its actuals as data, for the public and for other programs."""

import os
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from dxplan.checks import examine
from dxplan.cli.changing import today_option
from dxplan.cli.options import Session, choice, data_option, folder, refuse, say_problems, year_in_question
from dxplan.cli.output import print_bytes, print_lines
from dxplan.cli.publishing import STDOUT, day_of_making, land, told
from dxplan.diagnostics import Severity
from dxplan.errors import DxplanError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.project import Project
from dxplan.views.terminal import visible

if TYPE_CHECKING:
    from dxplan.exchange.table import Row

_DEFAULT = "export"
_STEM = "dx-plan"


class _Wanted(NamedTuple):
    """What is to be exported, and what is said of it."""

    project: Project
    year: FiscalYear | None
    """The only fiscal year; None for all."""
    made: str | None
    """The day to name as that of the last change; None for that of the data."""
    licence: str | None


class _Form(NamedTuple):
    """One of the forms that the data can take."""

    suffix: str
    media_type: str
    title: Text
    draw: Callable[[_Wanted], bytes]


class _File(NamedTuple):
    """One file to be made."""

    path: Path
    draw: Callable[[], bytes]


@lru_cache(maxsize=1)
def _table(project: Project, year: FiscalYear | None) -> "tuple[Row, ...]":
    """Return the rows of the table, which CSV, Excel and the metadata share."""
    from dxplan.exchange.rows import rows

    return tuple(rows(project, year))


def _csv(wanted: _Wanted) -> bytes:
    from dxplan.exchange import csv

    return csv.document(_table(wanted.project, wanted.year))


def _xlsx(wanted: _Wanted) -> bytes:
    from dxplan.exchange import xlsx
    from dxplan.exchange.metadata import modified

    project, year, made, _ = wanted
    return xlsx.document(_table(project, year), project.plan, modified(project, made))


def _json(wanted: _Wanted) -> bytes:
    from dxplan.exchange import json

    return json.document(wanted.project, wanted.year)


def _stratml(wanted: _Wanted) -> bytes:
    from dxplan.exchange import stratml

    return stratml.document(wanted.project, wanted.year)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: Mapping[str, _Form] = {
    "csv": _Form(".csv", "text/csv", Text("目標値と実績値", "targets and actuals"), _csv),
    "xlsx": _Form(".xlsx", _XLSX, Text("同じ表とコード表", "the same table, and its code book"), _xlsx),
    "json": _Form(".json", "application/json", Text("計算したすべての値", "everything computed"), _json),
    "stratml": _Form(".xml", "application/xml", Text("StratML（ISO 17469-2）", "StratML (ISO 17469-2)"), _stratml),
}
_CODEBOOK = Text("列とコードの意味（コード表）", "what the columns and codes mean")


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "計画と実績をデータとして書き出す（オープンデータのCSV、Excel、JSON、StratML）",
            "Write the plan and its actuals as data (open data as CSV, Excel, JSON, StratML)",
        ),
        epilog=_(
            "CSVをフォルダーに書くと、コード表とメタデータも並べて書く。表の説明は docs/open-data.md\n\n"
            "終了コード: 0 正常、1 計画か実績に誤りあり、2 使い方の誤り\n\n"
            "例: dxplan export --format csv、dxplan export --format json -o -",
            "With CSV in a folder come its code book and metadata. The table is explained in docs/open-data.md\n\n"
            "Exit codes: 0 fine, 1 errors in the plan or its actuals, 2 wrong usage\n\n"
            "Examples: dxplan export --format csv, dxplan export --format json -o -",
        ),
    )
    def export(  # noqa: PLR0913, PLR0917 - one for each option
        form: Annotated[
            list[str] | None,
            typer.Option(
                "--format",
                metavar="FORMAT",
                show_default=False,
                help=_(
                    "csv / xlsx / json / stratml（既定は4つとも。繰り返して選べる）",
                    "csv / xlsx / json / stratml (by default all four; may be repeated)",
                ),
            ),
        ] = None,
        output: Annotated[
            str,
            typer.Option(
                "--output",
                "-o",
                metavar="FILE|DIR",
                show_default=False,
                help=_(
                    "書き出すファイルかフォルダー（既定は export、- は標準出力）",
                    "File or folder to write (by default export; - is stdout)",
                ),
            ),
        ] = _DEFAULT,
        year: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_(
                    "この年度だけを書き出す（例: R7）。省略すると全年度",
                    "Write this fiscal year alone (such as R7). By default all of them",
                ),
            ),
        ] = None,
        licence: Annotated[
            str | None,
            typer.Option(
                "--licence",
                "--license",
                metavar="NAME",
                help=_(
                    "メタデータに書くライセンス（例: CC-BY-4.0）。省略すると plan.yaml の licence",
                    "Licence to name in the metadata. By default `licence` of plan.yaml",
                ),
            ),
        ] = None,
        today_: Annotated[str | None, today_option(session)] = None,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        forms = _forms(form, output)
        made = day_of_making(today_)
        project, examined = examine(*folder(data))
        if project is None or examined.unread_files or examined.unread:
            return refuse(examined, session)
        wanted = _Wanted(project, None if year is None else year_in_question(project, year), made, licence)
        _write(_files(output, forms, wanted), session)
        _remark(wanted, session, metadata="csv" in forms and not _is_file(output, forms))
        return say_problems(examined, session) if examined.number_of(Severity.ERROR) else 0


def _forms(given: list[str] | None, output: str) -> dict[str, _Form]:
    """Return what to make: what ``--format`` says, else what the name of the file says, else everything."""
    forms = {each.lower(): choice("--format", each, FORMS) for each in given or ()}
    if not forms and output != STDOUT:
        forms = {name: form for name, form in FORMS.items() if output.lower().endswith(form.suffix)} or dict(FORMS)
    if output == STDOUT and len(forms) != 1:
        raise UsageError(
            Text("-o - は1つの形だけを書けます", "-o - writes one form alone"),
            Text("--format csv のように1つ選ぶ", "choose one, such as --format csv"),
        )
    suffix = Path(output).suffix.lower()
    known = {form.suffix for form in FORMS.values()}
    is_folder = os.path.isdir(output)  # noqa: PTH112 - pathlib raises where a name is too long
    if suffix in known and not is_folder and suffix not in {form.suffix for form in forms.values()}:
        raise UsageError(
            Text(
                f"{visible(output)} の名前は、{'・'.join(forms)} のものではありません",
                f"{visible(output)} is no name for {', '.join(forms)}",
            ),
            Text("--format か -o のどちらかを直す", "change --format or -o"),
        )
    return forms


def _is_file(output: str, forms: Mapping[str, _Form]) -> bool:
    """Whether ``-o`` names one file rather than a folder."""
    path = Path(output)
    is_folder = os.path.isdir(path)  # noqa: PTH112 - as above
    return output == STDOUT or (len(forms) == 1 and path.suffix != "" and not is_folder)


def _files(output: str, forms: Mapping[str, _Form], wanted: _Wanted) -> list[_File]:
    home = Path(output)
    if _is_file(output, forms):
        return [_File(home, _drawn(form, wanted)) for form in forms.values()]
    stem = _STEM if wanted.year is None else f"{_STEM}-{wanted.year}"
    files = []
    for name, form in forms.items():
        files.append(_File(home / f"{stem}{form.suffix}", _drawn(form, wanted)))
        if name == "csv":
            files += _beside(home, stem, forms, wanted)
    return files


def _drawn(form: _Form, wanted: _Wanted) -> Callable[[], bytes]:
    return lambda: form.draw(wanted)


def _beside(home: Path, stem: str, forms: Mapping[str, _Form], wanted: _Wanted) -> list[_File]:
    """Return what goes with the CSV: its code book, and the metadata of every file."""
    project, year, made, licence = wanted
    names = f"{stem}-codebook.csv", f"{stem}-metadata.json"

    def codebook() -> bytes:
        from dxplan.exchange import codebook

        return codebook.document(project.plan)

    def metadata() -> bytes:
        from dxplan.exchange import metadata
        from dxplan.exchange.codebook import entries

        codes = sum(1 for _ in entries(project.plan))
        files = [
            metadata.csv_file(f"{stem}.csv", FORMS["csv"].title, len(_table(project, year))),
            metadata.csv_file(names[0], _CODEBOOK, codes),
            *(
                metadata.other_file(f"{stem}{form.suffix}", form.title, form.media_type, form.suffix != ".xlsx")
                for name, form in forms.items()
                if name != "csv"
            ),
        ]
        return metadata.document(project, year, files, metadata.Given(made, licence))

    return [_File(home / names[0], codebook), _File(home / names[1], metadata)]


def _write(files: list[_File], session: Session) -> None:
    """Write every file; raises DxplanError, after the others, where what only one form needs is not installed."""
    missing: DxplanError | None = None
    said = []
    for path, draw in files:
        try:
            content = draw()
        except UsageError as error:
            missing = error
            continue
        if str(path) == STDOUT:
            print_bytes(content)
        else:
            said.append(told(path, session, changed=land(path, content)))
    print_lines([((line, ""),) for line in said], sys.stderr)
    if missing is not None:
        raise missing


def _remark(wanted: _Wanted, session: Session, *, metadata: bool) -> None:
    """Say on stderr what to look at before this is published."""
    remarks = []
    years = [
        str(year)
        for year, actuals in wanted.project.actuals.items()
        if not actuals.is_closed and wanted.year in (None, year)
    ]
    if years:
        remarks.append(
            session.say(
                f"確定していない年度の値が入っています: {'、'.join(years)}（state は open）",
                f"values of years that are not closed are in it: {', '.join(years)} (state open)",
            )
        )
    if metadata and wanted.licence is None and wanted.project.plan.licence is None:
        remarks.append(
            session.say(
                "メタデータのライセンスが空です。公開するなら、plan.yaml に licence: CC-BY-4.0 のように書いてください",
                "the metadata name no licence; to publish, write one in plan.yaml, such as licence: CC-BY-4.0",
            )
        )
    if metadata and wanted.project.plan.organization.code is None:
        remarks.append(
            session.say(
                "団体コードがありません。plan.yaml の organization に code を書いてください",
                "there is no organization code; write `code` under `organization` in plan.yaml",
            )
        )
    print_lines([((line, ""),) for line in remarks], sys.stderr)
