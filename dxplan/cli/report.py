"""``dxplan report``: the progress report as it is published."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from dxplan.checks import examine
from dxplan.cli.changing import today_option
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
from dxplan.cli.publishing import STDOUT, day_of_making, land, told
from dxplan.diagnostics import Severity
from dxplan.editing import write
from dxplan.errors import DxplanError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.project import Project
from dxplan.report.content import report
from dxplan.report.content.site import left_over, site
from dxplan.report.document import Page
from dxplan.report.theme import Theme, is_own, theme
from dxplan.views.terminal import visible

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
        return list(_differences(before, after))

    return differs


_BEFORE, _WIDEST = 40, 160
"""How much of a long line is shown before the first difference, and how much of any line."""


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield what differs as a diff does, without context; of long lines the part that differs."""
    for tag, first, end, other, last in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            continue
        old, new = before[first:end], after[other:last]
        yield f"@@ -{first + 1} +{other + 1} @@"
        starts = [_start(*pair) for pair in zip(old, new, strict=False)]
        for sign, lines in (("-", old), ("+", new)):
            yield from (
                sign + _cut(line, starts[number] if number < len(starts) else 0) for number, line in enumerate(lines)
            )


def _start(old: str, new: str) -> int:
    """Return from where to show two lines, so that their first difference is seen."""
    same = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
    return 0 if same < _WIDEST - _BEFORE else same - _BEFORE


def _cut(line: str, start: int) -> str:
    end = start + _WIDEST
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


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
        made = day_of_making(today_)
        chosen = None if all_years else year_in_question(project, year)
        if chosen is None:
            pages = site(project, session.language, made)
            pieces = [_Piece(Path(output) / name, page, FORMS["html"]) for name, page in pages.items()]
            stale = [Path(output) / each for each in left_over(_names(Path(output)), pages)]
        else:
            page = report(project, chosen, session.language, made)
            pieces = _pieces(output, str(chosen), page, forms)
            stale = []
        _keep_off(path, pieces)
        code = _check(pieces, stale, look, session) if check else _write(pieces, look, session)
        if not check:
            _remark(chosen, project, stale, session)
        if open_ and not check and output != STDOUT:
            _open(pieces[0].path, session)
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
    forms = [choice("--format", each, FORMS) for each in dict.fromkeys(word.lower() for word in given or ())]
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
    if output == STDOUT or _is_file(path, forms):
        return [_Piece(path, page, form) for form in forms]
    return [_Piece(path / f"{name}{form.suffix}", page, form) for form in forms]


def _is_file(path: Path, forms: list[Form]) -> bool:
    """Whether ``-o`` names one file rather than a folder; raises UsageError where it cannot hold what is asked for."""
    if os.path.isdir(path):  # noqa: PTH112 - pathlib raises where a name is too long
        return False
    there = os.path.exists(path)  # noqa: PTH110 - as above
    named = [form for form in FORMS.values() if path.name.lower().endswith(form.suffix)]
    if named and named != forms:
        raise UsageError(
            Text(
                f"{shown(path)} の名前は、--format で選んだものと合いません",
                f"the name {shown(path)} is of another form than --format",
            ),
            Text("どちらかに揃えるか、-o にフォルダーを指定する", "make them agree, or give -o a folder"),
        )
    if len(forms) > 1 and there:
        raise UsageError(
            Text(f"{shown(path)} はフォルダーではありません", f"{shown(path)} is not a folder"),
            Text("-o に別の名前を指定するか、--format で1つ選ぶ", "give -o another name, or choose one with --format"),
        )
    return len(forms) == 1 and (path.suffix != "" or there)


def _keep_off(folder: Path, pieces: list[_Piece]) -> None:
    """Raise UsageError where a report would be written over the plan, or in the place of a template."""
    for path, _, _ in pieces:
        if path.suffix.lower() in {".yaml", ".yml"} or is_own(folder, path):
            raise UsageError(
                Text(
                    f"{shown(path)} には書けません（データかひな形のファイル）",
                    f"{shown(path)} cannot be written to: it is a file of data, or a template",
                ),
                Text("-o に別の名前を指定する", "give -o another name"),
            )


def _names(folder: Path) -> list[str]:
    return [each.name for each in folder.glob("*.html")]


def _stale(path: Path, session: Session) -> str:
    return session.say(f"{shown(path)} はもう作られません（取り除く）", f"{shown(path)} is no longer made: remove it")


def _remark(year: FiscalYear | None, project: Project, stale: list[Path], session: Session) -> None:
    """Say on stderr what to look at before this is published."""
    said = [_stale(path, session) for path in stale]
    actuals = None if year is None else project.actuals.get(year)
    if actuals is not None and not actuals.is_closed:
        said.append(
            session.say(
                f"{year} は確定していません（state は open）。公表する前に dxplan close で確定してください",
                f"{year} is not closed (state open); close it with dxplan close before this is published",
            )
        )
    print_lines([((visible(line), ""),) for line in said], sys.stderr)


def _open(path: Path, session: Session) -> None:
    if typer.launch(str(path.resolve())):
        said = session.say(f"{shown(path)} を開けませんでした", f"{shown(path)} could not be opened")
        print_lines([((said, ""),)], sys.stderr)


def _write(pieces: list[_Piece], look: Theme, session: Session) -> int:
    missing: DxplanError | None = None
    landed: list[tuple[Path, bool]] = []
    for piece in with_progress(pieces, len(pieces), session.say("報告書をつくっています", "Writing the report")):
        try:
            content = piece.form.draw(piece.page, look)
        except UsageError as error:  # what only one form needs is not installed: the others are made all the same
            missing = error
            continue
        if piece.path == Path(STDOUT):
            print_bytes(content)
        else:
            landed.append((piece.path, land(piece.path, content)))
    print_lines([((said, ""),) for said in _told(landed, session)], sys.stderr)
    if missing is not None:
        raise missing
    return 0


def _told(landed: list[tuple[Path, bool]], session: Session) -> list[str]:
    """Return what was written, file by file, or of a site in one line."""
    if len(landed) <= len(FORMS):
        return [told(path, session, changed=changed) for path, changed in landed]
    files = sum(changed for _, changed in landed)
    home, same = shown(landed[0][0].parent), len(landed) - files
    return [
        session.say(
            f"{home} に {files}ファイルを書きました（変わらないもの {same}）",
            f"wrote {files} files to {home} ({same} unchanged)",
        )
    ]


_MOST_LINES = 20
"""How much of a difference is printed."""


def _check(pieces: list[_Piece], stale: list[Path], look: Theme, session: Session) -> int:
    code = 1 if stale else 0
    print_lines([((visible(_stale(path, session)), ""),) for path in stale])
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
            print_lines(((visible(line), ""),) for line in lines[:_MOST_LINES])
            if more := max(len(lines) - _MOST_LINES, 0):
                print_lines([((session.say(f"ほか {more}行", f"and {more} more lines"), ""),)])
    said = (
        session.say("報告書はデータと合っています", "the report fits the data")
        if code == 0
        else session.say("作り直す: 同じ指定で --check を外す", "make it anew: the same command without --check")
    )
    print_lines([((said, ""),)], sys.stderr)
    return code
