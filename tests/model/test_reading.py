"""Around what is wrong: everything else is still read, in its place, and nothing is ever raised."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.diagnostics import Route, in_order
from dxplan.model.actuals import Actuals
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Action, Plan
from dxplan.model.reading import Reading, read, value_at
from dxplan.model.values import Model
from dxplan.source import Document
from dxplan.source import read as read_source
from tests.thorough import times

ROOT = Path(__file__).parent.parent.parent
few = settings(max_examples=times(40, 1000))

PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市, code: "131083"}
period: {from: R7, to: R9}
indicators:
  - {id: first, name: 甲, direction: increase, targets: {R7: 1, R8: 2}}
  - {id: second, name: 乙, direction: increase, targets: {R7: 3}}
  - {id: third, name: 丙, direction: increase, targets: {R7: 4}}
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革
        actions:
          - {id: 1-1, title: 予約, schedule: R7}
          - {id: 1-2, title: 申請, schedule: {R7: 設計, R8: 本番}}
          - {id: 1-3, title: 案内, schedule: R8-}
"""
ACTUALS = """\
format: 1
fiscal_year: R7
indicators: {first: 1, second: pending, third: {value: 4}}
actions: {1-1: done, 1-2: {result: ongoing, note: 注}}
"""


def document(text: str) -> Document:
    found = read_source("plan.yaml", text.encode())
    assert isinstance(found, Document), found
    return found


def plan(old: str, new: str) -> Reading[Plan]:
    assert old in PLAN
    return read(Plan, document(PLAN.replace(old, new, 1)))


def actuals(old: str, new: str) -> Reading[Actuals]:
    assert old in ACTUALS
    return read(Actuals, document(ACTUALS.replace(old, new, 1)))


def said(reading: Reading[Any]) -> list[str]:
    """Return each fault's rule and the rest of its line, in the order of places."""
    found = sorted((*reading.document.faults, *reading.faults), key=in_order)
    return [f"{fault.rule.name} {fault.place.source[fault.place.column - 1 :]}" for fault in found]


def one(said: list[str], start: str) -> bool:
    """Whether one thing was said, and its rule and place are as ``start`` shows."""
    return len(said) == 1 and said[0].startswith(start)


def ids(reading: Reading[Plan]) -> tuple[list[str], list[str]]:
    listed = [action for v in reading.value.viewpoints for i in v.initiatives for action in i.actions]
    return [indicator.id for indicator in reading.value.indicators], [a.id for a in listed if isinstance(a, Action)]


ALL = (["first", "second", "third"], ["1-1", "1-2", "1-3"])


def test_a_sound_plan_has_no_faults() -> None:
    reading = read(Plan, document(PLAN))
    assert said(reading) == []
    assert ids(reading) == ALL
    assert reading.hidden == ()


# One fault hides only what it makes meaningless.


@pytest.mark.parametrize(
    ("old", "new", "fault", "left"),
    [
        ("direction: increase", "direction: up", "unknown-word up,", ALL),
        ("R7: 1,", "R7: 5%,", "not-a-number 5%,", ALL),
        ("R7: 1,", "7: 1,", "invalid-year 7: 1,", ALL),
        ("R7: 1,", "R7: {min: x},", "not-a-number x}", ALL),
        ("title: 区民にやさしい", "title: 5", "wrong-type 5", ALL),
        ("  - id: 1\n", "  - id: い\n", "invalid-id い", ALL),
        ("    title: 区民にやさしい\n", "", "missing-key id: 1", ALL),
        ("title: 窓口改革", "titel: 窓口改革", "unknown-key titel", ALL),
        ("{from: R7, to: R9}", "R7-R9", "wrong-type R7-R9", ALL),
        ("format: 1", "format: 2", "unknown-format 2", ALL),
        ('{name: 例示市, code: "131083"}', "例示市", "wrong-type 例示市", ALL),
        ("name: 甲, ", "", "missing-key {id: first", (["second", "third"], ALL[1])),
        ("id: second", "id: no", "ambiguous-scalar no,", (["first", "third"], ALL[1])),
        ("id: second", "id: [2]", "wrong-type [2]", (["first", "third"], ALL[1])),
        ("schedule: R7}", "schedule: 毎年}", "invalid-year 毎年", (ALL[0], ["1-2", "1-3"])),
        ("R7: 設計", "R7: 5", "wrong-type 5,", (ALL[0], ["1-1", "1-3"])),
        ("R8: 本番", "R8: *x", "yaml-feature *x", (ALL[0], ["1-1", "1-3"])),
        ("R8: 本番", "no: 本番", "ambiguous-scalar no:", (ALL[0], ["1-1", "1-3"])),
        ("viewpoints:", "viewpoint:", "unknown-key viewpoint:", (ALL[0], [])),
    ],
)
def test_one_fault_in_a_plan_is_said_once_and_leaves_the_rest(
    old: str, new: str, fault: str, left: tuple[list[str], list[str]]
) -> None:
    reading = plan(old, new)
    assert one(said(reading), fault)
    assert ids(reading) == left
    assert reading.hidden


