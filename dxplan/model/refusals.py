"""What the model refuses, as a rule, a sentence and a way out, in the words of the file rather than of pydantic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from pydantic_core import ErrorDetails

from dxplan import faults
from dxplan.diagnostics import Route, Rule
from dxplan.fiscal_year import FiscalYear
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
from dxplan.source import Value
from dxplan.spelling import closest


class Refusal(NamedTuple):
    """One thing that the model refuses."""

    details: ErrorDetails
    route: Route
    """Where it stands in the document; of something missing, where it should."""
    raw: Value
    """What stands there."""

    @property
    def kind(self) -> str:
        """Pydantic's name for what is wrong."""
        return self.details["type"]

    @property
    def on_key(self) -> bool:
        """Whether the key is at fault rather than what it leads to."""
        return self.kind in ("extra_forbidden", "year_twice") or self.details["loc"][-1] == "[key]"

    @property
    def name(self) -> str:
        """The key that people know it by."""
        return next((step for step in reversed(self.route) if isinstance(step, str)), "")


class Sentence(NamedTuple):
    """What to tell people about a refusal."""

    rule: Rule
    message: Text
    hint: Text | None = None


def sentence(refusal: Refusal, keys: list[str]) -> Sentence:
    """Return what to say about ``refusal``; ``keys`` are those that may stand beside it."""
    kind, raw, name = refusal.kind, refusal.raw, refusal.name
    if kind == "missing":
        return Sentence(
            faults.MISSING_KEY,
            Text(f"「{name}」がありません", f"`{name}` is missing"),
            Text(f"「{name}: …」を書き加える", f"add `{name}: …`"),
        )
    if kind == "extra_forbidden":
        return _unknown_key(refusal, keys)
    if kind == "value_or_state" and not isinstance(raw, str):
        return _value_or_state(raw)
    given = name if refusal.on_key else raw
    if given is None:
        return Sentence(
            faults.EMPTY_TEXT,
            Text(f"「{name}」が空です", f"`{name}` is empty"),
            Text("内容を書く。要らない項目なら行ごと消す", "fill it in, or remove the line where it is not needed"),
        )
    if kind in _SCALARS and not isinstance(given, tuple | Mapping):
        return _SCALARS[kind](refusal, given)
    return _wrong_type(refusal)


def meant(refusal: Refusal, keys: list[str]) -> str | None:
    """Return the key that an unknown one is most likely a slip for."""
    name = _before_colon(refusal.name)
    return closest(name, keys) if len(name) <= _LEGIBLE else None


def _before_colon(key: str) -> str:
    """Return what was meant as the key, where no blank (or a full-width colon) makes it one with its value."""
    return re.split("[:：]", key, maxsplit=1)[0]


def keys_at(model: type[Model], values: Value, route: Route) -> list[str]:
    """Return the keys that may stand in the mapping at ``route``."""
    known = _MODELS[model]
    found = next((known[step] for step in reversed(route) if isinstance(step, str) and step in known), model)
    if found is Action and isinstance(item := value_at(values, route), Mapping) and "relisted" in item:
        found = Relisted
    return [info.alias or name for name, info in found.model_fields.items()]


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


_MODELS: Mapping[type[Model], Mapping[str, type[Model]]] = {
    Plan: {
        "organization": Organization,
        "period": Period,
        "viewpoints": Viewpoint,
        "initiatives": Initiative,
        "actions": Action,
        "indicators": Indicator,
        "baseline": Baseline,
        "targets": Range,
    },
    Actuals: {"indicators": Actual, "actions": ActionResult, "quantity": Quantity},
}

_LEGIBLE = 40  # characters of a value in a message: what fits in a line


