"""Edits of YAML: what they say they change and not one byte more, in files as officials write them."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.diagnostics import Route
from dxplan.editing.layout import layout
from dxplan.editing.patch import NotTheSameError, Patch, key_text, number_or_text, scalar
from dxplan.source import Document, Value, read
from tests.editing.yaml_files import Written, yaml_file
from tests.thorough import times

NEW = ["54", "-0.50", "pending", "2026-04", '"注: 速報"', "{value: 5, note: あ}", "[1, 2]"]
many = settings(max_examples=times(80, 3000))
SEEDS = st.integers(0, 2**32).map(Random)


def document(content: bytes) -> Document:
    found = read("x.yaml", content)
    assert isinstance(found, Document), found
    assert found.faults == (), content.decode()
    return found


def drawn(chance: Random) -> tuple[Written, Document]:
    written = yaml_file(chance)
    return written, document(written.content)


def entries(value: Value, route: Route = ()) -> Iterator[Route]:
    """Yield the routes of all entries of mappings that stand in mappings alone."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield (*route, key)
            yield from entries(item, (*route, key))


def mappings(value: Value) -> Iterator[Route]:
    """Yield the routes of mappings and of blank values, which may become one."""
    yield ()
    for route in entries(value):
        found = at(value, route)
        if isinstance(found, Mapping) or found is None:
            yield route


def at(value: Value, route: Route) -> Value:
    for step in route:
        assert isinstance(value, Mapping)
        value = value[str(step)]
    return value


def put(value: Value, route: Route, change: Callable[[dict[str, Value]], None]) -> Value:
    """Return plain values with one mapping changed."""
    assert value is None or isinstance(value, Mapping)
    mapping = dict(value or {})
    if route:
        mapping[str(route[0])] = put(mapping[str(route[0])], route[1:], change)
    else:
        change(mapping)
    return mapping


def names(value: Value) -> list[str]:
    assert isinstance(value, Mapping)
    return list(value)


def replace(values: dict[str, Value], new: Mapping[str, Value]) -> None:
    values.clear()
    values.update(new)


def plain(text: str) -> Value:
    return document(f"x: {text}".encode()).value["x"]


def removed(before: str, after: str) -> tuple[int, int]:
    """Return the range of ``before`` that ``after`` has something else for."""
    start = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    start = min(len(before), len(after)) if start is None else start
    room = min(len(before), len(after)) - start
    tail = next((n for n in range(room) if before[-1 - n] != after[-1 - n]), room)
    return start, len(before) - tail


def node(text: str, route: Route) -> tuple[yaml.Node, yaml.Node]:
    """Return key and value at ``route``, from PyYAML's own reader in Python, which shares no code with ours."""
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    key: yaml.Node | None = None
    for step in route:
        assert isinstance(found, yaml.MappingNode)
        key, found = next((key, value) for key, value in found.value if key.value == step)
    assert key is not None
    assert found is not None
    return key, found


def is_insertion(before: str, after: str) -> bool:
    more = len(after) - len(before)
    start, _ = removed(before, after)
    return more >= 0 and after[start + more :] == before[start:]


def comments(written: Written, after: bytes, lost: str = "") -> bool:
    """Whether all comments are there still, in their order, but for those in what went."""
    text = after.decode()
    left = [text.find(each) for each in written.comments if each not in lost]
    return all(one < other for one, other in pairwise([-1, *left]))


def same_ends(before: bytes, after: bytes) -> bool:
    """Whether byte order mark and line ends are what they were."""
    lone = after.count(b"\n") - after.count(b"\r\n")
    return before.startswith(b"\xef\xbb\xbf") == after.startswith(b"\xef\xbb\xbf") and (b"\r\n" in before) <= (not lone)


@many
@given(SEEDS)
def test_a_value_is_set(chance: Random) -> None:
    written, before = drawn(chance)
    route = chance.choice(list(entries(before.value)))
    old, new = at(before.value, route), chance.choice(NEW)

    def once(content: bytes) -> bytes:
        patch = Patch(content)
        patch.set(route, new)
        return patch.result("x.yaml", {route: plain(new)})

    after = once(written.content)
    text = after.decode().removeprefix("\ufeff")
    found = document(after).value
    assert found == put(before.value, route[:-1], lambda values: values.update({str(route[-1]): plain(new)}))
    assert names(at(found, route[:-1])) == names(at(before.value, route[:-1]))
    assert once(after) == after
    assert same_ends(written.content, after)
    key, value = node(before.text, route)
    start, end = removed(before.text, text)
    if old is None and value.start_mark.index == value.end_mark.index:
        assert is_insertion(before.text, text)
        assert comments(written, after)
    elif after != written.content:
        is_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
        assert start >= (key.end_mark.index if is_block else value.start_mark.index)
        assert end <= value.end_mark.index
        assert comments(written, after, before.text[value.start_mark.index : value.end_mark.index])


