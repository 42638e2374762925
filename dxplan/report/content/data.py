"""The figures of the report as data."""

from __future__ import annotations

from dxplan.report.content.scope import Scope, line
from dxplan.report.document import Download, Paragraph, Section
from dxplan.views.status import csv


def chapter(scope: Scope) -> Section:
    """Return the chapter."""
    say = scope.say
    said = say(
        "この報告書の指標の値は、次のファイルにもある。",
        "The figures of the indicators are in this file too.",
    )
    name = say(
        f"{scope.year_name(scope.year)}の指標（CSV、UTF-8）",
        f"Indicators of {scope.year_name(scope.year)} (CSV, UTF-8)",
    )
    download = Download(f"{scope.year}.csv", name, "text/csv;charset=utf-8", csv.document(scope.now))
    return Section("data", say("データ", "Data"), (Paragraph(line(said)), download))