@pytest.mark.parametrize(
    ("old", "new", "fault", "left"),
    [
        ("first: 1", "first: 12:30", "ambiguous-scalar 12:30", {"second", "third"}),
        ("first: 1", "first: 多数", "unknown-word 多数", {"second", "third"}),
        ("first: 1", "First: 1", "invalid-id First", {"second", "third"}),
        ("{value: 4}", "{value: 4, state: pending}", "wrong-type {value: 4, state", {"first", "second"}),
        ("{value: 4}", "{vlaue: 4}", "unknown-key vlaue", {"first", "second"}),
        ("1-1: done", "1-1: finished", "unknown-word finished", {"first", "second", "third"}),
        ("fiscal_year: R7", "fiscal_year: 7", "invalid-year 7", {"first", "second", "third"}),
        ("{first: 1, second: pending, third: {value: 4}}", "[1]", "wrong-type [1]", set()),
    ],
)
def test_one_fault_in_actuals_is_said_once_and_leaves_the_rest(old: str, new: str, fault: str, left: set[str]) -> None:
    reading = actuals(old, new)
    assert one(said(reading), fault)
    assert set(reading.value.indicators) == left
    assert "1-2" in reading.value.actions


def test_every_fault_is_found_in_one_reading() -> None:
    text = PLAN.replace("direction: increase", "direction: up").replace("title: ", "titel: ")
    assert len(said(read(Plan, document(text)))) == 3 + 6


def test_a_target_that_cannot_be_read_leaves_the_other_years() -> None:
    targets = plan("R7: 1,", "R7: 5%,").value.indicators[0].targets
    assert {str(year): target.value for year, target in targets.items()} == {"R8": Decimal(2)}


def test_the_second_spelling_of_a_year_is_left_out() -> None:
    reading = plan("R8: 2", "令和7年度: 2")
    assert one(said(reading), "invalid-year 令和7年度: 2")
    assert [target.value for target in reading.value.indicators[0].targets.values()] == [Decimal(1)]


# What changes over time, comes in parts or is counted: what one fault in it hides, and what it leaves.

