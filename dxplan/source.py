"""Text to plain values, and back from a route of keys to a line: every trap and limit of YAML lives here.

One reading of every scalar: YAML 1.2 core. What YAML 1.1 would read otherwise (``no``, ``010``, ``12:30``) is refused
unquoted, so that an editor, a spreadsheet and dxplan cannot disagree about a figure. Numbers are `Decimal`, from the
digits as written; sequences are tuples; text is NFC.

A sound file is read once, for its values alone. Only where something is wrong, or a place is asked for, is the text
read again with every position (`_Careful`); both readings share `_scalar` and are held equal by a test.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import yaml

from dxplan import faults
from dxplan.diagnostics import Diagnostic, Place, RelatedPlace, Route, Rule
from dxplan.language import Text

Value = str | Decimal | bool | dt.date | tuple["Value", ...] | Mapping[str, "Value"] | None
"""What a file says, before anybody asked whether it is a plan."""

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
MAX_DIGITS = 15
"""Significant digits of a number: as many as a spreadsheet cell and a JSON reader keep."""


_FORBIDDEN_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f"  # what takes no room: zero width, tags
    "\u061c\u202a-\u202e\u2066-\u206f"  # bidi (CVE-2021-42574)
    "\u2028\u2029\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # line separators, non-characters, lone surrogates
)
_FORBIDDEN = re.compile(rf"[{_FORBIDDEN_CHARACTERS}]|\r(?!\n)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$)", re.MULTILINE)
_ODD_EDGE = re.compile(r"^\s|\s$")

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|[-+]?\.[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_AMBIGUOUS = re.compile(
    r"""(?P<yes_or_no> [yYnN] | yes|Yes|YES | no|No|NO | on|On|ON | off|Off|OFF )
      | (?P<not_a_number> [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) )
      | (?P<sexagesimal> [-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)? )
      | (?P<radix> [-+]?0[0-9_]+ | [-+]?0[xX][0-9a-fA-F_]+ | 0o[0-7]+ | [-+]?0b[01_]+ | [-+]?0[0-9]+\.[0-9]* )
      | (?P<underscore> [-+]?[0-9][0-9_]*(?:\.[0-9_]*)? )
      | (?P<exponent> [-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)[eE][-+]?[0-9]+ )
      | (?P<timestamp> [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ ].*)? )
      | (?P<indicator> = | << )""",
    re.VERBOSE,
)
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Refused(NamedTuple):
    """A scalar that is not taken as it stands."""

    rule: Rule
    message: Text
    hint: Text


def _refused(text: str, *, en: str, ja: str, hint: Text | None = None, rule: Rule = faults.AMBIGUOUS_SCALAR) -> Refused:
    shown = text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - what fits in a line
    return Refused(
        rule,
        Text(f"「{shown}」は{ja}", f"`{shown}` {en}"),
        hint or Text(f'文字のつもりなら引用符で囲む: "{shown}"', f'if text is meant, quote it: "{shown}"'),
    )


def _scalar(text: str) -> Value | Refused:
    """Read one plain (unquoted) scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        if sum(character.isdigit() for character in text.lstrip("+-0.")) > MAX_DIGITS:
            return _refused(
                text,
                ja=f"桁が多すぎます（有効数字{MAX_DIGITS}桁まで）",
                en=f"has too many digits (at most {MAX_DIGITS} significant ones)",
                rule=faults.OVER_LIMIT,
                hint=Text("単位を千円・百万円などに改める", "use a larger unit, such as thousands"),
            )
        return Decimal(text)
    if match := _DATE.fullmatch(text):
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:
            return _refused(text, ja="暦にない日付です", en="is no day of the calendar")
    if match := _AMBIGUOUS.fullmatch(text):
        ja, en = _AMBIGUITIES[match.lastgroup or ""]
        return _refused(text, ja=ja, en=en)
    return text


_AMBIGUITIES = {
    "yes_or_no": ("、真偽値と読むソフトがあります", "is read as true or false by some programs"),
    "not_a_number": ("数値として使えません", "is not a number that can be computed with"),
    "sexagesimal": ("、60進数の数値と読むソフトがあります", "is read as a base-60 number by some programs"),
    "radix": ("、8進数・16進数などと読むソフトがあります", "is read as octal, hexadecimal or binary by some programs"),
    "underscore": ("、区切りを除いた数値と読むソフトがあります", "is read as one number by some programs"),
    "exponent": ("、数値と読むソフトと文字と読むソフトがあります", "is a number to some programs and text to others"),
    "timestamp": ("、日時と読むソフトがあります", "is read as a timestamp by some programs"),
    "indicator": ("、YAMLの特別な記号です", "has a special meaning in YAML"),
}


