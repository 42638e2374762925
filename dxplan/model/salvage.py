"""A document read around what is wrong with its shape: every fault at once.

One fault hides only what it makes meaningless. What pydantic refuses is left out (an entry, or the smallest thing
around it that cannot do without it) and the rest is read again, so that the rules still run over all that is sound.
What was left out is `Reading.hidden`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Generic

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dxplan import faults
from dxplan.diagnostics import Diagnostic, Route
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.reading import M, Reading, route_in_document, value_at
from dxplan.model.refusals import Refusal, keys_of, meant, model_at, sentence
from dxplan.source import Document, Value


def salvage(model: type[M], document: Document, refused: ValidationError | None) -> Reading[M]:
    """Read what can be read of ``document`` as ``model``, with a fault for everything that was ``refused``."""
    return _Around(model, document).read(refused)


_PLACEHOLDERS: Mapping[str | int, Value] = {
    "format": Decimal(1),
    "id": "unread",
    "title": "？",
    "organization": {"name": "？"},
    "period": {"from": "R1", "to": "R1"},
    "fiscal_year": "R1",
}
"""Stand in for what a plan, viewpoint, initiative or year cannot do without, so that what it holds is still read."""


class _Around(Generic[M]):
    """Reads one document around what is wrong with it."""

    def __init__(self, model: type[M], document: Document) -> None:
        self.model = model
        self.document = document
        self.left_out: set[Route] = set()
        self.placeholders: dict[Route, dict[str | int, Value]] = {}
        self.kept: dict[Route, tuple[int, ...]] = {}

    def read(self, refused: ValidationError | None) -> Reading[M]:
        if refused and refused.error_count() > _HOPELESS:
            return self._nothing()
        found = tuple(self._diagnostics(refused)) if refused else ()
        if indivisible := {whole for route in self.document.unread if (whole := _indivisible(route))}:
            self.left_out |= indivisible
            refused = self._refused()
        while refused:
            before = self._changes()
            self._leave_out_all(refused)
            if self._changes() == before:
                raise refused  # a mistake of ours; to fail is better than to go on for ever
            refused = self._refused()
        value = self.model.model_validate(self._rebuilt())
        hidden = {*self.document.unread, *self._hidden()}
        outermost = (route for route in hidden if not any(route[:length] in hidden for length in range(len(route))))
        in_order = sorted(outermost, key=lambda route: self.document.place(route, key=True))
        return Reading(self.document, value, found, tuple(in_order), self.kept)

    def _nothing(self) -> Reading[M]:
        """Return a reading that says one thing: there is too much wrong to say what."""
        self.left_out = {(key,) for key in self.document.value}
        while refused := self._refused():
            self._leave_out_all(refused)
        message = Text("誤りが多すぎて、内容を調べられません", "too many faults to look at what it says")
        fault = Diagnostic(faults.OVER_LIMIT, self.document.place(()), message, _CHECK_FILE)
        return Reading(self.document, self.model.model_validate(self._rebuilt()), (fault,), ((),))

    def _refused(self) -> ValidationError | None:
        """Return what the model refuses in the document without what was left out."""
        try:
            self.model.model_validate(self._rebuilt())
        except ValidationError as error:
            return error
        return None

    def _refusals(self, refused: ValidationError) -> list[Refusal]:
        return [self._refusal(details) for details in refused.errors(include_url=False, include_input=False)]

    def _hidden(self) -> set[Route]:
        return self.left_out | {(*around, key) for around, keys in self.placeholders.items() for key in keys}

    def _changes(self) -> int:
        return len(self.left_out) + sum(map(len, self.placeholders.values()))

    def _rebuilt(self) -> Value:
        """Return the document's values without what was left out, remembering which list items stay."""
        self.kept = {}
        touched = {route[:length] for route in self._hidden() for length in range(len(route) + 1)}
        return self._rebuilt_at((), self.document.value, touched)

    def _rebuilt_at(self, route: Route, value: Value, touched: set[Route]) -> Value:
        if route not in touched:
            return value
        if isinstance(value, Mapping):
            rebuilt = {
                key: self._rebuilt_at(below, item, touched)
                for key, item in value.items()
                if (below := (*route, key)) not in self.left_out
            }
            return rebuilt | {str(key): item for key, item in self.placeholders.get(route, {}).items()}
        if isinstance(value, tuple):
            kept = tuple(n for n in range(len(value)) if (*route, n) not in self.left_out)
            if len(kept) < len(value):
                self.kept[route] = kept
            return tuple(self._rebuilt_at((*route, n), value[n], touched) for n in kept)
        return value

    def _leave_out_all(self, refused: ValidationError) -> None:
        for refusal in self._refusals(refused):
            if refusal.kind == "extra_forbidden":
                self.left_out.add(_indivisible(refusal.route) or refusal.route)
            else:
                self._leave_out(refusal.route, missing=refusal.kind == "missing")

    def _leave_out(self, route: Route, *, missing: bool) -> None:
        around = route[:-1]
        if (whole := _indivisible(route)) and not (missing and whole == route):
            self.left_out.add(whole)
        elif route[-1] in _PLACEHOLDERS and _holds_more(around):
            self.placeholders.setdefault(around, {})[route[-1]] = _PLACEHOLDERS[route[-1]]
        elif missing:
            self._leave_out(around, missing=False)
        else:
            self.left_out.add(route)

    def _refusal(self, details: ErrorDetails) -> Refusal:
        """Return the refusal with its route in the document; pydantic's also names parts of the model and of keys."""
        steps = route_in_document(details["loc"], self.kept)
        last: Route = ()
        if details["type"] == "missing":
            steps, last = steps[:-1], steps[-1:]
        value: Value = self.document.value
        route: list[str | int] = []
        for step in steps:
            if _has(value, step):
                route.append(step)
                value = value_at(value, (step,))
        if details["type"] == "year_twice" and isinstance(value, Mapping):
            last = (_second_spelling(value),)
        if details["type"] == "invalid_number" and isinstance(value, tuple) and route[-1] == "of":
            last = tuple(n for n, item in enumerate(value) if not isinstance(item, Decimal))[:1]
        whole: Route = (*route, *last)
        around = value_at(self.document.value, whole[:-1])
        return Refusal(
            details,
            whole,
            value_at(value, last),
            model_at(self.model, self.document.value, whole),
            frozenset(around if isinstance(around, Mapping) else ()),
        )

    def _diagnostics(self, refused: ValidationError) -> Iterator[Diagnostic]:
        refusals = self._refusals(refused)
        around = {refusal.route[:-1] for refusal in refusals}
        known = {route: keys_of(model_at(self.model, self.document.value, route)) for route in around}
        said = set(self.document.unread)
        said.update(refusal.route for refusal in refusals if refusal.on_key)
        said.update(
            (*refusal.route[:-1], key)
            for refusal in refusals[:_MAX_FAULTS]
            if refusal.kind == "extra_forbidden" and (key := meant(refusal, known[refusal.route[:-1]]))
        )
        number = 0
        for refusal in refusals:
            home = refusal.route[:-1]
            missing = refusal.kind == "missing"
            if (refusal.route in said and not refusal.on_key) or (missing and home in self.document.unread):
                continue  # named already: as unreadable, as a wrong key or as a misspelt one
            place = self.document.place(home if missing else refusal.route, key=refusal.on_key)
            if number == _MAX_FAULTS:
                message = Text("誤りが多すぎるため、残りは示しません", "too many faults; the others are not shown")
                yield Diagnostic(faults.OVER_LIMIT, place, message)
                return
            number += 1
            rule, message, hint = sentence(refusal, known[home])
            yield Diagnostic(rule, place, message, hint)


