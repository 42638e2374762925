"""Problems as workflow commands, which GitHub shows beside the changed line.

Escapes as in actions/toolkit: ``%``, CR and LF in messages, also ``:`` and ``,`` in properties. The runner obeys the
older ``##[command]`` anywhere in a line, so that is broken up too.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Report
from dxplan.language import Language, Text
from dxplan.views.terminal import visible


def lines(report: Report, language: Language) -> Iterator[str]:
    """Yield one workflow command for each problem of one project."""
    for diagnostic in report.diagnostics:
        rule, place = diagnostic.rule, diagnostic.place
        message = diagnostic.message.to(language)
        if diagnostic.hint:
            message += f"\n{Text('直し方', 'help').to(language)}: {diagnostic.hint.to(language)}"
        properties = (
            f"file={_property(place.file)},line={place.line},col={place.column}"
            f",title={_property(f'{rule.code} {rule.name}')}"
        )
        yield f"::{rule.severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace("##[", "## [")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
