"""Text to plain values, and back from a route of keys to a line: every trap and limit of YAML lives here.

What one unquoted word stands for is said by `scalars`; sequences are tuples; text is NFC.

A sound file that is written plainly is read by `lines`, for its values alone, and once more where a place is asked for.
Anything else is read by libyaml's events, with every position and all that is wrong (`_Careful`). Both readings share
`read_scalar` and are held equal by a test.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

import yaml

from dxplan import faults, lines
from dxplan.diagnostics import Diagnostic, Place, RelatedPlace, Route, Rule, Severity
from dxplan.language import Text
from dxplan.lines import Spot, Spots
from dxplan.scalars import Refused, read_scalar, shown

Value = lines.Value
MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32

_FORBIDDEN_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2065\ufeff\U000e0000-\U000e00ff"  # no room: zero width, tags
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers, which look like nothing
    "\u061c\u202a-\u202e\u2066-\u206f"  # bidi (CVE-2021-42574)
    "\u2028\u2029\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"  # separators, non-characters, lone surrogates
    "\ufffc\ufffd"  # stand where a picture or a character was lost on the way
)
_FORBIDDEN = re.compile(rf"[{_FORBIDDEN_CHARACTERS}]|\r(?!\n)")
_ROW_OF_FORBIDDEN = re.compile(rf"([{_FORBIDDEN_CHARACTERS}]|\r(?!\n))\1*")
_LONE_CR = re.compile(r"\r(?!\n)")
_PERHAPS_FORBIDDEN = re.compile(rf"[{_FORBIDDEN_CHARACTERS}\r]")  # a single set is searched for in half the time
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$)", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """One file that could be read, at least in part."""

    file: str
    """Its name as shown, with ``/``."""
    text: str
    value: Mapping[str, Value]
    faults: tuple[Diagnostic, ...] = ()
    unread: tuple[Route, ...] = ()
    """What could not be read; ``faults`` says why.

    An entry of a mapping is not in ``value``, an item of a list stands there as None, and a mapping itself is named
    where one of its keys could not be read.
    """

    is_plain: bool = False
    """Whether the text is one that `lines` reads."""

    @cached_property
    def _spots(self) -> Spots:
        spots: Spots = {}
        if self.is_plain:
            lines.read(self.text, spots)
        else:
            _Careful(self.file, self.text, spots).read()
        return spots

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def value_at(self, route: Route) -> Value:
        """Return what stands at ``route``; None where nothing does, or where it could not be read."""
        value: Value = self.value
        for step in route:
            if isinstance(value, Mapping) and step in value:
                value = value[str(step)]
            elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return where ``route`` stands; where it names nothing, the nearest place above it.

        Of a value inside a mapping, ``key`` asks for the place of its key instead.
        """
        known: Route = ()
        if not route:  # where there are too many faults to tell, nothing else is asked for
            mark = _start(self.text)
            return _place(self.file, self._lines, *mark)
        for step in route:
            if (*known, step) in self._spots:
                known = (*known, step)
        spot = self._spots[known]
        return _place(self.file, self._lines, *(spot[:2] if key else spot[2:]))


class Unreadable(NamedTuple):
    """One file of which nothing could be read."""

    file: str
    faults: tuple[Diagnostic, ...]


def read(file: str, data: bytes) -> Document | Unreadable:
    """Read the bytes of one YAML file; whatever is wrong with them is in the result, nothing is raised."""
    if len(data) > MAX_BYTES:
        return too_large(file)
    head = data[:_HEAD].lower()
    for start, message, hint in _OTHER_FILES:
        if head.startswith(start):
            return unreadable(file, faults.NOT_A_MAPPING, message, hint)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _wrong_encoding(file, data, error.start, _encoding(data, error.start))
    if (match := _SIGN_OF_ANOTHER_ENCODING.search(data)) and (encoding := _encoding(data, match.start())):
        return _wrong_encoding(file, data, match.start(), encoding)
    text = text.removeprefix("\ufeff")
    if _is_sound(text):
        try:
            return Document(file, text, lines.read(text), is_plain=True)
        except lines.NotPlainError:
            pass
    return _read_carefully(file, text)


