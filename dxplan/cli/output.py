"""Where results and talk go: stdout and stderr, with colour only on a terminal that wants it."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

from dxplan.language import Language
from dxplan.views.terminal import Line, Screen, cells, plain, visible

T = TypeVar("T")

UNLIMITED = 100_000
"""Columns of what is no terminal: nothing is cut in a pipe."""


_NEAREST = str.maketrans("▁▂▃▄▅▆▇█░┃─・·―−※", "_.-:=+*#.|-..--*")
"""What stands in for the signs of bars, charts and tables where an encoding has none of them."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Replace what an encoding cannot write by the nearest ASCII sign, else by ``?``; an error handler for codecs."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end].translate(_NEAREST)
    return "".join(character if character.isascii() else "?" for character in wanted), error.end


def prepare_streams() -> None:
    """Make sure that printing never fails for want of a character: consoles and pipes may be cp932 or ASCII."""
    codecs.register_error("dxplan", _nearest)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # started with the stream closed
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - lives as long as we do
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="dxplan")


def wants_colour(stream: TextIO) -> bool:
    """Whether ``stream`` gets colour: ``NO_COLOR``, then ``FORCE_COLOR``, else only a terminal that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def screen(language: Language) -> Screen:
    """Return what stdout can show."""
    return Screen(language, _width(sys.stdout), wants_colour(sys.stdout))


def _width(stream: TextIO) -> int:
    return shutil.get_terminal_size().columns if stream.isatty() else UNLIMITED


def with_progress(items: Iterable[T], total: int, what: str, left: str = "ETA") -> Iterator[T]:
    """Yield ``items``, with a bar of progress and the time left on stderr where that is a terminal.

    Not rich's bar: that one takes over stdout as well, and results would land on stderr.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from items
        return
    begun = drawn = time.monotonic()
    shares_screen = sys.stdout.isatty()
    try:
        for done, item in enumerate(items, 1):
            if shares_screen:
                _draw("")
            yield item
            now = time.monotonic()
            if shares_screen or now - drawn > _DRAWN_EVERY:
                drawn = now
                seconds = round((now - begun) / done * (total - done))
                bar = f"{'#' * (done * _BAR // total):-<{_BAR}}"
                _draw(f"{what} [{bar}] {done}/{total} {left} {seconds // 60}:{seconds % 60:02}")
    finally:
        _draw("")


_BAR, _DRAWN_EVERY = 20, 0.1


def _draw(line: str) -> None:
    """Put one line of talk where the last one stands, to be overwritten by the next."""
    columns = shutil.get_terminal_size().columns
    while cells(line) >= columns:
        line = line[:-1]
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()


_COMMAND = re.compile(r"^[^\S\n]*:(?=:)|##(?=\[)", re.MULTILINE)


def without_commands(text: str) -> str:
    """Return text for people in which GitHub's runner, where it reads along, finds no command but those we mean."""
    return _COMMAND.sub(r"\g<0> ", text) if os.environ.get("GITHUB_ACTIONS") == "true" else text


def print_text(text: str) -> None:
    """Write a result for people to stdout."""
    sys.stdout.write(without_commands(text))


def print_command(line: str) -> None:
    """Write a line to stdout that GitHub's runner is to obey."""
    sys.stdout.write(f"{line}\n")


def print_machine(text: str) -> None:
    """Write a machine form to stdout: always UTF-8, whatever the console's encoding, and every byte as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def print_bytes(content: bytes) -> None:
    """Write a file to stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def print_lines(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Write styled lines: a result to stdout, or talk to another stream; each stays one line whatever it says."""
    stream = stream or sys.stdout
    lines = [tuple((without_commands(visible(words)), style) for words, style in line) for line in lines]
    if not wants_colour(stream):
        stream.write(plain(lines))
        return
    from rich.console import Console  # half of start-up, and a pipe never needs it
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, highlight=False, soft_wrap=True, legacy_windows=False)
    for line in lines:
        console.print(Text.assemble(*line))
