"""Differences for a terminal: how many first, then by section, each with the reasons that were given for it."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.progress.comparison.changes import Change, Comparison, Section, What
from dxplan.views.diff.wording import SECTIONS, WHATS, because_text, counts, detail, nothing, subject, versions
from dxplan.views.terminal import Line, Screen, cells, visible, wrap
from dxplan.views.wording import Style, style_of

_STYLES = {
    **dict.fromkeys((What.UP, What.ADDED, What.NEW, What.REPORTED, What.CLOSED), "green"),
    **dict.fromkeys((What.DOWN, What.GONE, What.DROPPED, What.WITHDRAWN, What.REOPENED), "red"),
}
_LEAST = 20  # cells beside the first word at least


def lines(comparison: Comparison, screen: Screen) -> Iterator[Line]:
    """Yield the page; a single line where nothing changed."""
    language = screen.language
    if not comparison.changes:
        yield ((nothing(comparison, language), "bold green"),)
        return
    style = style_of(comparison.plan, language)
    yield ((f"{visible(comparison.plan.title)}　{versions(comparison, language)}", "bold"),)
    yield ((counts(comparison, language), ""),)
    for section in Section:
        changes = comparison.section(section)
        if changes:
            yield ()
            yield ((SECTIONS[section].to(language), "bold"),)
            column = max(cells(WHATS[change.what].to(language)) for change in changes) + 4
            for change in changes:
                yield from _change(change, column, style, screen)


def _change(change: Change, column: int, style: Style, screen: Screen) -> Iterator[Line]:
    what = WHATS[change.what].to(style.language)
    gap = "　" if style.language == "ja" else "  "
    room = max(screen.width - column, _LEAST)
    said = (subject(change, style.language), detail(change, style))
    whole = gap.join(filter(None, said))
    body = [whole] if cells(whole) <= room else [line for text in said if text for line in wrap(text, room)]
    first, *rest = body or [""]
    yield (
        ("  ", ""),
        (what, _STYLES.get(change.what, "yellow")),
        (f"{' ' * (column - 2 - cells(what))}{first}".rstrip(), ""),
    )
    reasons = [line for each in change.because for line in wrap(because_text(each), room)]
    yield from (((" " * column + line, ""),) for line in rest)
    yield from (((" " * column + line, "dim"),) for line in reasons)
