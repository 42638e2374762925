"""``dxplan collect``: a workbook for each department to fill in."""

import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.changing import cannot_write, open_year, year_file_of
from dxplan.cli.options import Session, data_option, fiscal_year, folder, refuse, shown
from dxplan.cli.output import print_lines
from dxplan.cli.publishing import land
from dxplan.editing import write
from dxplan.errors import RefusedError
from dxplan.language import Text
from dxplan.views.terminal import visible

if TYPE_CHECKING:
    from dxplan.exchange.form import Form


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "担当部署ごとの入力票（Excel）をつくる。返ってきたら dxplan import で取り込む",
            "Make a workbook for each department to fill in; dxplan import reads them back",
        ),
        epilog=_(
            "例: dxplan collect --year R8 -o 入力票、dxplan collect --only-missing",
            "Examples: dxplan collect --year R8 -o forms, dxplan collect --only-missing",
        ),
    )
    def collect(
        year: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_(
                    "年度（例: R8）。省略すると、まだ確定していない最も古い年度",
                    "Fiscal year. By default the oldest open one",
                ),
            ),
        ] = None,
        output: Annotated[
            str | None,
            typer.Option(
                "--output",
                "-o",
                metavar="DIR",
                help=_("つくるフォルダー。省略すると 入力票_R8 など", "The folder to write to. By default 入力票_R8"),
            ),
        ] = None,
        only_missing: Annotated[
            bool,
            typer.Option(
                "--only-missing",
                help=_("未報告のものだけの票をつくる（督促に）", "Ask only for what is not reported yet"),
            ),
        ] = False,
        force: Annotated[
            bool,
            typer.Option(
                "--force", help=_("すでにある別の内容のファイルを置き換える", "Replace files that are there already")
            ),
        ] = False,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        from dxplan.exchange.form import forms
        from dxplan.exchange.workbook import document

        project, report = examine(*folder(data))
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        year_file = year_file_of(project, fiscal_year(year) if year is not None else open_year(project))
        if year_file.actuals.is_closed:
            raise RefusedError(
                Text(f"{year_file.year} は確定しています", f"{year_file.year} is closed"),
                Text(
                    "公表した値の訂正は dxplan record --correct で書き入れる",
                    "correct what was published with dxplan record --correct",
                ),
            )
        found = forms(project, year_file.year, only_missing=only_missing)
        home = Path(output if output is not None else f"入力票_{year_file.year}")
        books = {home / name: document(form) for name, form in named(found).items()}
        changed = _changed(books, force=force)
        for path in changed:
            land(path, books[path])
        _tell(books, changed, found, session)
        return 0


_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*.\x00-\x1f\x7f]')
_LONGEST = 180
"""How long a department's name may be within a file's name, in bytes of UTF-8: systems allow 255 for all of it."""


def named(found: "list[Form]") -> "dict[str, Form]":
    """Return forms by the names of their files, which any system can hold and no two of which are one."""
    names: dict[str, Form] = {}
    taken: set[str] = set()
    for form in found:
        kind = "未報告" if form.only_missing else "入力票"
        plain = "".join(each if each.isprintable() else "_" for each in unicodedata.normalize("NFC", form.lead or ""))
        short = _NOT_IN_NAMES.sub("_", plain).encode()[:_LONGEST].decode(errors="ignore")
        lead = short.strip() or "担当の記載なし"
        name = f"{kind}_{lead}" if len(found) > 1 or form.lead is not None else kind
        numbered = (name, *(f"{name}_{number}" for number in range(2, len(found) + 1)))
        free = next(each for each in numbered if each.casefold() not in taken)
        taken.add(free.casefold())
        names[f"{free}.xlsx"] = form
    return names


def _changed(books: dict[Path, bytes], *, force: bool) -> list[Path]:
    """Return what has to be written; raises RefusedError where a file is there that says something else."""
    changed = []
    for path, content in books.items():
        try:
            there = write.content(path)
        except (FileNotFoundError, NotADirectoryError):
            changed.append(path)
            continue
        except OSError as error:
            raise cannot_write(error, shown(path)) from error
        if there == content:
            continue
        if not force:
            name = visible(shown(path))
            raise RefusedError(
                Text(
                    f"{name} がすでにあり、内容が違います（記入済みかもしれません）",
                    f"{name} is there and differs; it may be filled in",
                ),
                Text(
                    "-o で別のフォルダーを指定する。置き換えてよければ --force を付ける",
                    "name another folder with -o, or add --force",
                ),
            )
        changed.append(path)
    return changed


def _tell(books: dict[Path, bytes], changed: list[Path], found: "list[Form]", session: Session) -> None:
    if not books:
        sentence = session.say("報告を求めるものはありません", "There is nothing to ask for")
        print_lines([((sentence, ""),)])
        return
    for (path, _), form in zip(books.items(), found, strict=True):
        asked = []
        if form.indicators:
            asked.append(session.say(f"指標 {len(form.indicators)}", f"{len(form.indicators)} indicators"))
        if form.actions:
            asked.append(session.say(f"事業 {len(form.actions)}", f"{len(form.actions)} actions"))
        same = session.say("（変わりません）", " (unchanged)") if path not in changed else ""
        line = f"{visible(shown(path))}　{session.say('、', ', ').join(asked)}{same}"
        print_lines([((line, ""),)])
    step = session.say(
        "返ってきたら: dxplan import ファイル… --dry-run で確かめ、dxplan import ファイル… で取り込む",
        "When they come back: dxplan import FILES... --dry-run, then dxplan import FILES...",
    )
    print_lines([((step, ""),)], sys.stderr)
