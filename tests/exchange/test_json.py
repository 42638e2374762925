"""Everything computed, as JSON: its schema holds for it, its digits survive, it agrees with what `status` shows."""

import json
import re
from functools import cache
from typing import Any

import jsonschema
import pytest

from dxplan.cli.schema import document as schema_of
from dxplan.exchange.json import document
from dxplan.model.actuals import PartActual
from dxplan.progress.status import status
from dxplan.views.status.json import document as status_json
from tests.builders import project as built
from tests.builders import year
from tests.exchange.sources import FOLDERS, project
from tests.thorough import THOROUGH

FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@cache
def exported(folder: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(document(project(folder)))


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema_of("export")))


@pytest.mark.parametrize("folder", FOLDERS if THOROUGH else FOLDERS[:3])
def test_the_schema_holds(folder: str) -> None:
    assert not list(validator().iter_errors(exported(folder)))


def test_the_schema_refuses_what_is_missing_or_of_another_type() -> None:
    whole = exported("data")
    for broken in ({**whole, "years": None}, {key: whole[key] for key in whole if key != "plan"}):
        assert not validator().is_valid(broken)
    (first, *rest) = whole["indicators"]
    assert not validator().is_valid({**whole, "indicators": [{**first, "per_year": 0.3}, *rest]})


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_agrees_with_status(folder: str) -> None:
    made = project(folder)
    whole = exported(folder)
    for label, summary in ((each["fiscal_year"], each["summary"]) for each in whole["years"]):
        shown = json.loads(status_json(status(made, year(label))))
        assert {key: summary[key] for key in summary} == {key: shown["summary"][key] for key in summary}
        now = {
            (indicator["id"], part["id"] if part is not indicator else None): of_year
            for indicator in whole["indicators"]
            for part in (indicator, *indicator["parts"])
            for of_year in part["years"]
            if of_year["fiscal_year"] == label
        }
        for indicator in shown["indicators"]:
            for each in (indicator, *indicator["parts"]):
                mine = now[indicator["id"], each["id"] if each is not indicator else None]
                assert (mine["met"], mine["worse"], mine["against"]) == (each["met"], each["worse"], each["against"])
                for rate in ("achievement", "progress"):
                    for key in ("shown", "exact", "method", "reason"):
                        assert mine[rate][key] == each[rate].get(key)
                value = mine["measured"]["value"]
                assert (None if value is None else float(value)) == each["actual"]
        for initiative in shown["initiatives"]:
            (ours,) = [each for each in whole["initiatives"] if each["id"] == initiative["id"]]
            (counts,) = [each for each in ours["years"] if each["fiscal_year"] == label]
            for key in ("scheduled", "carried_out", "results", "relisted"):
                assert counts[key] == initiative["actions"][key]


def figures(node: object, key: str = "") -> list[str]:
    """Every number of the document as text."""
    if isinstance(node, dict):
        return [each for name, value in node.items() for each in figures(value, name)]
    if isinstance(node, list):
        return [each for value in node for each in figures(value, key)]
    assert not isinstance(node, float)
    return [node] if isinstance(node, str) and key in ("value", "min", "max", "over", "under", "counts") else []


def entered(whole: dict[str, Any]) -> list[str]:
    parts = [part for each in whole["indicators"] for part in (each, *each["parts"])]
    said = [now["entered"] for part in parts for now in part["years"] if now["entered"]]
    return sorted(each["value"] for each in said if each["value"] is not None)


@pytest.mark.parametrize("folder", FOLDERS)
def test_digits_survive(folder: str) -> None:
    whole = exported(folder)
    assert all(FIGURE.fullmatch(each) for each in figures(whole))
    actuals: list[PartActual] = []
    for reported in project(folder).actuals.values():
        for actual in reported.indicators.values():
            actuals += [actual, *actual.parts.values()]
    assert entered(whole) == sorted(f"{each.value:f}" for each in actuals if each.value is not None)


PLAN = """
indicators:
  - {id: x, name: 指標, unit: 人, direction: increase, targets: {R7: 0.30, R9: 100.0}}
"""


def test_a_last_zero_stays_and_a_year_alone_can_be_asked_for() -> None:
    made = built(PLAN, R7="indicators: {x: 0.10}")
    whole = json.loads(document(made, year("R7")))
    (now,) = whole["indicators"][0]["years"]
    assert (now["target"]["value"], now["entered"]["value"], now["measured"]["value"]) == ("0.30", "0.10", "0.10")
    assert (now["achievement"]["shown"], now["achievement"]["exact"]) == ("33.3", "1/3")
    assert now["outlook"]["needed_per_year"] == "49.95"


def test_a_year_without_actuals_has_targets_and_nothing_computed() -> None:
    whole = json.loads(document(built(PLAN)))
    assert whole["years"] == []
    for each in whole["indicators"][0]["years"]:
        assert (each["entered"], each["measured"], each["achievement"], each["met"]) == (None, None, None, None)


def test_the_same_project_gives_the_same_bytes() -> None:
    assert document(project("data")) == document(project("data"))
