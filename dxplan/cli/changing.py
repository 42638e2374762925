"""What the commands that change data share: the project held alone, the day, what is said of a change."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import typer

from dxplan.cli.options import Session
from dxplan.cli.output import print_lines
from dxplan.diagnostics import Report, Severity
from dxplan.editing import write
from dxplan.editing.change import Change, changed_meanwhile, new_errors, with_year
from dxplan.editing.patch import NotTheSameError
from dxplan.errors import DxplanError, RefusedError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text, same
from dxplan.project import ACTUALS_FOLDER, Project, YearFile
from dxplan.views.problems import text as problems
from dxplan.views.terminal import visible

_JST = dt.timezone(dt.timedelta(hours=9))


def dry_run_option(session: Session) -> Any:  # noqa: ANN401 - as typer.Option itself
    """Return ``--dry-run``."""
    return typer.Option(
        "--dry-run", help=session.say("何も書かず、変わるところだけを示す", "Write nothing; show what would change")
    )


def today_option(session: Session) -> Any:  # noqa: ANN401
    """Return ``--today 2026-10-01``."""
    return typer.Option(
        "--today",
        metavar="DATE",
        help=session.say("今日の代わりに使う日付（例: 2026-10-01）", "The date to use instead of today's"),
    )


def today(given: str | None) -> str:
    """Return the day in Japan, or the one given; raises UsageError."""
    if given is None:
        return dt.datetime.now(_JST).date().isoformat()
    try:
        return dt.date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(
            Text(f"--today の「{given}」は日付として読めません", f"--today: `{given}` is not a date"),
            Text("2026-10-01 のように書く", "write it like 2026-10-01"),
        ) from None


def day_of(epoch: int) -> str:
    """Return the day in Japan so many seconds after 1970; raises OverflowError, OSError or ValueError."""
    return dt.datetime.fromtimestamp(epoch, _JST).date().isoformat()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the project's folder against other runs; raises DxplanError.

    Not the folder of actuals, which the first rollover of two at once would make, and the other hold, too late. Where
    there is no folder at all, whoever loads the project says so.
    """
    with ExitStack() as stack:
        try:
            if os.path.isdir(folder):  # noqa: PTH112 - never raises
                stack.enter_context(write.alone(folder, folder / ACTUALS_FOLDER))
        except OSError as error:
            raise cannot_write(error, ACTUALS_FOLDER) from error
        yield


def content_of(path: Path, year_file: YearFile) -> bytes:
    """Return the bytes of a file of actuals, which say what was read of it; raises DxplanError."""
    try:
        content = write.content(path)
    except OSError as error:
        raise cannot_write(error, year_file.file) from error
    if content.decode("utf-8", "replace").removeprefix("\ufeff") != year_file.reading.document.text:
        raise changed_meanwhile(year_file.file)
    return content


@contextmanager
def or_by_hand(shown: str) -> Iterator[None]:
    """Say so where a file is written in a way that no edit of ours goes with; raises RefusedError."""
    try:
        yield
    except NotTheSameError as error:
        raise RefusedError(
            Text(
                f"{shown} の書き方では、ほかを変えずに書き入れることができません",
                f"{shown} is written in a way that cannot be edited without changing more",
            ),
            Text("何も書いていないので、エディターで書き入れる", "nothing was written; edit the file by hand"),
        ) from error


def open_year(project: Project) -> FiscalYear:
    """Return the oldest year that is still open, or where all are closed the latest; raises RefusedError if none is."""
    years = project.files_by_year
    if years:
        return min((year for year, file in years.items() if not file.actuals.is_closed), default=max(years))
    raise RefusedError(
        Text("実績のファイルがまだありません", "there is no file of actuals yet"),
        Text("dxplan rollover で年度を開く", "open a year with dxplan rollover"),
    )


def path_of(folder: Path, year_file: YearFile) -> Path:
    """Return where a file of actuals stands on disk."""
    return folder / ACTUALS_FOLDER / year_file.file.rsplit("/", 1)[-1]


