"""A whole plan with its actuals from the lines of the one long table (`table`): the text of every file of a project.

What the rows say of one thing is gathered first, then written in the plan's order. A row that says nothing that can be
used is told with its line and the reason, and the rest goes on without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dxplan.editing.merging import At
from dxplan.editing.patch import key_text, number_or_text, scalar
from dxplan.exchange.replies import NoAnswerError, number_in
from dxplan.exchange.sheets import RESULT_WORDS, STATE_WORDS
from dxplan.exchange.table import CODES, COMPUTED, KINDS, Kind, Said, Subject
from dxplan.exchange.table_lines import Line
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.printed import as_month_or_day
from dxplan.model.values import ID_PATTERN, Result, ValueState

Yaml = str | Sequence["Yaml"] | Mapping[str, "Yaml"]
"""A value of a file: text is YAML already, as it is to stand there."""


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


class _UnusableError(Exception):
    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.message = Text(ja, en)


Key = tuple[Subject, str, str]
"""What a row is about: the kind of thing, its id, and the id of a part or of the initiative that relists it."""


class _Thing:
    """Everything that the rows say of one thing."""

    def __init__(self, key: Key, above: tuple[str | None, str | None], seen: int) -> None:
        self.key = key
        self.viewpoint, self.initiative = above
        self.place = (10**9, seen)
        self.said: dict[str, Yaml] = {}
        self.lines: dict[str, dict[int, Yaml]] = {}
        """Lists of which each row says one item, by their order."""
        self.years: dict[str, dict[FiscalYear, Mapping[str, Yaml]]] = {}
        """What is said of single years, by kind."""
        self.stages: dict[FiscalYear, dict[int, str]] = {}
        self.open_ended = False
        self.lead: str | None = None
        self.is_used = False
        """Whether a row about it could be used: what only others name is no part of the plan."""

    def say(self, kind: str, year: FiscalYear, said: Mapping[str, Yaml]) -> None:
        """Take in what is said of a year; raises `_UnusableError` where another row says something else."""
        years = self.years.setdefault(kind, {})
        if years.get(year) and years[year] != said:
            raise _UnusableError(
                f"{year} について、別のことを述べる行が前にあります", f"an earlier row says otherwise of {year}"
            )
        years[year] = said


def gathered(lines: Iterable[Line]) -> Gathered:
    """Return the files that ``lines`` come to."""
    work = _Work()
    unusable, used, computed = [], 0, 0
    for line in lines:
        try:
            if _kind(line) in COMPUTED:
                computed += 1
                continue
            work.take(line)
            used += 1
        except _UnusableError as error:
            unusable.append(Unusable(line.number, error.message))
        except NoAnswerError as error:
            unusable.append(Unusable(line.number, error.message))
    return Gathered(work.files() if used else {}, tuple(unusable), used, computed)


# Cells.


_SUBJECTS = {each.value: each for each in Subject} | {
    "計画": Subject.PLAN,
    "視点": Subject.VIEWPOINT,
    "取組": Subject.INITIATIVE,
    "事業": Subject.ACTION,
    "再掲": Subject.RELISTING,
    "指標": Subject.INDICATOR,
}
_KINDS = {each.value: each for each in Kind} | {words.ja.partition("（")[0]: each for each, words in KINDS.items()}
_VALUE_STATES = {each.value: each.value for each in ValueState} | {
    word: state.value for word, state in STATE_WORDS.items()
}
_RESULTS = {each.value: each.value for each in Result} | {word: result.value for word, result in RESULT_WORDS.items()}
_ID = re.compile(ID_PATTERN.removesuffix("$"))


def _kind(line: Line) -> Kind:
    given = line.get("kind") or ""
    if given in _KINDS:
        return _KINDS[given]
    raise _UnusableError(f"種別（kind）「{given}」はありません", f"there is no kind `{given}`")


def _subject(line: Line) -> Subject:
    given = line.get("subject") or ""
    if given in _SUBJECTS:
        return _SUBJECTS[given]
    raise _UnusableError(f"対象（subject）「{given}」はありません", f"there is no subject `{given}`")


def _id_of(line: Line, column: str) -> str | None:
    given = line.get(column)
    if given is not None and _ID.fullmatch(given) is None:
        raise _UnusableError(
            f"{column} の「{given}」はIDとして使えません（半角の小文字・数字・ハイフン）",
            f"{column}: `{given}` is no id",
        )
    return given


def _needed(line: Line, column: str) -> str:
    given = line.get(column)
    if given is None:
        raise _UnusableError(f"{column} が空です", f"{column} is blank")
    return given


def _year(line: Line) -> FiscalYear | None:
    given = [each for each in (line.get("fiscal_year"), line.get("western_year")) if each is not None]
    try:
        years = {FiscalYear.parse(each) for each in given}
    except ValueError:
        raise _UnusableError(
            f"「{'、'.join(given)}」は年度として読めません", f"`{', '.join(given)}` is no fiscal year"
        ) from None
    if len(years) > 1:
        raise _UnusableError("和暦と西暦の年度が違います", "the era year and the western year differ")
    return years.pop() if years else None


def _of_year(line: Line) -> FiscalYear:
    year = _year(line)
    if year is None:
        raise _UnusableError("年度（fiscal_year）が空です", "fiscal_year is blank")
    return year


def _number(line: Line, column: str, unit: str = "") -> str | None:
    given = line.get(column)
    return None if given is None else f"{number_in(At('', ''), given, unit):f}"


def _whole_number(line: Line, column: str, default: int) -> int:
    given = line.get(column)
    if given is None:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9:  # noqa: PLR2004 - more lines than any file has
        raise _UnusableError(f"{column} の「{given}」は整数ではありません", f"{column}: `{given}` is no whole number")
    return int(given)


def _text(line: Line, column: str) -> str | None:
    given = line.get(column)
    return None if given is None else scalar(given)


def _date(line: Line, column: str) -> str | None:
    given = line.get(column)
    if given is None:
        return None
    date = as_month_or_day(given)
    if date is None:
        raise _UnusableError(f"{column} の「{given}」は日付として読めません", f"{column}: `{given}` is no date")
    return date


_TRUE = {"true": True, "false": False, "はい": True, "いいえ": False, "TRUE": True, "FALSE": False}


def _flag(line: Line, column: str) -> str | None:
    """Return ``true``, or None where it is false or blank: as the files leave it out."""
    given = line.get(column)
    if given is not None and given not in _TRUE:
        raise _UnusableError(
            f"{column} には true か false を書きます（「{given}」になっています）", f"{column} has to be true or false"
        )
    return "true" if given is not None and _TRUE[given] else None


def _code(line: Line, column: str) -> str | None:
    given = line.get(column)
    words = {meaning.ja: code for code, meaning in CODES[column].items()}
    code = given if given is None or given in CODES[column] else words.get(given)
    if given is not None and code is None:
        raise _UnusableError(f"{column} に「{given}」はありません", f"{column} has no `{given}`")
    return code


def _stated(**texts: Yaml | None) -> dict[str, Yaml]:
    return {key.rstrip("_"): text for key, text in texts.items() if text is not None}


def _amount(line: Line) -> dict[str, Yaml]:
    unit = _needed(line, "unit")
    _needed(line, "value")
    return _stated(value=_number(line, "value", unit), unit=scalar(unit))


def _id_text(id_: str) -> str:
    return id_ if id_.isdigit() and (id_ == "0" or not id_.startswith("0")) else scalar(id_)


# Rows.


class _Work:
    """The plan as it grows."""

    def __init__(self) -> None:
        self.organization: tuple[str | None, str] | None = None
        self.title = ""
        self.plan = _Thing((Subject.PLAN, "", ""), (None, None), 0)
        self.things: dict[Key, _Thing] = {}
        self.gradings: dict[tuple[FiscalYear | None, str], dict[int, Yaml]] = {}

    def take(self, line: Line) -> None:
        """Take in one row; raises `_UnusableError` or NoAnswerError, having changed nothing that matters."""
        kind, subject = _kind(line), _subject(line)
        reader = _READERS.get(kind)
        if reader is None or subject not in reader.subjects:
            raise _UnusableError(
                f"対象「{subject.value}」に種別「{kind.value}」はありません",
                f"there is no kind `{kind.value}` of a subject `{subject.value}`",
            )
        self._belongs(line)
        thing = self._thing(line, subject)
        reader.take(self, thing, line)
        for each in (thing, *self._around(thing)):
            each.is_used = True

    def _around(self, thing: _Thing) -> Iterator[_Thing]:
        """Yield what a thing hangs on, and what it is a part of."""
        subject, id_, part = thing.key
        whole = (subject, id_, "") if part and subject is Subject.INDICATOR else thing.key
        above = ((Subject.VIEWPOINT, thing.viewpoint or "", ""), (Subject.INITIATIVE, thing.initiative or "", ""))
        yield from (self.things[key] for key in (whole, *above) if key in self.things)

    def _belongs(self, line: Line) -> None:
        name, code, title = line.get("organization"), line.get("organization_code"), line.get("plan")
        if self.organization is None:
            if name is None or title is None:
                raise _UnusableError("団体名（organization）か計画名（plan）が空です", "organization or plan is blank")
            self.organization, self.title = (code, name), title
        elif (name or self.organization[1], title or self.title) != (self.organization[1], self.title):
            raise _UnusableError("別の団体か、別の計画の行です", "it is of another organization or plan")

    def _thing(self, line: Line, subject: Subject) -> _Thing:
        """Return what a row is about, with what it hangs on, each made where it is new."""
        if subject is Subject.PLAN:
            return self.plan
        viewpoint = self._above(line, subject, Subject.VIEWPOINT, None)
        if subject is Subject.VIEWPOINT:
            found = self.things[subject, viewpoint or "", ""]
        else:
            initiative = self._above(line, subject, Subject.INITIATIVE, viewpoint)
            if subject is Subject.INITIATIVE:
                found = self.things[subject, initiative or "", ""]
            else:
                found = self._within(line, subject, (viewpoint, initiative))
        self._departments(found, line)
        return found

    def _above(self, line: Line, subject: Subject, kind: Subject, above: str | None) -> str | None:
        """Return the id of the viewpoint or initiative of a row; only an indicator may do without."""
        column = f"{kind.value}_id"
        id_ = _id_of(line, column)
        if id_ is not None:
            self._named(kind, id_, (above, None), line, kind.value)
        elif subject is not Subject.INDICATOR:
            raise _UnusableError(f"{column} が空です", f"{column} is blank")
        return id_

    def _within(self, line: Line, subject: Subject, above: tuple[str | None, str | None]) -> _Thing:
        id_ = _id_of(line, "id")
        if id_ is None:
            raise _UnusableError("ID（id）が空です", "id is blank")
        if subject is Subject.RELISTING:
            return self._named(subject, id_, above, line, "name", above[1] or "")
        part = _id_of(line, "part_id") or ""
        if part:
            self._describe(self._named(subject, id_, above, line, "name"), line, is_part=True)
        found = self._named(subject, id_, above, line, "part" if part else "name", part)
        if subject is Subject.INDICATOR:
            self._describe(found, line, is_part=False)
        return found

    def _named(  # noqa: PLR0913, PLR0917 - what a thing is known by
        self,
        subject: Subject,
        id_: str,
        above: tuple[str | None, str | None],
        line: Line,
        column: str,
        part: str = "",
    ) -> _Thing:
        key = (subject, id_, part)
        if key not in self.things:
            self.things[key] = _Thing(key, above, len(self.things))
        found = self.things[key]
        if "name" not in found.said and (name := _text(line, column)) is not None:
            found.said["name"] = name
        return found

    @staticmethod
    def _departments(thing: _Thing, line: Line) -> None:
        if thing.lead is None:
            thing.lead = line.get("department")

    @staticmethod
    def _describe(thing: _Thing, line: Line, *, is_part: bool) -> None:
        """Take what an indicator is from a row whose unit and method are its own; of a part they are the part's."""
        if _kind(line) not in (Kind.ITEM, Kind.BASELINE, Kind.TARGET, Kind.ACTUAL):
            return
        columns = ("monitoring", "series", "entered") if is_part else ("direction", "series", "entered", "method")
        said = {column: _code(line, column) for column in columns if column != "monitoring"}
        said["monitoring"] = _flag(line, "monitoring")
        if not is_part:
            said["unit"] = _text(line, "unit")
        for column, text in said.items():
            if text is not None:
                thing.said.setdefault(column, text)

    # Files.

    def files(self) -> dict[str, str]:
        """Return the text of every file."""
        self.things = {key: thing for key, thing in self.things.items() if thing.is_used}
        found = {"plan.yaml": "\n".join(_blocks(self._plan())) + "\n"}
        years = sorted({year for thing in self._all() for kind in _OF_ACTUALS for year in thing.years.get(kind, {})})
        for year in years:
            found[f"actuals/{year}.yaml"] = "\n".join(_blocks(self._actuals(year))) + "\n"
        return found

    def _all(self) -> Iterator[_Thing]:
        yield self.plan
        yield from self.things.values()

    def _of(self, subject: Subject, viewpoint: str | None = None, initiative: str | None = None) -> list[_Thing]:
        """Return the things of a kind that hang there, in their order; parts are none of them."""
        found = [
            thing
            for (kind, _, part), thing in self.things.items()
            if kind is subject
            and (not part or subject is Subject.RELISTING)
            and (subject is Subject.VIEWPOINT or (thing.viewpoint, thing.initiative) == (viewpoint, initiative))
        ]
        return sorted(found, key=lambda thing: thing.place)

    def _plan(self) -> dict[str, Yaml]:
        code, name = self.organization or (None, "")
        said = self.plan.said
        gradings = [
            _stated(
                **({"from": str(first)} if first is not None else {}),
                by=by if by not in ("rate", "") else None,
                bands=[bands[n] for n in sorted(bands)],
            )
            for (first, by), bands in self.gradings.items()
        ]
        methods = {key.removeprefix("methods."): text for key, text in said.items() if key.startswith("methods.")}
        return {
            "format": "1",
            "title": scalar(self.title),
            "organization": _stated(name=scalar(name), code=scalar(code) if code is not None else None),
            **{key: said[key] for key in ("adopted", "period", "vision", "summary") if key in said},
            **{key: said[key] for key in ("decimals", "rates", "negative") if key in said},
            **({"methods": methods} if methods else {}),
            **{key: said[key] for key in ("progress", "data_year_targets") if key in said},
            **({"grades": gradings} if gradings else {}),
            **_notes(self.plan, "item"),
            **_listed("indicators", [self._indicator(each, None) for each in self._of(Subject.INDICATOR)]),
            **_listed("viewpoints", [self._viewpoint(each) for each in self._of(Subject.VIEWPOINT)]),
        }

    def _viewpoint(self, thing: _Thing) -> dict[str, Yaml]:
        id_ = thing.key[1]
        initiatives = [self._initiative(each, thing) for each in self._of(Subject.INITIATIVE, id_)]
        return {
            "id": _id_text(id_),
            **_stated(title=thing.said.get("name"), **_department(thing, None), outlook=thing.said.get("outlook")),
            **_notes(thing, "item"),
            **_listed("indicators", [self._indicator(each, thing) for each in self._of(Subject.INDICATOR, id_)]),
            **_listed("initiatives", initiatives),
        }

    def _initiative(self, thing: _Thing, above: _Thing) -> dict[str, Yaml]:
        place = (thing.viewpoint, thing.key[1])
        listed = sorted(
            [*self._of(Subject.ACTION, *place), *self._of(Subject.RELISTING, *place)], key=lambda each: each.place
        )
        return {
            "id": _id_text(thing.key[1]),
            **_stated(title=thing.said.get("name"), **_changes(thing), **_department(thing, above)),
            **_stated(summary=thing.said.get("summary"), themes=_items(thing, "themes")),
            **_budget(thing),
            **_notes(thing, "item"),
            **_listed("indicators", [self._indicator(each, thing) for each in self._of(Subject.INDICATOR, *place)]),
            **_listed("actions", [_action(each, thing) for each in listed]),
        }

    def _indicator(self, thing: _Thing, above: _Thing | None) -> dict[str, Yaml]:
        parts = [each for (kind, id_, part), each in self.things.items() if part and (kind, id_) == thing.key[:2]]
        parts = [each for each in parts if each.key[0] is Subject.INDICATOR]
        said = thing.said
        series = said.get("series")
        return {
            "id": _id_text(thing.key[1]),
            **_stated(name=said.get("name"), **_changes(thing), unit=said.get("unit")),
            **_stated(definition=said.get("definition"), source=said.get("source"), **_department(thing, above)),
            **_stated(
                monitoring=said.get("monitoring"),
                direction=said.get("direction"),
                series=series if series != "point" else None,
                entered=said.get("entered") if series == "cumulative" else None,
                method=said.get("method"),
                decimals=said.get("decimals"),
            ),
            **_aims(thing, staged=said.get("direction") in (None, "milestone")),
            **_stated(judged=said.get("judged")),
            **_notes(thing, "item"),
            **_listed("parts", [_part(each, thing) for each in sorted(parts, key=lambda each: each.place)]),
        }

    def _actuals(self, year: FiscalYear) -> dict[str, Yaml]:
        own = self.plan.years.get("year", {}).get(year, {})
        indicators: dict[str, Yaml] = {}
        parts: dict[str, dict[str, Yaml]] = {}
        actions: dict[str, Yaml] = {}
        initiatives: dict[str, Yaml] = {}
        for (subject, id_, part), thing in self.things.items():
            if subject is Subject.INITIATIVE:
                settled = thing.years.get("settled", {}).get(year)
                if said := {**_stated(settled=settled), **_notes(thing, f"result {year}")}:
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
        corrections = _items(self.plan, f"corrections {year}")
        return {
            "format": "1",
            "fiscal_year": str(year),
            **_stated(state=own.get("state"), published=own.get("published")),
            **_notes(self.plan, f"year {year}"),
            **({"indicators": indicators} if indicators else {}),
            **({"actions": actions} if actions else {}),
            **({"initiatives": initiatives} if initiatives else {}),
            **({"corrections": corrections} if corrections else {}),
        }


