"""What a year says of each thing, in the words that a correction (訂正) names it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dxplan.model.actuals import ActionResult, Actuals, InitiativeResult, PartActual
from dxplan.model.department import Quantity

PUBLISHED = "published"
"""What stands in a correction's `id` where the year's date of publication was corrected."""
ABSENT = "unreported"
"""What stands in `old` or `new` where there is nothing: as for a value, so for a grade or an amount."""
MAIN = "recorded"
"""The aspect that is the figure or the result itself."""


class Thing(NamedTuple):
    """An entry of the actuals: of an indicator, one of its parts, an action or an initiative."""

    kind: str
    """``indicators``, ``actions`` or ``initiatives``."""
    id: str
    part: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Where the entry stands in the actuals."""
        return (self.kind, self.id) if self.part is None else (self.kind, self.id, "parts", self.part)


Spellings = tuple[str, ...]
"""One value in every way that a correction may name it, the fullest first: ``95データ``, ``95``."""
Aspects = Mapping[str, Spellings]
"""What is said of one thing: `MAIN`, ``met``, ``grade``, ``quantity``, ``settled``."""


def things(actuals: Actuals) -> dict[Thing, Aspects]:
    """Return everything a year says that a correction can name."""
    return dict(_things(actuals))


def _things(actuals: Actuals) -> Iterator[tuple[Thing, Aspects]]:
    for id_, actual in actuals.indicators.items():
        yield Thing("indicators", id_), _of_figure(actual)
        for part, figure in actual.parts.items():
            yield Thing("indicators", id_, part), _of_figure(figure)
    for id_, result in actuals.actions.items():
        yield Thing("actions", id_), {MAIN: (result.recorded,), **_amounts(result)}
    for id_, initiative in actuals.initiatives.items():
        yield Thing("initiatives", id_), _amounts(initiative)


def _of_figure(actual: PartActual) -> Aspects:
    whole = (ABSENT, actual.recorded) if actual.is_in_parts_alone else (actual.recorded,)
    return {MAIN: whole, **{key: (word,) for key, word in actual.judgement.items()}}


def _amounts(result: ActionResult | InitiativeResult) -> Aspects:
    return {key: _spellings(amount) for key, amount in result.amounts.items()}


def _spellings(amount: Quantity) -> Spellings:
    number = f"{amount.value.normalize():f}"
    return (f"{number}{amount.unit}", number)
