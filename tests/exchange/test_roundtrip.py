"""YAML to workbook to YAML: every value, digit, state and note arrives, and no other byte changes."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.editing.answers import Aspect, is_same, recorded
from dxplan.editing.entries import with_answers
from dxplan.editing.patch import scalar
from dxplan.exchange.form import Field, Form, forms, questions
from dxplan.exchange.sheets import STATE_WORDS
from dxplan.exchange.workbook import document, written
from dxplan.fiscal_year import FiscalYear
from dxplan.model.corrections import Thing
from dxplan.project import Project
from tests.builders import project
from tests.exchange.books import R7, Book, outcome
from tests.thorough import times

PLAN = """
grades: [{bands: [{label: "A, 優"}, {label: B}]}]
indicators:
  - {id: a, name: あ, unit: "%", direction: increase}
  - {id: b, name: い, unit: 人, direction: increase, series: cumulative}
  - {id: c, name: う, direction: milestone}
  - {id: d, name: え, unit: 年, direction: increase, parts: [{id: men, name: 男}, {id: women, name: 女}]}
  - {id: e, name: お, unit: 件, direction: decrease}
viewpoints:
  - id: 1
    title: 窓口
    initiatives:
      - id: 1
        title: 予約
        actions:
          - {id: 1-1, title: 導入, schedule: R7, budget: {R7: {value: 1, unit: 円}}}
          - {id: 1-2, title: 拡充, schedule: R7}
"""
BLANK = """\
indicators: # 指標
  # あ
  a:
  b: # い
  c:
  d:
    parts:
      # 男
      men:
      women:
  e:

actions:
  1-1: # 導入
  1-2:
"""
INDICATORS = [Thing("indicators", id_) for id_ in "abce"] + [
    Thing("indicators", "d", part) for part in ("men", "women")
]
ACTIONS = [Thing("actions", id_) for id_ in ("1-1", "1-2")]

words = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "'=1",
            "集計中",
            "未実施",
            "1,234",
            "_x0041_",
            "a: b",
            "- x",
            "no",
            "010",
            "葛\U000e0100",
            "#N/A",
            "a # b",
        ]
    ),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Sm", "Sc"]), min_size=1, max_size=12),
).map(lambda text: unicodedata.normalize("NFC", text))
notes = st.one_of(st.none(), words, st.lists(words, min_size=2, max_size=3))
numbers = st.one_of(
    st.sampled_from(["0", "0.50", "60.30", "-3", "12.0", "100", "0.001"]),
    st.integers(-(10**9), 10**9).map(str),
    st.integers(1, 10**9).map(lambda number: f"{Decimal(number).scaleb(-3):f}"),
)
days = st.sampled_from(["2026-03", "2026-03-31"])


def flow(said: Mapping[str, object]) -> str:
    texts = ((key, value) for key, value in said.items() if value is not None)
    return "{" + ", ".join(f"{key}: {value}" for key, value in texts) + "}"


def note_text(note: str | list[str] | None) -> str | None:
    if note is None:
        return None
    return scalar(note) if isinstance(note, str) else f"[{', '.join(map(scalar, note))}]"


@st.composite
def figures(draw: st.DrawFn, thing: Thing) -> str:
    said: dict[str, object] = {}
    if draw(st.booleans()):
        said["state"] = draw(
            st.sampled_from(["pending", "unpublished", "not_conducted", "not_applicable", "cancelled"])
        )
    elif thing.id == "c":
        said["text"] = scalar(draw(words.filter(lambda text: text not in STATE_WORDS)))  # that would be the state
        if draw(st.booleans()):
            said["met"] = draw(st.sampled_from(["true", "false"]))
    elif thing.id == "a" and draw(st.booleans()):
        said["of"] = draw(st.sampled_from(["[54, 100]", "[0, 3.50]", "[7, 7]"]))
    else:
        said["value"] = draw(numbers)
    if "state" not in said and draw(st.booleans()):
        said["preliminary"] = "true"
    said["as_of"] = draw(st.none() | days)
    if draw(st.booleans()):
        said["grade"] = '"A, 優"'
    if "met" in said or "grade" in said:
        said["reason"] = scalar(draw(words))
    said["note"] = note_text(draw(notes))
    return flow(said)


@st.composite
def results(draw: st.DrawFn) -> str:
    quantity = st.builds(lambda number, unit: flow({"value": number, "unit": scalar(unit)}), numbers, words)
    said = {
        "result": draw(st.sampled_from(["done", "ongoing", "partial", "not_started", "postponed", "cancelled"])),
        "quantity": draw(st.none() | quantity),
        "settled": draw(st.none() | quantity),
        "note": note_text(draw(notes)),
    }
    return flow(said)


@st.composite
def years(draw: st.DrawFn) -> str:
    """Draw what a year's file says, in the short form of one line each."""
    said = {thing: draw(figures(thing)) for thing in INDICATORS if draw(st.integers(0, 4))}
    indicators = [f"  {thing.id}: {text}" for thing, text in said.items() if thing.part is None]
    if parts := {str(thing.part): text for thing, text in said.items() if thing.part is not None}:
        indicators.append(f"  d: {{parts: {flow(parts)}}}")
    actions = [f"  {thing.id}: {draw(results())}" for thing in ACTIONS if draw(st.booleans())]
    sections = {"indicators:": indicators, "actions:": actions}
    return "".join(f"{line}\n" for head, lines in sections.items() if lines for line in (head, *lines))


