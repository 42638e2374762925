"""A document read as a plan or as actuals: every fault of shape at once, in our own words.

One fault hides only what it makes meaningless. What pydantic refuses is left out (an entry, or the smallest thing
around it that cannot do without it) and the rest is read again, so that the rules still run over all that is sound.
What was left out is `Reading.hidden`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dxplan import faults
from dxplan.diagnostics import Diagnostic, Place, Route, Rule
from dxplan.language import Text
from dxplan.model.actuals import ActionResult, Actual, Actuals, Quantity
from dxplan.model.plan import (
    Action,
    Baseline,
    Indicator,
    Initiative,
    Organization,
    Period,
    Plan,
    Range,
    Relisted,
    Viewpoint,
)
from dxplan.model.values import ID_PATTERN, Model, ValueState
from dxplan.source import Document, Value

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What one file says, as far as it could be read."""

    document: Document
    value: M
    faults: tuple[Diagnostic, ...] = ()
    hidden: tuple[Route, ...] = ()
    """Routes of the document that are not in ``value``, or stand there as a placeholder."""
    _removed: Mapping[Route, tuple[int, ...]] = field(default_factory=dict)

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return where a route of ``value`` stands in the file."""
        return self.document.place(self.in_document(route), key=key)

    def in_document(self, route: Route) -> Route:
        """Return the document's route for a route of ``value``, where list items may have been left out."""
        return _in_document(route, self._removed) if self._removed else route

    def is_hidden(self, route: Route) -> bool:
        """Whether what stands at ``route`` (or around it) is in the file but could not be read."""
        if not self.hidden:
            return False
        route = self.in_document(route)
        return any(route[: len(hidden)] == hidden for hidden in self.hidden)

    def is_hidden_below(self, route: Route) -> bool:
        """Whether something inside ``route`` is in the file but could not be read."""
        route = self.in_document(route)
        return any(hidden[: len(route)] == route for hidden in self.hidden)


def read(model: type[M], document: Document) -> Reading[M]:
    """Read ``document`` as ``model``; whatever is wrong with its shape is in the result, nothing is raised."""
    if not document.unread:
        try:
            return Reading(document, model.model_validate(document.value))
        except ValidationError:
            pass
    return _Around(model, document).read()


_PLACEHOLDERS: Mapping[str | int, Value] = {
    "format": Decimal(1),
    "id": "unread",
    "title": "？",
    "organization": {"name": "？"},
    "period": {"from": "R1", "to": "R1"},
    "fiscal_year": "R1",
}
"""Stand in for what a plan, viewpoint, initiative or year cannot do without, so that what it holds is still read."""


