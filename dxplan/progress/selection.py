"""Which part of a plan's state is shown, and in which order; counts stay those of the whole."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

from dxplan.model.values import Result
from dxplan.progress.achievement import Rate, Verdict
from dxplan.progress.judgement import IndicatorStatus, units
from dxplan.progress.status import InitiativeStatus, Status


class Only(StrEnum):
    """What alone is shown."""

    UNMET = "unmet"
    UNREPORTED = "unreported"
    MONITORING = "monitoring"


class Order(StrEnum):
    """In which order indicators are shown, across viewpoints."""

    RATE = "rate"
    """The lowest rate first; what has none last."""
    ID = "id"
    """By id, numbers in it by their value."""


def only(status: Status, which: Only) -> Status:
    """Return ``status`` with only what ``which`` names; initiatives where their own results are meant."""
    indicators = tuple(each for each in status.indicators if _fits(each, which))
    unreported = which is Only.UNREPORTED
    initiatives = tuple(each for each in status.initiatives if unreported and Result.UNREPORTED in each.results)
    return status._replace(indicators=indicators, initiatives=initiatives, only=which.value)


def _fits(each: IndicatorStatus, which: Only) -> bool:
    match which:
        case Only.UNMET:
            return any(unit.now.verdict is Verdict.NOT_MET for unit in units(each))
        case Only.UNREPORTED:
            return bool(each.unreported)
        case Only.MONITORING:
            return each.indicator.monitoring


def ordered(status: Status, order: Order) -> Status:
    """Return ``status`` in another order than the plan's."""
    indicators = sorted(status.indicators, key=_by_rate if order is Order.RATE else _by_id)
    initiatives = sorted(status.initiatives, key=_initiative_by_id) if order is Order.ID else status.initiatives
    return status._replace(indicators=tuple(indicators), initiatives=tuple(initiatives), order=order.value)


def _by_rate(each: IndicatorStatus) -> tuple[bool, Fraction]:
    rates = [unit.now.achievement.value for unit in units(each) if isinstance(unit.now.achievement, Rate)]
    return (not rates, min(rates, default=Fraction(0)))


def _by_id(each: IndicatorStatus) -> list[tuple[int, str]]:
    return natural(each.indicator.id)


def _initiative_by_id(each: InitiativeStatus) -> list[tuple[int, str]]:
    return natural(each.initiative.id)


def natural(id_: str) -> list[tuple[int, str]]:
    """Return the key that sorts ids as people count: 2 before 10, and 1-2 before 1-10."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"([0-9]+)", id_) if piece]