def everything(found: Project) -> dict[Thing, dict[Aspect, dict[str, str]]]:
    actuals = found.actuals[R7]
    return {
        thing: {aspect: dict(said) for aspect, said in recorded(actuals, thing).items()}
        for thing in (*INDICATORS, *ACTIONS)
    }


def applied(before: Project, answers: dict[Thing, dict[Aspect, dict[str, str]]]) -> tuple[str, Project]:
    year_file = before.files_by_year[R7]
    content = year_file.reading.document.text.encode()
    after = with_answers(before, year_file, content, answers).decode()
    return after, project(PLAN, R7=after.removeprefix("format: 1\nfiscal_year: R7\n"))


@settings(max_examples=times(20, 1000))
@given(st.just(BLANK) | st.just("") | st.just("indicators: {d: pending}\nactions: {}\n") | years(), years())
def test_answers_land_with_every_digit(old: str, new: str) -> None:
    before, wanted = project(PLAN, R7=old), project(PLAN, R7=new)
    now = everything(before)
    answers = {
        thing: {aspect: said for aspect, said in pieces.items() if not is_same(said, now[thing][aspect])}
        for thing, pieces in everything(wanted).items()
    }
    changed = {thing: pieces for thing, pieces in answers.items() if pieces}
    text, after = applied(before, changed)
    for thing, pieces in changed.items():
        said = recorded(after.actuals[R7], thing)
        assert {aspect: dict(said[aspect]) for aspect in pieces} == pieces
    for thing, pieces in everything(after).items():
        for aspect, stands in pieces.items():
            assert is_same(stands, changed.get(thing, {}).get(aspect, now[thing][aspect]))
    comments = [line.rpartition("#")[2] for line in text.splitlines() if line.rpartition("#")[2] in _COMMENTS]
    assert comments == ([comment for comment in _COMMENTS if old == BLANK])


_COMMENTS = (" 指標", " あ", " い", " 男", " 導入")


def fill(book: Book, wanted: Form) -> None:
    """Type everything that ``wanted`` says into a blank form."""
    numbers_ = {Field.VALUE, Field.COUNT, Field.WHOLE, Field.QUANTITY, Field.SETTLED}
    for question in wanted.questions:
        key = "/".join(part for part in question.thing if part)
        for field in question.fields:
            if text := written(question, field):
                is_number = field in numbers_ and not (field is Field.VALUE and question.is_milestone)
                book.fill(key, field.value, text, is_number=is_number)


@settings(max_examples=times(5, 300))
@given(years())
def test_a_form_filled_in_is_the_file(new: str) -> None:
    blank, wanted = project(PLAN, R7=BLANK), project(PLAN, R7=new)
    book = Book.of(blank)
    (asked,) = forms(wanted, R7)
    fill(book, asked)
    found = outcome(blank, book.saved)
    assert found.is_sound, [each for each in found.files[0].decisions if not hasattr(each, "reply")]
    _, after = applied(
        blank, {thing: {a: dict(s) for a, s in pieces.items()} for thing, pieces in found.accepted.items()}
    )
    assert everything(after) == everything(wanted)


@settings(max_examples=times(5, 300))
@given(years())
def test_what_went_out_and_came_back_says_nothing_new(said: str) -> None:
    there = project(PLAN, R7=said)
    (form,) = forms(there, R7)
    content = document(form)
    for saved in (content, Book(content).saved):
        found = outcome(there, saved)
        assert found.is_sound
        assert found.accepted == {}


def test_every_question_can_be_asked_again() -> None:
    there = project(PLAN, R7="indicators: {d: 3}\n")
    things = {question.thing for question in questions(there, R7, every=True)}
    assert {Thing("indicators", "d"), Thing("indicators", "d", "men")} <= things
    assert FiscalYear.parse("R7") == R7
