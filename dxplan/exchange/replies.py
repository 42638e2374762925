"""What the cells of one row mean: the pieces of an answer, or what is wrong with them and where.

Read generously where only one meaning is possible (``９２％``, ``1,234``, 集計中 in the place of a value), and not
at all where two are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.editing.answers import NOTHING, Aspect, Said, is_same
from dxplan.editing.merging import At, Reply, Wrong
from dxplan.editing.record import typed
from dxplan.errors import UsageError
from dxplan.exchange.excel_cells import BLANK, Blank, Day, Figure, Illegible, Words
from dxplan.exchange.form import Field, Question
from dxplan.exchange.returned import Filled
from dxplan.exchange.sheets import MET_WORDS, PRELIMINARY, RESULT_WORDS, STATE_WORDS
from dxplan.language import Text
from dxplan.model.printed import as_month_or_day
from dxplan.model.values import Result, ValueState


class NoAnswerError(Exception):
    """A cell that makes no sense."""

    def __init__(self, at: At, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.at, self.message, self.hint = at, message, hint


class Answered(NamedTuple):
    """One row as it came back: what was asked, what it said when it went out, its cells, and where it stands."""

    question: Question
    sent: Mapping[Aspect, Said]
    cells: Mapping[Field, Filled]
    at: At


def replies(row: Answered) -> Iterator[Reply | Wrong]:
    """Yield what a row says, piece by piece."""
    for aspect, (needed, further, read) in _PIECES.items():
        if aspect not in row.sent or needed[0] not in row.question.fields:
            continue
        sent = row.sent[aspect]
        try:
            if any(field not in row.cells for field in needed):
                if aspect not in _ALWAYS and not sent:
                    continue
                raise _no_column(row, aspect)
            said, remark = read(row, sent)
        except NoAnswerError as error:
            yield Wrong(error.at, row.question.name, error.message, error.hint)
            continue
        cells = [row.cells[field] for field in (*needed, *further) if field in row.cells]
        at = next((cell.at for cell in cells if cell.content != BLANK), cells[0].at)
        yield Reply(at, row.question.thing, row.question.name, aspect, said, sent, remark)


def _no_column(row: Answered, aspect: Aspect) -> NoAnswerError:
    return NoAnswerError(
        row.at,
        Text(f"答えの列がありません（{aspect.value}）", f"the column of the answer is gone ({aspect.value})"),
        Text("列を消していない入力票に書く", "write into a form whose columns are whole"),
    )


_Read = tuple[Said, Text | None]
_Reader = Callable[[Answered, Said], _Read]


def _text(filled: Filled) -> str:
    """Return a cell as text, in NFC; raises `NoAnswerError` where it is none."""
    match filled.content:
        case Blank():
            return ""
        case Illegible(message, hint):
            raise NoAnswerError(filled.at, message, hint)
        case Figure(shown=shown, is_percentage=is_percentage):
            return f"{shown:f}{'%' if is_percentage else ''}"
        case Day(date):
            return date.isoformat()
        case Words(text):
            lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).strip().split("\n"))
            said = "\n".join(line for line in lines if line)
    try:
        for line in said.split("\n"):
            typed(line)
    except UsageError as error:
        raise NoAnswerError(filled.at, error.message, error.hint) from None
    return said


def _word(filled: Filled) -> str:
    return unicodedata.normalize("NFKC", _text(filled)).strip()


_MINUS_SIGNS = str.maketrans(dict.fromkeys("−―–‐▲△", "-"))
_FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?\s*(?P<unit>\D.*)?", re.ASCII
)
_COUNTS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*/\s*([0-9]+(?:\.[0-9]+)?)", re.ASCII)
_PER_CENT = frozenset(("%", "％", "パーセント"))


def _number(filled: Filled, unit: str) -> Decimal | None:
    """Return the number in a cell, in ``unit``; None where nothing is written; raises `NoAnswerError`."""
    match filled.content:
        case Blank():
            return None
        case Illegible(message, hint):
            raise NoAnswerError(filled.at, message, hint)
        case Day(date):
            raise NoAnswerError(
                filled.at,
                Text(f"日付（{date.isoformat()}）になっています", f"it is a date ({date.isoformat()})"),
                Text("セルの書式を「標準」に戻し、数字を書く", "set the cell's format to General and write the number"),
            )
        case Figure() as figure:
            return _of_figure(filled.at, figure, unit)
        case Words(text):
            return number_in(filled.at, text, unit)


def _of_figure(at: At, figure: Figure, unit: str) -> Decimal:
    if figure.is_percentage and unit not in _PER_CENT:
        raise NoAnswerError(
            at,
            Text(f"{figure.shown:f}% と書かれていますが、単位は「{unit}」です", f"it says per cent, not `{unit}`"),
            Text("セルの書式を「標準」に戻し、数字を書く", "set the cell's format to General and write the number"),
        )
    if not _is_unit(figure.words, unit):
        raise NoAnswerError(
            at,
            Text(
                f"「{figure.shown:f}{figure.words}」と見えていますが、単位は「{unit}」です",
                f"it shows `{figure.shown:f}{figure.words}`, not `{unit}`",
            ),
            Text("セルの書式を「標準」に戻し、数字を書く", "set the cell's format to General and write the number"),
        )
    if figure.shown != figure.value:
        raise NoAnswerError(
            at,
            Text(
                f"見えている値（{figure.shown:f}）と、入っている値（{figure.value:f}）が違います",
                f"it shows {figure.shown:f} and holds {figure.value:f}",
            ),
            Text("報告する値を、その桁で書き直す", "write the value that is reported"),
        )
    return figure.shown


def number_in(at: At, text: str, unit: str) -> Decimal:
    """Return the number that a text says in ``unit``: ``９２％``, ``1,234人``, ``▲3``; raises NoAnswerError."""
    match = _NUMBER.fullmatch(_half_width(text))
    if match is None or not _is_unit(match["unit"] or "", unit):
        raise NoAnswerError(
            at,
            Text(f"「{text}」は数として読めません", f"`{text}` cannot be read as a number"),
            Text(f"数字だけを書く（単位は「{unit}」）", f"write the number alone (in `{unit}`)")
            if unit
            else Text("数字だけを書く", "write the number alone"),
        )
    return Decimal(f"{match['sign']}{match['digits'].replace(',', '')}{match['decimals'] or ''}")


def _half_width(text: str) -> str:
    """Return a text with its digits and signs as numbers have them; ``①`` and ``²`` are marks, and no digits."""
    return text.translate(_MINUS_SIGNS).translate(_FULL_WIDTH).replace("\u3000", " ").strip()


def _is_unit(words: str, unit: str) -> bool:
    """Whether what stands beside a number says nothing else than its unit."""
    said, own = ("".join(unicodedata.normalize("NFKC", each).split()) for each in (words, unit))
    return said in ("", own) or (said == "%" and unit in _PER_CENT)


_STATES: Mapping[str, ValueState] = {
    **STATE_WORDS,
    **{state.value: state for state in STATE_WORDS.values()},
}
_SETTLED = frozenset(("", "確定", "報告済み", "未報告", "unreported"))


class _State(NamedTuple):
    """What the state's cell says."""

    state: ValueState | None
    preliminary: bool


