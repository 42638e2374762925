"""The published schemas are those of the models, and hold for what they describe."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dxplan.cli.main import main
from dxplan.cli.schema import SCHEMAS, document
from tests.golden import assert_golden

ROOT = Path(__file__).parents[2]


@cache
def schema(kind: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(document(kind))
    return loaded


def accepts(kind: str, value: object) -> bool:
    return jsonschema.Draft202012Validator(schema(kind)).is_valid(value)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_published_schema(kind: str, *, update_golden: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    assert_golden(document(kind), ROOT / f"docs/schema/{kind}.schema.json", update=update_golden)


@pytest.mark.parametrize("folder", ["data", "tests/projects/every-kind", "tests/projects/all-means"])
def test_files_obey_their_schema(folder: str) -> None:
    assert accepts("plan", yaml.safe_load((ROOT / folder / "plan.yaml").read_text(encoding="utf-8")))
    for path in (ROOT / folder / "actuals").glob("*.yaml"):
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_NoDates)  # noqa: S506 - a safe loader
        loaded = json.loads(json.dumps(loaded))  # keys of JSON are text, also where YAML reads a number
        assert accepts("actuals", loaded), path


class _NoDates(yaml.SafeLoader):
    """Reads dates as text, as YAML 1.2 and so the editor does."""


_NoDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(
    "change",
    [
        {"period": {"from": "R7"}},
        {"titel": "x"},
        {"indicators": [{"id": "a", "name": "x", "direction": "up"}]},
        {"indicators": [{"id": "Ａ", "name": "x"}]},
        {"indicators": [{"id": "a", "name": "x", "targets": {"banana": 1}}]},
        {"viewpoints": [{"id": 1, "title": "x", "initiatives": [{"id": 1, "title": "x", "actions": [{"id": 1}]}]}]},
    ],
)
def test_the_plan_schema_refuses_what_validate_refuses(change: dict[str, Any]) -> None:
    plan = {"format": 1, "title": "x", "organization": {"name": "x"}, "period": {"from": "R7", "to": "R9"}}
    assert accepts("plan", plan)
    assert not accepts("plan", plan | change)


@pytest.mark.parametrize("field", ["title", "description"])
def test_every_key_has_japanese_for_the_editor(field: str) -> None:
    for kind in ("plan", "actuals"):
        loaded = schema(kind)
        for described in (loaded, *loaded["$defs"].values()):
            for name, key in described.get("properties", {}).items():
                assert not key[field].isascii() or key[field] == "ID", f"{kind}: {name}"


@pytest.mark.parametrize("folder", ["data", "tests/projects/every-kind", "tests/projects/faulty"])
@pytest.mark.parametrize("command", ["status", "validate"])
def test_json_output_obeys_its_schema(
    command: str, folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    main([command, *(["--data", folder] if command == "status" else [folder]), "--format", "json"])
    jsonschema.validate(json.loads(capsys.readouterr().out), schema(command))


def test_modelines_lead_to_the_schemas() -> None:
    for path in (ROOT / "data/plan.yaml", ROOT / "data/actuals/R7.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines()[:2]:
            target = line.replace("=", " ").split()[-1]
            assert (path.parent / target).exists(), line
