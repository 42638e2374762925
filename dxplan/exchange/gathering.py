"""What the rows of the long table (`table`) say, gathered by the things they are about.

A row that says nothing that can be used leaves nothing behind; it is told with its line and the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dxplan.editing.patch import number_or_text, scalar
from dxplan.exchange.row_cells import (
    KIND_WORDS,
    RESULT_CODES,
    VALUE_STATES,
    UnusableError,
    Yaml,
    amount_of,
    code_of,
    date_of,
    flag,
    id_of,
    id_text,
    kind_of,
    needed,
    needed_year,
    number_of,
    stated,
    subject_of,
    text_of,
    whole_number,
    year_of,
)
from dxplan.exchange.table import Kind, Said, Subject
from dxplan.exchange.table_lines import Line
from dxplan.fiscal_year import FiscalYear
from dxplan.model.values import ValueState

Key = tuple[Subject, str, str]
"""What a row is about: the kind of thing, its id, and the id of a part or of the initiative that relists it."""


class Thing:
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
        """Take in what is said of a year; raises `UnusableError` where another row says something else."""
        years = self.years.setdefault(kind, {})
        if years.get(year) and years[year] != said:
            raise UnusableError(
                f"{year} について、別のことを述べる行が前にあります", f"an earlier row says otherwise of {year}"
            )
        years[year] = said


class Gathering:
    """The plan as it grows."""

    def __init__(self) -> None:
        self.organization: tuple[str | None, str] | None = None
        self.title = ""
        self.plan = Thing((Subject.PLAN, "", ""), (None, None), 0)
        self.things: dict[Key, Thing] = {}
        self.gradings: dict[tuple[FiscalYear | None, str], dict[int, Yaml]] = {}

    def take(self, line: Line) -> None:
        """Take in one row; raises `UnusableError` or NoAnswerError, having changed nothing that matters."""
        kind, subject = kind_of(line), subject_of(line)
        reader = _READERS.get(kind)
        if reader is None or subject not in reader.subjects:
            raise UnusableError(
                f"対象「{subject.value}」に種別「{kind.value}」はありません",
                f"there is no kind `{kind.value}` of a subject `{subject.value}`",
            )
        self._belongs(line)
        thing = self._thing(line, subject)
        reader.take(self, thing, line)
        for each in (thing, *self._around(thing)):
            each.is_used = True

    def _around(self, thing: Thing) -> Iterator[Thing]:
        """Yield what a thing hangs on, and what it is a part of."""
        subject, id_, part = thing.key
        whole = (subject, id_, "") if part and subject is Subject.INDICATOR else thing.key
        above = ((Subject.VIEWPOINT, thing.viewpoint or "", ""), (Subject.INITIATIVE, thing.initiative or "", ""))
        yield from (self.things[key] for key in (whole, *above) if key in self.things)

    def _belongs(self, line: Line) -> None:
        name, code, title = line.get("organization"), line.get("organization_code"), line.get("plan")
        if self.organization is None:
            if name is None or title is None:
                raise UnusableError("団体名（organization）か計画名（plan）が空です", "organization or plan is blank")
            self.organization, self.title = (code, name), title
        elif (name or self.organization[1], title or self.title) != (self.organization[1], self.title):
            raise UnusableError("別の団体か、別の計画の行です", "it is of another organization or plan")

    def _thing(self, line: Line, subject: Subject) -> Thing:
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
        id_ = id_of(line, column)
        if id_ is not None:
            self._named(kind, id_, (above, None), line, kind.value)
        elif subject is not Subject.INDICATOR:
            raise UnusableError(f"{column} が空です", f"{column} is blank")
        return id_

    def _within(self, line: Line, subject: Subject, above: tuple[str | None, str | None]) -> Thing:
        id_ = id_of(line, "id")
        if id_ is None:
            raise UnusableError("ID（id）が空です", "id is blank")
        if subject is Subject.RELISTING:
            return self._named(subject, id_, above, line, "name", above[1] or "")
        part = id_of(line, "part_id") or ""
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
    ) -> Thing:
        key = (subject, id_, part)
        if key not in self.things:
            self.things[key] = Thing(key, above, len(self.things))
        found = self.things[key]
        if (found.viewpoint, found.initiative) != above:
            raise UnusableError(
                f"「{id_}」は、前の行では別の視点か取組にあります", f"`{id_}` hangs elsewhere in an earlier row"
            )
        if "name" not in found.said and (name := text_of(line, column)) is not None:
            found.said["name"] = name
        return found

    @staticmethod
    def _departments(thing: Thing, line: Line) -> None:
        if thing.lead is None:
            thing.lead = line.get("department")

    @staticmethod
    def _describe(thing: Thing, line: Line, *, is_part: bool) -> None:
        """Take what an indicator is from a row whose unit and method are its own; of a part they are the part's."""
        if kind_of(line) not in (Kind.ITEM, Kind.BASELINE, Kind.TARGET, Kind.ACTUAL):
            return
        columns = ("monitoring", "series", "entered") if is_part else ("direction", "series", "entered", "method")
        said = {column: code_of(line, column) for column in columns if column != "monitoring"}
        said["monitoring"] = flag(line, "monitoring")
        if not is_part:
            said["unit"] = text_of(line, "unit")
        for column, text in said.items():
            if text is not None:
                thing.said.setdefault(column, text)


