"""A plan at a glance: its ids and years without its model, for who cannot wait for that, as shell completion.

Nothing is judged here: what is not as it should be is passed over, and a plan that cannot be read has nothing to offer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dxplan.files import read_bytes
from dxplan.fiscal_year import FiscalYear
from dxplan.source import MAX_BYTES, Document, Value, read

_FOLDER, _PLAN = "data", "plan.yaml"  # as in `project`, which would bring the model with it
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")
_MOST_YEARS = 50


class Glance(NamedTuple):
    """What can be named of a plan: ids with what they stand for, and years (``R7``) in their order."""

    indicators: Mapping[str, str]
    parts: Mapping[str, str]
    """By ``INDICATOR/PART``."""
    viewpoints: Mapping[str, str]
    initiatives: Mapping[str, str]
    actions: Mapping[str, str]
    years: tuple[str, ...]


NOTHING = Glance({}, {}, {}, {}, {}, ())


def glance(given: str | None, start: Path, environment: Mapping[str, str]) -> Glance:
    """Look at the plan in the folder ``given``, else at the one that every command takes; raises OSError."""
    home = Path(given) if given is not None else _nearest(start, environment)
    document = read(_PLAN, read_bytes(home, home / _PLAN, MAX_BYTES + 1))
    return of(document.value) if isinstance(document, Document) else NOTHING


def _nearest(start: Path, environment: Mapping[str, str]) -> Path:
    """Return the folder that `project.find` finds."""
    if given := environment.get("DXPLAN_DATA"):
        return Path(given)
    candidates = (candidate for folder in (start, *start.parents) for candidate in (folder / _FOLDER, folder))
    return next((each for each in candidates if os.path.exists(each / _PLAN)), start)  # noqa: PTH110 - never raises


def of(plan: Value) -> Glance:
    """Return what is named in a plan's values."""
    viewpoints = list(_items(plan, "viewpoints"))
    initiatives = [each for viewpoint in viewpoints for each in _items(viewpoint, "initiatives")]
    indicators = [each for home in (plan, *viewpoints, *initiatives) for each in _items(home, "indicators")]
    parts = {
        f"{id_}/{part}": words
        for indicator in indicators
        for id_ in _named([indicator])
        for part, words in _named(_items(indicator, "parts")).items()
    }
    return Glance(
        _named(indicators),
        parts,
        _named(viewpoints),
        _named(initiatives),
        _named(each for initiative in initiatives for each in _items(initiative, "actions")),
        tuple(map(str, _years(plan))),
    )


def _items(home: Value, key: str) -> Iterator[Value]:
    found = home.get(key) if isinstance(home, Mapping) else None
    yield from found if isinstance(found, tuple | list) else ()


def _named(items: Iterator[Value] | list[Value]) -> dict[str, str]:
    """Return ids with names or titles; an id that is none is left out."""
    found: dict[str, str] = {}
    for item in items:
        if isinstance(item, Mapping) and _ID.fullmatch(id_ := str(item.get("id"))):
            name = item.get("name", item.get("title"))
            found.setdefault(id_, name if isinstance(name, str) else "")
    return found


def _years(plan: Value) -> Iterator[FiscalYear]:
    period = plan.get("period") if isinstance(plan, Mapping) else None
    if not isinstance(period, Mapping):
        return
    try:
        year, last = (FiscalYear.parse(str(period.get(key))) for key in ("from", "to"))
        for _ in range(_MOST_YEARS):
            if year > last:
                return
            yield year
            year += 1
    except ValueError:
        return