class _Around(Generic[M]):
    """Reads one document around what is wrong with it."""

    def __init__(self, model: type[M], document: Document) -> None:
        self.model = model
        self.document = document
        self.left_out: set[Route] = set()
        self.placeholders: dict[Route, Value] = {}
        self.removed: dict[Route, tuple[int, ...]] = {}

    def read(self) -> Reading[M]:
        found: list[Diagnostic] | None = None
        while True:
            self.removed = {}
            try:
                value = self.model.model_validate(self._rebuilt(self.document.value, ()))
            except ValidationError as error:
                errors = error.errors(include_url=False, include_input=False)[:_MAX_FAULTS]
                if found is None:
                    found = list(self._diagnostics(errors))
                for details in errors:
                    self._leave_out(self._route(details), missing=details["type"] == "missing")
                continue
            hidden = (*self.document.unread, *sorted(self.left_out | self.placeholders.keys(), key=str))
            return Reading(self.document, value, tuple(found or ()), hidden, self.removed)

    def _rebuilt(self, value: Value, route: Route) -> Value:
        """Return the document's values without what was left out, remembering which list items went."""
        if route in self.placeholders:
            return self.placeholders[route]
        if isinstance(value, Mapping):
            keys = [key for key in value if (*route, key) not in self.left_out]
            rebuilt = {key: self._rebuilt(value[key], (*route, key)) for key in keys}
            for place, standing_in in self.placeholders.items():
                if place[:-1] == route and isinstance(place[-1], str):
                    rebuilt.setdefault(place[-1], standing_in)
            return rebuilt
        if isinstance(value, tuple):
            gone = tuple(position for position in range(len(value)) if (*route, position) in self.left_out)
            if gone:
                self.removed[route] = gone
            return tuple(
                self._rebuilt(item, (*route, position)) for position, item in enumerate(value) if position not in gone
            )
        return value

    def _leave_out(self, route: Route, *, missing: bool) -> None:
        *parent, last = route
        around = tuple(parent)
        if last in _PLACEHOLDERS and _holds_more(around):
            self.placeholders[route] = _PLACEHOLDERS[last]
        else:
            self.left_out.add(around if missing else route)

    def _route(self, details: ErrorDetails) -> Route:
        """Return the document's route for pydantic's ``loc``, which also names parts of the model and of keys."""
        route: list[str | int] = []
        value: Value = self.document.value
        for step in _in_document(details["loc"], self.removed):
            if _has(value, step):
                route.append(step)
                value = value_at(value, (step,))
        if details["type"] == "missing":
            route.append(details["loc"][-1])
        return tuple(route)

    def _diagnostics(self, errors: list[ErrorDetails]) -> Iterator[Diagnostic]:
        routes = [self._route(details) for details in errors]
        misspelt = {
            (*route[:-1], meant)
            for details, route in zip(errors, routes, strict=True)
            if details["type"] == "extra_forbidden" and (meant := self._meant(route))
        }
        for details, route in zip(errors, routes, strict=True):
            kind = details["type"]
            if kind == "missing" and (route in misspelt or route in self.document.unread):
                continue  # said already, as a misspelt key or as an unreadable value
            on_key = kind == "extra_forbidden" or details["loc"][-1] == "[key]"
            place = self.document.place(route[:-1] if kind == "missing" else route, key=on_key)
            yield Diagnostic(*self._sentence(details, route, place))

    def _meant(self, route: Route) -> str | None:
        close = get_close_matches(str(route[-1]), _keys_at(self.model, route[:-1]), 1)
        return close[0] if close else None

    def _sentence(self, details: ErrorDetails, route: Route, place: Place) -> tuple[Rule, Place, Text, Text | None]:
        raw = value_at(self.document.value, route)
        name = next((step for step in reversed(route) if isinstance(step, str)), "")
        match details["type"]:
            case "missing":
                message = Text(f"「{route[-1]}」がありません", f"`{route[-1]}` is missing")
                hint = Text(f"「{route[-1]}:」の行を加える", f"add a line `{route[-1]}:`")
                return faults.MISSING_KEY, place, message, hint
            case "extra_forbidden":
                meant = self._meant(route)
                message = Text(f"「{route[-1]}」というキーはありません", f"there is no key `{route[-1]}` here")
                known = "、".join(_keys_at(self.model, route[:-1]))
                return (
                    faults.UNKNOWN_KEY,
                    place,
                    message,
                    (
                        Text(f"「{meant}」ではありませんか", f"did you mean `{meant}`?")
                        if meant
                        else Text(
                            f"ここで使えるキー: {known}", f"keys that may stand here: {known.replace('、', ', ')}"
                        )
                    ),
                )
            case "enum" | "value_or_word":
                return _unknown_word(details, raw, name, place)
            case "literal_error":
                message = Text(f"書式の版 {_shown(raw)} は読めません", f"format {_shown(raw)} cannot be read")
                hint = Text("「format: 1」と書く", "write `format: 1`")
                return faults.UNKNOWN_FORMAT, place, message, hint
            case "string_too_short":
                message = Text(f"「{name}」が空です", f"`{name}` is empty")
                return (
                    faults.EMPTY_TEXT,
                    place,
                    message,
                    Text("内容を書くか、行を消す", "fill it in or remove the line"),
                )
            case "invalid_number":
                return _not_a_number(raw, name, place)
            case "invalid_id" | "string_pattern_mismatch":
                return _invalid_id(route[-1] if details["loc"][-1] == "[key]" else raw, place)
            case kind if kind in _YEARS_AND_DATES:
                rule, found, way_out = _YEARS_AND_DATES[kind]
                shown = str(route[-1]) if details["loc"][-1] == "[key]" else _shown(raw)
                message = Text(found.ja.format(shown=shown), found.en.format(shown=shown))
                return rule, place, message, way_out
            case "value_or_state":
                message = Text(
                    "value（値）と state（値がない理由）のどちらか一方を書く", "give either `value` or `state`"
                )
                return faults.WRONG_TYPE, place, message, None
        return _wrong_type(details, raw, name, place)


