"""``actuals/R7.yaml``: what one fiscal year brought, as the departments reported it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dxplan.model.values import (
    Format,
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
)


class Actual(Model):
    """One indicator's figure for one year, or the reason why there is none."""

    value: Number | None = Field(default=None, title="実績値", description="その年度の値。桁は書いたとおりに残る")
    state: ValueState = Field(
        default=ValueState.REPORTED,
        strict=False,
        title="状態",
        description="値がないときの理由。unreported 未報告 / pending 集計中 / unpublished 未公表 / "
        "not_conducted 未実施 / not_applicable 対象外 / cancelled 中止",
    )
    preliminary: bool = Field(default=False, title="速報", description="true: 確定前の値")
    as_of: MonthOrDay | None = Field(default=None, title="時点", description="値の時点（例: 2026-03-31）")
    note: Lines = Field(default=(), title="注", description="この値の注記")

    @model_validator(mode="after")
    def _value_or_reason(self) -> Self:
        if (self.value is None) == (self.state is ValueState.REPORTED):
            raise PydanticCustomError("value_or_state", "give a value, or the state that says why there is none")
        return self


_STATES = frozenset(ValueState)
UNREPORTED = Actual(state=ValueState.UNREPORTED)


class Quantity(Model):
    """An amount that belongs to a result: 95 データ."""

    value: Number = Field(title="数量", description="実績の数量")
    unit: Line = Field(title="単位", description="例: データ、回、人")


class ActionResult(Model):
    """What came of one action in one year."""

    result: Result = Field(
        strict=False,
        title="実績",
        description="done 実施（完了・済） / ongoing 継続中（進行中） / partial 一部実施 / not_started 未着手 / "
        "postponed 延期 / cancelled 中止 / unreported 未報告",
    )
    quantity: Quantity | None = Field(default=None, title="数量", description="{value: 95, unit: データ}")
    note: Lines = Field(default=(), title="注", description="この実績の注記")


def _actual(value: object) -> Actual:
    match value:
        case None:
            return UNREPORTED
        case Decimal():
            return Actual.model_validate({"value": value})
        case str() if value in _STATES:
            return Actual.model_validate({"state": value})
        case Mapping():
            return Actual.model_validate(value)
    raise PydanticCustomError("value_or_word", "neither a number nor a word for a missing value")


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
    note: Lines = Field(default=(), title="注", description="この年度の注記")

    @property
    def is_closed(self) -> bool:
        """Whether the year is published and frozen."""
        return self.state is YearState.CLOSED