@many
@given(SEEDS)
def test_a_key_is_added(chance: Random) -> None:
    written, before = drawn(chance)
    mapping = chance.choice(list(mappings(before.value)))
    there = at(before.value, mapping)
    assert there is None or isinstance(there, Mapping)
    after_key = chance.choice([*there, "無い", None]) if there else None
    new, route = chance.choice(NEW), (*mapping, "新しい キー")
    first = chance.randrange(3) == 0

    def once(content: bytes) -> bytes:
        patch = Patch(content)
        if first:
            patch.set_first(route, new)
        else:
            patch.set(route, new, after=after_key)
        return patch.result("x.yaml", {route: plain(new)})

    after = once(written.content)
    found = document(after).value
    assert found == put(before.value, mapping, lambda values: values.update({"新しい キー": plain(new)}))
    order = list(there or ())
    order.insert(0 if first else order.index(after_key) + 1 if after_key in order else len(order), "新しい キー")
    now = at(found, mapping)
    assert isinstance(now, Mapping)
    assert list(now) == order
    assert same_ends(written.content, after)
    assert comments(written, after)
    text = after.decode().removeprefix("\ufeff")
    if there == {}:
        start, end = removed(before.text, text)
        assert not before.text[start:end].strip(" {}")
    else:
        assert is_insertion(before.text, text)
    if not first:
        assert once(after) == after


@many
@given(SEEDS)
def test_a_key_is_renamed(chance: Random) -> None:
    written, before = drawn(chance)
    route = chance.choice(list(entries(before.value)))
    new = chance.choice(NEW)
    patch = Patch(written.content)
    patch.rename(route, "新", new)
    after = patch.result("x.yaml", {(*route[:-1], "新"): plain(new)})
    there = at(before.value, route[:-1])
    now = at(document(after).value, route[:-1])
    assert isinstance(there, Mapping)
    assert isinstance(now, Mapping)
    renamed = [("新", plain(new)) if key == route[-1] else (key, value) for key, value in there.items()]
    assert list(now.items()) == renamed
    assert document(after).value == put(before.value, route[:-1], lambda values: replace(values, now))
    key, value = node(before.text, route)
    start, end = removed(before.text, after.decode().removeprefix("\ufeff"))
    assert start >= key.start_mark.index
    assert end <= value.end_mark.index
    assert same_ends(written.content, after)
    assert comments(written, after, before.text[key.start_mark.index : value.end_mark.index])


@many
@given(SEEDS)
def test_keys_are_removed(chance: Random) -> None:
    written, before = drawn(chance)
    choices = [route for route in mappings(before.value) if len(at(before.value, route) or ()) > 1]  # type: ignore[arg-type]
    if not choices:
        return
    mapping = chance.choice(choices)
    there = at(before.value, mapping)
    assert isinstance(there, Mapping)
    gone = chance.sample(list(there), chance.randint(1, len(there) - 1))
    patch = Patch(written.content)
    patch.remove(mapping, gone)
    try:
        after = patch.result("x.yaml", {})
    except NotTheSameError:  # what would be glued to a text over several lines: refused, never written
        assert re.search(r"[|>][-+]?(?: #.*)?\r?\n", before.text)
        return

    def without(values: dict[str, Value]) -> None:
        for key in gone:
            del values[key]

    assert document(after).value == put(before.value, mapping, without)
    assert same_ends(written.content, after)
    text = after.decode().removeprefix("\ufeff")
    kept = iter(before.text)
    assert all(character in kept for character in text), "something was added"
    spans = []
    for key in gone:
        name, value = node(before.text, (*mapping, key))
        end = before.text.find("\n", max(name.end_mark.index, value.end_mark.index - 1))
        spans.append(before.text[name.start_mark.index : end if end >= 0 else None])
    assert comments(written, after, "\n".join(spans))


@many
@given(SEEDS)
def test_an_item_is_appended(chance: Random) -> None:
    written, before = drawn(chance)
    lists = [key for key, value in before.value.items() if value is None or isinstance(value, tuple)]
    top = chance.choice([*lists, *lists, "corrections"])
    new = chance.choice(NEW)
    patch = Patch(written.content)
    patch.append(top, new)
    after = patch.result("x.yaml", {})
    there = before.value.get(top)
    items = there if isinstance(there, tuple) else ()
    assert document(after).value == {**before.value, top: (*items, plain(new))}
    assert same_ends(written.content, after)
    assert comments(written, after)
    text = after.decode().removeprefix("\ufeff")
    if there == () or (there is None and before.text.split() != before.text.replace("~", "").split()):
        assert removed(before.text, text)[1] - removed(before.text, text)[0] <= 4
    else:
        assert is_insertion(before.text, text)