RICH = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市, code: "131083"}
period: {from: R7, to: R9}
methods: {decrease: mirror, maintain: ratio}
grades: [{bands: [{label: A, min: 100}, {label: B}]}, {from: R9, bands: [{label: S}]}]
indicators:
  - id: first
    name: 甲
    former_names: [{name: 旧, until: R7}, {name: 新, until: R8}]
    direction: increase
    baseline: {year: R6, value: 12, note: 注, revisions: [{date: 2026-10, from: {year: R6, value: 11}, reason: 再集計}]}
    targets: {R7: 1, R8: {value: 2, revisions: [{date: 2026-10, from: {value: 3}, reason: 見直し}]}}
    expected: {R9: 5, R10: 6}
    parts: [{id: male, name: 男性, targets: {R7: 7}}, {id: female, name: 女性, targets: {R7: 8}}]
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - {id: 1, title: 窓口改革, budget: {R7: {value: 1, unit: 千円}, R8: {value: 2, unit: 千円}}}
"""
RICH_ACTUALS = """\
format: 1
fiscal_year: R7
indicators: {first: {parts: {male: 54, female: {of: [3, 4]}}, note: 注}, second: {of: [54, 100], note: 注}}
initiatives: {1: {settled: {value: 1, unit: 千円}, note: 注}}
"""
FIRST: Route = ("indicators", 0)


def test_the_rich_files_are_sound() -> None:
    assert said(read(Plan, document(RICH))) == said(read(Actuals, document(RICH_ACTUALS))) == []


@pytest.mark.parametrize(
    ("old", "new", "fault", "hidden"),
    [
        ("{value: 3}", "{vlaue: 3}", "unknown-key vlaue", (*FIRST, "targets", "R8")),
        ("{value: 3}", "{value: 3, max: 4}", "wrong-type {value: 3", (*FIRST, "targets", "R8")),
        ("from: {value: 3}, reason: 見直し", "reasn: 見直し", "unknown-key reasn", (*FIRST, "targets", "R8")),
        (", reason: 見直し", "", "missing-key {date", (*FIRST, "targets", "R8")),
        ("{value: 2, rev", "{words: 多数, rev", "", None),
        ("note: 注, rev", "note: 5, rev", "wrong-type 5", (*FIRST, "baseline", "note")),
        ("value: 11}", "value: 11%}", "not-a-number 11%", (*FIRST, "baseline")),
        (", reason: 再集計", "", "missing-key {date", (*FIRST, "baseline")),
        ("{R9: 5, R10: 6}", "{R9: 5%, R10: 6}", "not-a-number 5%", (*FIRST, "expected", "R9")),
        ("{R9: 5, R10: 6}", "{R9: *x, R10: 6}", "yaml-feature *x", (*FIRST, "expected", "R9")),
        ("{R9: 5, R10: 6}", "５", "unknown-word ５", (*FIRST, "expected")),
        ("name: 男性, ", "", "missing-key {id: male", (*FIRST, "parts", 0)),
        ("{R7: 7}", "{R7: 7, R6: {}}", "wrong-type {}", (*FIRST, "parts", 0, "targets", "R6")),
        ("{name: 旧, ", "{", "missing-key {until", (*FIRST, "former_names", 0)),
        ("min: 100", "min: 100%", "not-a-number 100%", ("grades",)),
        ("{label: S}", "{label: S, min: *x}", "yaml-feature *x", ("grades",)),
        ("[{label: S}]", "A", "wrong-type A", ("grades",)),
        ("decrease: mirror", "decrease: mirrors", "unknown-word mirrors", ("methods", "decrease")),
        (
            "{R7: {value: 1, unit: 千円}",
            "{R7: {value: 1}",
            "missing-key {value: 1}",
            ("viewpoints", 0, "initiatives", 0, "budget", "R7"),
        ),
    ],
)
def test_one_fault_hides_what_means_nothing_without_it(old: str, new: str, fault: str, hidden: Route | None) -> None:
    assert old in RICH
    reading = read(Plan, document(RICH.replace(old, new, 1)))
    assert one(said(reading), fault) if hidden else not said(reading)
    assert reading.hidden == ((hidden,) if hidden else ())


@pytest.mark.parametrize(
    ("old", "new", "fault", "hidden"),
    [
        ("male: 54", "male: 54%", "not-a-number 54%", ("first", "parts", "male")),
        ("of: [3, 4]", "of: [3, 4人]", "not-a-number 4人", ("first", "parts", "female")),
        ("of: [3, 4]", "of: [3, 0]", "wrong-type [3, 0]", ("first", "parts", "female")),
        ("[54, 100]", "[*x, 100]", "yaml-feature *x", ("second",)),
        ("[54, 100]", "[54]", "wrong-type [54]", ("second",)),
        ("{of: [54, 100], note", "{of: [54, 100], value: 54, note", "wrong-type {of", ("second",)),
        ("{male: 54, female: {of: [3, 4]}}", "[54]", "wrong-type [54]", ("first",)),
    ],
)
def test_one_fault_hides_a_part_or_its_entry(old: str, new: str, fault: str, hidden: Route) -> None:
    assert old in RICH_ACTUALS
    reading = read(Actuals, document(RICH_ACTUALS.replace(old, new, 1)))
    assert one(said(reading), fault)
    assert reading.hidden == (("indicators", *hidden),)


def test_keys_that_are_names_elsewhere_are_ids_here() -> None:
    """An indicator may be called like a key whose contents are indivisible: it hides nothing but itself."""
    ids = ("targets", "revisions", "baseline", "schedule", "expected", "budget", "grades", "of", "parts")
    entries = ", ".join(f"{id_}: {{value: 1, bogus: 2}}" for id_ in ids)
    reading = read(Actuals, document(f"format: 1\nfiscal_year: R7\nindicators: {{{entries}, other: 3}}\n"))
    assert [fault.hint.ja for fault in reading.faults if fault.hint] == [reading.faults[0].hint.ja] * len(ids)  # type: ignore[union-attr]
    assert reading.value.indicators["other"].value == Decimal(3)
    assert all(len(route) > 1 for route in reading.hidden)


def test_whole_counts_keep_the_digits_as_written() -> None:
    reading = read(Actuals, document(RICH_ACTUALS))
    assert reading.value.indicators["second"].of == (Decimal(54), Decimal(100))


def test_values_by_an_unreadable_year_are_said_once() -> None:
    """A key that is no year, with a list below it that holds nothing but numbers."""
    assert said(read(Plan, document(RICH.replace("{R9: 5, R10: 6}", "{of: [3, 2]}"))))[0].startswith("invalid-year of")


# What is hidden, and where things stand although something before them was left out.


def test_places_hold_where_items_before_were_left_out() -> None:
    reading = plan("name: 甲, ", "")
    assert reading.value.indicators[0].id == "second"
    assert reading.in_document(("indicators", 0, "id")) == ("indicators", 1, "id")
    assert reading.place(("indicators", 0, "id"))[1:3] == (7, 10)
    place = reading.place(("indicators", 1, "targets", "R7"), key=True)
    assert (place.line, place.source[place.column - 1 :]) == (8, "R7: 4}}")


def test_only_what_is_left_out_is_hidden() -> None:
    reading = plan("name: 甲, ", "")
    assert reading.hidden == (("indicators", 0),)
    assert not reading.is_hidden(("indicators", 0))
    assert reading.is_hidden_below(("indicators",))
    assert not reading.is_hidden_below(("viewpoints",))


def test_a_placeholder_is_hidden_and_what_it_stands_in_for_is_not() -> None:
    reading = plan("title: 区民にやさしい", "title: 5")
    assert reading.is_hidden(("viewpoints", 0, "title"))
    assert not reading.is_hidden(("viewpoints", 0))
    assert reading.is_hidden_below(("viewpoints", 0))


def test_a_key_that_cannot_be_read_hides_its_mapping_and_nothing_is_missing_there() -> None:
    reading = plan("name: 甲", "no: 甲")
    assert one(said(reading), "ambiguous-scalar no: 甲")
    assert reading.hidden == (("indicators", 0),)


# Nothing is ever raised.


def test_nothing_at_all_is_reported_key_by_key() -> None:
    reading = read(Plan, document("{}"))
    assert said(reading) == ["missing-key {}"] * 4
    assert reading.value.title


@pytest.mark.parametrize("entry", ["- {id: no}\n", "- up\n", "- {id: x, name: y, direction: up}\n", "-\n"], ids=repr)
@pytest.mark.parametrize("number", [2_000, times(10_000, 30_000)])
def test_thousands_of_faults_are_cut_short(entry: str, number: int) -> None:
    found = read_source("plan.yaml", f"{PLAN.replace('indicators', 'note')}indicators:\n{entry * number}".encode())
    reported = found.faults if not isinstance(found, Document) else said(read(Plan, found))
    assert 1 <= len(reported) <= 1010


SHIPPED: tuple[tuple[type[Model], str], ...] = (
    (Plan, (ROOT / "data/plan.yaml").read_text(encoding="utf-8")),
    (Actuals, (ROOT / "data/actuals/R7.yaml").read_text(encoding="utf-8")),
    (Plan, PLAN),
    (Actuals, ACTUALS),
    (Plan, RICH),
    (Actuals, RICH_ACTUALS),
)
WRONG = ["", "5", "-1", "no", "[]", "{}", "[a, 1]", "{a: b}", "{no: 1}", "[*x]", "2026-04-01", "true", '""', "R7", "up"]


def routes(value: object, route: Route = ()) -> list[Route]:
    """Return the routes of everything inside a document's value."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, tuple) else ()
    return [found for key, item in items for found in ((*route, key), *routes(item, (*route, key)))]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[type[Model], str]:
    """Yield a file with a few of its values (or the rest of their lines) replaced, and lines taken out or repeated."""
    model, text = draw(st.sampled_from(SHIPPED))
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        head, colon, tail = lines[number].partition(": ")
        match draw(st.sampled_from(("value", "value", "key", "cut", "twice"))):
            case "value" if colon:
                lines[number] = f"{head}: {draw(st.sampled_from(WRONG))}{tail[-1:] if tail.endswith('}') else ''}"
            case "key" if colon:
                lines[number] = f"{head[:-1]}: {tail}"
            case "cut" if len(lines) > 1:
                del lines[number]
            case "twice":
                lines.insert(number, lines[number])
            case _:
                pass
    return model, "\n".join(lines)


