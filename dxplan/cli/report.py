"""``dxplan report``: the progress report as it is published."""

import os
import sys
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dxplan.checks import examine
from dxplan.cli.changing import cannot_write, day_of, today, today_option
from dxplan.cli.options import (
    Session,
    choice,
    data_option,
    folder,
    refuse,
    say_problems,
    shown,
    year_in_question,
    year_option,
)
from dxplan.cli.output import print_bytes, print_lines, with_progress
from dxplan.diagnostics import Severity
from dxplan.editing import write
from dxplan.errors import DxplanError, UsageError
from dxplan.language import Text
from dxplan.report.content import report
from dxplan.report.content.site import site
from dxplan.report.document import Page
from dxplan.report.theme import Theme, theme
from dxplan.views.terminal import visible

STDOUT = "-"
_DEFAULT = "report"


class Form(NamedTuple):
    """One of the forms that a page can take."""

    suffix: str
    draw: Callable[[Page, Theme], bytes]
    differs: Callable[[bytes, Page, Theme], list[str] | None]
    """In what lines a file made from other data differs, as far as it has lines; None where it was made from these."""


def _html(page: Page, look: Theme) -> bytes:
    from dxplan.report import html

    return html.document(page, look).encode()


def _markdown(page: Page, look: Theme) -> bytes:  # noqa: ARG001 - Markdown looks as its reader likes
    from dxplan.report import markdown

    return markdown.document(page).encode()


def _pdf(page: Page, look: Theme) -> bytes:
    from dxplan.report import pdf

    return pdf.document(page, look.print, fonts=pdf.font_folders(os.environ))


def _text_differs(draw: Callable[[Page, Theme], bytes]) -> Callable[[bytes, Page, Theme], list[str] | None]:
    def differs(old: bytes, page: Page, look: Theme) -> list[str] | None:
        new = draw(page, look)
        if old == new:
            return None
        before, after = (each.decode("utf-8", "replace").splitlines() for each in (old, new))
        return list(unified_diff(before, after, n=0, lineterm=""))[2:]

    return differs


def _pdf_differs(old: bytes, page: Page, look: Theme) -> list[str] | None:
    """Compare by what the file was made from: another machine's fonts make another file of the same report."""
    from dxplan.report import pdf

    return None if pdf.fingerprint_in(old) == pdf.fingerprint(page, look.print) else []


FORMS: Mapping[str, Form] = {
    "html": Form(".html", _html, _text_differs(_html)),
    "pdf": Form(".pdf", _pdf, _pdf_differs),
    "markdown": Form(".md", _markdown, _text_differs(_markdown)),
}


class _Piece(NamedTuple):
    """One file to be made."""

    path: Path
    page: Page
    form: Form


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        name="report",
        help=_("公表する進捗状況の報告書をつくる（HTML・PDF・Markdown）", "Write the progress report to be published"),
        epilog=_(
            "終了コード: 0 正常、1 計画か実績に誤りあり（または --check で違いあり）、2 使い方の誤り\n\n"
            "例: dxplan report --year R7、dxplan report --format html --open、dxplan report --check",
            "Exit codes: 0 fine, 1 errors in the plan (or --check found a difference), 2 wrong usage\n\n"
            "Examples: dxplan report --year R7, dxplan report --format html --open, dxplan report --check",
        ),
    )
    def report_command(  # noqa: PLR0913, PLR0917 - one for each option
        year: Annotated[str | None, year_option(session)] = None,
        form: Annotated[
            list[str] | None,
            typer.Option(
                "--format",
                metavar="FORMAT",
                show_default=False,
                help=_(
                    "html / pdf / markdown（既定は3つとも。繰り返して選べる）",
                    "html / pdf / markdown (by default all three; may be repeated)",
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
                    "書き出すファイルかフォルダー（既定は report、- は標準出力）",
                    "File or folder to write (by default report; - is stdout)",
                ),
            ),
        ] = _DEFAULT,
        check: Annotated[
            bool,
            typer.Option(
                "--check",
                help=_("書かずに、いまある報告書がデータと合うかを確かめる", "Write nothing; compare what is there"),
            ),
        ] = False,
        all_years: Annotated[
            bool,
            typer.Option(
                "--all-years",
                help=_(
                    "確定した全年度を、一覧と取組ごとのページのある小さなサイトにする（HTML）",
                    "Make a small site of every closed year, with an index and a page per initiative (HTML)",
                ),
            ),
        ] = False,
        open_: Annotated[
            bool, typer.Option("--open", help=_("できた報告書を開く", "Open the report when it is done"))
        ] = False,
        today_: Annotated[str | None, today_option(session)] = None,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        if all_years:
            _alone(year, form, output)
        forms = [] if all_years else _forms(form, output)
        path, name = folder(data)
        project, examined = examine(path, name)
        if project is None or examined.unread_files or examined.unread:
            return refuse(examined, session)
        look = theme(path, name)
        made = _made(today_)
        if all_years:
            pages = site(project, session.language, made)
            pieces = [_Piece(Path(output) / name, page, FORMS["html"]) for name, page in pages.items()]
        else:
            chosen = year_in_question(project, year)
            page = report(project, chosen, session.language, made)
            pieces = _pieces(output, str(chosen), page, forms)
        code = _check(pieces, look, session) if check else _write(pieces, look, session)
        if open_ and not check and output != STDOUT:
            typer.launch(str(pieces[0].path.resolve()))
        return say_problems(examined, session) if examined.number_of(Severity.ERROR) else code


def _alone(year: str | None, form: list[str] | None, output: str) -> None:
    """Raise UsageError where ``--all-years`` is given with what does not go with it."""
    if year is not None or any(each.lower() != "html" for each in form or ()) or output == STDOUT:
        raise UsageError(
            Text(
                "--all-years は全年度のHTMLをフォルダーに書きます", "--all-years writes HTML of every year to a folder"
            ),
            Text("--year、html以外の --format、-o - を外す", "leave out --year, -o - and any --format but html"),
        )


def _forms(given: list[str] | None, output: str) -> list[Form]:
    """Return what to make: what ``--format`` says, else what the name of the file says, else everything."""
    forms = [choice("--format", each, FORMS) for each in dict.fromkeys(given or ())]
    if not forms and output != STDOUT:
        forms = [form for form in FORMS.values() if output.lower().endswith(form.suffix)] or list(FORMS.values())
    if output == STDOUT and len(forms) != 1:
        raise UsageError(
            Text("-o - は1つの形だけを書けます", "-o - writes one form alone"),
            Text("--format html のように1つ選ぶ", "choose one, such as --format html"),
        )
    return forms


def _pieces(output: str, name: str, page: Page, forms: list[Form]) -> list[_Piece]:
    path = Path(output)
    is_file = output == STDOUT or (len(forms) == 1 and path.suffix != "" and not path.is_dir())
    return [_Piece(path if is_file else path / f"{name}{form.suffix}", page, form) for form in forms]


def _made(given: str | None) -> str | None:
    """Return the day to name as that of making: ``--today``, else ``SOURCE_DATE_EPOCH``, if any."""
    if given is not None:
        return today(given)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        return day_of(int(epoch))
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            Text(f"SOURCE_DATE_EPOCH の「{epoch}」は秒数として読めません", f"SOURCE_DATE_EPOCH: `{epoch}` is no time"),
            Text("1970年からの秒数を書くか、消す", "set it to seconds since 1970, or unset it"),
        ) from None


