"""Rich's tables and texts as a string: no markup, no highlighting, no emoji, and nothing behind the end of a line."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from dxplan.views.terminal import Screen


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
        console.print(item, soft_wrap=isinstance(item, Text))
    return "".join(f"{line.rstrip()}\n" for line in target.getvalue().splitlines())