_MAX_FAULTS = 1000
_HOPELESS = 20_000
_CHECK_FILE = Text("計画や実績のファイルか確かめる", "check that this is a plan or actuals file")


def _has(value: Value, step: str | int) -> bool:
    return (isinstance(value, Mapping) and step in value) or (
        isinstance(value, tuple) and isinstance(step, int) and step < len(value)
    )


def _second_spelling(years: Mapping[str, Value]) -> str:
    """Return the first key whose year stands in another spelling before it."""
    seen: set[FiscalYear] = set()
    for key in years:
        year = FiscalYear.parse(key)
        if year in seen:
            return key
        seen.add(year)
    raise ValueError(years)


_INDIVISIBLE = {"schedule": 1, "targets": 2, "grades": 1}
"""Keys, and how many steps from there (the key is the first) name what means nothing in part."""


def _indivisible(route: Route) -> Route | None:
    """Return the route of the whole that cannot do without what stands at ``route``: a schedule, a year's target."""
    for depth, step in enumerate(route):
        if step in _INDIVISIBLE and len(route) >= depth + _INDIVISIBLE[step]:
            return route[: depth + _INDIVISIBLE[step]]
        if route[depth : depth + 2] == ("baseline", "revisions"):
            return route[: depth + 1]  # nobody can tell what was in force before
    return None


def _holds_more(route: Route) -> bool:
    """Whether ``route`` is a plan, year, viewpoint or initiative: something whose contents matter by themselves."""
    return not route or (len(route) > 1 and route[-2] in ("viewpoints", "initiatives"))