def _write(pieces: list[_Piece], look: Theme, session: Session) -> int:
    missing: DxplanError | None = None
    written: list[str] = []
    unchanged: list[str] = []
    for piece in with_progress(pieces, len(pieces), session.say("報告書をつくっています", "Writing the report")):
        try:
            content = piece.form.draw(piece.page, look)
        except UsageError as error:  # what only one form needs is not installed: the others are made all the same
            missing = error
            continue
        if piece.path == Path(STDOUT):
            print_bytes(content)
        else:
            (written if _land(piece.path, content) else unchanged).append(shown(piece.path))
    print_lines([((said, ""),) for said in _told(written, unchanged, session)], sys.stderr)
    if missing is not None:
        raise missing
    return 0


def _told(written: list[str], unchanged: list[str], session: Session) -> list[str]:
    """Return what was written, file by file, or of a site in one line."""
    if len(written) + len(unchanged) > len(FORMS):
        files, same = len(written), len(unchanged)
        home = shown(Path([*written, *unchanged][0]).parent)
        return [
            session.say(
                f"{home} に {files}ファイルを書きました（変わらないもの {same}）",
                f"wrote {files} files to {home} ({same} unchanged)",
            )
        ]
    told = [session.say(f"{name} に書きました", f"wrote {name}") for name in written]
    return told + [session.say(f"{name} は変わりません", f"{name} is unchanged") for name in unchanged]


def _land(path: Path, content: bytes) -> bool:
    """Write a file, and return whether that changed anything."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write.create(path, content)
        except FileExistsError:
            if write.content(path) == content:
                return False
            write.replace(path, content)
    except OSError as error:
        raise cannot_write(error, shown(path)) from error
    return True


_MOST_LINES, _WIDEST = 20, 160
"""How much of a difference is printed."""


def _check(pieces: list[_Piece], look: Theme, session: Session) -> int:
    code = 0
    for path, page, form in pieces:
        name = shown(path)
        try:
            old = write.content(path)
        except OSError:
            code = 1
            print_lines([((session.say(f"{name} がありません（または読めません）", f"{name} is not there"), ""),)])
            continue
        lines = form.differs(old, page, look)
        if lines is not None:
            code = 1
            print_lines([((session.say(f"{name} はデータと合いません", f"{name} differs from the data"), ""),)])
            cut = [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines[:_MOST_LINES]]
            print_lines(((visible(line), ""),) for line in cut)
            if more := max(len(lines) - _MOST_LINES, 0):
                print_lines([((session.say(f"ほか {more}行", f"and {more} more lines"), ""),)])
    said = (
        session.say("報告書はデータと合っています", "the report fits the data")
        if code == 0
        else session.say("作り直す: 同じ指定で --check を外す", "make it anew: the same command without --check")
    )
    print_lines([((said, ""),)], sys.stderr)
    return code
