"""What an indicator, or one of its parts, is after, in both versions of a plan; what the rules about history share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dxplan.diagnostics import Spot
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.project import IndicatorEntry, Project

EARLIER = Text("前の版ではここ", "here in the earlier version")
"""What a note says that stands in the earlier version."""


class Pair(NamedTuple):
    """One aim, then and now."""

    before: Project
    now: Project
    then_entry: IndicatorEntry
    entry: IndicatorEntry
    then: Aim
    aim: Aim

    def spots(self, key: str) -> tuple[Spot, Spot] | None:
        """Return where ``key`` stood then and stands now; None where one of them could not be read."""
        then = self.then_entry.spot.at(*self.then.keys, key)
        now = self.entry.spot.at(*self.aim.keys, key)
        hidden = self.before.is_hidden_below(then) or self.now.is_hidden_below(now)
        return None if hidden else (then, now)


def pairs(before: Project, now: Project) -> Iterator[Pair]:
    """Yield every aim of ``before`` whose indicator is still there; of a part that is gone, that it aims at nothing."""
    for id_, then_entry in before.indicator_by_id.items():
        entry = now.indicator_by_id.get(id_)
        if entry is None:
            continue  # a rule of its own
        aims = {aim.part: aim for aim in entry.indicator.aims}
        for then in then_entry.indicator.aims:
            gone = then._replace(keys=("parts",), baseline=None, targets={}, expected=None)
            yield Pair(before, now, then_entry, entry, then, aims.get(then.part, gone))
