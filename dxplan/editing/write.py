"""How a file comes to be, or changes: whole or not at all, whatever happens meanwhile.

A new file is written without a name and then linked in (``O_TMPFILE``), where the system has that; else, and for a
change, a temporary file beside it is renamed over it. A kill at any instant leaves the old file or the new one.
Whatever a killed run left behind goes when the next one begins.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import signal
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_CLOSE = getattr(os, "O_CLOEXEC", 0)
_MARK = ".dxplan-tmp"
"""How the name of a temporary file ends; it begins with a dot, so that no command reads it."""


@contextlib.contextmanager
def alone(folder: Path, *below: Path) -> Iterator[None]:
    """Hold ``folder`` against every other run of dxplan; waits for them. Clears away what a killed run left there.

    ``below`` are folders in it, there or not yet, that are cleared and held with it.

    Where the system has no such locks (Windows), two runs at once may still lose the earlier one's edit.
    """
    try:
        import fcntl  # noqa: PLC0415 - Unix alone has it
    except ImportError:
        _clear(folder, *below)
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | _CLOSE)
    try:
        with contextlib.suppress(OSError):  # a file system without locks, as some network drives are
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        _clear(folder, *below)
        yield
    finally:
        os.close(descriptor)


def _clear(*folders: Path) -> None:
    for folder in folders:
        for left in folder.glob(f".*{_MARK}"):
            _forget(left)


def _clear_beside(path: Path) -> None:
    """Clear away what killed runs left of ``path``, where nobody holds the folder: not what another run is writing."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{_MARK}"):
        if not _runs(left.name.removesuffix(_MARK).rpartition(".")[2]):
            _forget(left)


def _runs(number: str) -> bool:
    """Whether a process of this number is there; False where the system would take the question for a signal."""
    if os.name != "posix" or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except OSError as error:
        return error.errno == errno.EPERM  # somebody else's
    return int(number) != os.getpid()


def content(path: Path) -> bytes:
    """Return the bytes of a regular file; raises OSError, also where a pipe has taken its place."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _CLOSE), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return stream.read()


def create(path: Path, content: bytes) -> None:
    """Write a new file; its folder is there already. Raises FileExistsError, having changed nothing; OSError."""
    folder = path.parent
    with _not_torn_by_sigterm():
        if not _create_unnamed(path, content):
            temporary = _temporary(path)
            _clear_beside(path)
            try:
                _write(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOSE, 0o666), content)
                _link(temporary, path)
            finally:
                _forget(temporary)
        _settle(folder)


def replace(path: Path, content: bytes) -> None:
    """Write a changed file in place of the one that is there, keeping its mode; raises OSError, having changed nothing.

    What ``path`` links to is replaced, not the link.
    """
    path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode)
    temporary = _temporary(path)
    _clear_beside(path)  # where a link leads, or a report goes, is no folder that `alone` has cleared
    with _not_torn_by_sigterm():
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOSE, 0o600)
            with contextlib.suppress(OSError):  # as good as the file system can
                temporary.chmod(mode)
            _write(descriptor, content)
            temporary.replace(path)
        except BaseException:
            _forget(temporary)
            raise
        _settle(path.parent)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}{_MARK}")


def _write(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _create_unnamed(path: Path, content: bytes) -> bool:
    """Write a file without a name and give it ``path``; False where the system or file system cannot do that."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag:
        return False
    try:
        descriptor = os.open(path.parent, os.O_WRONLY | flag | _CLOSE, 0o666)
    except OSError as error:
        if error.errno in _NO_UNNAMED_FILES:
            return False
        raise
    try:
        with os.fdopen(os.dup(descriptor), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            # Python follows the link in /proc, as it is told to, only where it is given a folder, here of no account.
            os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.EXDEV, errno.EPERM, errno.EINVAL):  # /proc is not there, or closed
                return False
            raise
    finally:
        os.close(descriptor)
    return True


_NO_UNNAMED_FILES = frozenset((errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT))


def _link(temporary: Path, path: Path) -> None:
    """Give ``temporary`` its name without touching what may have it already."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK):
            raise
        if path.exists():  # a file system without links, such as FAT
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)


def _forget(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        temporary.unlink()


def _settle(folder: Path) -> None:
    """Have the folder's entries on disk, where a folder can be opened at all."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | _CLOSE)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _not_torn_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end a write as Ctrl-C does, so that its temporary file goes."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGTERM"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
