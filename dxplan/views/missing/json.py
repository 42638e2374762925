"""What is not reported yet, for programs: a versioned form, described by ``docs/schema/missing.schema.json``."""

from __future__ import annotations

import json

from typing_extensions import TypedDict

from dxplan.progress.missing import Missing

FORMAT = 1


class ItemJson(TypedDict):
    """One indicator, part of one, or action that is not reported; ``part`` is its id, ``department`` the lead."""

    kind: str
    id: str
    part: str | None
    name: str
    part_name: str | None
    viewpoint: str | None
    initiative: str | None
    department: str | None


class MissingJson(TypedDict):
    """The whole document; ``due`` counts the indicators and actions of the year, reported or not."""

    format: int
    fiscal_year: str
    due: int
    missing: list[ItemJson]


def document(missing: Missing) -> str:
    """Return what is missing as one JSON document."""
    result: MissingJson = {
        "format": FORMAT,
        "fiscal_year": str(missing.year),
        "due": missing.due,
        "missing": [
            {
                "kind": item.kind.value,
                "id": item.id,
                "part": item.part,
                "name": item.name,
                "part_name": item.part_name,
                "viewpoint": item.viewpoint.id if item.viewpoint else None,
                "initiative": item.initiative.id if item.initiative else None,
                "department": item.department.lead if item.department else None,
            }
            for item in missing.items
        ],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"