@few
@given(damaged())
def test_a_damaged_file_is_read_around_its_faults(case: tuple[type[Model], str]) -> None:
    model, text = case
    found = read_source("plan.yaml", text.encode())
    if not isinstance(found, Document):
        assert found.faults
        return
    reading = read(model, found)
    assert bool(reading.hidden) <= bool(said(reading))
    for fault in reading.faults:
        assert 1 <= fault.place.line <= text.count("\n") + 1
        assert fault.message.ja
        assert fault.message.en
    for route in reading.hidden:
        reading.document.place(route, key=True)
    assert all(reading.is_hidden(route) for route in reading.hidden if reading.in_document(route) == route)


@few
@given(damaged())
def test_everything_outside_the_damage_survives(case: tuple[type[Model], str]) -> None:
    model, text = case
    found = read_source("plan.yaml", text.encode())
    if not isinstance(found, Document):
        return
    reading = read(model, found)
    entries: Mapping[str, object] = {"indicators": (), "actions": ()} if model is Plan else found.value
    for name in ("indicators", "actions"):
        listed = entries.get(name)
        if isinstance(listed, Mapping):
            kept = set(getattr(reading.value, name))
            assert kept == {key for key in listed if not reading.is_hidden((name, key))}
    if isinstance(reading.value, Plan):
        for route in routes(found.value):
            if route[-1] == "id" and not any(route[: len(hidden)] == hidden for hidden in reading.hidden):
                assert str(value_at(found.value, route)) in all_ids(reading.value)


def all_ids(plan: Plan) -> set[str]:
    found = ids_of(plan.indicators)
    for viewpoint in plan.viewpoints:
        found |= {viewpoint.id, *ids_of(viewpoint.indicators)}
        for initiative in viewpoint.initiatives:
            found |= {initiative.id, *ids_of(initiative.indicators)}
            found |= {action.id for action in initiative.actions if action.id is not None}
    return found


def ids_of(indicators: Iterable[Indicator]) -> set[str]:
    return {id_ for indicator in indicators for id_ in (indicator.id, *(part.id for part in indicator.parts))}
