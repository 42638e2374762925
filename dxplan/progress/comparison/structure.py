"""What a plan consists of: what was added, ended, renamed, moved or relisted, and what it is like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.model.department import Quantity
from dxplan.model.indicator import Indicator, Part
from dxplan.model.plan import Action, Initiative, Viewpoint
from dxplan.progress.comparison.changes import Change, Item, Kind, Section, What
from dxplan.progress.comparison.pair import Pair
from dxplan.project import Project


class Member(NamedTuple):
    """Something with an id that hangs on something else."""

    value: Viewpoint | Initiative | Action | Indicator
    item: Item
    spot: Spot
    home: str | None


def members(project: Project) -> dict[tuple[Kind, str], Member]:
    """Return everything with an id, in the plan's order; of two with one id the first."""
    found: dict[tuple[Kind, str], Member] = {}

    def add(kind: Kind, value: Viewpoint | Initiative | Action | Indicator, spot: Spot, home: str | None) -> None:
        name = value.name if isinstance(value, Indicator) else value.title
        found.setdefault((kind, value.id), Member(value, Item(kind, value.id, name), spot, home))

    for n, viewpoint in enumerate(project.plan.viewpoints):
        add(Kind.VIEWPOINT, viewpoint, project.plan_spot("viewpoints", n), None)
    for initiative, spot, viewpoint in project.initiatives:
        add(Kind.INITIATIVE, initiative, spot, viewpoint.id)
    for action in project.actions:
        add(Kind.ACTION, action.action, action.spot, action.initiative.id)
    for entry in project.indicators:
        home = next((each.id for each in (entry.initiative, entry.viewpoint) if each), None)
        add(Kind.INDICATOR, entry.indicator, entry.spot, home)
    return found


def initiatives(pair: Pair) -> Iterator[Change]:
    """Yield what differs of viewpoints, initiatives, actions and relistings."""
    yield from _differing(pair, Section.INITIATIVES, (Kind.VIEWPOINT, Kind.INITIATIVE, Kind.ACTION))
    was, is_ = _relistings(pair.before), _relistings(pair.now)
    for key, item in is_.items():
        if key not in was and key[1] not in pair.before.hidden_ids and not pair.before.hides_nameless:
            yield Change(Section.INITIATIVES, What.RELISTED, item, "initiative", None, (None, key[0]))
    for key, item in was.items():
        if key not in is_ and key[1] not in pair.now.hidden_ids and not pair.now.hides_nameless:
            yield Change(Section.INITIATIVES, What.UNLISTED, item, "initiative", None, (key[0], None))


def _relistings(project: Project) -> dict[tuple[str, str], Item]:
    """Return what is relisted, by the initiative that shows it and the action."""
    found = {}
    for entry in project.relistings:
        home = project.action_by_id.get(entry.relisted.relisted)
        name = home.action.title if home else entry.relisted.title or ""
        item = Item(Kind.ACTION, entry.relisted.relisted, name)
        found[entry.initiative.id, entry.relisted.relisted] = item
    return found


def indicators(pair: Pair) -> Iterator[Change]:
    """Yield what differs of indicators, apart from what they aim at."""
    yield from _differing(pair, Section.INDICATORS, (Kind.INDICATOR,))


def _differing(pair: Pair, section: Section, kinds: tuple[Kind, ...]) -> Iterator[Change]:
    """Yield what was added, what is gone, and what became different of what is in both."""
    was, is_ = members(pair.before), members(pair.now)
    for key, today in is_.items():
        if key[0] not in kinds:
            continue
        then = was.get(key)
        if then is not None:
            yield from _changed(pair, section, then, today)
        elif key[1] not in pair.before.hidden_ids and not pair.before.hides_nameless:
            first = today.value.first if isinstance(today.value, Initiative | Indicator) else None
            yield Change(section, What.ADDED, today.item, year=first)
    for key, then in was.items():
        if key[0] in kinds and key not in is_ and key[1] not in pair.now.hidden_ids and not pair.now.hides_nameless:
            yield Change(section, What.GONE, then.item)


def _changed(pair: Pair, section: Section, then: Member, today: Member) -> Iterator[Change]:
    was, is_, item = then.value, today.value, today.item
    name = "name" if isinstance(is_, Indicator) else "title"
    if then.item.name != item.name and pair.reads(then.spot.at(name), today.spot.at(name)):
        yield Change(section, What.RENAMED, item, name, None, (then.item.name, item.name))
    if then.home != today.home:
        yield Change(section, What.MOVED, item, "home", None, (then.home, today.home))
    if isinstance(was, Initiative | Indicator) and isinstance(is_, Initiative | Indicator):
        yield from _lifetime(pair, section, (was, is_), (then, today))
    if isinstance(was, Action) and isinstance(is_, Action) and was.schedule != is_.schedule:
        changed = Change(section, What.CHANGED, item, "schedule", None, (was.schedule, is_.schedule))
        yield from (changed,) if pair.reads(*_spots(then, today, "schedule")) else ()
    if isinstance(was, Initiative | Action) and isinstance(is_, Initiative | Action):
        yield from _budgets(pair, section, (was.budget, is_.budget), (then, today))
    for field, said in _FIELDS.items():
        old, new = said(was), said(is_)
        if old != new and pair.reads(*_spots(then, today, field)):
            yield Change(section, What.CHANGED, item, field, None, (old, new))
    if isinstance(was, Indicator) and isinstance(is_, Indicator):
        yield from _parts(pair, (was, is_), (then, today))