def _state(filled: Filled) -> _State:
    word = _word(filled)
    if word in (PRELIMINARY, "見込み", "速報値"):
        return _State(None, preliminary=True)
    if word in _SETTLED:
        return _State(None, preliminary=False)
    if word in _STATES:
        return _State(_STATES[word], preliminary=False)
    raise NoAnswerError(
        filled.at,
        Text(f"状態に「{word}」はありません", f"there is no state `{word}`"),
        Text(f"{'、'.join((PRELIMINARY, *STATE_WORDS))} から選ぶ", "choose one of the list"),
    )


def _figure(row: Answered, sent: Said) -> _Read:
    cell, state_cell = row.cells[Field.VALUE], row.cells[Field.STATE]
    value = _value(row, cell)
    state = _state(state_cell)
    remark = None
    if value and "state" in value:  # 集計中 in the place of the value
        if state.state is not None and state.state.value != value["state"]:
            raise NoAnswerError(
                cell.at,
                Text("値と状態が食い違っています", "the value and the state contradict each other"),
                _ONE_OF_TWO,
            )
        return {**value, **_as_of(row)}, Text("値のところの語を状態と読みました", "read as the state")
    if value and state.state is not None:
        old = sent.get("state") == state.state.value
        if not old:
            raise NoAnswerError(
                state_cell.at,
                Text("値があるのに、値のない理由が選ばれています", "there is a value, and a reason why there is none"),
                _ONE_OF_TWO,
            )
        remark = Text("値が入ったので、状態は消します", "with a value, the state goes")
    if not value and state.state is None:
        if state.preliminary:
            raise NoAnswerError(
                state_cell.at,
                Text("「速報」なのに値がありません", "it is preliminary, but there is no value"),
                Text("値を書くか、「集計中」などを選ぶ", "write the value, or choose why there is none"),
            )
        return NOTHING, None
    said: dict[str, str] = dict(value) if value else {"state": state.state.value if state.state else ""}
    if state.preliminary:
        said["preliminary"] = "true"
    said |= _as_of(row)
    return said, remark or _small(row, said)