@many
@given(SEEDS)
def test_several_edits_at_once_are_those_edits_one_by_one(chance: Random) -> None:
    """As `record` makes them: a value with what goes and comes beside it."""
    written, before = drawn(chance)
    choices = [route for route in mappings(before.value) if len(at(before.value, route) or ()) > 2]  # type: ignore[arg-type]
    if not choices:
        return
    mapping = chance.choice(choices)
    there = at(before.value, mapping)
    assert isinstance(there, Mapping)
    named, kept, *gone = chance.sample(list(there), len(there))
    patch = Patch(written.content)
    patch.rename((*mapping, named), "新", "5")
    patch.set((*mapping, "追"), "6", after=named)
    patch.set((*mapping, kept), "7")
    patch.remove(mapping, gone)
    after = document(patch.result("x.yaml", {}))
    assert at(after.value, mapping) == {"新": plain("5"), "追": plain("6"), kept: plain("7")}


def test_where_everything_stands_is_what_another_reader_says() -> None:
    for seed in range(200):
        text = yaml_file(Random(seed)).text.removeprefix("\ufeff")  # noqa: S311
        for entry in layout(text).entries or ():
            key, value = node(text, (entry.key,))
            assert (entry.start, entry.end) == (key.start_mark.index, key.end_mark.index)
            assert entry.value.is_blank or entry.value.start == value.start_mark.index


ANY_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co")), min_size=1).filter(
    lambda text: isinstance(found := read("x", f"x: {scalar(text)}".encode()), Document) and not found.faults
)
AWKWARD = r"""
no 010 12:30 1e3 .nan 2026-04-01 54 % @ *a &a !a #_a a_#_b a:_b a: -_a - ? ?_a a,_b } ] { [a ' " "54" 'a'
"a"_b | |_a >- ~ null true << = --- ... 注：速報 （54） \n a"b it's 1,_y:_2 54_#_速報 a\ : :_a a_:b , . 5. +5 .5 0.50 ※
"""


@pytest.mark.parametrize("text", AWKWARD.split())
def test_awkward_text_is_read_back_as_it_is(text: str) -> None:
    reads_back(text.replace("_", " "))


@many
@given(st.one_of(ANY_TEXT, st.text("ab1.-: #,'\"[]{}&*!|>%@`?~\\年（", min_size=1, max_size=8)))
def test_any_text_is_read_back_as_it_is(text: str) -> None:
    if text == text.strip():
        reads_back(text)


def reads_back(text: str) -> None:
    text = text.strip()
    assert document(f"{{x: {scalar(text)}, z: 1}}".encode()).value == {"x": text, "z": plain("1")}
    assert document(f"x: {scalar(text)}\nz: 1\n".encode()).value == {"x": text, "z": plain("1")}
    assert document(f"{key_text(text)}: 1\nz:\n  {key_text(text)}: 1\n".encode()).value[text] == plain("1")
    typed = document(f"{{x: {number_or_text(text)}, z: 1}}".encode()).value["x"]
    assert typed == text or (not isinstance(typed, str) and number_or_text(text) == text)


def test_plain_text_is_not_quoted() -> None:
    assert scalar("集計の誤りのため") == "集計の誤りのため"
    assert key_text("1-1") == "1-1"
    assert [number_or_text(text) for text in ("54", "50.0", "-3", "2026-03-31", "2026-04", "done")] == [
        "54",
        "50.0",
        "-3",
        "2026-03-31",
        "2026-04",
        "done",
    ]
    assert number_or_text("12:30") == '"12:30"'


# What must never be written.

TEXT = "a: 1 # 初め\nb: {c: 2, d: 3}\n"


def test_an_edit_that_is_no_yaml_is_refused() -> None:
    patch = Patch(TEXT.encode())
    patch.set(("a",), "{")
    with pytest.raises(NotTheSameError):
        patch.result("x.yaml", {})


@pytest.mark.parametrize("value", ["1.0", "01", "x: 1", "&a 1", "5\nz: 1", "1\nb: {c: 2, d: 4}", "1}", "[1"])
def test_an_edit_that_says_something_else_is_refused(value: str) -> None:
    patch = Patch(TEXT.encode())
    patch.set(("a",), value)
    with pytest.raises(NotTheSameError):
        patch.result("x.yaml", {("a",): plain("1")})


def test_an_edit_that_reaches_further_is_refused() -> None:
    patch = Patch(TEXT.encode())
    patch.set(("b", "c"), "2, d: 4, e: 5")
    with pytest.raises(NotTheSameError):
        patch.result("x.yaml", {})
    patch = Patch(TEXT.encode())
    patch.set(("a",), "5\nz: 1")
    with pytest.raises(NotTheSameError):
        patch.result("x.yaml", {("a",): plain("5")})


def test_digits_are_what_was_meant() -> None:
    patch = Patch(TEXT.encode())
    patch.set(("a",), "60.30")
    with pytest.raises(NotTheSameError):
        patch.result("x.yaml", {("a",): plain("60.3")})
    assert patch.result("x.yaml", {("a",): plain("60.30")}).startswith(b"a: 60.30 # ")