_MAX_FAULTS = 1000


def _has(value: Value, step: str | int) -> bool:
    return (isinstance(value, Mapping) and step in value) or (
        isinstance(value, tuple) and isinstance(step, int) and step < len(value)
    )


def value_at(value: Value, route: Route) -> Value:
    """Return what stands at ``route``; None where nothing does."""
    for step in route:
        if isinstance(value, Mapping):
            value = value.get(str(step))
        elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _in_document(route: Route, removed: Mapping[Route, tuple[int, ...]]) -> Route:
    """Translate list positions that were counted without the removed items."""
    original: Route = ()
    for step in route:
        position = step
        if isinstance(position, int):
            for gone in removed.get(original, ()):
                position += gone <= position
        original = (*original, position)
    return original


def _holds_more(route: Route) -> bool:
    """Whether ``route`` is a plan, year, viewpoint or initiative: something whose contents matter by themselves."""
    return not route or (len(route) > 1 and route[-2] in ("viewpoints", "initiatives"))


_MODELS: Mapping[type[Model], Mapping[str, tuple[type[Model], ...]]] = {
    Plan: {
        "organization": (Organization,),
        "period": (Period,),
        "viewpoints": (Viewpoint,),
        "initiatives": (Initiative,),
        "actions": (Action, Relisted),
        "indicators": (Indicator,),
        "baseline": (Baseline,),
        "targets": (Range,),
    },
    Actuals: {"indicators": (Actual,), "actions": (ActionResult,), "quantity": (Quantity,)},
}


def _keys_at(model: type[Model], route: Route) -> list[str]:
    """Return the keys that may stand in the mapping at ``route``."""
    known = _MODELS[model]
    models = next((known[step] for step in reversed(route) if isinstance(step, str) and step in known), (model,))
    return [info.alias or name for model in models for name, info in model.model_fields.items()]


def _shown(value: Value | int) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - what fits in a line


_Sentence = tuple[Rule, Place, Text, Text | None]

_YEARS_AND_DATES: Mapping[str, tuple[Rule, Text, Text | None]] = {
    "invalid_year": (
        faults.INVALID_YEAR,
        Text("「{shown}」は年度として読めません", "`{shown}` is not a fiscal year"),
        Text("R7、令和7年度、2025 のように書く", "write R7, 令和7年度 or 2025"),
    ),
    "year_twice": (
        faults.INVALID_YEAR,
        Text(
            "同じ年度が2回書かれています（R7 と 令和7年度 など）",
            "one fiscal year stands here twice, spelled differently",
        ),
        Text("書き方を R7 の形にそろえ、どちらかを消す", "spell years like R7 and remove one of the two"),
    ),
    "invalid_schedule": (
        faults.INVALID_YEAR,
        Text("「{shown}」は実施年度として読めません", "`{shown}` is not a schedule"),
        Text(
            "R8、R7-R9、R7-（継続）、{{R7: 事務系部署, R8: 技術系部署}} のように書く".replace("{{", "{").replace(
                "}}", "}"
            ),
            "write R8, R7-R9, R7- (continues) or stages by year, such as {R7: design, R8: trial}",
        ),
    ),
    "reversed_years": (
        faults.INVALID_YEAR,
        Text("「{shown}」は終わりの年度が始まりより前です", "`{shown}` ends before it begins"),
        Text("早い年度を先に書く", "write the earlier year first"),
    ),
    "invalid_date": (
        faults.INVALID_DATE,
        Text("「{shown}」は年月・年月日として読めません", "`{shown}` is neither a month nor a day"),
        Text("2026-04 または 2026-04-01 のように書く", "write 2026-04 or 2026-04-01"),
    ),
}


def _unknown_word(details: ErrorDetails, raw: Value, name: str, place: Place) -> _Sentence:
    if isinstance(raw, str) and details["type"] == "value_or_word" and _as_number(raw):
        return _not_a_number(raw, name, place)
    expected = str(details.get("ctx", {}).get("expected", ""))
    words = (
        [word for word in ValueState if word is not ValueState.REPORTED] if not expected else _QUOTED.findall(expected)
    )
    close = get_close_matches(str(raw).lower(), words, 1)
    choices = " / ".join(words)
    what = (
        Text("数値、または値がない理由", "a number, or why there is none") if not expected else Text(name, f"`{name}`")
    )
    message = Text(
        f"「{_shown(raw)}」は使えません（{what.ja}: {choices}）",
        f"`{_shown(raw)}` is not allowed ({what.en}: {choices})",
    )
    hint = Text(f"「{close[0]}」ではありませんか", f"did you mean `{close[0]}`?") if close else None
    return faults.UNKNOWN_WORD, place, message, hint