class _Values(dict[str, Value]):
    """Plain scalars already read: a plan says ``ongoing`` and ``R7`` a hundred times."""

    def __missing__(self, text: str) -> Value:
        value = _scalar(text)
        if isinstance(value, Refused) or _ODD_EDGE.search(text):
            raise _OddError
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = value
        return value


class _Keys(dict[str, str]):
    """Plain keys already read; numbers count as text, anything else has to be quoted."""

    def __missing__(self, text: str) -> str:
        if not isinstance(_scalar(text), str | Decimal) or _ODD_EDGE.search(text):
            raise _OddError
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = text
        return text


_REMEMBERED = 10_000  # thousands of plans in one run must not fill the memory
_VALUES, _KEYS = _Values(), _Keys()


@dataclass(frozen=True)
class Document:
    """One file that could be read, at least in part."""

    file: str
    """Its name as shown, with ``/``."""
    text: str
    value: Mapping[str, Value]
    faults: tuple[Diagnostic, ...] = ()
    unread: tuple[Route, ...] = ()
    """Entries left out of ``value`` because they could not be read; ``faults`` says why."""

    @cached_property
    def _tree(self) -> _Node:
        return _Careful(self.file, self.text).read()

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def value_at(self, route: Route) -> Value:
        """Return what stands at ``route``, also where it was left out of ``value``; None where nothing does."""
        node = self._tree
        for step in route:
            child = node.children.get(step)
            if child is None:
                return None
            node = child.node
        return node.value

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return where ``route`` stands; where it names nothing, the nearest place above it.

        Of a value inside a mapping, ``key`` asks for the place of its key instead.
        """
        node = self._tree
        line, column = node.line, node.column
        for step in route:
            child = node.children.get(step)
            if child is None:
                continue
            node = child.node
            line, column = (child.line, child.column) if key else (node.line, node.column)
        return _place(self.file, self._lines, line, column)


class Unreadable(NamedTuple):
    """One file of which nothing could be read."""

    file: str
    faults: tuple[Diagnostic, ...]


def read(file: str, data: bytes) -> Document | Unreadable:
    """Read the bytes of one YAML file; whatever is wrong with them is in the result, nothing is raised."""
    if len(data) > MAX_BYTES:
        return unreadable(file, faults.OVER_LIMIT, *_TOO_LARGE)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _wrong_encoding(file, data, error.start)
    text = text.removeprefix("\ufeff")
    if not _FORBIDDEN.search(text) and unicodedata.is_normalized("NFC", text):
        try:
            return Document(file, text, _fast(text))
        except (_OddError, yaml.YAMLError):
            pass  # the careful reading says what it is
    return _read_carefully(file, text)


def unreadable(file: str, rule: Rule, message: Text, hint: Text | None = None) -> Unreadable:
    """Return a file that could not even be opened, with the one reason why."""
    return Unreadable(file, (Diagnostic(rule, Place(file, 1, 1, ""), message, hint),))


_TOO_LARGE = (
    Text(
        f"ファイルが大きすぎます（{MAX_BYTES // 1024 // 1024} MiBまで）",
        f"the file is too large (at most {MAX_BYTES // 1024 // 1024} MiB)",
    ),
    Text("計画や実績のファイルか確かめる", "check that this is a plan or actuals file"),
)


# Values only: the reading that every sound file goes through.


class _OddError(Exception):
    """Something that only the careful reading can judge."""


_NextEvent = Callable[[], yaml.Event]


def _events(text: str) -> _NextEvent:
    # The pure Python reader is for interpreters that PyYAML has no wheel for; it yields the same events, slowly.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    next_event: _NextEvent = loader(text).get_event
    return next_event


def _fast(text: str) -> Mapping[str, Value]:
    next_event = _events(text)
    escapes = "\\" in text
    next_event()  # start of stream
    if type(next_event()) is not yaml.DocumentStartEvent:
        raise _OddError
    value = _fast_value(next_event, next_event(), escapes, 0)
    next_event()  # end of document
    if not isinstance(value, dict) or type(next_event()) is not yaml.StreamEndEvent:
        raise _OddError
    return value


# A module-level recursion, not a closure: a closure would keep each file's parser alive until the next collection.
def _fast_value(next_event: _NextEvent, event: yaml.Event, escapes: bool, depth: int) -> Value:  # noqa: FBT001
    if type(event) is yaml.ScalarEvent:
        if event.anchor is not None or event.tag is not None:
            raise _OddError
        return _fast_text(event, escapes) if event.style else _VALUES[event.value]
    if not isinstance(event, yaml.CollectionStartEvent) or event.anchor is not None or event.tag is not None:
        raise _OddError
    if depth == MAX_DEPTH:
        raise _OddError
    if type(event) is yaml.SequenceStartEvent:
        items: list[Value] = []
        while type(item := next_event()) is not yaml.SequenceEndEvent:
            items.append(_fast_value(next_event, item, escapes, depth + 1))
        return tuple(items)
    mapping: dict[str, Value] = {}
    while type(name := next_event()) is not yaml.MappingEndEvent:
        if type(name) is not yaml.ScalarEvent or name.anchor is not None or name.tag is not None:
            raise _OddError
        key = _fast_text(name, escapes) if name.style else _KEYS[name.value]
        if key in mapping:
            raise _OddError
        mapping[key] = _fast_value(next_event, next_event(), escapes, depth + 1)
    return mapping


def _fast_text(event: yaml.ScalarEvent, escapes: bool) -> str:  # noqa: FBT001
    text = _unquoted(event)
    if _ODD_EDGE.search(text) or (escapes and not _is_plain_text(text)):
        raise _OddError
    return text


def _unquoted(event: yaml.ScalarEvent) -> str:
    """Return the text of a quoted or block scalar; the line break that ends a block is not part of it."""
    return event.value.rstrip("\n") if event.style in ("|", ">") else event.value


def _is_plain_text(text: str) -> bool:
    return not _FORBIDDEN.search(text) and unicodedata.is_normalized("NFC", text)


# Values, places and everything that is wrong.


class _Child(NamedTuple):
    node: _Node
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Node:
    """One value with its place; lines and columns from 0."""

    value: Value
    line: int
    column: int
    children: dict[str | int, _Child] = field(default_factory=dict)


class _StopReadingError(Exception):
    """What follows in this file cannot be trusted; what was found stands in `_Careful.found`."""


_MAX_FAULTS = 1000
_REPLACEMENT = "\ufffd"


class _Careful:
    """Reads one text with every position, and reports everything wrong with it."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.given = text
        self.text = _FORBIDDEN.sub(lambda match: "\n" if match[0] == "\r" else _REPLACEMENT, text)
        self.lines = self.text.split("\n")
        self.found: list[Diagnostic] = []
        self.unread: list[Route] = []

    def report(self, rule: Rule, at: tuple[int, int], message: Text, hint: Text | None = None) -> None:
        """Add a fault at (line, column), both from 0."""
        self.found.append(Diagnostic(rule, _place(self.file, self.lines, *at), message, hint))
        if len(self.found) == _MAX_FAULTS:
            message = Text("誤りが多すぎるため、ここで読むのをやめました", "too many faults; reading stopped here")
            self.found.append(Diagnostic(faults.OVER_LIMIT, _place(self.file, self.lines, *at), message))
            raise _StopReadingError

    def read(self) -> _Node:
        """Read the whole text; raises yaml.MarkedYAMLError at the first place that is not YAML."""
        next_event = _events(self.text)
        next_event()  # start of stream
        start = next_event()
        if type(start) is not yaml.DocumentStartEvent:
            return _Node(None, 0, 0)
        root = self._value(next_event, next_event(), (), 0) or _Node({}, 0, 0)
        next_event()  # end of document
        after = next_event()
        if type(after) is not yaml.StreamEndEvent:
            self.report(
                faults.YAML_FEATURE,
                _at(after),
                Text("1つのファイルに2つ目の文書があります", "a second document in one file"),
                Text("「---」の後を別のファイルに分ける", "move what follows `---` into a file of its own"),
            )
        return root

    def _value(self, next_event: _NextEvent, event: yaml.Event, route: Route, depth: int) -> _Node | None:
        """Return the value that starts at ``event``, or None where it cannot be read (and says so)."""
        line, column = _at(event)
        if isinstance(event, yaml.AliasEvent):
            self.report(
                faults.YAML_FEATURE,
                (line, column),
                Text(f"別名「*{event.anchor}」は使えません", f"alias `*{event.anchor}` is not allowed"),
                Text("同じ内容をもう一度書く", "write the content out again"),
            )
            return None
        if not isinstance(event, yaml.NodeEvent):  # pragma: no cover - the parser never yields anything else here
            raise TypeError(event)
        if event.anchor is not None:
            self.report(
                faults.YAML_FEATURE,
                (line, column),
                Text(f"アンカー「&{event.anchor}」は使えません", f"anchor `&{event.anchor}` is not allowed"),
                Text("アンカーを消し、内容をその場に書く", "remove the anchor and write the content in place"),
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if not isinstance(event, yaml.CollectionStartEvent):  # pragma: no cover - as above
            raise TypeError(event)
        tagged = self._refuses_tag(event)
        if depth == MAX_DEPTH:
            self.report(
                faults.OVER_LIMIT,
                (line, column),
                Text(f"入れ子が深すぎます（{MAX_DEPTH}段まで）", f"nested too deeply (at most {MAX_DEPTH} levels)"),
            )
            raise _StopReadingError
        if isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(next_event, (line, column), route, depth)
        else:
            node = self._mapping(next_event, (line, column), route, depth)
        return None if tagged else node

    def _sequence(self, next_event: _NextEvent, at: tuple[int, int], route: Route, depth: int) -> _Node:
        items: list[Value] = []
        children: dict[str | int, _Child] = {}
        while not isinstance(event := next_event(), yaml.SequenceEndEvent):
            node = self._value(next_event, event, (*route, len(items)), depth + 1)
            if node is not None:
                children[len(items)] = _Child(node, node.line, node.column)
                items.append(node.value)
        return _Node(tuple(items), *at, children)

    def _mapping(self, next_event: _NextEvent, at: tuple[int, int], route: Route, depth: int) -> _Node:
        mapping: dict[str, Value] = {}
        children: dict[str | int, _Child] = {}
        while not isinstance(event := next_event(), yaml.MappingEndEvent):
            key = self._key(next_event, event, route, depth)
            line, column = _at(event)
            below = (*route, key) if key is not None else route
            unread_before = len(self.unread)
            node = self._value(next_event, next_event(), below, depth + 1)
            if key is None:
                del self.unread[unread_before:]
            elif key in children:
                self._report_duplicate(key, (line, column), children[key])
            elif node is None:
                children[key] = _Child(_Node(None, line, column), line, column)
                self.unread.append(below)
            else:
                mapping[key] = node.value
                children[key] = _Child(node, line, column)
        return _Node(mapping, *at, children)

    def _key(self, next_event: _NextEvent, event: yaml.Event, route: Route, depth: int) -> str | None:
        """Return the key, or None where it cannot serve as one (and says so)."""
        if not isinstance(event, yaml.ScalarEvent):
            self.report(
                faults.YAML_FEATURE,
                _at(event),
                Text("キーに一覧や入れ子は使えません", "a key cannot be a list or a mapping"),
                Text("「{{ … }}」などの記号なら引用符で囲む", "if it is text such as `{{ … }}`, put it in quotes"),
            )
            self._value(next_event, event, route, depth + 1)
            return None
        if not event.style and event.value == "<<":
            self.report(
                faults.YAML_FEATURE,
                _at(event),
                Text("マージキー「<<」は使えません", "merge key `<<` is not allowed"),
                Text("同じ内容をもう一度書く", "write the content out again"),
            )
            return None
        node = self._scalar(event)
        if node is None:
            return None
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, Decimal):
            return event.value
        self.report(
            faults.AMBIGUOUS_SCALAR,
            _at(event),
            Text(f"「{event.value}」はキーとして使えません", f"`{event.value}` cannot be a key"),
            Text(f'文字のつもりなら引用符で囲む: "{event.value}"', f'if text is meant, quote it: "{event.value}"'),
        )
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> _Node | None:
        line, column = _at(event)
        if self._refuses_tag(event) or (_REPLACEMENT in event.value and _REPLACEMENT not in self.given):
            return None
        if event.style:
            text = self._clean(_unquoted(event), (line, column))
            return None if text is None else _Node(text, line, column)
        value = _scalar(event.value)
        if isinstance(value, Refused):
            self.report(value.rule, (line, column), value.message, value.hint)
            return None
        if isinstance(value, str):
            value = self._clean(value, (line, column))
            if value is None:
                return None
        return _Node(value, line, column)

    def _clean(self, text: str, at: tuple[int, int]) -> str | None:
        """Return the text in NFC and without blanks at its ends; None where it holds what no text may."""
        if match := _FORBIDDEN.search(text):
            self.report(faults.FORBIDDEN_CHARACTER, at, *_forbidden_character(match[0]))
            return None
        trimmed = text.strip()
        if trimmed != text:
            self.report(
                faults.CONFUSABLE_TEXT,
                at,
                Text("文字の前後に空白があります", "blanks before or after the text"),
                Text(f"空白を取り除く: {trimmed}", f"remove them: {trimmed}"),
            )
        composed = unicodedata.normalize("NFC", trimmed)
        if composed != trimmed:
            self.report(
                faults.CONFUSABLE_TEXT,
                at,
                Text(
                    "見た目が同じで符号の違う文字（NFD）が混ざっています",
                    "decomposed characters (NFD) that look like others",
                ),
                Text(f"濁点などを1文字で入力し直す: {composed}", f"type it again in composed form: {composed}"),
            )
        return composed

    def _refuses_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.tag is None:
            return False
        self.report(
            faults.YAML_FEATURE,
            _at(event),
            Text(f"タグ「{event.tag}」は使えません", f"tag `{event.tag}` is not allowed"),
            Text("タグを消す。文字にしたい値は引用符で囲む", "remove the tag; quote what should be text"),
        )
        return True

    def _report_duplicate(self, key: str, at: tuple[int, int], first: _Child) -> None:
        place = _place(self.file, self.lines, first.line, first.column)
        self.report(
            faults.DUPLICATE_KEY,
            at,
            Text(f"キー「{key}」が2回書かれています", f"key `{key}` is written twice"),
            Text("どちらか一方を消す（後の値は使いません）", "remove one of them (the later value is not used)"),
        )
        related = RelatedPlace(place, Text("最初はここ", "first written here"))
        self.found[-1] = self.found[-1]._replace(related=(related,))

    def report_forbidden(self) -> None:
        """Report characters that may stand nowhere in the text, each with its place."""
        for number, match in enumerate(_FORBIDDEN.finditer(self.given)):
            before = self.text[: match.start()]
            at = (before.count("\n"), len(before) - (before.rfind("\n") + 1))
            if number == _MAX_FORBIDDEN:
                message = Text("使えない文字がほかにもあります", "there are more such characters")
                self.report(faults.FORBIDDEN_CHARACTER, at, message)
                return
            self.report(faults.FORBIDDEN_CHARACTER, at, *_forbidden_character(match[0]))

    def report_conflict(self) -> bool:
        """Report the first mark of an unresolved merge; True where there is one."""
        match = _CONFLICT.search(self.text)
        if match:
            self.report(
                faults.SYNTAX,
                (self.text.count("\n", 0, match.start()), 0),
                Text(f"マージの競合の印「{match[0]}」が残っています", f"merge conflict mark `{match[0]}` left behind"),
                Text("どちらの内容を残すか決め、印の行を消す", "keep one side and delete the marked lines"),
            )
        return match is not None

    def report_not_a_mapping(self, root: _Node) -> None:
        """Report a file that holds something, but no keys; or nothing at all."""
        example = Text("「format: 1」で始まる内容を書く", "start the file with `format: 1`")
        if root.value is None:
            message = Text("ファイルが空です", "the file is empty")
        else:
            message = Text("「キー: 値」の形になっていません", "this is not a mapping of `key: value`")
            if "：" in self.text:
                example = Text("全角コロン「：」を「: 」に直す", "replace the full-width colon `：` by `: `")
        self.report(faults.NOT_A_MAPPING, (root.line, root.column), message, example)

    def report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Report where the text stops being YAML, with the likeliest reason."""
        mark = error.problem_mark or error.context_mark
        if error.context_mark and _opened_there(error):
            mark = error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        for number in (line, line - 1):
            source = self.lines[number] if 0 <= number < len(self.lines) else ""
            content = source.lstrip(" ")
            if content.startswith("\t"):
                at = (number, len(source) - len(content))
                hint = Text("タブを半角の空白に置き換える", "replace the tab by spaces")
                self.report(faults.SYNTAX, at, Text("字下げにタブは使えません", "a tab cannot indent"), hint)
                return
            if "：" in content and ": " not in content.split("：")[0]:
                at = (number, source.index("："))
                hint = Text("半角のコロンと空白「: 」に直す", "write an ASCII colon and a space, `: `")
                self.report(faults.SYNTAX, at, Text("全角コロン「：」です", "full-width colon `：`"), hint)
                return
        self.report(faults.SYNTAX, (line, column), *_syntax_message(error))


_MAX_FORBIDDEN = 20


def _opened_there(error: yaml.MarkedYAMLError) -> bool:
    """Whether the fault is where something was opened and not closed, rather than where the parser gave up."""
    context = error.context or ""
    return any(word in context for word in ("quoted scalar", "flow sequence", "flow mapping", "simple key"))


def _syntax_message(error: yaml.MarkedYAMLError) -> tuple[Text, Text]:
    context, problem = error.context or "", error.problem or ""
    if "quoted scalar" in context:
        return (
            Text("引用符が閉じられていません", "a quote is not closed"),
            Text("同じ種類の引用符で閉じる", "close it with the same kind of quote"),
        )
    if "flow" in context:
        return (
            Text("括弧「[ ]」「{ }」の中が正しくありません", "something is wrong inside `[ ]` or `{ }`"),
            Text("括弧を閉じ、要素を「, 」で区切る", "close the bracket and separate items by `, `"),
        )
    if "mapping values" in problem:
        return (
            Text("ここに「:」は書けません", "a `:` cannot stand here"),
            Text(
                "字下げをそろえる。値に「: 」を含むなら引用符で囲む", "align the indent; quote a value that holds `: `"
            ),
        )
    if "':'" in problem:
        return (
            Text("キーの後に「: 」がありません", "a key without `: ` after it"),
            Text("「キー: 値」の形に直す", "write it as `key: value`"),
        )
    if "cannot start any token" in problem:
        return (
            Text("この文字で値を始めることはできません", "a value cannot start with this character"),
            Text("値を引用符で囲む", "put the value in quotes"),
        )
    return (
        Text("YAMLとして読めません", f"this is not YAML: {problem}"),
        Text(
            "この行と前の行の字下げと記号を確かめる", "check the indent and the signs of this line and the one before"
        ),
    )


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _place(file: str, lines: list[str], line: int, column: int) -> Place:
    source = lines[line].rstrip("\r") if line < len(lines) else ""
    return Place(file, line + 1, column + 1, source)


def _forbidden_character(character: str) -> tuple[Text, Text]:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    kind = f"{code} {name}".strip()
    return (
        Text(f"目に見えない、または使えない文字（{kind}）があります", f"invisible or forbidden character ({kind})"),
        Text("その文字を消して入力し直す", "delete the character and type the text again"),
    )


_OTHER_ENCODINGS = (("cp932", "CP932（Shift_JIS）"), ("euc_jp", "EUC-JP"))


def _wrong_encoding(file: str, data: bytes, first_bad: int) -> Unreadable:
    guess = None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        guess = "UTF-16"
    else:
        for codec, name in _OTHER_ENCODINGS:
            try:
                data.decode(codec)
            except UnicodeDecodeError:
                continue
            guess = name
            break
    before = data[:first_bad].decode("utf-8")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    message = Text(
        f"文字コードがUTF-8ではありません（{guess}のようです）" if guess else "UTF-8として読めないバイトがあります",
        f"not UTF-8 (it looks like {guess.split('（')[0]})" if guess else "a byte that is not UTF-8",
    )
    hint = Text("保存し直す: 文字コードをUTF-8に", "save it again with the encoding set to UTF-8")
    return Unreadable(file, (Diagnostic(faults.ENCODING, Place(file, line, column, ""), message, hint),))


def _read_carefully(file: str, text: str) -> Document | Unreadable:
    careful = _Careful(file, text)
    try:
        careful.report_forbidden()
        if not careful.report_conflict():
            root = careful.read()
            if isinstance(root.value, Mapping):
                return Document(file, careful.text, root.value, tuple(careful.found), tuple(careful.unread))
            careful.report_not_a_mapping(root)
    except yaml.MarkedYAMLError as error:
        careful.report_syntax(error)
    except _StopReadingError:
        pass
    return Unreadable(file, tuple(careful.found))
