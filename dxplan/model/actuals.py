"""``actuals/R7.yaml``: what one fiscal year brought, as the departments reported it."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dxplan.model.department import Quantity
from dxplan.model.values import (
    Format,
    Id,
    IdKey,
    Line,
    Lines,
    Model,
    MonthOrDay,
    Number,
    ReadBy,
    Result,
    ValueState,
    Year,
    YearState,
    number,
)


def _counts(value: object) -> tuple[Decimal, Decimal]:
    if not isinstance(value, tuple) or len(value) != 2:  # noqa: PLR2004 - a part and the whole
        raise PydanticCustomError("invalid_counts", "not two numbers")
    part, whole = map(number, value)
    if whole <= 0:
        raise PydanticCustomError("empty_whole", "a share of nothing")
    return part, whole


class PartActual(Model):
    """One figure for one year, or the reason why there is none."""

    value: Number | None = Field(default=None, title="実績値", description="その年度の値。桁は書いたとおりに残る")
    of: Annotated[tuple[Decimal, Decimal], ReadBy(_counts, tuple[float, float])] | None = Field(
        default=None, title="内数と総数", description="[54, 100] と書けば、割合（54%）は dxplan が計算する"
    )
    text: Line | None = Field(
        default=None, title="達した段階", description="direction: milestone の指標で、達した段階を文字で書く"
    )
    state: ValueState = Field(
        default=ValueState.REPORTED,
        strict=False,
        title="状態",
        description="値がないときの理由。unreported 未報告 / pending 集計中 / unpublished 未公表 / "
        "not_conducted 未実施 / not_applicable 対象外 / cancelled 中止",
    )
    met: bool | None = Field(
        default=None, title="達成", description="direction: milestone の指標で、人が判定した結果。reason に理由を書く"
    )
    grade: Line | None = Field(default=None, title="評価", description="率によらず人が付けた評価。reason に理由を書く")
    reason: Line | None = Field(default=None, title="理由", description="人が判定し、または評価を付けた理由")
    preliminary: bool = Field(default=False, title="速報", description="true: 確定前の値")
    as_of: MonthOrDay | None = Field(default=None, title="時点", description="値の時点（例: 2026-03-31）")
    data_year: Year | None = Field(
        default=None, title="値の年度", description="この年度の値がまだなく、前の年度の値で報告するときの、値の年度"
    )
    label: Line | None = Field(
        default=None, title="期間の表示", description="年度でない期間や時点。例: 令和7年中、令和8年1月1日現在"
    )
    source: Line | None = Field(default=None, title="出典", description="指標の出典と異なる場合だけ書く")
    note: Lines = Field(default=(), title="注", description="この値の注記")

    @model_validator(mode="after")
    def _value_or_reason(self) -> Self:
        given = (self.value is not None) + (self.of is not None) + (self.text is not None)
        if given > 1:
            raise PydanticCustomError("several_values", "more than one value for a year")
        if bool(given or self._has_parts()) == (self.state is not ValueState.REPORTED):
            raise PydanticCustomError("value_or_state", "give a value, or the state that says why there is none")
        return self

    def _has_parts(self) -> bool:
        return False

    @property
    def is_in_parts_alone(self) -> bool:
        """Whether nothing is entered for the whole, only for its parts."""
        return self.value is None and self.of is None and self.text is None and self.state is ValueState.REPORTED

    @property
    def recorded(self) -> str:
        """The figure as a correction names it: ``54``, ``54/100``, a stage, or the word for why there is none.

        ``reported`` is an indicator of which only the parts are entered.
        """
        if self.value is not None:
            return f"{self.value:f}"
        if self.of is not None:
            return "/".join(f"{count:f}" for count in self.of)
        return self.state.value if self.text is None else self.text

    @property
    def judgement(self) -> Mapping[str, str]:
        """What a person decided, as a correction names it: ``met`` or ``not_met``, and the grade."""
        met = {} if self.met is None else {"met": "met" if self.met else "not_met"}
        return met if self.grade is None else {**met, "grade": self.grade}


_STATES = frozenset(ValueState)


def _as_mapping(value: object) -> Mapping[str, object]:
    match value:
        case None:
            return {"state": ValueState.UNREPORTED}
        case Decimal():
            return {"value": value}
        case str() if value in _STATES:
            return {"state": value}
        case Mapping():
            return value
    raise PydanticCustomError("value_or_word", "neither a number nor a word for a missing value")


def _part_actual(value: object) -> PartActual:
    return PartActual.model_validate(_as_mapping(value))


class Actual(PartActual):
    """One indicator's figure for one year, or the figures of its parts."""

    parts: dict[IdKey, Annotated[PartActual, ReadBy(_part_actual, float | ValueState | PartActual | None)]] = Field(
        default_factory=dict, title="内訳の実績値", description="内訳のID: 値。例: {male: 54, female: 61}"
    )

    def _has_parts(self) -> bool:
        return bool(self.parts)

    @property
    def is_reported(self) -> bool:
        """Whether there is a value, of the whole or of a part."""
        if self.state is not ValueState.REPORTED:
            return False
        own = (self.value, self.of, self.text)
        return any(each is not None for each in own) or any(
            part.state is ValueState.REPORTED for part in self.parts.values()
        )