_ONE_OF_TWO = Text("値か状態の、どちらかを消す", "clear one of the two")


def _small(row: Answered, said: Said) -> Text | None:
    """Return a doubt about a percentage that looks like a share."""
    if row.question.plain_unit not in _PER_CENT or "value" not in said:
        return None
    value = Decimal(said["value"])
    if not 0 < value <= 1 or said["value"] == row.sent.get(Aspect.FIGURE, NOTHING).get("value"):
        return None
    return Text(
        f"{value}% と読みました。{value * 100:f}% なら、そう書き直す",
        f"read as {value}%; if {value * 100:f}% is meant, write that",
    )


def _value(row: Answered, cell: Filled) -> Said:
    """Return the value, or the state that is written in its place; empty where nothing is."""
    unit = row.question.plain_unit
    word = _word(cell) if isinstance(cell.content, Words) else ""
    sent = row.sent.get(Aspect.FIGURE, NOTHING)
    if word in _STATES and sent.get("text") != word:
        return {"state": _STATES[word].value}
    counts = _counts(row)
    if row.question.is_milestone:
        text = _text(cell)
        return {"text": text} if text else NOTHING
    typed_counts = _half_width(cell.content.text) if isinstance(cell.content, Words) else ""
    if Field.COUNT in row.question.fields and (match := _COUNTS.fullmatch(typed_counts)):
        if counts is not None and counts != (Decimal(match[1]), Decimal(match[2])):
            raise _both(cell)
        return {"of": f"{match[1]}/{match[2]}"}
    number = _number(cell, unit)
    of = None if counts is None else {"of": "/".join(f"{each:f}" for each in counts)}
    if number is None or of is None or counts is None:
        return of or (NOTHING if number is None else {"value": f"{number:f}"})
    value = {"value": f"{number:f}"}
    if is_same(of, sent):  # what was there before gives way to what is new
        return value
    is_share = unit in _PER_CENT and abs(counts[0] / counts[1] * 100 - number) < Decimal("0.5")
    if is_share or is_same(value, {"value": sent.get("value", "")}):
        return of
    raise _both(cell)


def _both(cell: Filled) -> NoAnswerError:
    return NoAnswerError(
        cell.at,
        Text("実績値と、内数・総数の両方があります", "there is a value, and counts as well"),
        Text(
            "どちらかを消す（内数と総数があれば、割合は計算される）", "clear one: counts give the share by themselves"
        ),
    )


def _counts(row: Answered) -> tuple[Decimal, Decimal] | None:
    if Field.COUNT not in row.question.fields or Field.COUNT not in row.cells or Field.WHOLE not in row.cells:
        return None
    part, whole = (_number(row.cells[field], "") for field in (Field.COUNT, Field.WHOLE))
    if part is None and whole is None:
        return None
    if part is None or whole is None:
        missing = Field.COUNT if part is None else Field.WHOLE
        raise NoAnswerError(
            row.cells[missing].at,
            Text("内数と総数の片方だけがあります", "only one of the two counts is there"),
            Text("両方を書く", "give both"),
        )
    if whole <= 0:
        raise NoAnswerError(
            row.cells[Field.WHOLE].at,
            Text("総数が0以下です", "the whole is not more than 0"),
            Text("総数が0なら、状態の「対象外」などを選ぶ", "of nothing there is no share: choose a state"),
        )
    return part, whole


