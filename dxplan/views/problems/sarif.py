"""Problems as SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NotRequired
from urllib.parse import quote

from typing_extensions import TypedDict

from dxplan.diagnostics import Diagnostic, Place, Report, Rule
from dxplan.language import Language, Text
from dxplan.page import Page
from dxplan.views.problems.fingerprints import fingerprints
from dxplan.views.terminal import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class _Message(TypedDict):
    text: str


class _Artifact(TypedDict):
    uri: str


class _Region(TypedDict):
    startLine: int
    startColumn: int


class _Physical(TypedDict):
    artifactLocation: _Artifact
    region: _Region


class _Location(TypedDict):
    physicalLocation: _Physical
    message: NotRequired[_Message]


class _Result(TypedDict):
    ruleId: str
    ruleIndex: int
    level: str
    message: _Message
    locations: list[_Location]
    relatedLocations: NotRequired[list[_Location]]
    partialFingerprints: dict[str, str]


class _Level(TypedDict):
    level: str


class _Rule(TypedDict):
    id: str
    name: str
    shortDescription: _Message
    fullDescription: _Message
    help: _Message
    defaultConfiguration: _Level


class _Driver(TypedDict):
    name: str
    semanticVersion: str
    rules: list[_Rule]


class _Tool(TypedDict):
    driver: _Driver


class _Run(TypedDict):
    tool: _Tool
    columnKind: str
    results: list[_Result]


SarifLog = TypedDict("SarifLog", {"$schema": str, "version": str, "runs": list[_Run]})


def document(reports: Iterable[Report], pages: Mapping[Rule, Page], version: str, language: Language) -> str:
    """Return the reports of one run as one log; ``pages`` describe the rules that found something."""
    found = [(each, mark) for report in reports for each, mark in _marked(report)]
    rules = sorted({each.rule for each, _ in found})
    places = {rule: index for index, rule in enumerate(rules)}
    log: SarifLog = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dxplan",
                        "semanticVersion": version,
                        "rules": [_rule(rule, pages[rule], language) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, places[each.rule], mark, language) for each, mark in found],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _marked(report: Report) -> zip[tuple[Diagnostic, str]]:
    return zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)


def _rule(rule: Rule, page: Page, language: Language) -> _Rule:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": page.what.to(language).split("。")[0].split(". ")[0]},
        "fullDescription": {"text": page.what.to(language)},
        "help": {"text": f"{page.why.to(language)}\n\n{page.fix.to(language)}"},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(diagnostic: Diagnostic, rule: int, mark: str, language: Language) -> _Result:
    message = visible(diagnostic.message.to(language))
    if diagnostic.hint is not None:
        message += f"\n{Text('直し方', 'help').to(language)}: {visible(diagnostic.hint.to(language))}"
    result: _Result = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": rule,
        "level": diagnostic.rule.severity.value,
        "message": {"text": message},
        "locations": [_location(diagnostic.place)],
        # GitHub's own name for it, by which it follows an alert over moved lines.
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {**_location(each.place), "message": {"text": visible(each.message.to(language))}}
            for each in diagnostic.related
        ]
    return result


def _location(place: Place) -> _Location:
    region: _Region = {"startLine": place.line, "startColumn": place.column}
    uri = quote(place.file.encode("utf-8", "surrogateescape"), safe="/")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
