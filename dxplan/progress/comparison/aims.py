"""What indicators and their parts aim at: targets, expected values, baselines; with the revisions that say why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.model.indicator import Aim
from dxplan.model.target import Target, TargetValue, is_same_target
from dxplan.model.values import Interpolation
from dxplan.progress.comparison.changes import Because, Change, Item, Kind, Section, What
from dxplan.progress.comparison.pair import Pair
from dxplan.progress.comparison.structure import moved


class _AimPair(NamedTuple):
    item: Item
    then: Aim
    today: Aim
    then_spot: Spot
    spot: Spot


def aims(pair: Pair) -> Iterator[Change]:
    """Yield what differs of targets, expected values and baselines; a new indicator's are no difference."""
    for id_, then in pair.before.indicator_by_id.items():
        today = pair.now.indicator_by_id.get(id_)
        if today is None:
            continue
        names = {part.id: part.name for part in today.indicator.parts}
        aims = {aim.part: aim for aim in then.indicator.aims}
        for aim in today.indicator.aims:
            if aim.part in aims:
                name = None if aim.part is None else names[aim.part]
                item = Item(Kind.INDICATOR, id_, today.indicator.name, aim.part, name)
                was = aims[aim.part]
                each = _AimPair(item, was, aim, then.spot.at(*was.keys), today.spot.at(*aim.keys))
                yield from _baselines(pair, each)
                yield from _targets(pair, each)
                yield from _expected(pair, each)


def _baselines(pair: Pair, aims: _AimPair) -> Iterator[Change]:
    was, is_ = aims.then.baseline, aims.today.baseline
    if (was and was.essence) == (is_ and is_.essence):
        return
    if pair.reads(aims.then_spot.at("baseline"), aims.spot.at("baseline")):
        known = was.revisions if was else ()
        because = tuple(Because(each.date, each.reason) for each in (is_.revisions if is_ else ()) if each not in known)
        what = What.NEW if was is None else What.DROPPED if is_ is None else What.CHANGED
        yield Change(Section.TARGETS, what, aims.item, "baseline", None, (was, is_), aims.today.unit, because)


def _targets(pair: Pair, aims: _AimPair) -> Iterator[Change]:
    if not pair.reads(aims.then_spot.at("targets"), aims.spot.at("targets")):
        return
    for year in sorted({*aims.then.targets, *aims.today.targets}):
        was, is_ = aims.then.targets.get(year), aims.today.targets.get(year)
        old, new = (each.standing if each else None for each in (was, is_))
        if not is_same_target(old, new):
            what, because = _retargeted(old, new), _revisions(was, is_)
            yield Change(Section.TARGETS, what, aims.item, "target", year, (old, new), aims.today.unit, because)


def _revisions(was: Target | None, is_: Target | None) -> tuple[Because, ...]:
    known = was.revisions if was else ()
    return tuple(Because(each.date, each.reason) for each in (is_.revisions if is_ else ()) if each not in known)


def _retargeted(old: TargetValue | None, new: TargetValue | None) -> What:
    if old is None or new is None:
        return What.NEW if old is None else What.DROPPED
    alike = [tuple(each is not None for each in target.essence) for target in (old, new)]
    if alike[0] != alike[1] or old.number is None or new.number is None:
        return What.CHANGED  # from a number to a bound, or of a range
    return moved(old.number, new.number)


def _expected(pair: Pair, aims: _AimPair) -> Iterator[Change]:
    was, is_ = aims.then.expected, aims.today.expected
    if was == is_ or not pair.reads(aims.then_spot.at("expected"), aims.spot.at("expected")):
        return
    if isinstance(was, Interpolation) or isinstance(is_, Interpolation):
        yield Change(Section.TARGETS, What.CHANGED, aims.item, "expected", None, (_written(was), _written(is_)))
        return
    for year in sorted({*(was or {}), *(is_ or {})}):
        old, new = (was or {}).get(year), (is_ or {}).get(year)
        if old != new:
            sides = (_as_target(old), _as_target(new))
            yield Change(Section.TARGETS, moved(old, new), aims.item, "expected", year, sides, aims.today.unit)


def _written(expected: Interpolation | Mapping[FiscalYear, Decimal] | None) -> str | None:
    if isinstance(expected, Interpolation):
        return expected.value
    return ", ".join(f"{year}: {value:f}" for year, value in (expected or {}).items()) or None


def _as_target(value: Decimal | None) -> TargetValue | None:
    return None if value is None else TargetValue(value=value)
