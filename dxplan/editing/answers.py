"""What a department answers, piece by piece, in the words of a file of actuals.

An entry of the actuals is answered in a few pieces that belong together: a figure with its state and its day, a
judgement with its reason, a note. A piece is compared, and lands, as a whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from dxplan.model.actuals import UNREPORTED, ActionResult, Actuals, PartActual, is_recorded_as
from dxplan.model.corrections import Thing
from dxplan.model.department import Quantity
from dxplan.model.values import Result, ValueState


class Aspect(StrEnum):
    """A piece of what is said of one thing."""

    FIGURE = "figure"
    JUDGEMENT = "judgement"
    NOTE = "note"
    RESULT = "result"
    QUANTITY = "quantity"
    SETTLED = "settled"


KEYS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.FIGURE: ("value", "of", "text", "state", "preliminary", "as_of"),
    Aspect.JUDGEMENT: ("met", "grade", "reason"),
    Aspect.NOTE: ("note",),
    Aspect.RESULT: ("result",),
    Aspect.QUANTITY: ("value", "unit"),
    Aspect.SETTLED: ("value", "unit"),
}
"""What each piece is made of, in the order in which it is written."""

Said = Mapping[str, str]
"""One piece as plain text: ``{value: 54, preliminary: true}``, ``{of: 54/100}``, ``{note: two\\nlines}``.

Nothing said is empty: an unreported figure, an unreported result, no note.
"""
NOTHING: Said = {}


def recorded(actuals: Actuals | None, thing: Thing) -> dict[Aspect, Said]:
    """Return every piece that ``actuals`` say of ``thing``; a part whose whole has but a state is in that state."""
    if thing.kind == "actions":
        return _of_action(actuals.actions.get(thing.id) if actuals is not None else None)
    whole = actuals.indicators.get(thing.id, UNREPORTED) if actuals is not None else UNREPORTED
    if thing.part is None:
        return _of_figure(whole)
    if not whole.parts and whole.state is not ValueState.REPORTED:
        return {**_of_figure(UNREPORTED), Aspect.FIGURE: _figure(whole)}
    return _of_figure(whole.parts.get(thing.part, UNREPORTED))


def _of_figure(actual: PartActual) -> dict[Aspect, Said]:
    met = None if actual.met is None else ("true" if actual.met else "false")
    judged = {"met": met, "grade": actual.grade, "reason": actual.reason}
    return {
        Aspect.FIGURE: _figure(actual),
        Aspect.JUDGEMENT: {key: text for key, text in judged.items() if text is not None},
        Aspect.NOTE: _note(actual.note),
    }


def _figure(actual: PartActual) -> Said:
    said: dict[str, str] = {}
    if actual.value is not None:
        said["value"] = f"{actual.value:f}"
    elif actual.of is not None:
        said["of"] = "/".join(f"{count:f}" for count in actual.of)
    elif actual.text is not None:
        said["text"] = actual.text
    elif actual.state not in (ValueState.UNREPORTED, ValueState.REPORTED):
        said["state"] = actual.state.value
    if actual.preliminary:
        said["preliminary"] = "true"
    if actual.as_of is not None:
        said["as_of"] = actual.as_of
    return said


def _of_action(result: ActionResult | None) -> dict[Aspect, Said]:
    if result is None or result.result is Result.UNREPORTED:
        word: Said = NOTHING
    else:
        word = {"result": result.result.value}
    return {
        Aspect.RESULT: word,
        Aspect.QUANTITY: _quantity(result.quantity if result is not None else None),
        Aspect.SETTLED: _quantity(result.settled if result is not None else None),
        Aspect.NOTE: _note(result.note if result is not None else ()),
    }


def _quantity(quantity: Quantity | None) -> Said:
    return NOTHING if quantity is None else {"value": f"{quantity.value:f}", "unit": quantity.unit}


def _note(lines: tuple[str, ...]) -> Said:
    return {"note": "\n".join(lines)} if lines else NOTHING


def is_same(one: Said, other: Said) -> bool:
    """Whether two pieces say the same: numbers as numbers, texts but for blank lines and blanks at line ends."""
    return one.keys() == other.keys() and all(_is_same(key, text, other[key]) for key, text in one.items())


def _is_same(key: str, one: str, other: str) -> bool:
    if key in ("value", "of"):
        return is_recorded_as(one, other)
    return _settled(one) == _settled(other)


def _settled(text: str) -> str:
    """Return a text as no reader would tell it from another: no blank lines, no blanks at the ends of lines."""
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).strip().split("\n"))
    return "\n".join(line for line in lines if line)
