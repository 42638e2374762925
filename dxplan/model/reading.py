"""A document read as a plan or as actuals: what it says, as far as it could be read, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import ValidationError

from dxplan.diagnostics import Diagnostic, Place, Route
from dxplan.model.values import Model
from dxplan.source import Document, Value

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What one file says, as far as it could be read."""

    document: Document
    value: M
    faults: tuple[Diagnostic, ...] = ()
    hidden: tuple[Route, ...] = ()
    """Routes of the document that are not in ``value``, or stand there as a placeholder."""
    _kept: Mapping[Route, tuple[int, ...]] = field(default_factory=dict)

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return where a route of ``value`` stands in the file."""
        return self.document.place(self.in_document(route), key=key)

    def in_document(self, route: Route) -> Route:
        """Return the document's route for a route of ``value``, where list items may have been left out."""
        return route_in_document(route, self._kept) if self._kept else route

    def is_hidden(self, route: Route) -> bool:
        """Whether what stands at ``route`` (or around it) is in the file but could not be read."""
        if not self.hidden:
            return False
        route = self.in_document(route)
        return any(route[:length] in self._hidden for length in range(len(route) + 1))

    def is_hidden_below(self, route: Route) -> bool:
        """Whether something at ``route`` or inside it is in the file but could not be read."""
        return self.is_hidden(route) or self.in_document(route) in self._around_hidden

    @cached_property
    def _hidden(self) -> frozenset[Route]:
        return frozenset(self.hidden)

    @cached_property
    def _around_hidden(self) -> frozenset[Route]:
        return frozenset(route[:length] for route in self.hidden for length in range(len(route)))


def read(model: type[M], document: Document) -> Reading[M]:
    """Read ``document`` as ``model``; whatever is wrong with its shape is in the result, nothing is raised."""
    refused = None
    try:
        value = model.model_validate(document.value)
        if not document.unread:
            return Reading(document, value)
    except ValidationError as error:
        refused = error
    from dxplan.model.salvage import salvage  # noqa: PLC0415 - every sentence about shapes, which a sound file spares

    return salvage(model, document, refused)


def route_in_document(route: Route, kept: Mapping[Route, tuple[int, ...]]) -> Route:
    """Translate list positions that were counted without the items that were left out."""
    original: Route = ()
    for step in route:
        positions = kept.get(original)
        known = positions is not None and isinstance(step, int) and step < len(positions)
        original = (*original, positions[step] if known else step)  # type: ignore[index]
    return original


def value_at(value: Value, route: Route) -> Value:
    """Return what stands at ``route``; None where nothing does."""
    for step in route:
        if isinstance(value, Mapping):
            value = value.get(str(step))
        elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