_QUOTED = re.compile(r"'([^']+)'")
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−―–▲△", "-"))


def _as_number(text: str) -> str | None:
    """Return how a number typed for people (``５４％``, ``1,000``, ``▲3``) is written in the file."""
    plain = unicodedata.normalize("NFKC", text.translate(_MINUS_SIGNS)).replace(",", "").replace(" ", "")
    match = re.match(r"[-+]?[0-9]+(?:\.[0-9]+)?", plain)
    return match[0] if match else None


def _not_a_number(raw: Value, name: str, place: Place) -> _Sentence:
    if raw is None:
        message = Text(f"「{name}」の値がありません", f"`{name}` has no value")
        return faults.NOT_A_NUMBER, place, message, Text("数値を書くか、行を消す", "write a number or remove the line")
    meant = _as_number(raw) if isinstance(raw, str) else None
    message = Text(f"「{_shown(raw)}」は数値ではありません", f"`{_shown(raw)}` is not a number")
    hint = (
        Text(
            f"半角の数字だけで書く: {meant}（単位・桁区切り・引用符は付けない）",
            f"write plain digits: {meant} (no unit, separator or quotes)",
        )
        if meant
        else Text("半角の数字で書く", "write plain digits")
    )
    return faults.NOT_A_NUMBER, place, message, hint


def _invalid_id(raw: Value | int, place: Place) -> _Sentence:
    message = Text(f"「{_shown(raw)}」はIDとして使えません", f"`{_shown(raw)}` cannot be an id")
    rules = Text("半角の小文字・数字・ハイフンで63字まで", "use up to 63 of a-z, 0-9 and `-`")
    plain = re.sub(r"[\s_.]+", "-", unicodedata.normalize("NFKC", str(raw)).strip().lower())
    if raw is not None and re.fullmatch(ID_PATTERN, plain):
        return faults.INVALID_ID, place, message, Text(f"{rules.ja}: {plain}", f"{rules.en}: {plain}")
    return faults.INVALID_ID, place, message, rules


_KINDS: Mapping[str, Text] = {
    "string_type": Text("文字", "text"),
    "bool_type": Text("true か false", "true or false"),
    "int_type": Text("整数", "a whole number"),
    "model_type": Text("「キー: 値」の組", "a mapping of `key: value`"),
    "dict_type": Text("「キー: 値」の組", "a mapping of `key: value`"),
    "tuple_type": Text("一覧（- で始まる行）", "a list (lines that start with `- `)"),
    "greater_than_equal": Text("0 から 6 の整数", "a whole number from 0 to 6"),
    "less_than_equal": Text("0 から 6 の整数", "a whole number from 0 to 6"),
}


def _wrong_type(details: ErrorDetails, raw: Value, name: str, place: Place) -> _Sentence:
    expected = _KINDS.get(details["type"], Text(details["msg"], details["msg"]))
    found = _kind_of(raw)
    message = Text(
        f"「{name}」には{expected.ja}を書きます（{found.ja}になっています）",
        f"`{name}` has to be {expected.en}, not {found.en}",
    )
    hint = None
    if details["type"] == "string_type" and raw is not None and not isinstance(raw, tuple | Mapping):
        hint = Text(f'文字にするには引用符で囲む: "{_shown(raw)}"', f'quote it to make it text: "{_shown(raw)}"')
    elif isinstance(raw, str) and "：" in raw:
        hint = Text("全角コロン「：」を「: 」に直す", "replace the full-width colon `：` by `: `")
    return faults.WRONG_TYPE, place, message, hint


def _kind_of(raw: Value) -> Text:
    match raw:
        case None:
            return Text("空", "empty")
        case str():
            return Text("文字", "text")
        case bool():
            return Text("真偽値", "true or false")
        case Decimal():
            return Text("数値", "a number")
        case tuple():
            return Text("一覧", "a list")
        case Mapping():
            return Text("「キー: 値」の組", "a mapping")
    return Text("日付", "a date")
