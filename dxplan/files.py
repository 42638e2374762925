"""Files that may come from strangers: opened once, never waited for, regular, inside the project, and capped."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from dxplan.language import Text

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


class _LinkLeavesError(OSError):
    """A link points out of the project folder."""


class _NotRegularError(OSError):
    """A folder, pipe, socket or device where a file should be."""


def leaves(folder: Path, path: Path) -> bool:
    """Whether ``path`` is a link that leads out of ``folder``."""
    if not path.is_symlink():
        return False
    home = os.path.realpath(folder)
    return os.path.commonpath((home, os.path.realpath(path))) != home


def read_bytes(folder: Path, path: Path, limit: int) -> bytes:
    """Return at most ``limit`` bytes of a file in ``folder``; raises OSError, which `why` puts into words."""
    try:
        handle = os.open(path, _FLAGS | _NOFOLLOW)
    except OSError as error:
        if error.errno != errno.ELOOP or not path.is_symlink():
            raise
        if leaves(folder, path):
            raise _LinkLeavesError from error
        handle = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _NotRegularError
        pieces = []
        room = limit
        while room and (piece := os.read(handle, room)):
            pieces.append(piece)
            room -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)


LINK_LEAVES = (
    Text("プロジェクトの外を指すリンクは読みません", "a link that leaves the project is not followed"),
    Text("リンクの代わりにファイルそのものを置く", "put the file itself in place of the link"),
)


def why(error: OSError) -> tuple[Text, Text]:
    """Return why a file or folder cannot be read, and the way out."""
    if isinstance(error, _LinkLeavesError):
        return LINK_LEAVES
    if isinstance(error, _NotRegularError) or error.errno in (errno.EISDIR, errno.ENXIO, errno.ENOTDIR):
        return (
            Text(
                "通常のファイルではありません（フォルダーや特殊なファイル）",
                "not a regular file (a folder, pipe or device)",
            ),
            Text("YAMLのファイルを置く", "put a YAML file in its place"),
        )
    if isinstance(error, PermissionError):
        return (
            Text("読む権限がありません", "no permission to read it"),
            Text(
                "ファイルとフォルダーの読み取り権限を確かめる", "check the read permission of the file and its folder"
            ),
        )
    if error.errno == errno.ENOENT:
        return (
            Text(
                "ファイルがありません（リンクの先がないか、読む間に消えました）",
                "no such file (a broken link, or it vanished)",
            ),
            Text("ファイルを置き直す", "put the file back"),
        )
    if error.errno == errno.ELOOP:
        return (
            Text("リンクが輪になっています", "the link goes in a circle"),
            Text("リンクの代わりにファイルそのものを置く", "put the file itself in place of the link"),
        )
    reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return (
        Text(f"読めません（{reason}）", f"it cannot be read ({reason})"),
        Text("ファイルを開けるか確かめる", "check that the file can be opened"),
    )
