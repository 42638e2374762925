"""Text to values: the two readings agree, no bytes at all bring them down, and every place is the right one."""
# ruff: noqa: SLF001 - the two readings are nobody else's business

import datetime as dt
import time
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan import faults, lines, source
from dxplan.careful import read as read_carefully
from dxplan.diagnostics import Place, Route
from dxplan.source import Document, Unreadable, Value, read
from tests.thorough import times

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "data").rglob("*.yaml"))
GOOD = sorted(ROOT.glob("tests/*/*/good-*/plan.yaml")) + sorted(ROOT.glob("tests/*/*/good-*/actuals/*.yaml"))
PLAN, ACTUALS = ((ROOT / "data" / name).read_text(encoding="utf-8") for name in ("plan.yaml", "actuals/R7.yaml"))

few = settings(max_examples=times(60, 1500))


def careful(text: str) -> Document | Unreadable:
    return read_carefully("plan.yaml", text)


def by_lines(text: str) -> Document | None:
    """Return what the reading by lines makes of a text, None where it leaves it to the careful one."""
    if source.FORBIDDEN.search(text) or not unicodedata.is_normalized("NFC", text):
        return None
    try:
        return Document("plan.yaml", text, lines.read(text), is_plain=True)
    except lines.NotPlainError:
        return None


# The two readings.