def unreadable(file: str, rule: Rule, message: Text, hint: Text | None = None) -> Unreadable:
    """Return a file that could not even be opened, with the one reason why."""
    return Unreadable(file, (Diagnostic(rule, Place(file, 1, 1, ""), message, hint),))


def _is_sound(text: str) -> bool:
    """Whether all its characters may stand in a file, composed as they are to be."""
    odd = _PERHAPS_FORBIDDEN.search(text) and _FORBIDDEN.search(text)
    return not odd and unicodedata.is_normalized("NFC", text)


def too_large(file: str) -> Unreadable:
    """Return a file that is over the limit, and so is not read."""
    return unreadable(file, faults.OVER_LIMIT, *_TOO_LARGE)


_TOO_LARGE = (
    Text(
        f"ファイルが大きすぎます（{MAX_BYTES // 1024 // 1024} MiBまで）",
        f"the file is too large (at most {MAX_BYTES // 1024 // 1024} MiB)",
    ),
    Text("計画や実績のファイルか確かめる", "check that this is a plan or actuals file"),
)
_HEAD = 64
_PUT_YAML = Text("計画や実績を書いたYAMLのファイルを置く", "put the YAML file with the plan or the actuals here")
_EXCEL = Text("ExcelやWordのファイルです", "this is an Excel or Word file")
_PICTURE = Text("画像のファイルです", "this is a picture")
_WEB_PAGE = Text("ウェブページ（HTML）です", "this is a web page (HTML)")
_OTHER_FILES = (
    (b"pk\x03\x04", _EXCEL, _PUT_YAML),
    (b"\xd0\xcf\x11\xe0", _EXCEL, _PUT_YAML),
    (b"%pdf-", Text("PDFのファイルです", "this is a PDF file"), _PUT_YAML),
    (b"\x89png", _PICTURE, _PUT_YAML),
    (b"\xff\xd8\xff", _PICTURE, _PUT_YAML),
    (b"<!doctype html", _WEB_PAGE, _PUT_YAML),
    (b"<html", _WEB_PAGE, _PUT_YAML),
    (
        b"version https://git-lfs.github.com/",
        Text("Git LFSの目印だけで、中身がありません", "this is only a Git LFS pointer, without the content"),
        Text("中身を取り込む: git lfs pull", "fetch the content: git lfs pull"),
    ),
)
"""What often lands in a YAML file's place, by its first bytes (ASCII letters in lower case)."""


def _wrong_encoding(file: str, data: bytes, first_bad: int, encoding: str | None) -> Unreadable:
    first = 0 if encoding in ("UTF-16", "UTF-32") else first_bad  # in those every byte is another one
    before = data[:first].decode("utf-8").removeprefix("\ufeff")
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"), "")
    message = (
        Text(
            f"文字コードがUTF-8ではありません（{encoding}のようです）",
            f"the encoding is not UTF-8 (it looks like {encoding})",
        )
        if encoding
        else Text("UTF-8として読めないバイトがあります", "a byte that is not UTF-8")
    )
    hint = Text("保存し直す: 文字コードをUTF-8に", "save it again with the encoding set to UTF-8")
    return Unreadable(file, (Diagnostic(faults.ENCODING, place, message, hint),))


_SIGN_OF_ANOTHER_ENCODING = re.compile(rb"\x00|\x1b\$")  # valid UTF-8, but how UTF-16 and ISO-2022-JP look in it
_ENCODINGS = {
    "utf-32": "UTF-32",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "iso2022_jp": "ISO-2022-JP",
    "cp932": "CP932 (Shift_JIS)",
    "euc_jp": "EUC-JP",
}
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def _encoding(data: bytes, first_bad: int) -> str | None:
    """Guess the encoding of text whose first byte that is odd in UTF-8 is at ``first_bad``; None for UTF-8 itself."""
    if not data[:first_bad].removeprefix(codecs.BOM_UTF8).isascii():
        return None  # what comes before is sound UTF-8, so that a single place is damaged
    likely: dict[str, int] = {}
    for codec, name in _ENCODINGS.items():
        if codec.startswith("utf") and b"\x00" not in data:
            continue  # any bytes of even length can be read as UTF-16
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _FORBIDDEN.search(text.removeprefix("\ufeff")):
            likely.setdefault(name, len(_HALF_WIDTH_KANA.findall(text)))  # the look of EUC-JP read as Shift_JIS
    return min(likely, key=likely.__getitem__, default=None)


