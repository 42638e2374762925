"""A whole plan with its actuals from the lines of the long table (`table`): the text of every file of a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dxplan.editing.patch import key_text, scalar
from dxplan.exchange.gathering import Gathering, Thing
from dxplan.exchange.replies import NoAnswerError
from dxplan.exchange.row_cells import UnusableError, Yaml, id_text, kind_of, stated
from dxplan.exchange.table import COMPUTED, Subject
from dxplan.exchange.table_lines import Line
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text


class Unusable(NamedTuple):
    """A row that says nothing that can be used."""

    line: int
    message: Text


class Gathered(NamedTuple):
    """The files that the rows come to, and the rows that could not be used."""

    files: Mapping[str, str]
    """Text by name: ``plan.yaml``, ``actuals/R7.yaml``. Empty where the rows are of no plan at all."""
    unusable: tuple[Unusable, ...]
    used: int
    """Number of rows that went into the files."""
    computed: int
    """Number of rows passed over because dxplan computes what they say."""


def gathered(lines: Iterable[Line]) -> Gathered:
    """Return the files that ``lines`` come to."""
    work = Gathering()
    unusable, used, computed = [], 0, 0
    for line in lines:
        try:
            if kind_of(line) in COMPUTED:
                computed += 1
                continue
            work.take(line)
            used += 1
        except UnusableError as error:
            unusable.append(Unusable(line.number, error.message))
        except NoAnswerError as error:
            unusable.append(Unusable(line.number, error.message))
    return Gathered(_files(work) if used else {}, tuple(unusable), used, computed)


def _files(work: Gathering) -> dict[str, str]:
    """Return the text of every file."""
    work.things = {key: thing for key, thing in work.things.items() if thing.is_used}
    found = {"plan.yaml": "\n".join(_blocks(_plan(work))) + "\n"}
    years = sorted({year for thing in _all(work) for kind in _OF_ACTUALS for year in thing.years.get(kind, {})})
    for year in years:
        found[f"actuals/{year}.yaml"] = "\n".join(_blocks(_actuals(work, year))) + "\n"
    return found


def _all(work: Gathering) -> Iterator[Thing]:
    yield work.plan
    yield from work.things.values()


def _of(work: Gathering, subject: Subject, viewpoint: str | None = None, initiative: str | None = None) -> list[Thing]:
    """Return the things of a kind that hang there, in their order; parts are none of them."""
    found = [
        thing
        for (kind, _, part), thing in work.things.items()
        if kind is subject
        and (not part or subject is Subject.RELISTING)
        and (subject is Subject.VIEWPOINT or (thing.viewpoint, thing.initiative) == (viewpoint, initiative))
    ]
    return sorted(found, key=lambda thing: thing.place)


def _plan(work: Gathering) -> dict[str, Yaml]:
    code, name = work.organization or (None, "")
    said = work.plan.said
    gradings = [
        stated(
            **({"from": str(first)} if first is not None else {}),
            by=by if by not in ("rate", "") else None,
            bands=[bands[n] for n in sorted(bands)],
        )
        for (first, by), bands in work.gradings.items()
    ]
    methods = {key.removeprefix("methods."): text for key, text in said.items() if key.startswith("methods.")}
    return {
        "format": "1",
        "title": scalar(work.title),
        "organization": stated(name=scalar(name), code=scalar(code) if code is not None else None),
        **{key: said[key] for key in ("adopted", "period", "vision", "summary", "licence") if key in said},
        **{key: said[key] for key in ("decimals", "rates", "negative") if key in said},
        **({"methods": methods} if methods else {}),
        **{key: said[key] for key in ("progress", "data_year_targets") if key in said},
        **({"grades": gradings} if gradings else {}),
        **_notes(work.plan, "item"),
        **_listed("indicators", [_indicator(work, each, None) for each in _of(work, Subject.INDICATOR)]),
        **_listed("viewpoints", [_viewpoint(work, each) for each in _of(work, Subject.VIEWPOINT)]),
    }


def _viewpoint(work: Gathering, thing: Thing) -> dict[str, Yaml]:
    id_ = thing.key[1]
    initiatives = [_initiative(work, each, thing) for each in _of(work, Subject.INITIATIVE, id_)]
    return {
        "id": id_text(id_),
        **stated(title=thing.said.get("name"), **_department(thing, None), outlook=thing.said.get("outlook")),
        **_notes(thing, "item"),
        **_listed("indicators", [_indicator(work, each, thing) for each in _of(work, Subject.INDICATOR, id_)]),
        **_listed("initiatives", initiatives),
    }


def _initiative(work: Gathering, thing: Thing, above: Thing) -> dict[str, Yaml]:
    place = (thing.viewpoint, thing.key[1])
    listed = sorted(
        [*_of(work, Subject.ACTION, *place), *_of(work, Subject.RELISTING, *place)], key=lambda each: each.place
    )
    return {
        "id": id_text(thing.key[1]),
        **stated(title=thing.said.get("name"), **_changes(thing), **_department(thing, above)),
        **stated(summary=thing.said.get("summary"), themes=_items(thing, "themes")),
        **_budget(thing),
        **_notes(thing, "item"),
        **_listed("indicators", [_indicator(work, each, thing) for each in _of(work, Subject.INDICATOR, *place)]),
        **_listed("actions", [_action(each, thing) for each in listed]),
    }


def _indicator(work: Gathering, thing: Thing, above: Thing | None) -> dict[str, Yaml]:
    parts = [each for (kind, id_, part), each in work.things.items() if part and (kind, id_) == thing.key[:2]]
    parts = [each for each in parts if each.key[0] is Subject.INDICATOR]
    said = thing.said
    series = said.get("series")
    return {
        "id": id_text(thing.key[1]),
        **stated(name=said.get("name"), **_changes(thing), unit=said.get("unit")),
        **stated(definition=said.get("definition"), source=said.get("source"), **_department(thing, above)),
        **stated(
            monitoring=said.get("monitoring"),
            direction=said.get("direction"),
            series=series if series != "point" else None,
            entered=said.get("entered") if series == "cumulative" else None,
            method=said.get("method"),
            decimals=said.get("decimals"),
        ),
        **_aims(thing, staged=said.get("direction") in (None, "milestone")),
        **stated(judged=said.get("judged")),
        **_notes(thing, "item"),
        **_listed("parts", [_part(each, thing) for each in sorted(parts, key=lambda each: each.place)]),
    }


def _actuals(work: Gathering, year: FiscalYear) -> dict[str, Yaml]:
    own = work.plan.years.get("year", {}).get(year, {})
    indicators: dict[str, Yaml] = {}
    parts: dict[str, dict[str, Yaml]] = {}
    actions: dict[str, Yaml] = {}
    initiatives: dict[str, Yaml] = {}
    for (subject, id_, part), thing in work.things.items():
        if subject is Subject.INITIATIVE:
            settled = thing.years.get("settled", {}).get(year)
            if said := {**stated(settled=settled), **_notes(thing, f"result {year}")}:
                initiatives[id_] = said
        entry = _year_entry(thing, year)
        if entry is None or subject not in (Subject.INDICATOR, Subject.ACTION):
            continue
        if subject is Subject.ACTION:
            actions[id_] = entry
        elif not part:
            indicators[id_] = entry
        else:
            parts.setdefault(id_, {})[part] = entry
    for id_, of_parts in parts.items():
        whole = indicators.get(id_, {})
        said = dict(whole) if isinstance(whole, Mapping) else {"value": whole}
        indicators[id_] = {**said, "parts": of_parts}
    corrections = _items(work.plan, f"corrections {year}")
    return {
        "format": "1",
        "fiscal_year": str(year),
        **stated(state=own.get("state"), published=own.get("published")),
        **_notes(work.plan, f"year {year}"),
        **({"indicators": indicators} if indicators else {}),
        **({"actions": actions} if actions else {}),
        **({"initiatives": initiatives} if initiatives else {}),
        **({"corrections": corrections} if corrections else {}),
    }


_OF_ACTUALS = ("year", "actual", "result", "settled", "noted")


def _listed(key: str, items: Sequence[Mapping[str, Yaml]]) -> dict[str, Yaml]:
    return {key: list(items)} if items else {}


def _items(thing: Thing, name: str) -> list[Yaml] | None:
    found = thing.lines.get(name)
    return [found[n] for n in sorted(found)] if found else None


def _notes(thing: Thing, about: str) -> dict[str, Yaml]:
    notes = _items(thing, f"note {about}") or []
    return {"note": notes[0] if len(notes) == 1 else notes} if notes else {}


def _department(thing: Thing, above: Thing | None) -> dict[str, Yaml]:
    """Return who answers, where that is not who answers for what it hangs on."""
    related = _items(thing, "related")
    if thing.lead is None or (above is not None and (above.lead, _items(above, "related")) == (thing.lead, related)):
        return {}
    lead = scalar(thing.lead)
    return {"department": lead if related is None else {"lead": lead, "related": related}}


def _changes(thing: Thing) -> dict[str, Yaml]:
    """Return former names, and when it joined and left."""
    said: dict[str, Yaml] = {key: thing.said[key] for key in ("from", "until", "merged_into") if key in thing.said}
    former = _items(thing, "former_names")
    return {**({"former_names": former} if former else {}), **said}


def _budget(thing: Thing) -> dict[str, Yaml]:
    budget = thing.years.get("budget", {})
    return {"budget": {str(year): amount for year, amount in sorted(budget.items())}} if budget else {}


def _action(thing: Thing, above: Thing) -> dict[str, Yaml]:
    if thing.key[0] is Subject.RELISTING:
        own = {"id": id_text(str(thing.said["own_id"]))} if "own_id" in thing.said else {}
        return {
            "relisted": id_text(thing.key[1]),
            **own,
            **stated(title=thing.said.get("title")),
            **_notes(thing, "item"),
        }
    former = _items(thing, "former_names")
    return {
        "id": id_text(thing.key[1]),
        **stated(title=thing.said.get("name"), former_names=former, **_department(thing, above)),
        **stated(schedule=_schedule(thing), continues=thing.said.get("continues")),
        **_budget(thing),
        **_notes(thing, "item"),
    }


def _schedule(thing: Thing) -> Yaml | None:
    years = sorted(thing.stages)
    if not years:
        return None
    first, last = years[0], years[-1]
    if any(thing.stages.values()) or last.western - first.western != len(years) - 1:
        stages = ((year, [scalar(lines[n]) for n in sorted(lines)]) for year, lines in sorted(thing.stages.items()))
        return {str(year): (texts[0] if len(texts) == 1 else texts) if texts else "null" for year, texts in stages}
    if thing.open_ended:
        return f"{first}-"
    return str(first) if first == last else f"{first}-{last}"


def _part(thing: Thing, whole: Thing) -> dict[str, Yaml]:
    differing: dict[str, Yaml] = {
        key: thing.said[key]
        for key in ("unit", "direction", "method")
        if key in thing.said and thing.said[key] != whole.said.get(key)
    }
    direction = thing.said.get("direction", whole.said.get("direction"))
    return {
        "id": id_text(thing.key[2]),
        **stated(name=thing.said.get("name")),
        **differing,
        **_aims(thing, staged=direction in (None, "milestone"), is_part=True),
        **_notes(thing, "item"),
    }


def _aims(thing: Thing, *, staged: bool, is_part: bool = False) -> dict[str, Yaml]:
    found: dict[str, Yaml] = {}
    if "baseline" in thing.said:
        baseline = thing.said["baseline"]
        revisions = _items(thing, "baseline revisions")
        own = dict(baseline) if isinstance(baseline, Mapping) else {}
        found["baseline"] = {**own, **({"revisions": revisions} if revisions else {})}
    if "per_year" in thing.said and not is_part:
        found["per_year"] = thing.said["per_year"]
    targets = thing.years.get("target", {})
    written: dict[str, Yaml] = {}
    for year in sorted({*targets, *_revised(thing)}):
        target = targets.get(year, {})
        revisions = _items(thing, f"target {year}")
        written[str(year)] = {**target, "revisions": revisions} if revisions else _short(target, staged=staged)
    if written:
        found["targets"] = written
    if expected := thing.years.get("expected"):
        found["expected"] = {str(year): said["value"] for year, said in sorted(expected.items())}
    elif "expected" in thing.said:
        found["expected"] = thing.said["expected"]
    return found


def _revised(thing: Thing) -> Iterator[FiscalYear]:
    for name in thing.lines:
        if name.startswith("target "):
            yield FiscalYear.parse(name.removeprefix("target "))


def _short(target: Mapping[str, Yaml], *, staged: bool) -> Yaml:
    if list(target) == ["value"] or (staged and list(target) == ["text"]):
        return next(iter(target.values()))
    return target


def _year_entry(thing: Thing, year: FiscalYear) -> Yaml | None:
    """Return what a year says of an indicator, a part or an action; None where it says nothing."""
    kind = "result" if thing.key[0] is Subject.ACTION else "actual"
    said = thing.years.get(kind, {}).get(year)
    amounts = {key: thing.years[key][year] for key in ("quantity", "settled") if year in thing.years.get(key, {})}
    if said is None and (kind == "actual" or not amounts):
        return None
    entry = {
        **({"result": "unreported"} if said is None else said),
        **(amounts if kind == "result" else {}),
        **_notes(thing, f"{kind} {year}"),
    }
    if entry == {"state": "unreported"}:
        return None
    if list(entry) in (["value"], ["state"], ["result"]):
        return next(iter(entry.values()))
    return entry


_IN_BLOCKS = frozenset(("viewpoints", "initiatives", "indicators", "actions", "parts"))


def _blocks(mapping: Mapping[str, Yaml], indent: str = "") -> Iterator[str]:
    """Yield the lines of a mapping, a key each; what holds further things is indented, all else is on one line."""
    for key, value in mapping.items():
        if key in _IN_BLOCKS and isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _blocks(item, f"{indent}    ") if isinstance(item, Mapping) else (_flow(item),)
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        elif key in _IN_BLOCKS and isinstance(value, Mapping) and not indent:
            yield f"{key}:"
            yield from (f"  {key_text(id_)}: {_flow(entry)}" for id_, entry in value.items())
        else:
            yield f"{indent}{key_text(key)}: {_flow(value)}"


def _flow(value: Yaml) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key_text(key)}: {_flow(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]"