@pytest.mark.parametrize("path", SHIPPED + GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_both_readings_of_a_sound_file_agree(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    again = careful(text)
    assert isinstance(again, Document)
    assert again.faults == ()
    assert again.unread == ()
    plain = by_lines(text)
    if plain is not None:
        assert typed(plain.value) == typed(again.value)
        assert plain._spots == again._spots


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_files_are_read_by_lines(path: Path) -> None:
    assert by_lines(path.read_text(encoding="utf-8")) is not None


def typed(value: Value) -> object:
    """Return a value in a form that keeps apart what Python takes for equal: 1 and 1.0, the order of keys."""
    match value:
        case tuple():
            return [typed(item) for item in value]
        case dict():
            return [(key, typed(item)) for key, item in value.items()]
    return (type(value).__name__, str(value))


TRICKY = [
    *("no", "yes", "~", "null", "true", "010", "0x1F", "1_000", "1e3", "12:30", ".nan", "2026-04-01", "2026-02-30"),
    *("", " ", "　", "\t", "- ", ": ", ":", "：", "# ", "#", '"', "'", "[", "]", "{", "}", ", ", "、", "|", ">", "%"),
    *("&a ", "*a", "<<: *a", "!!str ", "!x ", "? ", "---\n", "...\n", "\n", "\r\n", "\r", "\n\n  ", "\\", '"\\e"'),
    *(
        "\x00",
        "\x1b",
        "\x85",
        "\u2028",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ufffd",
        "か\u3099",
        "葛\U000e0100",
        "=======\n",
    ),
    *("R7", "R7: 5", "title: 例", "  - id: x\n", "1", "-1", "1.50", "9" * 40, "ｶﾞ", "\ud7ff", "\U0001f600"),
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Yield a shipped file with a few pieces taken out, put in or repeated."""
    text = draw(st.sampled_from((PLAN[:1500], ACTUALS[:700], "format: 1\ntitle: 例\n")))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        text = text[:start] + draw(st.sampled_from(TRICKY)) + text[end:]
    return text


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.dates(dt.date(1000, 1, 1)),
    st.text(max_size=12),
    st.sampled_from(TRICKY),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "R7", "1", "名称", "a b", "no", "- x", "　k"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Yield YAML as PyYAML writes it, in any of its styles."""
    value = draw(st.dictionaries(st.text("abcあいR7-1", min_size=1, max_size=4), values, max_size=4))
    text: str = yaml.safe_dump(
        value,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from((True, False, None))),
        default_style=draw(st.sampled_from((None, '"', "'", "|"))),
        line_break=draw(st.sampled_from(("\n", "\r\n"))),
        width=draw(st.sampled_from((20, 1000))),
        explicit_start=draw(st.booleans()),
    )
    return text


@st.composite
def outlines(draw: st.DrawFn) -> str:
    """Yield lines that look like a plan, indented anyhow, with values that are one thing to YAML or another."""
    start = st.sampled_from(("", "", "  ", "    ", "- ", "  - ", "    - ", "-   ", "- - ", "#", " #", "\t", "? "))
    key = st.sampled_from(
        ("a: ", "b:", "c:  ", "R7: ", "令和7年度: ", "1-1: ", "no: ", '"q": ', "x y: ", "-: ", "a:b: ", "")
    )
    value = st.one_of(
        st.sampled_from(
            ("", "1", "- 1", "-1", "-a", "a b", "a, b", "a:b", "a: b", "a:", "a#b", "a #b", "#b", "' '", "''")
        ),
        st.sampled_from(
            ('"a"', '"a" #b', '"a"b', "'a''b'", '"a\\n"', "|", ">-", "&a 1", "*a", "!x y", "%a", "@a", "`a", "~")
        ),
        st.sampled_from(
            ("[]", "{}", "[a, b]", "[a, [b]]", "{a: 1}", "{a: {b: [c, {d: e}]}} # f", "{a: 1, a: 2}", "{a}")
        ),
        st.sampled_from(
            ("[a b, -1,c]", "{a: b c , d: 'e'}", "[a: b]", "{a: }", "{a:1}", "{a: 1,}", "[,]", "[a", "{a: -}", "} ")
        ),
        st.sampled_from(TRICKY),
        st.text("ab:#- ,[]{}'\"?", max_size=6),
    )
    lines_of = st.lists(st.tuples(start, key, value), min_size=1, max_size=7)
    return "\n".join(map("".join, draw(lines_of)))


@few
@given(st.one_of(mutated(), documents(), outlines()))
def test_what_is_read_by_lines_is_what_yaml_says(text: str) -> None:
    plain = by_lines(text)
    if plain is not None:
        again = careful(text)
        assert isinstance(again, Document)
        assert (again.faults, again.unread) == ((), ())
        assert typed(plain.value) == typed(again.value)
        assert plain._spots == again._spots


@few
@given(st.dictionaries(st.text("abcR7-", min_size=1, max_size=4), st.text(max_size=8), max_size=4))
def test_quoted_text_is_read_as_it_stands(texts: dict[str, str]) -> None:
    written = "".join(f'"{key}": {quoted(text)}\n' for key, text in texts.items())
    document = read("plan.yaml", written.encode())
    if texts and all(is_plain(text) for text in texts.values()):
        assert isinstance(document, Document)
        assert document.value == texts


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def is_plain(text: str) -> bool:
    forbidden = source.FORBIDDEN.search(text)
    return not forbidden and text == text.strip() and unicodedata.is_normalized("NFC", text)


# Any bytes at all.


@few
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        mutated().map(str.encode),
        st.tuples(mutated(), st.sampled_from(("cp932", "euc_jp", "utf-16", "utf-16-be", "utf-32", "iso2022_jp"))).map(
            lambda pair: pair[0].encode(pair[1], "replace")
        ),
        st.tuples(st.sampled_from((PLAN, ACTUALS)), st.integers(0, 18000), st.binary(min_size=1, max_size=4)).map(
            lambda parts: parts[0].encode()[: parts[1]] + parts[2] + parts[0].encode()[parts[1] + len(parts[2]) :]
        ),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome = read("data/plan.yaml", data)
    if isinstance(outcome, Unreadable):
        assert outcome.faults
    for fault in outcome.faults:
        assert fault.place.file == "data/plan.yaml"
        assert fault.place.line >= 1
        assert fault.place.column >= 1
        assert fault.message.ja
        assert fault.message.en
        assert "\n" not in fault.place.source


MILLION = times(250_000, 1_000_000)
"""A quarter of one will do: what takes a square of it takes as good as for ever all the same."""


def deep(opening: str, times: int) -> Callable[[], bytes]:
    return f"format: 1\nnote: {opening * times}".encode


BOMBS: dict[str, Callable[[], bytes]] = {
    "aliases": lambda: "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(10)
    ).encode(),
    "merge keys": lambda: "".join(
        f"a{n}: &a{n} {{{f'<<: [*a{n - 1}, *a{n - 1}]' if n else 'x: 1'}}}\n" for n in range(25)
    ).encode(),
    "one long text, named often": lambda: b"a: &a " + b"x" * 100_000 + b"\nb:\n" + b"  - *a\n" * 20_000,
    "open brackets": deep("[", 30_000),
    "very many open brackets": deep("[", MILLION),
    "open braces": deep("{a: ", 30_000),
    "dashes": lambda: b"format: 1\nnote:\n  " + b"- " * 20_000,
    "question marks": lambda: b"? " * 30_000,
    "list keys": lambda: b"? [" * 30_000,
    "blocks": lambda: "".join(f"{' ' * depth}a:\n" for depth in range(2000)).encode(),
    "4,301 digits": lambda: b"a: " + b"9" * 4301,
    "millions of digits": lambda: b"a: " + b"9" * (3 * MILLION),
    "digits and a letter": lambda: b"a: " + b"9" * MILLION + b"x\nb: no\n",
    "hexadecimal digits": lambda: b"a: 0x" + b"9" * MILLION,
    "an exponent": lambda: b"a: 1e" + b"9" * 100_000,
    "sixties": lambda: b"a: 1" + b":59" * 20_000,
    "decimals": lambda: b"a: 0." + b"0" * 100_000 + b"1",
    "10 MB": lambda: b"a: " + b"x" * 10_000_000,
    "zero width": lambda: b"a: " + "\u200b\u2060".encode() * (MILLION // 2),
    "escaped control characters": lambda: b"a:\n" + b'- "\\e"\n' * (MILLION // 3),
    "tabs": lambda: b"\t" * (4 * MILLION),
    "blanks": lambda: b"a: 1\n" + b" " * (4 * MILLION) + b"b: 1",
    "an open quote": lambda: b'a: "' + b"\n" * (4 * MILLION),
    "colons": lambda: b"a: " + b"a: " * MILLION,
    "the same key": lambda: b"a: 1\n" * (MILLION * 3 // 4),
    "refused words": lambda: b"a:\n" + b"- no\n" * (MILLION * 3 // 4),
    "tags": lambda: b"a:\n" + b"- !a b\n" * (MILLION // 2),
}


_FOR_EVER = 20
"""Seconds: each takes a small part of one; what these stall takes minutes, so that no busy machine tells otherwise."""
_MUCH = times(200_000_000, 600_000_000)
"""Bytes: what is built of a bomb takes a small part of it; what the worst would build takes gigabytes."""


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Let this process take up no more than `_MUCH` beyond what it has; Linux tells, and holds it to that."""
    table = Path("/proc/self/statm")
    if not table.exists():
        yield
        return
    import resource  # noqa: PLC0415 - Unix alone has it

    before = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(table.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + _MUCH, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_made_to_stall_readers_or_fill_memory_is_refused_at_once(bomb: str) -> None:
    data = BOMBS[bomb]()
    start = time.perf_counter()
    outcome = read("plan.yaml", data)
    assert time.perf_counter() - start < _FOR_EVER
    assert outcome.faults
    assert len(outcome.faults) <= 1001
    assert all(len(fault.message.ja) < 200 and len(fault.message.en) < 200 for fault in outcome.faults)


@pytest.mark.usefixtures("little_memory")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit is set")
def test_too_much_memory_would_be_noticed() -> None:
    with pytest.raises(MemoryError):
        bytearray(2 * _MUCH)


# Places.


def spots(node: yaml.Node, route: Route = ()) -> Iterator[tuple[Route, yaml.Node, yaml.Node | None]]:
    """Yield every value with its route and, in a mapping, its key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*route, key.value), value, key
            yield from spots(value, (*route, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*route, number), value, None
            yield from spots(value, (*route, number))


def assert_places(text: str) -> None:
    document = read("plan.yaml", text.encode())
    assert isinstance(document, Document)
    lines, root = text.split("\n"), yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    for route, value, key in spots(root):
        assert document.place(route) == place_of(value, lines), route
        if key is not None:
            assert document.place(route, key=True) == place_of(key, lines), route


def place_of(node: yaml.Node, lines: list[str]) -> Place:
    mark = node.start_mark
    return Place("plan.yaml", mark.line + 1, mark.column + 1, lines[mark.line].rstrip("\r"))


@pytest.mark.parametrize("text", [PLAN, ACTUALS], ids=["plan", "actuals"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_place_in_the_shipped_files(text: str, line_break: str) -> None:
    assert_places(text.replace("\n", line_break))


@few
@given(documents())
def test_every_place_in_any_sound_document(text: str) -> None:
    document = read("plan.yaml", text.encode())
    if isinstance(document, Document) and not document.faults and document.value:
        assert_places(text)


def test_a_place_that_is_not_there_is_the_nearest_above() -> None:
    document = read("plan.yaml", b"a:\n  b: 1\n")
    assert isinstance(document, Document)
    assert document.place(("a", "missing"))[1:3] == (2, 3)
    assert document.place(("missing",))[1:3] == (1, 1)


def test_a_byte_order_mark_takes_no_column() -> None:
    document = read("plan.yaml", b"\xef\xbb\xbfa: 1\n")
    assert isinstance(document, Document)
    assert document.place(("a",), key=True)[1:3] == (1, 1)


# Values.


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", Decimal(5)),
        ("-0.50", Decimal("-0.50")),
        ("+.5", Decimal("0.5")),
        ("0", Decimal(0)),
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("NULL", None),
        ("2026-04-01", dt.date(2026, 4, 1)),
        ("2025-03", "2025-03"),
        ("R7", "R7"),
        ("１２", "１２"),
        ("1,000", "1,000"),
        ("'010'", "010"),
        ("[a, 1]", ("a", Decimal(1))),
        ("{a: b}", {"a": "b"}),
        ("|\n  two\n  lines\n", "two\nlines"),
        (">\n  one\n  line\n", "one line"),
        ("a # b", "a"),
        ("http://example.jp/", "http://example.jp/"),
    ],
)
def test_values(written: str, value: Value) -> None:
    document = read("plan.yaml", f"a: {written}\n".encode())
    assert isinstance(document, Document)
    assert document.faults == ()
    assert typed(document.value["a"]) == typed(value)


@pytest.mark.parametrize(
    "written", ["no", "Y", "ON", "0x1f", "1e3", "1:30", "08", "1_0", ".inf", "2026-4-1", "=", "<<"]
)
@pytest.mark.parametrize("shape", ["a: {}", "{}: 1", "a: [{}]", "a: {{b: {}}}"])
def test_what_programs_read_differently_is_refused_unquoted_anywhere(written: str, shape: str) -> None:
    assert read("plan.yaml", shape.format(written).encode()).faults
    assert not read("plan.yaml", shape.format(f'"{written}"').encode()).faults


def test_decomposed_text_equals_composed() -> None:
    document = read("plan.yaml", "a: か\u3099\n".encode())
    assert isinstance(document, Document)
    assert document.value == {"a": "が"}
    assert [fault.rule for fault in document.faults] == [faults.CONFUSABLE_TEXT]


def test_a_list_keeps_the_positions_of_what_it_holds() -> None:
    document = read("plan.yaml", b"a:\n  - x\n  - *y\n  - z\n")
    assert isinstance(document, Document)
    assert document.value == {"a": ("x", None, "z")}
    assert document.unread == (("a", 1),)
    assert document.place(("a", 2))[1:3] == (4, 5)


@pytest.mark.parametrize("written", ["a: 　x", 'a: "x "', "a: x\u00a0", "　a: x", '"a ": x', "a: >-\n  　x"])
def test_blanks_at_the_ends_are_said_and_not_kept(written: str) -> None:
    document = read("plan.yaml", written.encode())
    assert isinstance(document, Document)
    assert document.value == {"a": "x"}
    (fault,) = document.faults
    assert fault.rule is (faults.FORBIDDEN_CHARACTER if "a:" not in written[:2] else faults.CONFUSABLE_TEXT)


def test_what_is_not_used_of_a_key_written_twice_hides_nothing() -> None:
    document = read("plan.yaml", b"a: {b: 1}\na: {b: no}\n")
    assert isinstance(document, Document)
    assert document.value == {"a": {"b": Decimal(1)}}
    assert document.unread == ()


def test_both_parsers_of_pyyaml_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read("plan.yaml", PLAN.encode())
    monkeypatch.delattr(yaml, "CSafeLoader")
    found = read("plan.yaml", PLAN.encode())
    assert isinstance(expected, Document)
    assert isinstance(found, Document)
    assert found.value == expected.value
    route: Route = ("viewpoints", 1, "initiatives", 0, "title")
    assert found.place(route) == expected.place(route)