def _as_of(row: Answered) -> Said:
    cell = row.cells.get(Field.AS_OF)
    if cell is None or (text := _word(cell)) == "":
        return NOTHING
    date = as_month_or_day(text)
    if date is None:
        raise NoAnswerError(
            cell.at,
            Text(f"時点の「{text}」は日付として読めません", f"`{text}` cannot be read as a date"),
            Text("2026-03-31 または 2026-03 のように書く", "write it like 2026-03-31 or 2026-03"),
        )
    return {"as_of": date}


def _judgement(row: Answered, _sent: Said) -> _Read:
    said: dict[str, str] = {}
    open_ = row.question.fields & row.cells.keys()
    if Field.MET in open_ and (word := _word(row.cells[Field.MET])):
        met = {**MET_WORDS, "met": "true", "not_met": "false"}
        if word not in met:
            raise NoAnswerError(
                row.cells[Field.MET].at,
                Text(f"判定に「{word}」はありません", f"there is no verdict `{word}`"),
                Text("達成か未達を選ぶ", "choose 達成 or 未達"),
            )
        said["met"] = met[word]
    for field in (Field.GRADE, Field.REASON):
        if field in open_ and (text := _text(row.cells[field])):
            said[field.value] = text
    if "reason" not in said and said and not is_same(said, row.sent.get(Aspect.JUDGEMENT, NOTHING)):
        raise NoAnswerError(
            row.cells[Field.REASON].at,
            Text("判定・評価の理由がありません", "the verdict or grade has no reason"),
            Text("理由を書く", "say why"),
        )
    return said, None


_RESULTS: Mapping[str, Result] = {
    **RESULT_WORDS,
    **{result.value: result for result in Result},
    "完了": Result.DONE,
    "済": Result.DONE,
    "実施済": Result.DONE,
    "実施済み": Result.DONE,
    "継続": Result.ONGOING,
    "進行中": Result.ONGOING,
    "実施中": Result.ONGOING,
    "未報告": Result.UNREPORTED,
}


def _result(row: Answered, _sent: Said) -> _Read:
    cell = row.cells[Field.RESULT]
    word = _word(cell)
    if not word:
        return NOTHING, None
    if word not in _RESULTS:
        raise NoAnswerError(
            cell.at,
            Text(f"結果に「{word}」はありません", f"there is no result `{word}`"),
            Text(f"{'、'.join(RESULT_WORDS)} から選ぶ", "choose one of the list"),
        )
    result = _RESULTS[word]
    return ({"result": result.value} if result is not Result.UNREPORTED else NOTHING), None


def _amount(row: Answered, value: Field, unit: Field) -> _Read:
    name = _text(row.cells[unit])
    number = _number(row.cells[value], name)
    if number is None:
        return NOTHING, None
    if not name:
        raise NoAnswerError(
            row.cells[unit].at, Text("単位がありません", "the unit is missing"), Text("単位を書く", "give the unit")
        )
    return {"value": f"{number:f}", "unit": name}, None


def _quantity(row: Answered, _sent: Said) -> _Read:
    return _amount(row, Field.QUANTITY, Field.QUANTITY_UNIT)


def _settled(row: Answered, _sent: Said) -> _Read:
    return _amount(row, Field.SETTLED, Field.SETTLED_UNIT)


def _note(row: Answered, _sent: Said) -> _Read:
    text = _text(row.cells[Field.NOTE])
    return ({"note": text} if text else NOTHING), None


_PIECES: Mapping[Aspect, tuple[tuple[Field, ...], tuple[Field, ...], _Reader]] = {
    Aspect.FIGURE: ((Field.VALUE, Field.STATE), (Field.COUNT, Field.WHOLE, Field.AS_OF), _figure),
    Aspect.JUDGEMENT: ((Field.REASON,), (Field.MET, Field.GRADE), _judgement),
    Aspect.RESULT: ((Field.RESULT,), (), _result),
    Aspect.QUANTITY: ((Field.QUANTITY, Field.QUANTITY_UNIT), (), _quantity),
    Aspect.SETTLED: ((Field.SETTLED, Field.SETTLED_UNIT), (), _settled),
    Aspect.NOTE: ((Field.NOTE,), (), _note),
}
"""The cells that each piece is read from, those that have to be there first, and how."""
_ALWAYS = frozenset((Aspect.FIGURE, Aspect.RESULT, Aspect.NOTE))
"""Pieces of which every form has the columns."""
