"""What the model refuses, as a rule, a sentence and a way out, in the words of the file rather than of pydantic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple, get_args, get_origin

from pydantic_core import ErrorDetails

from dxplan import faults
from dxplan.diagnostics import Route, Rule
from dxplan.fiscal_year import FIRST, LAST, FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actuals, InitiativeResult, PartActual
from dxplan.model.department import Department, Quantity
from dxplan.model.grades import Band, Grading
from dxplan.model.history import FormerName
from dxplan.model.indicator import BaselineRevision, BaselineValue, Part
from dxplan.model.plan import Action, Methods, Organization, Period, Plan, Relisted
from dxplan.model.printed import as_counts, as_month_or_day, as_number, as_quantity, as_target, is_year
from dxplan.model.reading import value_at
from dxplan.model.target import Revision, TargetValue
from dxplan.model.values import ID_PATTERN, Interpolation, Model, NegativeSign, ValueState
from dxplan.source import Value
from dxplan.spelling import closest


class Refusal(NamedTuple):
    """One thing that the model refuses."""

    details: ErrorDetails
    route: Route
    """Where it stands in the document; of something missing, where it should."""
    raw: Value
    """What stands there."""
    due: type[Model]
    """The model that is due there, or that what stands there is a key or an item of."""
    beside: frozenset[str]
    """The keys of the mapping that it stands in."""

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
    if kind in _MAPPINGS and isinstance(raw, Mapping):
        return _MAPPINGS[kind](raw)
    if kind in ("invalid_counts", "empty_whole") and raw is not None:
        return _counts(refusal)
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
    free = [key for key in keys if key not in refusal.beside]
    return closest(name, free) if len(name) <= _LEGIBLE else None


def _before_colon(key: str) -> str:
    """Return what was meant as the key, where no blank (or a full-width colon) makes it one with its value."""
    return re.split("[:：]", key, maxsplit=1)[0]


def model_at(model: type[Model], values: Value, route: Route) -> type[Model]:
    """Return the model that is due at ``route``, or around it where a single value is due; ``model`` is the whole."""
    skip = False  # a year or id that leads to a model
    for depth, step in enumerate(route, 1):
        if skip or not isinstance(step, str):
            skip = False
        elif step in (inside := models_inside(model)):
            model, skip = inside[step]
        if model is Action and isinstance(item := value_at(values, route[:depth]), Mapping) and "relisted" in item:
            model = Relisted
    return model


def keys_of(model: type[Model]) -> list[str]:
    """Return the keys that may stand in a mapping that is read as ``model``."""
    return [info.alias or name for name, info in model.model_fields.items()]


@cache
def models_inside(model: type[Model]) -> Mapping[str, tuple[type[Model], bool]]:
    """Return by key the models that ``model`` holds, and whether a year or an id leads to each."""
    return {
        info.alias or name: (found, get_origin(info.annotation) is dict)
        for name, info in model.model_fields.items()
        if (found := _model_in(info.annotation))
    }


def _model_in(annotation: object) -> type[Model] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, Model) else None
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)


@cache
def _models() -> frozenset[type[Model]]:
    """Return every model of the two kinds of file."""
    found: set[type[Model]] = {Plan, Actuals, Relisted}
    while more := {inside for model in found for inside, _ in models_inside(model).values()} - found:
        found |= more
    return frozenset(found)


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
    elif refusal.raw is None and not name.isascii():
        hint = _COMMA
    else:
        hint = Text(f"ここで使えるキー: {'、'.join(keys)}", f"keys that may stand here: {', '.join(keys)}")
    message = Text(f"「{_shown(name)}」というキーはありません", f"there is no key `{_shown(name)}` here")
    return Sentence(faults.UNKNOWN_KEY, message, hint)


_COMMA = Text(
    "「{ }」の中の文字に「,」があるときは、その文字の全体を引用符で囲む",
    "inside `{ }`, quote a text that has a comma in it",
)
_COLON = Text("半角のコロンと空白「: 」に直す", "write an ASCII colon and a space, `: `")


def _given(raw: Mapping[str, Value], keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if raw.get(key) is not None]


def _value_or_state(raw: Mapping[str, Value]) -> Sentence:
    given = _given(raw, ("value", "of", "text", "parts"))
    if given:
        names = "・".join(given)
        return Sentence(
            faults.WRONG_TYPE,
            Text(
                f"値（{names}）と、値がない理由（state）の両方があります",
                f"both {_and(given)} and the reason why there is none",
            ),
            Text("どちらか一方を消す", "remove one of them"),
        )
    if "met" in raw:
        hint = Text("達した段階を書く。例: {text: 試行, met: true}", "write the stage reached: {text: 試行, met: true}")
    else:
        hint = Text(
            "どちらか一方を書く。例: {value: 54}、{state: pending}",
            "write one of them, such as {value: 54} or {state: pending}",
        )
    return Sentence(
        faults.WRONG_TYPE,
        Text("値（value）も、値がない理由（state）もありません", "neither `value` nor the reason why there is none"),
        hint,
    )


def _and(keys: list[str]) -> str:
    return " and ".join(f"`{key}`" for key in keys)


def _together(keys: list[str], hint: Text) -> Sentence:
    names = "".join(f"「{key}」と" for key in keys).removesuffix("と")
    return Sentence(
        faults.WRONG_TYPE,
        Text(f"{names}は一緒に書けません", f"{_and(keys)} cannot stand together"),
        hint,
    )


_FROM_BELOW = Text("「以上」なら min、「超」なら over だけを書く", "write only `min` (at least) or `over` (more than)")
_FROM_ABOVE = Text(
    "「以下」なら max、「未満」なら under だけを書く", "write only `max` (at most) or `under` (less than)"
)


def _several_targets(raw: Mapping[str, Value]) -> Sentence:
    for pair, hint in ((("min", "over"), _FROM_BELOW), (("max", "under"), _FROM_ABOVE)):
        if len(_given(raw, pair)) > 1:
            return _together(list(pair), hint)
    return _together(
        _given(raw, ("value", "min", "over", "max", "under", "text")),
        Text(
            "数値なら value、範囲なら min や max など、段階なら text の、どれか1種類にする",
            "keep one kind: `value` for a number, `min`, `max` and the like for bounds, `text` for a stage",
        ),
    )


def _several_bounds(raw: Mapping[str, Value]) -> Sentence:
    return _together(_given(raw, ("min", "over")), _FROM_BELOW)


def _several_values(raw: Mapping[str, Value]) -> Sentence:
    return _together(
        _given(raw, ("value", "of", "text")),
        Text(
            "数値なら value、内数と総数なら of、段階なら text の、どれか1つにする",
            "keep one: `value` for a number, `of` for a part and its whole, `text` for a stage",
        ),
    )


def _no_target(raw: Mapping[str, Value]) -> Sentence:
    words = raw.get("words")
    written = _target_of(words)
    return Sentence(
        faults.WRONG_TYPE,
        Text("目標値がありません", "this says no target"),
        Text(f"{written} と書く", f"write {written}")
        if written
        else Text(
            "value、min（以上）、over（超）、max（以下）、under（未満）、text（段階）のどれかを書く",
            "write `value`, `min`, `over`, `max`, `under` or `text`",
        ),
    )


def _no_baseline_value(_: Mapping[str, Value]) -> Sentence:
    return Sentence(
        faults.MISSING_KEY,
        Text("「value」がありません", "`value` is missing"),
        Text("「value: …」を書き加える。段階の指標なら text に書く", "add `value: …`, or `text: …` for a milestone"),
    )


def _target_of(words: Value) -> str | None:
    return as_target(words) if isinstance(words, str) and len(words) <= _LEGIBLE else None


_MAPPINGS: Mapping[str, Callable[[Mapping[str, Value]], Sentence]] = {
    "value_or_state": _value_or_state,
    "several_targets": _several_targets,
    "several_bounds": _several_bounds,
    "several_values": _several_values,
    "no_target": _no_target,
    "no_baseline_value": _no_baseline_value,
}
"""What is said of a mapping whose keys do not go together."""


def _counts(refusal: Refusal) -> Sentence:
    raw = refusal.raw
    if refusal.kind == "empty_whole" and isinstance(raw, tuple):
        return Sentence(
            faults.WRONG_TYPE,
            Text(f"総数が {raw[1]} では、割合を計算できません", f"there is no share of a whole of {raw[1]}"),
            Text(
                "総数には0より大きい数を書く。対象がなかった年度なら、この値の代わりに not_applicable（対象外）と書く",
                "write [part, whole] with a whole above 0; if nothing was there to count, write not_applicable instead",
            ),
        )
    found = Text(f"{len(raw)}項目の一覧", f"a list of {len(raw)}") if isinstance(raw, tuple) else _kind_of(raw)
    written = (as_counts(raw) if isinstance(raw, str) and len(raw) <= _LEGIBLE else None) or "[54, 100]"
    return Sentence(
        faults.WRONG_TYPE,
        Text(
            f"「of」には内数と総数の2つの数値を書きます（{found.ja}になっています）",
            f"`of` has to be two numbers, a part and its whole, not {found.en}",
        ),
        Text(f"of: {written} のように書く", f"write it like of: {written}"),
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
    typed = given if isinstance(given, str) and len(given) <= _LEGIBLE else None
    if refusal.kind == "value_or_word" and typed and (as_number(typed) or as_counts(typed)):
        return _not_a_number(refusal, given)
    words, shown = _words(refusal), _shown(given)
    close = _closest_word(typed, words) if typed else None
    choices = _choices(refusal)
    if close:
        hint = Text(f"「{close}」ではありませんか。{choices.ja}", f"did you mean `{close}`? {choices.en}")
    elif refusal.kind == "value_or_word" and typed:
        stage = f"{{text: {typed}}}"
        hint = Text(f"{choices.ja}。段階の指標なら {stage}", f"{choices.en}; for a stage, write {stage}")
    else:
        hint = choices
    return Sentence(
        faults.UNKNOWN_WORD,
        Text(f"「{refusal.name}」に「{shown}」は使えません", f"`{refusal.name}` cannot be `{shown}`"),
        hint,
    )


def _linear_or_years(refusal: Refusal, given: Value) -> Sentence:
    if not isinstance(given, str):
        return _wrong_type(refusal)
    word = Interpolation.LINEAR
    near = len(given) <= _LEGIBLE and (closest(given.lower(), [word]) or "直線" in given or "線形" in given)
    hint = Text(f"「{word}」ではありませんか", f"did you mean `{word}`?") if near else _EXPECTED_VALUES
    return Sentence(
        faults.UNKNOWN_WORD,
        Text(f"「{refusal.name}」に「{_shown(given)}」は使えません", f"`{refusal.name}` cannot be `{_shown(given)}`"),
        hint,
    )


_EXPECTED_VALUES = Text(
    "{R7: 50, R8: 60} のように年度ごとに書くか、linear（直線で補う）と書く",
    "write values by year, such as {R7: 50, R8: 60}, or `linear`",
)


def _words(refusal: Refusal) -> dict[str, str]:
    """Return the words that may stand there, each with what it is called in Japanese."""
    words = _QUOTED.findall(str(refusal.details.get("ctx", {}).get("expected", ""))) or list(ValueState)
    words = [str(word) for word in words if word != ValueState.REPORTED]
    return {_DASH if word == NegativeSign.MINUS else word: _in_japanese(word, words) for word in words}


_DASH = f'"{NegativeSign.MINUS}"'  # without its quotes it would begin a list


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
            match = re.search(rf"(?:^|[ 。]){re.escape(word)} ([^/].*?)(?: / |$)", description)
            return match[1] if match else ""
    return ""


def _descriptions() -> Iterator[str]:
    for model in sorted(_models(), key=lambda model: model.__name__):
        yield from (info.description or "" for info in model.model_fields.values())


def _closest_word(given: str, words: Mapping[str, str]) -> str | None:
    """Return the word that somebody meant who wrote it in another way, or in Japanese."""
    inside = {word: [part for part in _SAME.split(name) if part and part in given] for word, name in words.items()}
    if any(inside.values()):
        return max(inside, key=lambda word: max(map(len, inside[word]), default=0))
    around = [word for word, name in words.items() if given in name]
    return min(around, key=lambda word: len(words[word])) if around else closest(given.lower(), words)


_SAME = re.compile("[（・）]")  # a name and, in brackets, other names for the same


def _not_a_number(refusal: Refusal, given: Value) -> Sentence:
    typed = given if isinstance(given, str) and len(given) <= _LEGIBLE else ""
    number = as_number(typed)
    shown = f'"{given}"' if number == given else _shown(given)
    return Sentence(
        faults.NOT_A_NUMBER,
        Text(f"「{shown}」は数値ではありません", f"`{shown}` is not a number"),
        _as_written(refusal, typed)
        or (
            Text(
                f"半角の数字だけで書く: {number}（単位・桁区切り・引用符は付けない）",
                f"write plain digits: {number} (no unit, separator or quotes)",
            )
            if number
            else Text("半角の数字で書く", "write plain digits")
        ),
    )


_DASHES_FOR_NOTHING = frozenset("-－―‐–—ー−")


def _as_written(refusal: Refusal, typed: str) -> Text | None:
    """Return how to write what is more than a number: a target with its comparator or a stage, a part of a whole."""
    if issubclass(refusal.due, TargetValue) and refusal.route[-1] not in ("min", "over", "max", "under"):
        if written := as_target(typed):
            return Text(f"{written} と書く（words は計画に印刷された語）", f"write {written} (`words`: as printed)")
        if typed in _DASHES_FOR_NOTHING:
            return Text("目標値のない年度は、行ごと書かない", "leave out a year that has no target")
        if not as_number(typed):
            return Text(
                "半角の数字で書く。数値のない目標（前年度より増加など）なら {words: …}、"
                "段階の目標（検討、試行など）なら direction: milestone にする",
                "write plain digits; `{words: …}` for a target without a number, `direction: milestone` for a stage",
            )
    if issubclass(refusal.due, PartActual) and (counts := as_counts(typed)):
        written = f"of: {counts}"
        in_mapping = refusal.route[-1] == "value"
        return Text(
            f"内数と総数なら {written} と書く" if in_mapping else f"内数と総数なら {{{written}}} と書く",
            f"a part and its whole are written {written}"
            if in_mapping
            else f"a part and its whole are written {{{written}}}",
        )
    return None


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
    elif re.fullmatch("[A-Za-z]?[0-9]{3,4}", shown):
        first, last = FiscalYear(FIRST), FiscalYear(LAST)
        hint = Text(f"{first.ja}から{last.ja}（{LAST}）までを書く", f"choose from {first.en} to {last.en} ({last})")
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
    usable = dashed != given and len(years) == 2 and all(map(is_year, filter(None, years)))  # noqa: PLR2004 - from, to
    return Sentence(
        faults.INVALID_YEAR,
        Text(f"「{_shown(given)}」は実施年度として読めません", f"`{_shown(given)}` is not a schedule"),
        Text(f"半角のハイフンで書く: {dashed}", f"write an ASCII hyphen: {dashed}") if usable else _SCHEDULE,
    )


_SCHEDULE = Text(
    "R8、R7-R9、R7-（継続）、{R7: 設計, R8: 試行} のように書く",
    "write R8, R7-R9, R7- (continues) or stages by year, such as {R7: design, R8: trial}",
)


def _reversed_years(_: Refusal, given: Value) -> Sentence:
    return Sentence(
        faults.INVALID_YEAR,
        Text(f"「{_shown(given)}」は終わりの年度が始まりより前です", f"`{_shown(given)}` ends before it begins"),
        Text("早い年度を先に書く", "write the earlier year first"),
    )


def _invalid_date(_: Refusal, given: Value) -> Sentence:
    usable = as_month_or_day(str(given))
    return Sentence(
        faults.INVALID_DATE,
        Text(f"「{_shown(given)}」は年月・年月日として読めません", f"`{_shown(given)}` is neither a month nor a day"),
        Text(f"「{usable}」と書く", f"write {usable}")
        if usable
        else Text("2026-04 または 2026-04-01 のように書く", "write 2026-04 or 2026-04-01"),
    )


_SCALARS: Mapping[str, Callable[[Refusal, Value], Sentence]] = {
    "literal_error": _unknown_format,
    "string_too_short": _empty_text,
    "enum": _unknown_word,
    "value_or_word": _unknown_word,
    "value_or_state": _unknown_word,
    "linear_or_years": _linear_or_years,
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
_DEPARTMENT = Text("部署名か、「キー: 値」の組", "a department, or a mapping of `key: value`")
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
    "linear_or_years": Text("年度ごとの値か「linear」", "values by year, or `linear`"),
    "invalid_number": Text("数値", "a number"),
    "invalid_id": Text("ID", "an id"),
    "invalid_year": Text("年度", "a fiscal year"),
    "invalid_schedule": Text("実施年度", "a schedule"),
    "invalid_date": Text("年月か年月日", "a month or a day"),
}


def _wrong_type(refusal: Refusal) -> Sentence:
    kind, raw, name = refusal.kind, refusal.raw, refusal.name
    if kind == "tuple_type" and name != "themes" and not any(name in models_inside(model) for model in _models()):
        kind = "string_type"  # one text may stand for a list of texts
    expected = _EXPECTED.get(kind, Text(refusal.details["msg"], refusal.details["msg"]))
    if kind == "model_type" and refusal.due is Department:
        expected = _DEPARTMENT
    found = _kind_of(raw)
    item = Text("の項目", "an item of ") if isinstance(refusal.route[-1], int) else Text("", "")
    message = Text(
        f"「{name}」{item.ja}には{expected.ja}を書きます（{found.ja}になっています）",
        f"{item.en}`{name}` has to be {expected.en}, not {found.en}",
    )
    return Sentence(faults.WRONG_TYPE, message, _way_out(refusal, kind))


def _way_out(refusal: Refusal, kind: str) -> Text | None:
    raw = refusal.raw
    if kind == "string_type" and isinstance(raw, tuple | Mapping):
        return Text(
            "「[ ]」「{ }」が文字の一部なら、全体を引用符で囲む", "if `[ ]` or `{ }` are part of the text, quote it"
        )
    if kind == "string_type":
        return Text(f'文字にするには引用符で囲む: "{_shown(raw)}"', f'quote it to make it text: "{_shown(raw)}"')
    if kind == "invalid_schedule":
        return _SCHEDULE
    if kind == "value_or_word" and isinstance(raw, tuple) and len(raw) == 2:  # noqa: PLR2004 - a part and the whole
        counts = f"{{of: [{raw[0]}, {raw[1]}]}}"
        return Text(f"内数と総数なら {counts} と書く", f"a part and its whole are written {counts}")
    if kind in ("enum", "value_or_word"):
        return _choices(refusal)
    if kind == "linear_or_years":
        return _EXPECTED_VALUES
    if isinstance(raw, str) and "：" in raw:
        return Text("全角コロン「：」を「: 」に直す", "replace the full-width colon `：` by `: `")
    if example := _example(refusal, kind):
        return Text(f"{example} のように書く", f"write it like {example}")
    return None


_EXAMPLES: Mapping[type[Model], str] = {
    Organization: '{name: 江東区, code: "131083"}',
    Period: "{from: R7, to: R11}",
    Methods: "{decrease: mirror}",
    Grading: "{bands: [{label: A, min: 100}, {label: B}]}",
    Band: "{label: A, min: 100}",
    Department: "{lead: 情報システム課, related: [総務課]}",
    Quantity: "{value: 12000, unit: 千円}",
    FormerName: "{name: 旧名称, until: R8}",
    BaselineValue: "{year: R6, value: 12.1}",
    BaselineRevision: "{date: 2026-10, from: {year: R6, value: 11.8}, reason: 理由}",
    Revision: "{date: 2026-10, from: 95, reason: 理由}",
    Part: "{id: male, name: 男性}",
    PartActual: "54",
    TargetValue: "48",
    InitiativeResult: "{note: 注記}",
}
"""What may stand where one of these is due."""


def _example(refusal: Refusal, kind: str) -> str | None:
    """Return an example of the mapping or list that is due."""
    due, raw = refusal.due, refusal.raw
    example = next((_EXAMPLES[model] for model in due.__mro__ if model in _EXAMPLES), None)
    if example is None:
        return None
    if kind == "model_type":
        if due is Department and isinstance(raw, tuple) and raw and all(isinstance(each, str) for each in raw):
            lead, *related = map(str, raw)
            return f"{{lead: {lead}, related: [{', '.join(related)}]}}" if related else lead
        if due is Quantity and isinstance(raw, Decimal):
            return f"{{value: {raw}, unit: {'件' if refusal.name == 'quantity' else '千円'}}}"
        if issubclass(due, BaselineValue) and isinstance(raw, Decimal):
            return f"{{year: R6, value: {raw}}}"
        return (as_quantity(raw) if due is Quantity and isinstance(raw, str) else None) or example
    if kind == "tuple_type":
        return f"[{example}]"
    key = _KEYS.get(refusal.name) if kind == "dict_type" else None
    return f"{{{key}: {example}}}" if key else None


_KEYS = {"targets": "R7", "budget": "R7", "parts": "male", "initiatives": "4"}
"""Mappings by year or id, and a key of each."""


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