_OF_ACTUALS = ("year", "actual", "result", "settled", "noted")


def _listed(key: str, items: Sequence[Mapping[str, Yaml]]) -> dict[str, Yaml]:
    return {key: list(items)} if items else {}


def _items(thing: _Thing, name: str) -> list[Yaml] | None:
    found = thing.lines.get(name)
    return [found[n] for n in sorted(found)] if found else None


def _notes(thing: _Thing, about: str) -> dict[str, Yaml]:
    notes = _items(thing, f"note {about}") or []
    return {"note": notes[0] if len(notes) == 1 else notes} if notes else {}


def _department(thing: _Thing, above: _Thing | None) -> dict[str, Yaml]:
    """Return who answers, where that is not who answers for what it hangs on."""
    related = _items(thing, "related")
    if thing.lead is None or (above is not None and (above.lead, _items(above, "related")) == (thing.lead, related)):
        return {}
    lead = scalar(thing.lead)
    return {"department": lead if related is None else {"lead": lead, "related": related}}


def _changes(thing: _Thing) -> dict[str, Yaml]:
    """Return former names, and when it joined and left."""
    said: dict[str, Yaml] = {key: thing.said[key] for key in ("from", "until", "merged_into") if key in thing.said}
    former = _items(thing, "former_names")
    return {**({"former_names": former} if former else {}), **said}


