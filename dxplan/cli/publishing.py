"""What the commands that write files to be published share: the day to name, a file that changes only if it differs."""

from __future__ import annotations

import os
from pathlib import Path

from dxplan.cli.changing import cannot_write, day_of, today
from dxplan.cli.options import Session, shown
from dxplan.editing import write
from dxplan.errors import UsageError
from dxplan.language import Text
from dxplan.views.terminal import visible

STDOUT = "-"
"""What stands in place of a file's name for standard output."""


def day_of_making(given: str | None) -> str | None:
    """Return the day to name as that of making: ``--today``, else ``SOURCE_DATE_EPOCH``, if any; raises UsageError."""
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


def land(path: Path, content: bytes) -> bool:
    """Write a file, its folder too, and return whether that changed anything; raises DxplanError."""
    try:
        _make_folder(path.parent)
        try:
            write.create(path, content)
        except FileExistsError:
            if write.content(path) == content:
                return False
            write.replace(path, content)
    except OSError as error:
        raise cannot_write(error, shown(path)) from error
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        name = visible(shown(folder))
        raise UsageError(
            Text(f"{name} はフォルダーではありません", f"{name} is no folder"),
            Text("-o で別のフォルダーを指定する", "name another folder with -o"),
        ) from error


def told(path: Path, session: Session, *, changed: bool) -> str:
    """Return what to say of a file that `land` was asked to write."""
    name = shown(path)
    if changed:
        return session.say(f"{name} に書きました", f"wrote {name}")
    return session.say(f"{name} は変わりません", f"{name} is unchanged")