def _shown(value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _LEGIBLE else f"{text[:_LEGIBLE]}…"


def _unknown_key(refusal: Refusal, keys: list[str]) -> Sentence:
    name, close = refusal.name, meant(refusal, keys)
    if close and close != name and close == _before_colon(name):
        hint = _COLON
    elif close:
        hint = Text(f"「{close}」ではありませんか", f"did you mean `{close}`?")
    else:
        hint = Text(f"ここで使えるキー: {'、'.join(keys)}", f"keys that may stand here: {', '.join(keys)}")
    message = Text(f"「{_shown(name)}」というキーはありません", f"there is no key `{_shown(name)}` here")
    return Sentence(faults.UNKNOWN_KEY, message, hint)


_COLON = Text("半角のコロンと空白「: 」に直す", "write an ASCII colon and a space, `: `")


def _value_or_state(raw: Value) -> Sentence:
    if isinstance(raw, Mapping) and raw.get("value") is not None:
        return Sentence(
            faults.WRONG_TYPE,
            Text(
                "値（value）と、値がない理由（state）の両方があります", "both `value` and the reason why there is none"
            ),
            Text("どちらか一方を消す", "remove one of them"),
        )
    return Sentence(
        faults.WRONG_TYPE,
        Text("値（value）も、値がない理由（state）もありません", "neither `value` nor the reason why there is none"),
        Text(
            "どちらか一方を書く。例: {value: 54}、{state: pending}",
            "write one of them, such as {value: 54} or {state: pending}",
        ),
    )


def _unknown_format(_: Refusal, given: Value) -> Sentence:
    return Sentence(
        faults.UNKNOWN_FORMAT,
        Text(f"書式の版「{_shown(given)}」は読めません", f"format `{_shown(given)}` cannot be read"),
        Text("「format: 1」と、引用符を付けずに書く", "write `format: 1`, without quotes"),
    )


def _empty_text(refusal: Refusal, _: Value) -> Sentence:
    return Sentence(
        faults.EMPTY_TEXT,
        Text(f"「{refusal.name}」が空です", f"`{refusal.name}` is empty"),
        Text("内容を書く。要らない項目なら行ごと消す", "fill it in, or remove the line where it is not needed"),
    )


def _unknown_word(refusal: Refusal, given: Value) -> Sentence:
    if refusal.kind == "value_or_word" and isinstance(given, str) and _as_number(given):
        return _not_a_number(refusal, given)
    words, shown = _words(refusal), _shown(given)
    close = _closest_word(given, words) if isinstance(given, str) and len(given) <= _LEGIBLE else None
    choices = _choices(refusal)
    return Sentence(
        faults.UNKNOWN_WORD,
        Text(f"「{refusal.name}」に「{shown}」は使えません", f"`{refusal.name}` cannot be `{shown}`"),
        Text(f"「{close}」ではありませんか。{choices.ja}", f"did you mean `{close}`? {choices.en}")
        if close
        else choices,
    )


def _words(refusal: Refusal) -> dict[str, str]:
    """Return the words that may stand there, each with what it is called in Japanese."""
    words = _QUOTED.findall(str(refusal.details.get("ctx", {}).get("expected", ""))) or list(ValueState)
    words = [str(word) for word in words if word != ValueState.REPORTED]
    return {word: _in_japanese(word, words) for word in words}


def _choices(refusal: Refusal) -> Text:
    words = _words(refusal)
    japanese, english = " / ".join(f"{word} {name}".strip() for word, name in words.items()), " / ".join(words)
    if refusal.kind == "enum":
        return Text(f"次のどれかを書く: {japanese}", f"write one of: {english}")
    return Text(f"数値か、次のどれかを書く: {japanese}", f"write a number or one of: {english}")


_QUOTED = re.compile(r"'([^']+)'")


def _in_japanese(word: str, words: list[str]) -> str:
    """Return what a field's description (``increase 増やす / decrease 減らす``) calls one of its words."""
    for description in _descriptions():
        if all(other in description for other in words):
            match = re.search(rf"(?:^|[ 。]){re.escape(word)} (.+?)(?: / |$)", description)
            return match[1] if match else ""
    return ""


def _descriptions() -> Iterator[str]:
    for whole, parts in _MODELS.items():
        for model in (whole, *parts.values()):
            yield from (info.description or "" for info in model.model_fields.values())


def _closest_word(given: str, words: Mapping[str, str]) -> str | None:
    """Return the word that somebody meant who wrote it in another way, or in Japanese."""
    inside = {word: [part for part in _SAME.split(name) if part and part in given] for word, name in words.items()}
    if any(inside.values()):
        return max(inside, key=lambda word: max(map(len, inside[word]), default=0))
    around = [word for word, name in words.items() if given in name]
    return min(around, key=lambda word: len(words[word])) if around else closest(given.lower(), words)


_SAME = re.compile("[（・）]")  # a name and, in brackets, other names for the same
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−―–▲△", "-"))
_FOR_PEOPLE = re.compile(r"[約¥]?([-+]?[0-9]+(?:\.[0-9]+)?)[^0-9]*")


def _as_number(text: str) -> str | None:
    """Return how a number typed for people (``５４％``, ``1,000``, ``▲3``) is written in the file."""
    plain = unicodedata.normalize("NFKC", text.translate(_MINUS_SIGNS)).replace(",", "").replace(" ", "")
    match = _FOR_PEOPLE.fullmatch(plain)
    return match[1] if match else None


def _not_a_number(_: Refusal, given: Value) -> Sentence:
    number = _as_number(given) if isinstance(given, str) else None
    shown = f'"{given}"' if number == given else _shown(given)
    return Sentence(
        faults.NOT_A_NUMBER,
        Text(f"「{shown}」は数値ではありません", f"`{shown}` is not a number"),
        Text(
            f"半角の数字だけで書く: {number}（単位・桁区切り・引用符は付けない）",
            f"write plain digits: {number} (no unit, separator or quotes)",
        )
        if number
        else Text("半角の数字で書く", "write plain digits"),
    )


def _invalid_id(_: Refusal, given: Value) -> Sentence:
    plain = re.sub(r"[\s_.]+", "-", unicodedata.normalize("NFKC", str(given)).strip().lower())
    usable = f": {plain}" if re.fullmatch(ID_PATTERN, plain) else ""
    return Sentence(
        faults.INVALID_ID,
        Text(f"「{_shown(given)}」はIDとして使えません", f"`{_shown(given)}` cannot be an id"),
        Text(
            f"半角の小文字・数字・ハイフンで63字まで（最初は小文字か数字）{usable}",
            f"use up to 63 of a-z, 0-9 and `-`, the first not `-`{usable}",
        ),
    )


def _invalid_year(_: Refusal, given: Value) -> Sentence:
    shown = _shown(given)
    if _before_colon(shown) != shown:
        hint = _COLON
    elif re.fullmatch("[0-9]{1,2}", shown):
        hint = Text(f"元号を付けて R{shown} のように書く", f"write it with its era, such as R{shown}")
    else:
        hint = Text("R7、令和7年度、2025 のように書く", "write R7, 令和7年度 or 2025")
    message = Text(f"「{shown}」は年度として読めません", f"`{shown}` is not a fiscal year")
    return Sentence(faults.INVALID_YEAR, message, hint)


def _year_twice(_: Refusal, given: Value) -> Sentence:
    return Sentence(
        faults.INVALID_YEAR,
        Text(
            f"「{_shown(given)}」の年度は、別の書き方でもうあります",
            f"the year `{_shown(given)}` is there in another spelling",
        ),
        Text("書き方を R7 の形にそろえ、どちらかを消す", "spell years like R7 and remove one of the two"),
    )


_DASHES = re.compile(r"\s*(?:[~～〜–—―−－ー]|から)\s*")


def _invalid_schedule(_: Refusal, given: Value) -> Sentence:
    dashed = _DASHES.sub("-", str(given))
    years = dashed.split("-")
    usable = dashed != given and len(years) == 2 and all(map(_is_year, filter(None, years)))  # noqa: PLR2004 - from, to
    return Sentence(
        faults.INVALID_YEAR,
        Text(f"「{_shown(given)}」は実施年度として読めません", f"`{_shown(given)}` is not a schedule"),
        Text(f"半角のハイフンで書く: {dashed}", f"write an ASCII hyphen: {dashed}") if usable else _SCHEDULE,
    )


_SCHEDULE = Text(
    "R8、R7-R9、R7-（継続）、{R7: 設計, R8: 試行} のように書く",
    "write R8, R7-R9, R7- (continues) or stages by year, such as {R7: design, R8: trial}",
)


def _is_year(text: str) -> bool:
    try:
        FiscalYear.parse(text)
    except ValueError:
        return False
    return True


def _reversed_years(_: Refusal, given: Value) -> Sentence:
    return Sentence(
        faults.INVALID_YEAR,
        Text(f"「{_shown(given)}」は終わりの年度が始まりより前です", f"`{_shown(given)}` ends before it begins"),
        Text("早い年度を先に書く", "write the earlier year first"),
    )


def _invalid_date(_: Refusal, given: Value) -> Sentence:
    usable = _as_month_or_day(str(given))
    return Sentence(
        faults.INVALID_DATE,
        Text(f"「{_shown(given)}」は年月・年月日として読めません", f"`{_shown(given)}` is neither a month nor a day"),
        Text(f"「{usable}」と書く", f"write {usable}")
        if usable
        else Text("2026-04 または 2026-04-01 のように書く", "write 2026-04 or 2026-04-01"),
    )


_JAPANESE_DATE = re.compile(r"(.{2,4}?)[年/.-]([0-9]{1,2})(?:月|[月/.-]([0-9]{1,2})日?)?")


def _as_month_or_day(text: str) -> str | None:
    """Return how a date typed for people (``令和7年3月``, ``2025/3/31``) is written in the file."""
    match = _JAPANESE_DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if not match or not _is_year(match[1]) or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004 - December
        return None
    parts = [f"{FiscalYear.parse(match[1]).western}", f"{match[2]:0>2}", *([f"{match[3]:0>2}"] if match[3] else [])]
    return "-".join(parts)


_SCALARS: Mapping[str, Callable[[Refusal, Value], Sentence]] = {
    "literal_error": _unknown_format,
    "string_too_short": _empty_text,
    "enum": _unknown_word,
    "value_or_word": _unknown_word,
    "value_or_state": _unknown_word,
    "invalid_number": _not_a_number,
    "invalid_id": _invalid_id,
    "string_pattern_mismatch": _invalid_id,
    "invalid_year": _invalid_year,
    "year_twice": _year_twice,
    "invalid_schedule": _invalid_schedule,
    "reversed_years": _reversed_years,
    "invalid_date": _invalid_date,
}
"""What is said of a scalar (or a key) that is not what should stand there."""

_MAPPING = Text("「キー: 値」の組", "a mapping of `key: value`")
_DECIMALS = Text("0から6までの整数", "a whole number from 0 to 6")
_TEXT = Text("文字", "text")
_EXPECTED: Mapping[str, Text] = {
    "string_type": _TEXT,
    "bool_type": Text("「true」か「false」", "true or false"),
    "int_type": _DECIMALS,
    "greater_than_equal": _DECIMALS,
    "less_than_equal": _DECIMALS,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": Text("一覧（「- 」で始まる行）", "a list (lines that start with `- `)"),
    "literal_error": Text("数字の 1", "the number 1"),
    "enum": Text("決まった語", "one of a few words"),
    "value_or_word": Text("数値か、値がない理由", "a number, or why there is none"),
    "invalid_number": Text("数値", "a number"),
    "invalid_id": Text("ID", "an id"),
    "invalid_year": Text("年度", "a fiscal year"),
    "invalid_schedule": Text("実施年度", "a schedule"),
    "invalid_date": Text("年月か年月日", "a month or a day"),
}


def _wrong_type(refusal: Refusal) -> Sentence:
    kind, raw, name = refusal.kind, refusal.raw, refusal.name
    if kind == "tuple_type" and not any(name in models for models in _MODELS.values()):
        kind = "string_type"  # one text may stand for a list of texts
    expected = _EXPECTED.get(kind, Text(refusal.details["msg"], refusal.details["msg"]))
    found = _kind_of(raw)
    item = Text("の項目", "an item of ") if isinstance(refusal.route[-1], int) else Text("", "")
    message = Text(
        f"「{name}」{item.ja}には{expected.ja}を書きます（{found.ja}になっています）",
        f"{item.en}`{name}` has to be {expected.en}, not {found.en}",
    )
    hint = None
    if kind == "string_type" and isinstance(raw, tuple | Mapping):
        hint = Text(
            "「[ ]」「{ }」が文字の一部なら、全体を引用符で囲む", "if `[ ]` or `{ }` are part of the text, quote it"
        )
    elif kind == "string_type":
        hint = Text(f'文字にするには引用符で囲む: "{_shown(raw)}"', f'quote it to make it text: "{_shown(raw)}"')
    elif kind == "invalid_schedule":
        hint = _SCHEDULE
    elif kind in ("enum", "value_or_word"):
        hint = _choices(refusal)
    elif isinstance(raw, str) and "：" in raw:
        hint = Text("全角コロン「：」を「: 」に直す", "replace the full-width colon `：` by `: `")
    return Sentence(faults.WRONG_TYPE, message, hint)


def _kind_of(raw: Value) -> Text:
    shown = _shown(raw)
    match raw:
        case None:
            return Text("空", "empty")
        case str():
            return Text(f"文字「{shown}」", f"text `{shown}`")
        case bool():
            return Text(f"「{shown}」", f"`{shown}`")
        case Decimal():
            return Text(f"数値「{shown}」", f"the number `{shown}`")
        case tuple():
            return Text("一覧", "a list")
        case Mapping():
            return Text("「キー: 値」の組", "a mapping")
    return Text(f"日付「{shown}」", f"the date `{shown}`")
