r"""The catalogue of bad input: one fault a line, in the tables beside this file; how a line becomes a project.

A line is ``name | expectation | change``. The project in ``sound/`` has nothing wrong with it; the change is the one
thing that is:

====================================  ==========================================================================
``plan + TEXT``, ``R7 + TEXT``        the text at the end of ``plan.yaml``, of ``actuals/R7.yaml``; also ``R8``, open
``plan < TEXT``                       the text before all else
``plan: OLD => NEW``                  other words in place of the only ones of their kind
``plan = TEXT``                       another content; also ``file NAME = TEXT``, which may be a new file
``plan as CODEC``                     the same content in another encoding; ``plan as crlf`` with other line ends
``folder/pipe/socket/lock NAME``      what stands in the file's place; ``lock`` takes the right to read it away
``remove NAME``, ``size NAME BYTES``  no such file; a file of so many bytes
``link/copy/rename NAME -> OTHER``    a link to another place; a second file; another name
``many/broken NUMBER``                files among the actuals that are passed over, or that are no YAML
``vanish/grow/pipes NAME``            what happens to a file after its folder was read, before it is opened
====================================  ==========================================================================

Escapes are Python's (``\t \n \r \\ \xff \u200b \U000e0041``; ``\x`` is a byte, ``\u`` a character in UTF-8, lone
surrogates too), and ``\{1000 text}`` is the text a thousand times, ``\#`` in it the
number of each.

The expectation is the exit code and every finding: ``1 DX005 plan:5:9``. To add a case write ``?`` in its place, run
``pytest tests/hostile --update-golden`` and read what it says; more than one finding wants a good reason.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from dxplan.files import read_bytes
from dxplan.source import MAX_BYTES
from dxplan.views.terminal import cells

HERE = Path(__file__).parent
SOUND = {
    path.relative_to(HERE / "sound").as_posix(): path.read_bytes() for path in sorted(HERE.glob("sound/**/*.yaml"))
}
SHORT = {"plan": "plan.yaml", "R7": "actuals/R7.yaml", "R8": "actuals/R8.yaml"}


class Case(NamedTuple):
    """One line of a table."""

    level: str
    name: str
    expected: str
    change: str

    @property
    def is_fault(self) -> bool:
        """Whether anything is wrong, rather than odd but allowed."""
        return self.expected != "0"

    def __str__(self) -> str:
        return f"{self.level}: {self.name}"


def cases(level: str) -> list[Case]:
    """Return the cases of one table."""
    lines = (HERE / f"{level}.txt").read_text(encoding="utf-8").split("\n")
    return [Case(level, *_columns(line)) for line in lines if line and not line.startswith("#")]


def _columns(line: str) -> tuple[str, str, str]:
    name, expected, change = line.split(" | ", 2)
    return name.strip(), expected.strip(), change


def rewrite(level: str, found: dict[str, str]) -> None:
    """Write a table anew, with the expectations in ``found`` (by name), its columns in line."""
    path = HERE / f"{level}.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [_columns(line) if line and not line.startswith("#") else None for line in lines]
    rows = [row and (row[0], found.get(row[0], row[1]), row[2]) for row in rows]
    widths = [min(60, max(cells(row[column]) for row in rows if row)) for column in (0, 1)]
    text = "\n".join(
        " | ".join((_padded(row[0], widths[0]), _padded(row[1], widths[1]), row[2])) if row else line
        for line, row in zip(lines, rows, strict=True)
    )
    path.write_text(text, encoding="utf-8")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


_ESCAPE = re.compile(
    r"\\(?:\{(?P<times>[0-9]+) (?P<what>.*?)\}|x(?P<byte>[0-9a-f]{2})|u(?P<short>[0-9a-f]{4})|U(?P<long>[0-9a-f]{8})"
    r"|(?P<sign>[tnr\\]))"
)
_SIGNS = {"t": b"\t", "n": b"\n", "r": b"\r", "\\": b"\\"}


def written(text: str) -> bytes:
    """Return what a text of the table stands for."""
    pieces, end = [], 0
    for match in _ESCAPE.finditer(text):
        pieces.append(text[end : match.start()].encode())
        end = match.end()
        if match["times"]:
            pieces.append(_repeated(match["what"], int(match["times"])))
        elif match["byte"]:
            pieces.append(bytes.fromhex(match["byte"]))
        elif code := match["short"] or match["long"]:
            pieces.append(chr(int(code, 16)).encode("utf-8", "surrogatepass"))
        else:
            pieces.append(_SIGNS[match["sign"]])
    return b"".join((*pieces, text[end:].encode()))


def _repeated(text: str, times: int) -> bytes:
    if r"\#" not in text:
        return written(text) * times
    return b"".join(written(text.replace(r"\#", str(number))) for number in range(times))


def build(home: Path, change: str) -> None:
    """Write the sound project into ``home``, with one change."""
    for file, content in SOUND.items():
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        (home / file).write_bytes(content)
    verb, _, rest = change.partition(" ")
    if verb in _VERBS:
        _VERBS[verb](home, rest)
    else:
        path = home / SHORT[verb.removesuffix(":")]
        path.write_bytes(_changed(path.read_bytes(), rest, is_replacement=verb.endswith(":")))


def _changed(content: bytes, change: str, *, is_replacement: bool) -> bytes:
    if is_replacement:
        before, after = change.split(" =>")
        old = written(before)
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times"
        return content.replace(old, written(after.removeprefix(" ")))
    sign, _, text = change.partition(" ")
    match sign:
        case "<":
            return written(text) + content
        case "+":
            return content + written(text) + b"\n"
        case "=":
            return written(text)
        case "as" if text == "crlf":
            return content.replace(b"\n", b"\r\n")
        case "as":
            return content.decode().encode(text)
    raise ValueError(change)


def _place(home: Path, name: str) -> Path:
    """Return where a file of this name stands, or is to stand: names may be any bytes."""
    path = home / os.fsdecode(written(name))
    path.parent.mkdir(exist_ok=True)
    return path


def _free(home: Path, name: str) -> Path:
    path = _place(home, name)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    return path


def _file(home: Path, rest: str) -> None:
    name, _, text = rest.partition(" =")
    _free(home, name).write_bytes(written(text.removeprefix(" ")))


def _link(home: Path, rest: str) -> None:
    name, target = rest.split(" -> ")
    _free(home, name).symlink_to(target)


def _copy(home: Path, rest: str) -> None:
    name, other = rest.split(" -> ")
    _place(home, other).write_bytes(_place(home, name).read_bytes())


def _rename(home: Path, rest: str) -> None:
    name, other = rest.split(" -> ")
    _place(home, name).rename(_place(home, other))


def _size(home: Path, rest: str) -> None:
    name, size = rest.rsplit(" ", 1)
    with _place(home, name).open("ab") as stream:
        stream.truncate(int(size))


def _socket(home: Path, rest: str) -> None:
    path = _free(home, rest)
    handle = os.open(path.parent, os.O_RDONLY)  # the address of a socket is a short path
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{handle}/{path.name}")
    os.close(handle)


def _many(home: Path, rest: str) -> None:
    for number in range(int(rest)):
        (home / f"actuals/x{number}.txt").touch()


def _broken(home: Path, rest: str) -> None:
    for number in range(int(rest)):
        (home / f"actuals/x{number}.yaml").write_bytes(b"[")


def _lock(home: Path, rest: str) -> None:
    _place(home, rest).chmod(0)


_VERBS: dict[str, Callable[[Path, str], object]] = {
    "file": _file,
    "folder": lambda home, rest: _free(home, rest).mkdir(),
    "pipe": lambda home, rest: os.mkfifo(_free(home, rest)),
    "socket": _socket,
    "lock": _lock,
    "many": _many,
    "broken": _broken,
    "remove": _free,
    "size": _size,
    "link": _link,
    "copy": _copy,
    "rename": _rename,
    "vanish": lambda _home, _rest: None,
    "grow": lambda _home, _rest: None,
    "pipes": lambda _home, _rest: None,
}


def _vanish(path: Path) -> None:
    path.unlink()


def _grow(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"#" * MAX_BYTES)


def _becomes_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


_MEANWHILE: dict[str, Callable[[Path], None]] = {"vanish": _vanish, "grow": _grow, "pipes": _becomes_a_pipe}


@contextmanager
def meanwhile(home: Path, change: str) -> Iterator[None]:
    """Do to a file what another program does to it just before dxplan opens it."""
    verb, _, name = change.partition(" ")
    if verb not in _MEANWHILE:
        yield
        return

    def read_late(folder: Path, path: Path, limit: int) -> bytes:
        if path == home / name and path.is_file():
            _MEANWHILE[verb](path)
        return read_bytes(folder, path, limit)

    with patch("dxplan.project.read_bytes", read_late):
        yield


@contextmanager
def without_privileges(change: str) -> Iterator[None]:
    """Be somebody for whom permissions count, where they are what a case is about, also where tests run as root."""
    user = os.geteuid()
    if change.startswith("lock ") and user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
