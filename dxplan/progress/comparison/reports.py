"""The years and what was reported in them, with the corrections that say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dxplan.diagnostics import Spot
from dxplan.model.actuals import Actuals, is_recorded_as
from dxplan.model.corrections import ABSENT, MAIN, Spellings, Thing, things
from dxplan.progress.comparison.changes import Because, Change, Item, Kind, Section, What
from dxplan.progress.comparison.pair import Pair
from dxplan.project import Project


def years(pair: Pair) -> Iterator[Change]:
    """Yield the years that were opened, closed, set back to open, or published."""
    for year in sorted({*pair.before.actuals, *pair.now.actuals}):
        was, is_ = pair.before.actuals.get(year), pair.now.actuals.get(year)
        item = Item(Kind.YEAR, str(year), "")
        if is_ is None:
            if not pair.now.may_hold(year):
                yield Change(Section.YEARS, What.GONE, item, year=year)
            continue
        if was is None:
            if pair.before.may_hold(year):
                continue
            yield Change(Section.YEARS, What.OPENED, item, year=year)
        if is_.is_closed != (was is not None and was.is_closed):
            yield Change(Section.YEARS, What.CLOSED if is_.is_closed else What.REOPENED, item, year=year)
        published = was.published if was else None
        if published != is_.published:
            yield Change(Section.YEARS, What.CHANGED, item, "published", year, (published, is_.published))


def results(pair: Pair) -> Iterator[Change]:
    """Yield every report that came, went or changed, with the corrections that say why."""
    names = {**_names(pair.before), **_names(pair.now)}
    places = {key: place for place, key in enumerate({**_names(pair.now), **names})}
    for year, year_file in pair.now.files_by_year.items():
        then = pair.before.files_by_year.get(year)
        if then is None and pair.before.may_hold(year):
            continue
        reports = _Reports(then.actuals if then else None, year_file.actuals)
        for thing in sorted(reports.things, key=lambda each: _place(each, places)):
            hidden = pair.now.is_hidden_below(Spot(year_file.file, thing.keys))
            if not hidden and not (then and pair.before.is_hidden_below(Spot(then.file, thing.keys))):
                item, unit = names.get(thing, (Item(_KINDS[thing.kind], thing.id, "", thing.part), ""))
                for change in reports.changes(thing):
                    yield change._replace(item=item, year=year, unit=unit)


_KINDS = {"indicators": Kind.INDICATOR, "actions": Kind.ACTION, "initiatives": Kind.INITIATIVE}


def _names(project: Project) -> dict[Thing, tuple[Item, str]]:
    """Return what everything that may be reported is called, with the unit of its figures, in the plan's order."""
    names: dict[Thing, tuple[Item, str]] = {}
    for entry in project.indicators:
        indicator = entry.indicator
        item = Item(Kind.INDICATOR, indicator.id, indicator.name)
        names[Thing("indicators", indicator.id)] = item, indicator.unit
        for part in indicator.parts:
            unit = indicator.unit if part.unit is None else part.unit
            names[Thing("indicators", indicator.id, part.id)] = item._replace(part=part.id, part_name=part.name), unit
    for each in project.actions:
        names[Thing("actions", each.action.id)] = Item(Kind.ACTION, each.action.id, each.action.title), ""
    for initiative, _, _ in project.initiatives:
        names[Thing("initiatives", initiative.id)] = Item(Kind.INITIATIVE, initiative.id, initiative.title), ""
    return names


def _place(thing: Thing, places: Mapping[Thing, int]) -> tuple[int, int, str, str]:
    """Return the plan's order; what it does not have comes last of its kind."""
    place = places.get(thing, len(places))
    return (tuple(_KINDS).index(thing.kind), place, thing.id, thing.part or "")


class _Reports:
    """One year's reports, before and now."""

    def __init__(self, before: Actuals | None, now: Actuals) -> None:
        known = before.corrections if before else ()
        self._was = things(before) if before else {}
        self._is = things(now)
        self._corrections = [each for each in now.corrections if each not in known]
        self._preliminary = (_preliminary(before) if before else frozenset(), _preliminary(now))

    @property
    def things(self) -> Iterable[Thing]:
        """Everything that is reported on either side."""
        return {**self._is, **self._was}

    def changes(self, thing: Thing) -> Iterator[Change]:
        """Yield what changed of one thing; the caller says what it is called, and the year."""
        was, is_ = self._was.get(thing, {}), self._is.get(thing, {})
        item = Item(_KINDS[thing.kind], thing.id, "")
        preliminary = [thing in each for each in self._preliminary]
        for aspect in {MAIN: (), **was, **is_}:
            old, new = was.get(aspect, (ABSENT,)), is_.get(aspect, (ABSENT,))
            if not is_recorded_as(old[0], new[0]):
                what = What.REPORTED if old[0] == ABSENT else What.WITHDRAWN if new[0] == ABSENT else What.CHANGED
                field = aspect if aspect != MAIN else "value" if thing.kind == "indicators" else "result"
                sides = (said(old[0]), said(new[0]))
                yield Change(Section.RESULTS, what, item, field, None, sides, "", self._because(thing, old, new))
            elif aspect == MAIN and new[0] != ABSENT and preliminary[0] != preliminary[1]:
                was_so, is_so = ("true" if each else "false" for each in preliminary)
                yield Change(Section.RESULTS, What.CHANGED, item, "preliminary", None, (was_so, is_so))

    def _because(self, thing: Thing, old: Spellings, new: Spellings) -> tuple[Because, ...]:
        """Return the corrections of a thing that speak of this value; all of them, where they name none."""
        corrections = [each for each in self._corrections if (each.id, each.part) == (thing.id, thing.part)]
        meant = [each for each in corrections if _names_any(each.old, old) or _names_any(each.new, new)]
        return tuple(Because(each.date, each.reason) for each in meant or corrections)


def _names_any(text: str, spellings: Spellings) -> bool:
    return any(is_recorded_as(text, word) for word in spellings)


def _preliminary(actuals: Actuals) -> frozenset[Thing]:
    """Return the figures that are preliminary (速報)."""
    wholes = {Thing("indicators", id_): actual for id_, actual in actuals.indicators.items()}
    parts = {
        Thing("indicators", id_, part): figure
        for id_, actual in actuals.indicators.items()
        for part, figure in actual.parts.items()
    }
    return frozenset(thing for thing, figure in {**wholes, **parts}.items() if figure.preliminary)


def said(recorded: str) -> str | None:
    """Return what was recorded, or None for what was not reported."""
    return None if recorded == ABSENT else recorded
