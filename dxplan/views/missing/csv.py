"""What is not reported yet as a table for spreadsheets."""

from __future__ import annotations

from dxplan.progress.missing import Missing
from dxplan.views.csv_text import table, text

COLUMNS = ("fiscal_year", "department", "related", "kind", "id", "part", "name", "part_name", "viewpoint", "initiative")


def document(missing: Missing) -> str:
    """Return one row for each thing that is missing, in the plan's order."""
    return table(
        COLUMNS,
        (
            [
                str(missing.year),
                text(item.department.lead if item.department else ""),
                text("、".join(item.department.related) if item.department else ""),
                item.kind.value,
                text(item.id),
                text(item.part or ""),
                text(item.name),
                text(item.part_name or ""),
                text(item.viewpoint.id if item.viewpoint else ""),
                text(item.initiative.id if item.initiative else ""),
            ]
            for item in missing.items
        ),
    )