# What is not written plainly: values, places and everything that is wrong.


_NextEvent = Callable[[], yaml.Event]


def _events(text: str) -> _NextEvent:
    # The pure Python reader is for interpreters that PyYAML has no wheel for; it yields the same events, slowly.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    next_event: _NextEvent = loader(text).get_event
    return next_event


def _start(text: str) -> tuple[int, int]:
    """Return where the value of the whole text begins."""
    next_event = _events(text)
    next_event()  # start of stream
    next_event()  # start of document
    return _at(next_event().start_mark)


def _unquoted(event: yaml.ScalarEvent) -> str:
    """Return the text of a quoted or block scalar; the line break that ends a block is not part of it."""
    return event.value.rstrip("\n") if event.style in ("|", ">") else event.value


def _is_merge(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value == "<<"


class _Node(NamedTuple):
    """One value with its place; line and column from 0."""

    value: Value
    line: int
    column: int


class _StopReadingError(Exception):
    """What follows in this file cannot be trusted; what was found stands in `_Careful.found`."""


_MAX_FAULTS = 1000
_REPLACEMENT = "\ufffd"


class _Careful:
    """Reads one text with every position, and reports everything wrong with it."""

    def __init__(self, file: str, text: str, spots: Spots | None = None) -> None:
        self.file = file
        self.given = text
        self.is_clean = "\\" not in text and _is_sound(text)
        self.spots = spots
        """To be filled with where everything stands, if that is asked for."""
        self.text = text
        if not _is_sound(text):
            self.text = _ROW_OF_FORBIDDEN.sub(lambda row: _REPLACEMENT * len(row[0]), _LONE_CR.sub("\n", text))
        self.lines = self.text.split("\n")
        self.found: list[Diagnostic] = []
        self.unread: list[Route] = []
        self.forbidden: set[int] = set()
        """Lines, from 0, that hold what may stand nowhere."""
        self.last_quote: tuple[int, int] | None = None

    def report(self, rule: Rule, at: tuple[int, int], message: Text, hint: Text | None = None) -> None:
        """Add a fault at (line, column), both from 0."""
        self.found.append(Diagnostic(rule, _place(self.file, self.lines, *at), message, hint))
        if len(self.found) == _MAX_FAULTS:
            message = Text("誤りが多すぎるため、ここで読むのをやめました", "too many faults; reading stopped here")
            self.found.append(Diagnostic(faults.OVER_LIMIT, _place(self.file, self.lines, *at), message))
            raise _StopReadingError

    def read(self) -> _Node:
        """Read the whole text.

        Raises yaml.MarkedYAMLError at the first place that is not YAML, and _StopReadingError.
        """
        next_event = _events(self.text)
        next_event()  # start of stream
        start = next_event()
        if type(start) is not yaml.DocumentStartEvent:
            return _Node(None, 0, 0)
        if start.version or start.tags:
            self.report(
                faults.YAML_FEATURE,
                (0, 0),
                Text("「%」で始まる指示行は使えません", "a directive, a line that starts with `%`, is not allowed"),
                Text("「%」の行を消す", "remove the line that starts with `%`"),
            )
        root = self._value(next_event, next_event(), (), 0)
        if root is None:
            raise _StopReadingError
        self._stands((), (root.line, root.column), root)
        next_event()  # end of document
        after = next_event()
        if type(after) is not yaml.StreamEndEvent:
            self.report(
                faults.YAML_FEATURE,
                _at(after.start_mark),
                Text("1つのファイルに2つ目の文書があります", "a second document in one file"),
                Text(
                    "「---」の行を消すか、その後を別のファイルに分ける",
                    "remove the line `---`, or move what follows it into a file of its own",
                ),
            )
        return root

    def _value(self, next_event: _NextEvent, event: yaml.Event, route: Route, depth: int) -> _Node | None:
        """Return the value that starts at ``event``, or None where it cannot be read (and says so)."""
        if isinstance(event, yaml.AliasEvent):
            self._report_alias(event)
            return None
        if not isinstance(event, yaml.NodeEvent):  # pragma: no cover - the parser never yields anything else here
            raise TypeError(event)
        self._refuses_anchor(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if not isinstance(event, yaml.CollectionStartEvent):  # pragma: no cover - as above
            raise TypeError(event)
        is_tagged = self._refuses_tag(event)
        if depth == MAX_DEPTH:
            self.report(
                faults.OVER_LIMIT,
                _at(event.start_mark),
                Text(f"入れ子が深すぎます（{MAX_DEPTH}段まで）", f"nested too deeply (at most {MAX_DEPTH} levels)"),
                Text("括弧「[」「{」の閉じ忘れや字下げを確かめる", "look for a `[` or `{` left open, or the indent"),
            )
            raise _StopReadingError
        unread = len(self.unread)
        read = self._sequence if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        node = read(next_event, _at(event.start_mark), route, depth)
        if is_tagged and route:
            del self.unread[unread:]
            return None
        return node

    def _sequence(self, next_event: _NextEvent, at: tuple[int, int], route: Route, depth: int) -> _Node:
        items: list[Value] = []
        while not isinstance(event := next_event(), yaml.SequenceEndEvent):
            below = (*route, len(items))
            node = self._value(next_event, event, below, depth + 1)
            if node is None:
                node = _Node(None, *_at(event.start_mark))
                self.unread.append(below)
            self._stands(below, (node.line, node.column), node)
            items.append(node.value)
        return _Node(tuple(items), *at)

    def _mapping(self, next_event: _NextEvent, at: tuple[int, int], route: Route, depth: int) -> _Node:
        mapping: dict[str, Value] = {}
        first: dict[str, tuple[int, int]] = {}
        node: _Node | None = None
        while not isinstance(event := next_event(), yaml.MappingEndEvent):
            if node is not None and node.value is None:
                self._refuses_indent(event)
            key = self._key(next_event, event, route, depth)
            place = _at(event.start_mark)
            if key is None or key in first:
                unread_before, found_before = len(self.unread), len(self.found)
                self._passes_over(next_event, next_event(), route, depth + 1)
                if _is_merge(event):
                    del self.found[found_before:]  # an alias, which goes with the key
                self.unread[unread_before:] = [route] if key is None else []
                if key is not None:
                    self._report_duplicate(key, place, first[key])
                continue
            first[key] = place
            below = (*route, key)
            node = self._value(next_event, next_event(), below, depth + 1)
            if node is None:
                self.unread.append(below)
            else:
                mapping[key] = node.value
            self._stands(below, place, node or _Node(None, *place))
        return _Node(mapping, *at)

    def _refuses_indent(self, event: yaml.Event) -> None:
        """Stop at a key behind full-width blanks that was to stand inside the key before it, which has no value."""
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value[:1].isspace():
            from dxplan.syntax import slip_near  # noqa: PLC0415 - a sound file never needs it

            if slip := slip_near(_at(event.start_mark)[0], self.lines):
                self.report(faults.SYNTAX, (slip.line, slip.column), slip.message, slip.hint)
                raise _StopReadingError

    def _passes_over(self, next_event: _NextEvent, event: yaml.Event, route: Route, depth: int) -> None:
        """Read a value that is used for nothing, for what is wrong in it."""
        spots, self.spots = self.spots, None
        self._value(next_event, event, route, depth)
        self.spots = spots

    def _stands(self, route: Route, key: tuple[int, int], node: _Node) -> None:
        if self.spots is not None:
            self.spots[route] = Spot(*key, node.line, node.column)

    def _key(self, next_event: _NextEvent, event: yaml.Event, route: Route, depth: int) -> str | None:
        """Return the key, or None where it cannot serve as one (and says so)."""
        if isinstance(event, yaml.AliasEvent):
            self._report_alias(event)
            return None
        if not isinstance(event, yaml.ScalarEvent):
            self.report(
                faults.YAML_FEATURE,
                _at(event.start_mark),
                Text("キーに一覧や入れ子は使えません", "a key cannot be a list or a mapping"),
                Text("「{{ … }}」などの記号なら引用符で囲む", "if it is text such as `{{ … }}`, put it in quotes"),
            )
            found, unread = len(self.found), len(self.unread)
            self._passes_over(next_event, event, route, depth + 1)
            del self.found[found:], self.unread[unread:]
            return None
        self._refuses_anchor(event)
        if _is_merge(event):
            self.report(
                faults.YAML_FEATURE,
                _at(event.start_mark),
                Text("マージキー「<<」は使えません", "merge key `<<` is not allowed"),
                Text("同じ内容をもう一度書く", "write the content out again"),
            )
            return None
        node = self._scalar(event, is_key=True)
        if node is None:
            return None
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, Decimal):
            return event.value
        word = shown(event.value)
        self.report(
            faults.AMBIGUOUS_SCALAR,
            _at(event.start_mark),
            Text(f"「{word}」はキーとして使えません", f"`{word}` cannot be a key"),
            Text(f'文字なら引用符で囲む: "{word}"', f'if it is text, quote it: "{word}"'),
        )
        return None

    def _scalar(self, event: yaml.ScalarEvent, *, is_key: bool = False) -> _Node | None:
        at = _at(event.start_mark)
        self.last_quote = at if event.style else None
        if self._refuses_tag(event) or self._holds_forbidden(event):
            return None
        value = _unquoted(event) if event.style else read_scalar(event.value)
        if isinstance(value, Refused):
            hint, otherwise = value.hint, value.otherwise
            if otherwise and not is_key:
                hint = Text(f"{hint.ja}。そうでなければ {otherwise} と書く", f"{hint.en}; otherwise write {otherwise}")
            self.report(value.rule, at, value.message, hint)
            return None
        if isinstance(value, str):
            value = self._clean(value, at, is_key=is_key)
            if value is None:
                return None
        return _Node(value, *at)

    def _holds_forbidden(self, event: yaml.ScalarEvent) -> bool:
        """Whether the scalar was written with a character that `report_forbidden` has named already."""
        if self.is_clean:
            return False
        start, end = event.start_mark, event.end_mark
        return bool(start and end and _FORBIDDEN.search(self.given, start.index, end.index))

    def _clean(self, text: str, at: tuple[int, int], *, is_key: bool) -> str | None:
        """Return the text in NFC and without blanks at its ends; None where it holds what no text may."""
        if self.is_clean and text.strip() == text:
            return text
        if match := _FORBIDDEN.search(text):
            self.report(faults.FORBIDDEN_CHARACTER, at, *_forbidden_character(match[0]))
            return None
        trimmed = text.strip()
        if trimmed != text and is_key:
            self.report(
                faults.FORBIDDEN_CHARACTER,
                at,
                Text(
                    f"キー「{trimmed}」の前後に全角などの空白があります",
                    f"full-width or other blanks before or after key `{trimmed}`",
                ),
                Text("半角の空白に置き換えるか、消す", "replace them by ASCII spaces, or remove them"),
            )
        elif trimmed != text:
            self.report(
                faults.CONFUSABLE_TEXT,
                at,
                Text("文字の前後に空白があります", "blanks before or after the text"),
                Text(f"空白を取り除く: {shown(trimmed)}", f"remove them: {shown(trimmed)}"),
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
                Text(
                    f"濁点などを1文字で入力し直す: {shown(composed)}",
                    f"type it again in composed form: {shown(composed)}",
                ),
            )
        return composed

    def _refuses_anchor(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self.report(
                faults.YAML_FEATURE,
                _at(event.start_mark),
                Text(f"アンカー「&{event.anchor}」は使えません", f"anchor `&{event.anchor}` is not allowed"),
                Text("アンカーを消し、内容をその場に書く", "remove the anchor and write the content in place"),
            )

    def _refuses_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.tag is None:
            return False
        tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
        self.report(
            faults.YAML_FEATURE,
            _at(event.start_mark),
            Text(f"タグ「{tag}」は使えません", f"tag `{tag}` is not allowed"),
            Text("タグを消す。文字にしたい値は引用符で囲む", "remove the tag; quote what should be text"),
        )
        return True

    def _report_alias(self, event: yaml.AliasEvent) -> None:
        self.report(
            faults.YAML_FEATURE,
            _at(event.start_mark),
            Text(f"別名「*{event.anchor}」は使えません", f"alias `*{event.anchor}` is not allowed"),
            Text(
                "同じ内容をもう一度書く。文字なら引用符で囲む", "write the content out again; if it is text, quote it"
            ),
        )

    def _report_duplicate(self, key: str, at: tuple[int, int], first: tuple[int, int]) -> None:
        place = _place(self.file, self.lines, *first)
        word = shown(key)
        self.report(
            faults.DUPLICATE_KEY,
            at,
            Text(f"キー「{word}」が2回書かれています", f"key `{word}` is written twice"),
            Text("どちらか一方を消す（後の値は使いません）", "remove one of them (the later value is not used)"),
        )
        related = RelatedPlace(place, Text("最初はここ", "first written here"))
        self.found[-1] = self.found[-1]._replace(related=(related,))

    def report_forbidden(self) -> None:
        """Report characters that may stand nowhere in the text, each with its place; a row of one of them once."""
        for number, row in enumerate(_ROW_OF_FORBIDDEN.finditer(self.given)):
            start, character = row.start(), row[1]
            at = (self.text.count("\n", 0, start), start - (self.text.rfind("\n", 0, start) + 1))
            self.forbidden.add(at[0])
            if number == _MAX_FORBIDDEN:
                message = Text("使えない文字がほかにもあります", "there are more such characters")
                self.report(faults.FORBIDDEN_CHARACTER, at, message)
                return
            self.report(
                faults.FORBIDDEN_CHARACTER, at, *(_BARE_CR if character == "\r" else _forbidden_character(character))
            )

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
        start = Text("「format: 1」で始まる内容を書く", "start the file with `format: 1`")
        if root.value in (None, ""):
            self.report(faults.NOT_A_MAPPING, (0, 0), Text("ファイルが空です", "the file is empty"), start)
            return
        from dxplan.syntax import slip_near  # noqa: PLC0415 - a sound file never needs it

        if slip := slip_near(root.line, self.lines):
            self.report(faults.SYNTAX, (slip.line, slip.column), slip.message, slip.hint)
        else:
            message = Text("「キー: 値」の形になっていません", "this is not a mapping of `key: value`")
            self.report(faults.NOT_A_MAPPING, (root.line, root.column), message, start)

    def report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Report where the text stops being YAML, with the likeliest reason."""
        stopped = _at(error.problem_mark or error.context_mark)
        begun = _at(error.context_mark or error.problem_mark)
        from dxplan.syntax import Stop, reason  # noqa: PLC0415 - a sound file never needs it

        found = reason(Stop(error.context or "", error.problem or "", begun, stopped, self.last_quote), self.lines)
        if self.forbidden & {found.line - 1, found.line}:
            return  # what was meant where that character stands, or on the line that it broke, nobody can tell yet
        place = (found.line + 1, found.column + 1)
        self.found = [fault for fault in self.found if (fault.place.line, fault.place.column) != place]
        self.report(faults.SYNTAX, (found.line, found.column), found.message, found.hint)


_MAX_FORBIDDEN = 20


class _Mark(Protocol):
    line: int
    column: int


def _at(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _place(file: str, lines: list[str], line: int, column: int) -> Place:
    source = lines[line].rstrip("\r") if line < len(lines) else ""
    return Place(file, line + 1, column + 1, source)


_BARE_CR = (
    Text("改行コードがCRだけです", "a line break that is only CR"),
    Text("改行コードをLFかCRLFにして保存し直す", "save it again with line breaks LF or CRLF"),
)


def _forbidden_character(character: str) -> tuple[Text, Text]:
    if character == _REPLACEMENT:
        return (
            Text("文字化けした箇所（U+FFFD）があります", "a character was lost here (U+FFFD)"),
            Text("元の文字を入力し直す", "type the lost character again"),
        )
    kind = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return (
        Text(f"目に見えない、または使えない文字（{kind}）があります", f"invisible or forbidden character ({kind})"),
        Text("その文字を消して入力し直す", "delete the character and type the text again"),
    )


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
    # A warning about a file that cannot be used says nothing yet.
    return Unreadable(file, tuple(fault for fault in careful.found if fault.rule.severity is Severity.ERROR))
