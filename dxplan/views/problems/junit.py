"""Problems as a JUnit report: a suite for each project, a case for each problem, or one that passes."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from dxplan.diagnostics import Diagnostic, Report, Severity
from dxplan.language import Language, Text
from dxplan.views.terminal import visible


def document(reports: Iterable[tuple[str, Report]], language: Language, *, strict: bool) -> str:
    """Return the reports of one run, each under its project's name; warnings fail only where ``strict``."""
    root = ET.Element("testsuites", name="dxplan validate")
    for name, report in reports:
        failing = sum(_fails(each, strict=strict) for each in report.diagnostics)
        tests = len(report.diagnostics) or 1
        suite = ET.SubElement(
            root, "testsuite", name=visible(name), tests=str(tests), failures=str(failing), errors="0", skipped="0"
        )
        for each in report.diagnostics:
            _case(suite, each, language, strict=strict)
        if not report.diagnostics:
            ET.SubElement(
                suite, "testcase", name=Text("問題なし", "nothing wrong").to(language), classname=visible(name)
            )
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _fails(diagnostic: Diagnostic, *, strict: bool) -> bool:
    return strict or diagnostic.rule.severity is Severity.ERROR


def _case(suite: ET.Element, diagnostic: Diagnostic, language: Language, *, strict: bool) -> None:
    place, rule = diagnostic.place, diagnostic.rule
    where = f"{visible(place.file)}:{place.line}:{place.column}"
    case = ET.SubElement(
        suite, "testcase", name=f"{where} {rule.code}", classname=f"{rule.code} {rule.name}", file=visible(place.file)
    )
    message = visible(diagnostic.message.to(language))
    hint = (
        f"\n{Text('直し方', 'help').to(language)}: {visible(diagnostic.hint.to(language))}" if diagnostic.hint else ""
    )
    said = f"{where}: {message}{hint}"
    if _fails(diagnostic, strict=strict):
        ET.SubElement(case, "failure", message=message, type=rule.severity.value).text = said
    else:
        ET.SubElement(case, "system-out").text = said