def _budget(thing: _Thing) -> dict[str, Yaml]:
    budget = thing.years.get("budget", {})
    return {"budget": {str(year): amount for year, amount in sorted(budget.items())}} if budget else {}


def _action(thing: _Thing, above: _Thing) -> dict[str, Yaml]:
    if thing.key[0] is Subject.RELISTING:
        own = {"id": _id_text(str(thing.said["own_id"]))} if "own_id" in thing.said else {}
        return {
            "relisted": _id_text(thing.key[1]),
            **own,
            **_stated(title=thing.said.get("title")),
            **_notes(thing, "item"),
        }
    former = _items(thing, "former_names")
    return {
        "id": _id_text(thing.key[1]),
        **_stated(title=thing.said.get("name"), former_names=former, **_department(thing, above)),
        **_stated(schedule=_schedule(thing), continues=thing.said.get("continues")),
        **_budget(thing),
        **_notes(thing, "item"),
    }


def _schedule(thing: _Thing) -> Yaml | None:
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


def _part(thing: _Thing, whole: _Thing) -> dict[str, Yaml]:
    differing: dict[str, Yaml] = {
        key: thing.said[key]
        for key in ("unit", "direction", "method")
        if key in thing.said and thing.said[key] != whole.said.get(key)
    }
    direction = thing.said.get("direction", whole.said.get("direction"))
    return {
        "id": _id_text(thing.key[2]),
        **_stated(name=thing.said.get("name")),
        **differing,
        **_aims(thing, staged=direction in (None, "milestone"), is_part=True),
        **_notes(thing, "item"),
    }