UNREPORTED = Actual(state=ValueState.UNREPORTED)


class ActionResult(Model):
    """What came of one action in one year."""

    result: Result = Field(
        strict=False,
        title="実績",
        description="done 実施（完了・済） / ongoing 継続中（進行中） / partial 一部実施 / not_started 未着手 / "
        "postponed 延期 / cancelled 中止 / unreported 未報告",
    )
    quantity: Quantity | None = Field(default=None, title="数量", description="{value: 95, unit: データ}")
    settled: Quantity | None = Field(default=None, title="決算", description="決算額。例: {value: 11500, unit: 千円}")
    note: Lines = Field(default=(), title="注", description="この実績の注記")

    @property
    def recorded(self) -> str:
        """The result as a correction names it: ``done``."""
        return self.result.value

    @property
    def amounts(self) -> Mapping[str, Quantity]:
        """The quantity and the settled amount, as far as there are any."""
        amounts = {"quantity": self.quantity, "settled": self.settled}
        return {key: amount for key, amount in amounts.items() if amount is not None}


class InitiativeResult(Model):
    """What is said of one initiative as a whole in one year."""

    settled: Quantity | None = Field(default=None, title="決算", description="決算額。例: {value: 11500, unit: 千円}")
    note: Lines = Field(default=(), title="注", description="この年度の取組の注記")

    @property
    def amounts(self) -> Mapping[str, Quantity]:
        """The settled amount, if there is one."""
        return {} if self.settled is None else {"settled": self.settled}


def _recorded(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):  # of the year's publication
        return value.isoformat()
    if isinstance(value, str) and value:
        return value
    raise PydanticCustomError("string_type", "neither a number nor a word")


Recorded = Annotated[str, ReadBy(_recorded, float | Line)]
"""What was entered, as one number or word: ``54``, ``pending``, ``done``, ``54/100``, or a text."""


def is_recorded_as(one: str, other: str) -> bool:
    """Whether two texts of what was entered say the same; numbers compare as numbers (``50`` and ``50.0``)."""
    return one == other or _counted(one) == _counted(other) is not None


def _counted(text: str) -> tuple[Decimal, ...] | None:
    numbers = text.split("/")
    return tuple(map(Decimal, numbers)) if all(map(_NUMBER.fullmatch, numbers)) else None


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


class Correction(Model):
    """訂正: one change of what a closed year had published."""

    date: MonthOrDay = Field(title="訂正", description="訂正した年月日（例: 2026-10-01）")
    id: Id = Field(title="ID", description="訂正した指標・事業・取組のID。公表の年月を訂正したときは published")
    part: Id | None = Field(default=None, title="内訳", description="訂正した内訳のID")
    old: Recorded = Field(title="訂正前", description="訂正する前の値か語")
    new: Recorded = Field(title="訂正後", description="訂正した後の値か語。いまの値と同じ")
    reason: Line = Field(title="理由", description="訂正した理由")


def _actual(value: object) -> Actual:
    return UNREPORTED if value is None else Actual.model_validate(_as_mapping(value))


_BY_WORD = {word.value: ActionResult(result=word) for word in Result}
"""Every result that says nothing but its word: a year has a hundred of them, frozen, and so shared."""


def _result(value: object) -> ActionResult:
    if value is None:
        return _BY_WORD[Result.UNREPORTED]
    if isinstance(value, str) and value in _BY_WORD:
        return _BY_WORD[value]
    return ActionResult.model_validate(value if isinstance(value, Mapping) else {"result": value})


ActualEntry = Annotated[Actual, ReadBy(_actual, float | ValueState | Actual | None)]
ResultEntry = Annotated[ActionResult, ReadBy(_result, Result | ActionResult | None)]


class Actuals(Model):
    """One fiscal year's results."""

    format: Format = Field(title="書式の版", description="いつも 1")
    fiscal_year: Year = Field(title="年度", description="この実績の年度（例: R7）。ファイル名と同じにする")
    state: YearState = Field(
        default=YearState.OPEN,
        strict=False,
        title="状態",
        description="open 報告を受け付けている / closed 公表して確定した",
    )
    published: MonthOrDay | None = Field(
        default=None, title="公表", description="公表した年月または年月日（例: 2026-04）"
    )
    indicators: dict[IdKey, ActualEntry] = Field(
        default_factory=dict,
        title="指標の実績",
        description="指標のID: 値。値がなければ未報告",
    )
    actions: dict[IdKey, ResultEntry] = Field(
        default_factory=dict,
        title="事業の実績",
        description="事業のID: done / ongoing / partial / not_started / postponed / cancelled",
    )
    initiatives: dict[IdKey, InitiativeResult] = Field(
        default_factory=dict,
        title="取組の決算と注記",
        description="取組のID: {settled: {value: 11500, unit: 千円}, note: 注記}",
    )
    corrections: tuple[Correction, ...] = Field(
        default=(),
        title="訂正",
        description="確定した後の訂正。[{date: 2026-10-01, id: 指標か事業のID, old: 54, new: 55, reason: 理由}]",
    )
    note: Lines = Field(default=(), title="注", description="この年度の注記")

    @property
    def is_closed(self) -> bool:
        """Whether the year is published and frozen."""
        return self.state is YearState.CLOSED
