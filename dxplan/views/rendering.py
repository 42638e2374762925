"""Rich's tables and texts as a string: no markup, no highlighting, no emoji, and nothing behind the end of a line."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from dxplan.views.terminal import Screen, wrap


def folded(text: Text, width: int) -> Text:
    """Return ``text`` in lines of at most ``width`` cells, broken where Japanese may be broken."""
    if all(line.cell_len <= width for line in text.split("\n", allow_blank=True)):
        return text
    lines = []
    for line in text.split("\n", allow_blank=True):
        start = 0
        for piece in wrap(line.plain, width):
            start = line.plain.index(piece, start)
            lines.append(line[start : start + len(piece)])
            start += len(piece)
    return Text("\n").join(lines)


def rendered(page: Iterable[RenderableType], screen: Screen) -> str:
    """Return ``page`` as it is written to ``screen``."""
    target = StringIO()
    console = Console(
        file=target,
        width=screen.width,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for item in page:
        if isinstance(item, Text):
            console.print(folded(item, screen.width), soft_wrap=True)
        else:
            console.print(item)
    return "".join(f"{line.rstrip()}\n" for line in target.getvalue().splitlines())