def _spots(then: Member, today: Member, *keys: str | int) -> tuple[Spot, Spot]:
    return then.spot.at(*keys), today.spot.at(*keys)


def _lifetime(
    pair: Pair,
    section: Section,
    values: tuple[Initiative | Indicator, Initiative | Indicator],
    members: tuple[Member, Member],
) -> Iterator[Change]:
    was, is_ = values
    item = members[1].item
    if was.first != is_.first and pair.reads(*_spots(*members, "from")):
        yield Change(section, What.CHANGED, item, "from", None, (_year(was.first), _year(is_.first)))
    if not pair.reads(*_spots(*members, "until")) or not pair.reads(*_spots(*members, "merged_into")):
        return
    if is_.merged_into is not None and was.merged_into != is_.merged_into:
        yield Change(section, What.MERGED, item, "merged_into", is_.until, (was.merged_into, is_.merged_into))
    elif was.until is None and is_.until is not None:
        yield Change(section, What.ENDED, item, "until", is_.until, (None, str(is_.until)))
    elif was.until != is_.until:
        yield Change(section, What.CHANGED, item, "until", None, (_year(was.until), _year(is_.until)))


def _year(year: FiscalYear | None) -> str | None:
    return None if year is None else str(year)


def _budgets(
    pair: Pair,
    section: Section,
    budgets: tuple[Mapping[FiscalYear, Quantity], Mapping[FiscalYear, Quantity]],
    members: tuple[Member, Member],
) -> Iterator[Change]:
    was, is_ = budgets
    if was == is_ or not pair.reads(*_spots(*members, "budget")):
        return
    for year in sorted({*was, *is_}):
        old, new = was.get(year), is_.get(year)
        if old != new:
            what = moved(old.value if old else None, new.value if new else None)
            yield Change(section, what, members[1].item, "budget", year, (_amount(old), _amount(new)))


def _amount(quantity: Quantity | None) -> str | None:
    return None if quantity is None else f"{quantity.value:f}{quantity.unit}"


def moved(was: Decimal | None, is_: Decimal | None) -> What:
    """Return whether a figure was set, dropped, raised or lowered."""
    if was is None:
        return What.NEW
    if is_ is None:
        return What.DROPPED
    return What.CHANGED if was == is_ else What.RAISED if is_ > was else What.LOWERED


_Any = Viewpoint | Initiative | Action | Indicator | Part


def _of(field: str) -> Callable[[_Any], str | None]:
    """Return a function that reads a property as text; None where the thing has none of the kind."""

    def said(value: _Any) -> str | None:
        found = getattr(value, field, None)
        if found is None or found == "":
            return None
        if isinstance(found, bool):
            return "true" if found else "false"
        return f"{found:f}" if isinstance(found, Decimal) else str(found)

    return said


def _department(value: _Any) -> str | None:
    department = getattr(value, "department", None)
    return None if department is None else ", ".join((department.lead, *department.related))


_OF_PARTS = {field: _of(field) for field in ("unit", "direction", "method")}
_FIELDS: Mapping[str, Callable[[_Any], str | None]] = {
    **_OF_PARTS,
    **{field: _of(field) for field in ("series", "entered", "monitoring", "judged", "per_year", "definition")},
    "continues": _of("continues"),
    "department": _department,
}


def _parts(pair: Pair, values: tuple[Indicator, Indicator], members: tuple[Member, Member]) -> Iterator[Change]:
    if not pair.reads(*_spots(*members, "parts")):
        return
    was, is_ = ({part.id: part for part in each.parts} for each in values)
    for id_ in {**is_, **was}:
        old, new = was.get(id_), is_.get(id_)
        shown = new or old
        item = members[1].item._replace(part=id_, part_name=shown.name if shown else None)
        if old is None or new is None:
            yield Change(Section.INDICATORS, What.ADDED if old is None else What.GONE, item)
            continue
        if old.name != new.name:
            yield Change(Section.INDICATORS, What.RENAMED, item, "name", None, (old.name, new.name))
        for field, said in _OF_PARTS.items():
            if said(old) != said(new):
                yield Change(Section.INDICATORS, What.CHANGED, item, field, None, (said(old), said(new)))