# What each kind of row adds.


class _Reader(NamedTuple):
    subjects: frozenset[Subject]
    take: Callable[[Gathering, Thing, Line], None]


def _take_item(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    thing.place = (whole_number(line, "line", 10**9), thing.place[1])
    if thing.key[0] is Subject.RELISTING:
        thing.said |= stated(title=text_of(line, "text"))
        if (own := id_of(line, "other_id")) is not None:
            thing.said["own_id"] = own
    _note(thing, "item", line)


def _note(thing: Thing, about: str, line: Line, number: int = 1) -> None:
    if (note := text_of(line, "note")) is not None:
        thing.lines.setdefault(f"note {about}", {})[number] = note


def _take_note(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    needed(line, "note")
    about = KIND_WORDS.get(line.get("about") or "item")
    if about is Kind.ITEM:
        _note(thing, "item", line, whole_number(line, "line", 2))
    elif about in (Kind.ACTUAL, Kind.RESULT, Kind.YEAR):
        year = needed_year(line)
        if thing.key[0] is Subject.INITIATIVE:
            thing.say("noted", year, {})
        _note(thing, f"{about.value} {year}", line, whole_number(line, "line", 2))
    else:
        raise UnusableError(f"about の「{line.get('about')}」に注は付きません", "there is no note on that")


def _take_period(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    keys = {"first": "from", "last": "to", "horizon": "horizon"}
    about = needed(line, "about")
    if about not in keys:
        raise UnusableError(f"about に「{about}」はありません", f"about has no `{about}`")
    period = thing.said.get("period", {})
    own = dict(period) if isinstance(period, Mapping) else {}
    own[keys[about]] = str(needed_year(line))
    thing.said["period"] = {key: own[key] for key in keys.values() if key in own}


def _one(key: str, column: str = "text") -> Callable[[Gathering, Thing, Line], None]:
    def take(work: Gathering, thing: Thing, line: Line) -> None:
        del work
        needed(line, column)
        said = date_of(line, column) if column == "date" else text_of(line, column)
        thing.said |= stated(**{key: said})

    return take


def _many(key: str) -> Callable[[Gathering, Thing, Line], None]:
    def take(work: Gathering, thing: Thing, line: Line) -> None:
        del work
        thing.lines.setdefault(key, {})[whole_number(line, "line", 1)] = scalar(needed(line, "text"))

    return take


def _take_former(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    said = {"name": scalar(needed(line, "text")), "until": str(needed_year(line))}
    thing.lines.setdefault("former_names", {})[whole_number(line, "line", 1)] = said


def _take_joined(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    thing.said["from"] = str(needed_year(line))


def _take_left(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    year, into = year_of(line), id_of(line, "other_id")
    thing.said |= stated(until=str(year) if year else None, merged_into=id_text(into) if into else None)


def _take_continues(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    needed(line, "other_id")
    thing.said["continues"] = id_text(id_of(line, "other_id") or "")


_SETTINGS = {
    Subject.PLAN: frozenset(
        (
            *("licence", "decimals", "rates", "negative", "progress", "data_year_targets"),
            *("methods.increase", "methods.decrease", "methods.maintain"),
        )
    ),
    Subject.INDICATOR: frozenset(("decimals", "judged")),
}


_SETTING_TEXTS: Mapping[str, Callable[[str], str]] = {"licence": scalar, "data_year_targets": str}
"""How the settings are written that are neither a number nor a word of the format."""


def _take_setting(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    about, text = needed(line, "about"), needed(line, "text")
    if about not in _SETTINGS[thing.key[0]]:
        raise UnusableError(f"about に「{about}」はありません", f"about has no `{about}`")
    thing.said[about] = _SETTING_TEXTS.get(about, number_or_text)(text)


def _take_band(work: Gathering, thing: Thing, line: Line) -> None:
    del thing
    band = stated(
        label=scalar(needed(line, "grade")),
        min=number_of(line, "min", "%"),
        over=number_of(line, "over", "%"),
        full_target=number_of(line, "value", "%"),
        by_hand="true" if line.get("state") == Said.BY_HAND else None,
        meaning=text_of(line, "text"),
    )
    grading = work.gradings.setdefault((year_of(line), line.get("about") or "rate"), {})
    grading[whole_number(line, "line", len(grading) + 1)] = band


def _baseline(line: Line) -> dict[str, Yaml]:
    return stated(
        year=str(needed_year(line)),
        value=number_of(line, "value", line.get("unit") or ""),
        text=text_of(line, "text"),
        label=text_of(line, "label"),
        estimate=flag(line, "estimate"),
        reference=flag(line, "reference"),
        in_period=flag(line, "in_period"),
    )


def _take_baseline(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    thing.said["baseline"] = {**_baseline(line), **stated(note=text_of(line, "note"))}


def _take_baseline_before(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    before = None if line.get("state") == Said.ABSENT else _baseline(line)
    revision = _revision(line, before)
    thing.lines.setdefault("baseline revisions", {})[whole_number(line, "line", 1)] = revision


def _revision(line: Line, before: Yaml | None) -> dict[str, Yaml]:
    needed(line, "date")
    said = {} if before is None else {"from": before}
    return {**stated(date=date_of(line, "date")), **said, "reason": scalar(needed(line, "reason"))}


def _take_per_year(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    needed(line, "value")
    thing.said |= stated(per_year=number_of(line, "value", line.get("unit") or ""))


def _target(line: Line) -> dict[str, Yaml]:
    unit = line.get("unit") or ""
    numbers = {key: number_of(line, key, unit) for key in ("value", "min", "over", "max", "under")}
    return stated(**numbers, text=text_of(line, "text"), words=text_of(line, "words"))


def _take_target(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    target = _target(line)
    if not target and line.get("state") != Said.DROPPED:
        raise UnusableError("目標値がありません", "there is no target")
    thing.say("target", needed_year(line), target)


def _take_target_before(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    before = None if line.get("state") == Said.ABSENT else _target(line)
    revision = _revision(line, before)
    thing.lines.setdefault(f"target {needed_year(line)}", {})[whole_number(line, "line", 1)] = revision


def _take_expected(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    if line.get("state") == Said.INTERPOLATED:
        thing.said["expected"] = "linear"
        return
    needed(line, "value")
    expected = stated(value=number_of(line, "value", line.get("unit") or ""))
    thing.say("expected", needed_year(line), expected)


def _take_actual(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    year, unit = needed_year(line), line.get("unit") or ""
    counts = [number_of(line, column) for column in ("count_part", "count_whole")]
    value = number_of(line, "value", unit)
    has_value = value is not None or any(counts) or line.get("text") is not None
    state = line.get("state")
    if state in (None, Said.STATED):
        state = ValueState.REPORTED if has_value else ValueState.UNREPORTED
    if state not in VALUE_STATES and state != Said.IN_PARTS:
        raise UnusableError(f"状態（state）に「{state}」はありません", f"there is no state `{state}`")
    state = VALUE_STATES.get(str(state), Said.IN_PARTS.value)
    if has_value != (state == ValueState.REPORTED):
        raise UnusableError("値と状態が食い違っています", "the value and the state contradict each other")
    if any(counts) and not all(counts):
        raise UnusableError("内数と総数の片方だけがあります", "only one of the two counts is there")
    met = {"met": "true", "not_met": "false"}.get(code_of(line, "met") or "")
    data_year = line.get("data_year_western")
    said = stated(
        value=value,
        of=[each for each in counts if each is not None] if any(counts) else None,
        text=text_of(line, "text"),
        state=state if state not in (ValueState.REPORTED, Said.IN_PARTS) else None,
        met=met,
        grade=text_of(line, "grade"),
        reason=text_of(line, "reason"),
        preliminary=flag(line, "preliminary"),
        as_of=date_of(line, "as_of"),
        data_year=str(FiscalYear(whole_number(line, "data_year_western", 0))) if data_year else None,
        label=text_of(line, "label"),
        source=text_of(line, "source"),
    )
    thing.say("actual", year, said)
    _note(thing, f"actual {year}", line)


def _take_schedule(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    stages = thing.stages.setdefault(needed_year(line), {})
    if (text := line.get("text")) is not None:
        stages[whole_number(line, "line", len(stages) + 1)] = text
    thing.open_ended = thing.open_ended or flag(line, "open_ended") is not None


def _take_result(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    given = line.get("state") or line.get("text") or ""
    if given not in RESULT_CODES:
        raise UnusableError(f"結果に「{given}」はありません", f"there is no result `{given}`")
    year = needed_year(line)
    thing.say("result", year, {"result": RESULT_CODES[given]})
    _note(thing, f"result {year}", line)


def _take_amount(kind: str) -> Callable[[Gathering, Thing, Line], None]:
    def take(work: Gathering, thing: Thing, line: Line) -> None:
        del work
        amount = amount_of(line)
        thing.say(kind, needed_year(line), amount)

    return take


def _take_year(work: Gathering, thing: Thing, line: Line) -> None:
    del work
    year = needed_year(line)
    state = line.get("state")
    if state not in ("open", "closed"):
        raise UnusableError(f"年度の状態に「{state}」はありません", f"there is no state `{state}` of a year")
    said = stated(state=state, published=date_of(line, "date"))
    thing.say("year", year, said)
    _note(thing, f"year {year}", line)


def _take_correction(work: Gathering, thing: Thing, line: Line) -> None:
    year = needed_year(line)
    subject, id_, part = thing.key
    of_part = {"part": id_text(part)} if part and subject is Subject.INDICATOR else {}
    said = {
        "date": date_of(line, "date") or needed(line, "date"),
        "id": id_text(id_) if id_ else "published",
        **of_part,
        "old": number_or_text(needed(line, "before")),
        "new": number_or_text(needed(line, "after")),
        "reason": scalar(needed(line, "reason")),
    }
    lines = work.plan.lines.setdefault(f"corrections {year}", {})
    lines[whole_number(line, "line", len(lines) + 1)] = said
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
