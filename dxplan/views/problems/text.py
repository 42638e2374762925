"""Problems for people: the place, the message, the source line with a caret, a hint, related places."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Diagnostic, Place, Report, Severity
from dxplan.language import Language, Text
from dxplan.views.terminal import Line, cells, visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def lines(report: Report, language: Language) -> Iterator[Line]:
    """Yield every problem of one project, and at the end what could not be looked at."""
    for diagnostic in report.diagnostics:
        yield from _diagnostic(diagnostic, language)
    for file in report.unread_files:
        note = Text(
            f"{visible(file)} は全体を読めず、ほかの規則では調べていません",
            f"nothing in {visible(file)} could be read, so it was not held to the other rules",
        )
        yield ((note.to(language), "dim"),)
    if report.unread:
        names = [_position(place) for place in report.unread[:_NAMED]]
        more = len(report.unread) - len(names)
        note = Text(
            f"読めなかった {len(report.unread)} か所は、ほかの規則では調べていません: {'、'.join(names)}"
            + (f" ほか{more}か所" if more else ""),
            f"what could not be read was not held to the other rules: {', '.join(names)}"
            + (f" and {more} more" if more else ""),
        )
        yield ((note.to(language), "dim"),)
    if report.unread_files or report.unread:
        yield ()


_NAMED = 5


def _diagnostic(diagnostic: Diagnostic, language: Language) -> Iterator[Line]:
    rule, place = diagnostic.rule, diagnostic.place
    yield (
        (f"{_position(place)}: ", "bold"),
        (f"{rule.severity} {rule.code}", _STYLES[rule.severity]),
        (f" {rule.name}: {visible(diagnostic.message.to(language))}", ""),
    )
    if place.source.strip():
        number = str(place.line)
        shown, before = _window(place)
        yield ((f"  {number} | ", "dim"), (shown, ""))
        yield ((f"  {' ' * len(number)} | ", "dim"), (" " * before + "^", _STYLES[rule.severity]))
    if diagnostic.hint:
        label = Text("直し方", "help").to(language)
        yield ((f"  {label}: ", "bold"), (visible(diagnostic.hint.to(language)), ""))
    for related in diagnostic.related:
        label = Text("関連", "see").to(language)
        yield ((f"  {label}: ", "dim"), (f"{_position(related.place)} {visible(related.message.to(language))}", "dim"))
    yield ()


_WINDOW = 60


def _window(place: Place) -> tuple[str, int]:
    """Return the part of the source line around the column, and how many cells stand before the column."""
    column = place.column - 1
    start = max(0, column - _WINDOW)
    head = visible(place.source[start:column].replace("\t", " "))
    tail = visible(place.source[column : column + _WINDOW].replace("\t", " "))
    cut = "…" if start else ""
    return cut + head + tail + ("…" if len(place.source) > column + _WINDOW else ""), cells(cut + head)


def _position(place: Place) -> str:
    return f"{visible(place.file)}:{place.line}:{place.column}"


def summary(errors: int, warnings: int, files: int, example: str, language: Language) -> Line:
    """Return the verdict over everything that was validated; ``example`` is a code that was found."""
    if not errors and not warnings:
        counted = f"{files} file{'' if files == 1 else 's'}"
        return ((Text(f"問題ありません（{files}ファイル）", f"no problems ({counted})").to(language), "bold green"),)
    text = Text(
        f"誤り {errors}件、注意 {warnings}件（{files}ファイル）。規則の説明: dxplan rules {example}",
        f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"
        f" ({files} file{'' if files == 1 else 's'}). To read about a rule: dxplan rules {example}",
    )
    return ((text.to(language), "bold red" if errors else "bold yellow"),)


def example(report: Report) -> str:
    """Return the code of the first problem, or nothing where there is none."""
    return report.diagnostics[0].rule.code if report.diagnostics else ""
