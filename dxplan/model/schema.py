"""JSON Schema 2020-12 of the files and of the machine forms, for editors and other programs."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from dxplan.model.values import Model

Schema = dict[str, Any]
DIALECT = GenerateJsonSchema.schema_dialect


def schema(described: Any, title: str) -> Schema:  # noqa: ANN401 - any model or typed dict
    """Return the JSON Schema of a model of the file format or of a machine form."""
    adapter: TypeAdapter[Any] = TypeAdapter(described)
    generated = adapter.json_schema(by_alias=True)
    return {"$schema": DIALECT, **_closed(generated), "title": title}


def file_schema(model: type[Model], title: str) -> Schema:
    """Return the JSON Schema of a file; what an editor shows is the fields' Japanese, not our docstrings."""
    generated = schema(model, title)
    for described in (generated, *generated.get("$defs", {}).values()):
        described.pop("description", None)
    return generated


def _closed(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Close mappings whose keys have a pattern: pydantic leaves any other key free there."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items()}
    if "patternProperties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
