"""A chart as SVG: actuals as bars, targets as marks, the projection dashed; every figure stands in words below.

One drawing serves HTML, where the page's style sheet colours it, and PDF, which hands over colours of its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from dxplan.report.document import Chart, Column
from dxplan.report.templating import environment
from dxplan.views.terminal import cells

_HEIGHT, _TOP = 140, 12
_TEXT = 20
"""Height of a line of words below the axis."""
_NARROWEST, _PER_CELL, _GAP = 84, 7.2, 14
"""Width of a column at least, that of half a full-width character, and what is left between two columns' words."""
_BAR = 40


class Mark(NamedTuple):
    """A target: a line across its column."""

    left: int
    right: int
    y: int


class Bar(NamedTuple):
    """An actual, or the baseline."""

    left: int
    y: int
    width: int
    height: int
    is_baseline: bool


class Label(NamedTuple):
    """Words in the middle of a column."""

    x: int
    y: int
    text: str
    kind: str
    """``year``, ``actual``, ``target`` or ``projection``."""


class Drawing(NamedTuple):
    """A chart in pixels."""

    width: int
    height: int
    floor: int
    """Where 0 stands."""
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    dashes: tuple[int, int, int, int] | None
    """The projection from x, y to x, y."""


class Colours(NamedTuple):
    """CSS colours, for where no style sheet gives them, and the family of the letters."""

    ink: str
    bar: str
    mark: str
    font: str


def drawing(chart: Chart, id_: str, colours: Colours | None = None) -> Markup:
    """Return the chart as one ``svg`` element, named by its own title and description, whose ids begin with ``id_``."""
    template = environment().get_template("dxplan/chart.svg")
    return Markup(template.render(chart=chart, drawn=_drawn(chart), id=id_, colours=colours))  # noqa: S704 - autoescaped


def _drawn(chart: Chart) -> Drawing:
    step = _step(chart)
    bars, marks, labels = [], [], []
    floor = _y(chart.zero)
    below = _TOP + _HEIGHT
    for number, column in enumerate(chart.columns):
        middle = number * step + step // 2
        if column.bar is not None:
            y = _y(column.bar.height)
            bars.append(Bar(middle - _BAR // 2, min(y, floor), _BAR, abs(floor - y) or 1, column.is_baseline))
        marks += [Mark(middle - _BAR, middle + _BAR, _y(point.height)) for point in column.marks]
        said = _said(chart, number, column)
        labels += [Label(middle, below + _TEXT * line, text, kind) for line, (text, kind) in enumerate(said, 1)]
    dashes = None
    if chart.projection is not None:
        bar = chart.columns[chart.projection.start].bar
        start = Fraction(0) if bar is None else bar.height
        ends = (chart.projection.start, start), (chart.projection.end, chart.projection.point.height)
        (left, low), (right, high) = ends
        dashes = left * step + step // 2, _y(low), right * step + step // 2, _y(high)
    lines = max(len(_said(chart, number, column)) for number, column in enumerate(chart.columns))
    height = below + _TEXT * lines + _TEXT // 2
    return Drawing(step * len(chart.columns), height, floor, tuple(bars), tuple(marks), tuple(labels), dashes)


def _said(chart: Chart, number: int, column: Column) -> list[tuple[str, str]]:
    """Return what stands below a column, line by line."""
    said = [(column.label, "year")]
    if column.bar is not None:
        said.append((column.bar.text, "actual"))
    if column.marks:
        said.append((column.marks[0].text, "target"))
    if chart.projection is not None and chart.projection.end == number:
        said.append((chart.projection.point.text, "projection"))
    return said


def _step(chart: Chart) -> int:
    """Return the width of a column: that of the widest words below any."""
    texts = [text for number, column in enumerate(chart.columns) for text, _ in _said(chart, number, column)]
    return max(_NARROWEST, round(max(map(cells, texts)) * _PER_CELL) + _GAP)


def _y(height: Fraction) -> int:
    return _TOP + round((1 - height) * _HEIGHT)
