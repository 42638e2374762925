"""Commands whose writing system calls are listed, and made to fail one by one, by strace.

The child that runs a command is a fork of this process, which has imported everything: strace attaches to it while it
waits, so that the first call it counts is the command's own.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.children import begin, code_of

_WRITING = (
    *("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "link", "linkat", "unlink", "unlinkat"),
    *("rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat", "symlinkat"),
)
_OPENING = ("open", "openat", "creat")
_TRACED = ",".join(f"?{name}" for name in (*_WRITING, *_OPENING))  # not every machine has the older ones
_TO_WRITE = re.compile(r"O_CREAT|O_TMPFILE|O_WRONLY|O_RDWR|O_TRUNC")
_OWN_NUMBER = re.compile(r"#\d+|\.\d+\.dxplan-tmp|/proc/self/fd/\d+|/proc/\d+/|(?<=\()\d+(?=<)|= \d+(?=<)")


class Call(NamedTuple):
    """One system call of a command: the ``number``-th of its ``name``."""

    name: str
    number: int
    line: str

    def __str__(self) -> str:
        return f"{self.name} {self.number}: {self.line}"


class Ran(NamedTuple):
    """What one run came to."""

    code: int
    out: str
    err: str
    log: str


def why_not() -> str:
    """Return why nothing can be traced here, or nothing."""
    if shutil.which("strace") is None:
        return "strace is not installed (Debian: apt-get install strace)"
    number = os.fork()
    if number == 0:
        os.read(os.pipe()[0], 1)
        os._exit(0)
    try:
        with _attached(number, Path(os.devnull), "trace=fsync") as trouble:
            return trouble and f"strace may not attach here: {trouble}"
    finally:
        os.kill(number, 9)
        os.waitpid(number, 0)


class _attached:  # noqa: N801 - a `with` statement
    """strace on a process that is there, until that ends; gives what is in the way, if anything."""

    def __init__(self, number: int, log: Path, *expressions: str) -> None:
        asked = [word for expression in expressions for word in ("-e", expression)]
        command = ["strace", "-y", "-s", "0", *asked, "-o", str(log), "-p", str(number)]
        self._strace = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def __enter__(self) -> str:
        assert self._strace.stderr
        said = ""
        for line in self._strace.stderr:
            if "attached" in line:
                return ""
            said += line
        return said.strip() or "no answer"

    def __exit__(self, *_: object) -> None:
        self._strace.terminate()
        self._strace.communicate()


def run(home: Path, words: tuple[str, ...], fault: str = "", first: Callable[[], object] = lambda: None) -> Ran:
    """Run a command in ``home`` under strace, with ``fault`` injected (as ``fsync:error=EIO:when=2``)."""
    with tempfile.TemporaryDirectory() as aside:
        out, err, log = (Path(aside) / name for name in ("out", "err", "log"))
        waits, goes = os.pipe()
        hears, tells = os.pipe()

        def prepare() -> None:
            os.close(goes)
            os.chdir(home)
            sys.stderr = err.open("w", encoding="utf-8", buffering=1)
            first()
            os.write(tells, b".")
            os.read(waits, 1)

        number = begin(*words, said=out, first=prepare)
        os.close(waits)
        os.read(hears, 1)
        os.close(hears)
        os.close(tells)
        with _attached(number, log, f"trace={_TRACED}", *([f"inject={fault}"] if fault else [])) as trouble:
            assert not trouble, trouble
            os.close(goes)  # off it goes
            code = code_of(number)
        texts = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (out, err, log)]
    return Ran(code, *texts)


def writes(home: Path, log: str) -> Iterator[Call]:
    """Yield the calls by which a run wrote: to files below ``home``, and its results."""
    numbers: Counter[str] = Counter()
    begun = False
    for line in log.splitlines():
        name, parenthesis, rest = line.partition("(")
        if not parenthesis:
            continue
        numbers[name] += 1
        below = str(home) in rest.replace(f"AT_FDCWD<{home}>", "")
        if name in _OPENING and not _TO_WRITE.search(line):
            below = (
                below and begun and "O_NONBLOCK" not in line
            )  # a folder to be held or settled, not to be looked into
        if below or "/out>" in line:
            begun = True
            yield Call(name, numbers[name], same_in_every_run(home, line))


def same_in_every_run(home: Path, line: str) -> str:
    """Return a line of the log without what is another one each time."""
    line = re.sub(r"(?<=<)/\S*/out>", "OUT>", line.replace(str(home), "HOME"))
    return _OWN_NUMBER.sub("*", re.sub(r" += .*", "", line))


@functools.cache
def reason_to_skip() -> str:
    """Return `why_not`, asked once."""
    return why_not()