def _aims(thing: _Thing, *, staged: bool, is_part: bool = False) -> dict[str, Yaml]:
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


def _revised(thing: _Thing) -> Iterator[FiscalYear]:
    for name in thing.lines:
        if name.startswith("target "):
            yield FiscalYear.parse(name.removeprefix("target "))


def _short(target: Mapping[str, Yaml], *, staged: bool) -> Yaml:
    if list(target) == ["value"] or (staged and list(target) == ["text"]):
        return next(iter(target.values()))
    return target


def _year_entry(thing: _Thing, year: FiscalYear) -> Yaml | None:
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


# What each kind of row adds.


class _Reader(NamedTuple):
    subjects: frozenset[Subject]
    take: Callable[[_Work, _Thing, Line], None]


def _take_item(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    thing.place = (_whole_number(line, "line", 10**9), thing.place[1])
    if thing.key[0] is Subject.RELISTING:
        thing.said |= _stated(title=_text(line, "text"))
        if (own := _id_of(line, "other_id")) is not None:
            thing.said["own_id"] = own
    _note(thing, "item", line)


def _note(thing: _Thing, about: str, line: Line, number: int = 1) -> None:
    if (note := _text(line, "note")) is not None:
        thing.lines.setdefault(f"note {about}", {})[number] = note


def _take_note(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    _needed(line, "note")
    about = _KINDS.get(line.get("about") or "item")
    if about is Kind.ITEM:
        _note(thing, "item", line, _whole_number(line, "line", 2))
    elif about in (Kind.ACTUAL, Kind.RESULT, Kind.YEAR):
        year = _of_year(line)
        if thing.key[0] is Subject.INITIATIVE:
            thing.say("noted", year, {})
        _note(thing, f"{about.value} {year}", line, _whole_number(line, "line", 2))
    else:
        raise _UnusableError(f"about の「{line.get('about')}」に注は付きません", "there is no note on that")


def _take_period(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    keys = {"first": "from", "last": "to", "horizon": "horizon"}
    about = _needed(line, "about")
    if about not in keys:
        raise _UnusableError(f"about に「{about}」はありません", f"about has no `{about}`")
    period = thing.said.get("period", {})
    own = dict(period) if isinstance(period, Mapping) else {}
    own[keys[about]] = str(_of_year(line))
    thing.said["period"] = {key: own[key] for key in keys.values() if key in own}


def _one(key: str, column: str = "text") -> Callable[[_Work, _Thing, Line], None]:
    def take(work: _Work, thing: _Thing, line: Line) -> None:
        del work
        _needed(line, column)
        said = _date(line, column) if column == "date" else _text(line, column)
        thing.said |= _stated(**{key: said})

    return take


def _many(key: str) -> Callable[[_Work, _Thing, Line], None]:
    def take(work: _Work, thing: _Thing, line: Line) -> None:
        del work
        thing.lines.setdefault(key, {})[_whole_number(line, "line", 1)] = scalar(_needed(line, "text"))

    return take


def _take_former(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    said = {"name": scalar(_needed(line, "text")), "until": str(_of_year(line))}
    thing.lines.setdefault("former_names", {})[_whole_number(line, "line", 1)] = said


def _take_joined(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    thing.said["from"] = str(_of_year(line))


def _take_left(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    year, into = _year(line), _id_of(line, "other_id")
    thing.said |= _stated(until=str(year) if year else None, merged_into=_id_text(into) if into else None)


def _take_continues(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    _needed(line, "other_id")
    thing.said["continues"] = _id_text(_id_of(line, "other_id") or "")


_SETTINGS = {
    Subject.PLAN: frozenset(
        (
            *("decimals", "rates", "negative", "progress", "data_year_targets"),
            *("methods.increase", "methods.decrease", "methods.maintain"),
        )
    ),
    Subject.INDICATOR: frozenset(("decimals", "judged")),
}


def _take_setting(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    about, text = _needed(line, "about"), _needed(line, "text")
    if about not in _SETTINGS[thing.key[0]]:
        raise _UnusableError(f"about に「{about}」はありません", f"about has no `{about}`")
    thing.said[about] = text if about == "data_year_targets" else number_or_text(text)


def _take_band(work: _Work, thing: _Thing, line: Line) -> None:
    del thing
    band = _stated(
        label=scalar(_needed(line, "grade")),
        min=_number(line, "min", "%"),
        over=_number(line, "over", "%"),
        full_target=_number(line, "value", "%"),
        by_hand="true" if line.get("state") == Said.BY_HAND else None,
        meaning=_text(line, "text"),
    )
    grading = work.gradings.setdefault((_year(line), line.get("about") or "rate"), {})
    grading[_whole_number(line, "line", len(grading) + 1)] = band


def _baseline(line: Line) -> dict[str, Yaml]:
    return _stated(
        year=str(_of_year(line)),
        value=_number(line, "value", line.get("unit") or ""),
        text=_text(line, "text"),
        label=_text(line, "label"),
        estimate=_flag(line, "estimate"),
        reference=_flag(line, "reference"),
        in_period=_flag(line, "in_period"),
    )


def _take_baseline(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    thing.said["baseline"] = {**_baseline(line), **_stated(note=_text(line, "note"))}


def _take_baseline_before(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    before = None if line.get("state") == Said.ABSENT else _baseline(line)
    revision = _revision(line, before)
    thing.lines.setdefault("baseline revisions", {})[_whole_number(line, "line", 1)] = revision


def _revision(line: Line, before: Yaml | None) -> dict[str, Yaml]:
    _needed(line, "date")
    said = {} if before is None else {"from": before}
    return {**_stated(date=_date(line, "date")), **said, "reason": scalar(_needed(line, "reason"))}


def _take_per_year(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    _needed(line, "value")
    thing.said |= _stated(per_year=_number(line, "value", line.get("unit") or ""))


def _target(line: Line) -> dict[str, Yaml]:
    unit = line.get("unit") or ""
    numbers = {key: _number(line, key, unit) for key in ("value", "min", "over", "max", "under")}
    return _stated(**numbers, text=_text(line, "text"), words=_text(line, "words"))


def _take_target(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    target = _target(line)
    if not target and line.get("state") != Said.DROPPED:
        raise _UnusableError("目標値がありません", "there is no target")
    thing.say("target", _of_year(line), target)


def _take_target_before(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    before = None if line.get("state") == Said.ABSENT else _target(line)
    revision = _revision(line, before)
    thing.lines.setdefault(f"target {_of_year(line)}", {})[_whole_number(line, "line", 1)] = revision


def _take_expected(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    if line.get("state") == Said.INTERPOLATED:
        thing.said["expected"] = "linear"
        return
    _needed(line, "value")
    expected = _stated(value=_number(line, "value", line.get("unit") or ""))
    thing.say("expected", _of_year(line), expected)


def _take_actual(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    year, unit = _of_year(line), line.get("unit") or ""
    counts = [_number(line, column) for column in ("count_part", "count_whole")]
    value = _number(line, "value", unit)
    has_value = value is not None or any(counts) or line.get("text") is not None
    state = line.get("state")
    if state in (None, Said.STATED):
        state = ValueState.REPORTED if has_value else ValueState.UNREPORTED
    if state not in _VALUE_STATES and state != Said.IN_PARTS:
        raise _UnusableError(f"状態（state）に「{state}」はありません", f"there is no state `{state}`")
    state = _VALUE_STATES.get(str(state), Said.IN_PARTS.value)
    if has_value != (state == ValueState.REPORTED):
        raise _UnusableError("値と状態が食い違っています", "the value and the state contradict each other")
    if any(counts) and not all(counts):
        raise _UnusableError("内数と総数の片方だけがあります", "only one of the two counts is there")
    met = {"met": "true", "not_met": "false"}.get(_code(line, "met") or "")
    data_year = line.get("data_year_western")
    said = _stated(
        value=value,
        of=[each for each in counts if each is not None] if any(counts) else None,
        text=_text(line, "text"),
        state=state if state not in (ValueState.REPORTED, Said.IN_PARTS) else None,
        met=met,
        grade=_text(line, "grade"),
        reason=_text(line, "reason"),
        preliminary=_flag(line, "preliminary"),
        as_of=_date(line, "as_of"),
        data_year=str(FiscalYear(_whole_number(line, "data_year_western", 0))) if data_year else None,
        label=_text(line, "label"),
        source=_text(line, "source"),
    )
    thing.say("actual", year, said)
    _note(thing, f"actual {year}", line)


def _take_schedule(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    stages = thing.stages.setdefault(_of_year(line), {})
    if (text := line.get("text")) is not None:
        stages[_whole_number(line, "line", len(stages) + 1)] = text
    thing.open_ended = thing.open_ended or _flag(line, "open_ended") is not None


def _take_result(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    given = line.get("state") or line.get("text") or ""
    if given not in _RESULTS:
        raise _UnusableError(f"結果に「{given}」はありません", f"there is no result `{given}`")
    year = _of_year(line)
    thing.say("result", year, {"result": _RESULTS[given]})
    _note(thing, f"result {year}", line)


def _take_amount(kind: str) -> Callable[[_Work, _Thing, Line], None]:
    def take(work: _Work, thing: _Thing, line: Line) -> None:
        del work
        amount = _amount(line)
        thing.say(kind, _of_year(line), amount)

    return take


def _take_year(work: _Work, thing: _Thing, line: Line) -> None:
    del work
    year = _of_year(line)
    state = line.get("state")
    if state not in ("open", "closed"):
        raise _UnusableError(f"年度の状態に「{state}」はありません", f"there is no state `{state}` of a year")
    said = _stated(state=state, published=_date(line, "date"))
    thing.say("year", year, said)
    _note(thing, f"year {year}", line)


def _take_correction(work: _Work, thing: _Thing, line: Line) -> None:
    year = _of_year(line)
    subject, id_, part = thing.key
    of_part = {"part": _id_text(part)} if part and subject is Subject.INDICATOR else {}
    said = {
        "date": _date(line, "date") or _needed(line, "date"),
        "id": _id_text(id_) if id_ else "published",
        **of_part,
        "old": number_or_text(_needed(line, "before")),
        "new": number_or_text(_needed(line, "after")),
        "reason": scalar(_needed(line, "reason")),
    }
    lines = work.plan.lines.setdefault(f"corrections {year}", {})
    lines[_whole_number(line, "line", len(lines) + 1)] = said
    work.plan.years.setdefault("year", {}).setdefault(year, {})


_P, _V, _N, _A, _R, _I = Subject
_READERS: Mapping[Kind, _Reader] = {
    Kind.ITEM: _Reader(frozenset(Subject), _take_item),
    Kind.PERIOD: _Reader(frozenset((_P,)), _take_period),
    Kind.ADOPTED: _Reader(frozenset((_P,)), _one("adopted", "date")),
    Kind.VISION: _Reader(frozenset((_P,)), _one("vision")),
    Kind.SUMMARY: _Reader(frozenset((_P, _N)), _one("summary")),
    Kind.OUTLOOK: _Reader(frozenset((_V,)), _one("outlook")),
    Kind.THEME: _Reader(frozenset((_N,)), _many("themes")),
    Kind.DEFINITION: _Reader(frozenset((_I,)), _one("definition")),
    Kind.SOURCE: _Reader(frozenset((_I,)), _one("source")),
    Kind.RELATED_DEPARTMENT: _Reader(frozenset((_V, _N, _A, _I)), _many("related")),
    Kind.FORMER_NAME: _Reader(frozenset((_N, _A, _I)), _take_former),
    Kind.JOINED: _Reader(frozenset((_N, _I)), _take_joined),
    Kind.LEFT: _Reader(frozenset((_N, _I)), _take_left),
    Kind.CONTINUES: _Reader(frozenset((_A,)), _take_continues),
    Kind.SETTING: _Reader(frozenset((_P, _I)), _take_setting),
    Kind.BAND: _Reader(frozenset((_P,)), _take_band),
    Kind.BASELINE: _Reader(frozenset((_I,)), _take_baseline),
    Kind.BASELINE_BEFORE: _Reader(frozenset((_I,)), _take_baseline_before),
    Kind.PER_YEAR: _Reader(frozenset((_I,)), _take_per_year),
    Kind.TARGET: _Reader(frozenset((_I,)), _take_target),
    Kind.TARGET_BEFORE: _Reader(frozenset((_I,)), _take_target_before),
    Kind.EXPECTED: _Reader(frozenset((_I,)), _take_expected),
    Kind.ACTUAL: _Reader(frozenset((_I,)), _take_actual),
    Kind.SCHEDULE: _Reader(frozenset((_A,)), _take_schedule),
    Kind.RESULT: _Reader(frozenset((_A,)), _take_result),
    Kind.QUANTITY: _Reader(frozenset((_A,)), _take_amount("quantity")),
    Kind.BUDGET: _Reader(frozenset((_N, _A)), _take_amount("budget")),
    Kind.SETTLED: _Reader(frozenset((_N, _A)), _take_amount("settled")),
    Kind.YEAR: _Reader(frozenset((_P,)), _take_year),
    Kind.CORRECTION: _Reader(frozenset((_P, _N, _A, _I)), _take_correction),
    Kind.NOTE: _Reader(frozenset(Subject), _take_note),
}


# Text.


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
