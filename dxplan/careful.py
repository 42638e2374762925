"""Any YAML, by libyaml's events: every value with its place, and everything that is wrong with a text.

What is not written plainly is read here, and what is not sound. Brought in only where there is such a file: libyaml and
its Python side are a tenth of the start of a short command.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol

import yaml

from dxplan import faults
from dxplan.diagnostics import Diagnostic, RelatedPlace, Route, Rule, Severity
from dxplan.language import Text
from dxplan.lines import Spot, Spots
from dxplan.scalars import Refused, read_scalar, shown
from dxplan.source import FORBIDDEN, FORBIDDEN_CHARACTERS, Document, Unreadable, Value, is_sound, place_in

MAX_DEPTH = 32
_ROW_OF_FORBIDDEN = re.compile(rf"([{FORBIDDEN_CHARACTERS}]|\r(?!\n))\1*")
_LONE_CR = re.compile(r"\r(?!\n)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$)", re.MULTILINE)

_NextEvent = Callable[[], yaml.Event]


def _events(text: str) -> _NextEvent:
    # The pure Python reader is for interpreters that PyYAML has no wheel for; it yields the same events, slowly.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    next_event: _NextEvent = loader(text).get_event
    return next_event


def start(text: str) -> tuple[int, int]:
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
    """What follows in this file cannot be trusted; what was found stands in `Careful.found`."""


_MAX_FAULTS = 1000
_REPLACEMENT = "\ufffd"


class Careful:
    """Reads one text with every position, and reports everything wrong with it."""

    def __init__(self, file: str, text: str, spots: Spots | None = None) -> None:
        self.file = file
        self.given = text
        self.is_clean = "\\" not in text and is_sound(text)
        self.spots = spots
        """To be filled with where everything stands, if that is asked for."""
        self.text = text
        if not is_sound(text):
            self.text = _ROW_OF_FORBIDDEN.sub(lambda row: _REPLACEMENT * len(row[0]), _LONE_CR.sub("\n", text))
        self.lines = self.text.split("\n")
        self.found: list[Diagnostic] = []
        self.unread: list[Route] = []
        self.forbidden: set[int] = set()
        """Lines, from 0, that hold what may stand nowhere."""
        self.last_quote: tuple[int, int] | None = None

    def report(self, rule: Rule, at: tuple[int, int], message: Text, hint: Text | None = None) -> None:
        """Add a fault at (line, column), both from 0."""
        self.found.append(Diagnostic(rule, place_in(self.file, self.lines, *at), message, hint))
        if len(self.found) == _MAX_FAULTS:
            message = Text("誤りが多すぎるため、ここで読むのをやめました", "too many faults; reading stopped here")
            self.found.append(Diagnostic(faults.OVER_LIMIT, place_in(self.file, self.lines, *at), message))
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
        return bool(start and end and FORBIDDEN.search(self.given, start.index, end.index))

    def _clean(self, text: str, at: tuple[int, int], *, is_key: bool) -> str | None:
        """Return the text in NFC and without blanks at its ends; None where it holds what no text may."""
        if self.is_clean and text.strip() == text:
            return text
        if match := FORBIDDEN.search(text):
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
        place = place_in(self.file, self.lines, *first)
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


def read(file: str, text: str) -> Document | Unreadable:
    """Read a text that could be decoded; whatever is wrong with it is in the result, nothing is raised."""
    careful = Careful(file, text)
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
