"""The README's picture: the real ``dxplan status``, as rich draws it, with no font fetched from anywhere."""

import html
import re
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from dxplan.progress.status import latest_reported_year, status
from dxplan.project import load
from dxplan.views.status import table
from dxplan.views.terminal import Screen

ROOT = Path(__file__).parents[1]
WIDTH = 144

_FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="dxplan status">
<style>
.{unique_id}-matrix {{
  font-family: "BIZ UDGothic", "Noto Sans Mono CJK JP", "MS Gothic", "Hiragino Sans", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect width="100%" height="100%" rx="8" fill="#ffffff" stroke="#c8c8c8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
_LIGHT = TerminalTheme(
    (255, 255, 255),
    (26, 26, 28),
    [
        (26, 26, 28),
        (206, 0, 0),
        (25, 121, 77),
        (146, 117, 0),
        (0, 23, 193),
        (137, 40, 160),
        (0, 116, 137),
        (102, 102, 102),
    ],
)


def picture() -> str:
    """Return the SVG of the shipped plan's status."""
    project = load(ROOT / "data", "data").project
    assert project is not None
    shown = status(project, latest_reported_year(project))
    text = table.document(shown, Screen("ja", WIDTH, colour=True))
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, highlight=False)
    console.print(Text.from_ansi("$ dxplan status\n" + text))
    drawn = console.export_svg(title="dxplan status", theme=_LIGHT, code_format=_FORMAT, unique_id="dxplan")
    return _RUN.sub(_in_cells, drawn)


_RUN = re.compile(r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+" clip-path="([^"]+)">(.*?)</text>')
_CELL = 12.2  # rich's width of one cell at its font size of 20


def _in_cells(match: re.Match[str]) -> str:
    """Give each piece of a line its own place and width in cells: rich counts characters, also of full-width text."""
    style, x, y, clip, text = match.groups()
    begin = float(x)
    pieces = []
    for piece in re.split(r"((?:&#160;){2,})", text):
        shown = html.unescape(piece).replace("\xa0", " ")
        width = cell_len(shown) * _CELL
        if shown.strip():
            place = f'x="{begin:.1f}" y="{y}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"'
            pieces.append(f'<text class="{style}" {place} clip-path="{clip}">{piece}</text>')
        begin += width
    return "".join(pieces)