def year_file_of(project: Project, year: FiscalYear) -> YearFile:
    """Return the file of ``year``; raises RefusedError where there is none, or nobody can tell which."""
    year_file = project.files_by_year.get(year)
    if year_file is None:
        raise RefusedError(
            Text(f"{year} の実績のファイルがありません", f"there is no file of actuals for {year}"),
            Text("dxplan rollover で年度を開く", "open the year with dxplan rollover"),
        )
    if year not in project.certain_years:
        raise RefusedError(
            Text(f"どれが {year} の実績のファイルか決まりません", f"it is not certain which file holds {year}"),
            Text("dxplan validate の示す誤りを直す", "mend what dxplan validate names"),
        )
    if any(fault.rule.severity is Severity.ERROR for fault in year_file.reading.document.faults):
        raise RefusedError(
            Text(
                f"{year_file.file} に誤りがあるので、書き入れません", f"{year_file.file} has errors: nothing is entered"
            ),
            Text("dxplan validate の示す誤りを直す", "mend what dxplan validate names"),
        )
    return year_file


def stays_sound(project: Project, change: Change, session: Session) -> bool:
    """Whether the project has no further error with ``change``; says on stderr what would be wrong."""
    after = with_year(project, change.shown, change.after)
    errors = new_errors(project, after) if after is not None else []
    if after is not None and not errors:
        return True
    print_lines(problems.lines(Report(tuple(errors), 1), session.language), sys.stderr)
    sentence = session.say("誤りになるので、何も書いていません", "Nothing was written, because it would be wrong")
    print_lines([((sentence, "bold"),)], sys.stderr)
    return False


def land(change: Change) -> None:
    """Write the change, into a folder made where it is new; raises DxplanError, having changed nothing."""
    try:
        if change.before is None:
            change.path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(error, ACTUALS_FOLDER) from error
    try:
        change.land()
    except FileExistsError as error:
        raise RefusedError(
            Text(f"{change.shown} が、ほかの実行で先に作られました", f"{change.shown} was created by another run"),
            Text("中身を確かめる", "look at what it says"),
        ) from error
    except OSError as error:
        raise cannot_write(error, change.shown) from error


def cannot_write(error: OSError, shown: str) -> DxplanError:
    """Return why a file could not be written, in words."""
    shown = visible(shown)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DxplanError(
            Text(f"{shown} を書けません（空き容量がありません）", f"{shown} cannot be written (no room left)"),
            Text(
                "元のファイルはそのままなので、空きを作ってからもう一度実行する",
                "what was there is unchanged; make room",
            ),
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return DxplanError(
            Text(f"{shown} を書く権限がありません", f"no permission to write {shown}"),
            Text("フォルダーの権限を確かめる", "check the permissions of the folder"),
        )
    reason = _WHY_NOT.get(error.errno or 0) or same(errno.errorcode.get(error.errno or 0, type(error).__name__))
    return DxplanError(Text(f"{shown} を書けません（{reason.ja}）", f"{shown} cannot be written ({reason.en})"))


_WHY_NOT: Mapping[int, Text] = {
    errno.EROFS: Text("読み取り専用のディスクです", "the disk is read-only"),
    errno.EIO: Text("ディスクの読み書きに失敗しました", "the disk failed"),
    errno.EXDEV: Text("リンクの先が別のディスクです", "a link leads to another disk"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.ELOOP: Text("リンクが輪になっています", "the link goes in a circle"),
    errno.EMFILE: Text("開いているファイルが多すぎます", "too many files are open"),
    errno.ENFILE: Text("開いているファイルが多すぎます", "too many files are open"),
    errno.ENOENT: Text("ファイルかフォルダーがなくなりました", "the file or its folder is gone"),
    errno.ENOTDIR: Text("フォルダーのあるべきところにファイルがあります", "there is a file where a folder should be"),
    errno.EISDIR: Text("ファイルのあるべきところにフォルダーがあります", "there is a folder where a file should be"),
    errno.EINVAL: Text("通常のファイルではありません", "not a regular file"),
    errno.EBUSY: Text("ほかのプログラムが使っています", "another program is using it"),
}
"""In the reader's language; what the system calls it is English, or whatever its own settings say."""
