"""The scalars of the file format: ids, years, numbers, words, dates.

A value arrives as `source` reads it (text, `Decimal`, bool, date, tuple, mapping) and is never converted loosely: a
number in a text's place is a fault, and so is a text in a number's place. Faults are raised as `PydanticCustomError`
whose type names them; `model.reading` turns the type into a sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    WrapValidator,
)
from pydantic_core import PydanticCustomError, core_schema

from dxplan.fiscal_year import FiscalYear


class ReadBy:
    """Have a field read by one function, and described by another type in the JSON Schema.

    Pydantic's own `PlainValidator` also builds a schema for the field's type and for the described one, at every start.
    """

    def __init__(self, reader: Callable[..., object], described_as: Any) -> None:  # noqa: ANN401 - any type there is
        self.reader = reader
        self.described_as = described_as

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.reader)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described: TypeAdapter[Any] = TypeAdapter(self.described_as)
        return handler(described.core_schema)


class ReadAmong(ReadBy):
    """The same for a function that must know the fields before it: it takes ``info``, whose ``data`` holds them."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.with_info_plain_validator_function(self.reader)


class Model(BaseModel):
    """What every part of the format shares: unknown keys refused, no loose conversion, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"
    RANGE = "range"
    MILESTONE = "milestone"


class Series(StrEnum):
    """How a year's figure relates to the year before."""

    POINT = "point"
    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class Entered(StrEnum):
    """What is entered for a cumulative indicator: each year's own amount, or the running total as published."""

    YEARLY = "yearly"
    RUNNING = "running"


class Method(StrEnum):
    """How an achievement rate is computed; formulas in docs/arithmetic.md."""

    RATIO = "ratio"
    MIRROR = "mirror"
    INVERSE = "inverse"
    BASELINE = "baseline"
    NONE = "none"


class RateForm(StrEnum):
    """How rates are shown: 95.0 per cent, or 0.95."""

    PERCENT = "percent"
    RATIO = "ratio"


class NegativeSign(StrEnum):
    """How negative figures are marked."""

    MINUS = "-"
    BLACK_TRIANGLE = "▲"
    WHITE_TRIANGLE = "△"


class ProgressBy(StrEnum):
    """What the progress to the final target is."""

    WAY = "way"
    RATE = "rate"


class Interpolation(StrEnum):
    """How expected values are computed where the plan asks for it."""

    LINEAR = "linear"


class Judged(StrEnum):
    """Whether the parts of an indicator are one target, met when all of them are, or several."""

    TOGETHER = "together"
    APART = "apart"


class GradedBy(StrEnum):
    """Which figure the bands of a grading are for."""

    RATE = "rate"
    FINAL = "final"
    PROGRESS = "progress"
    PRO_RATA = "pro_rata"


class ValueState(StrEnum):
    """Whether a year's figure is there, and if not, why."""

    REPORTED = "reported"
    UNREPORTED = "unreported"
    PENDING = "pending"
    UNPUBLISHED = "unpublished"
    NOT_CONDUCTED = "not_conducted"
    NOT_APPLICABLE = "not_applicable"
    CANCELLED = "cancelled"


class Result(StrEnum):
    """What came of an action in a year."""

    UNREPORTED = "unreported"
    DONE = "done"
    ONGOING = "ongoing"
    PARTIAL = "partial"
    NOT_STARTED = "not_started"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class YearState(StrEnum):
    """Whether departments may still report (open), or the year is published and frozen (closed)."""

    OPEN = "open"
    CLOSED = "closed"


ID_PATTERN = "^[a-z0-9][a-z0-9-]{0,62}$"
_ID = re.compile(ID_PATTERN.removesuffix("$"))
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ERA = "[MTSHRmtshrＭＴＳＨＲ]|明治|大正|昭和|平成|令和"
YEAR_PATTERN = f"^(?:(?:{_ERA})(?:元|[0-9０-９]{{1,2}})(?:年度)?|(?:FY)?[0-9０-９]{{4}}(?:年度)?)$"


def _id(value: object) -> str:
    text = str(value) if isinstance(value, Decimal) else value
    if isinstance(text, str) and _ID.fullmatch(text):
        return text
    raise PydanticCustomError("invalid_id", "not an id")


def _year(value: object) -> FiscalYear:
    if isinstance(value, FiscalYear):
        return value
    try:
        if isinstance(value, str | Decimal):
            return FiscalYear.parse(str(value))
    except ValueError:
        pass
    raise PydanticCustomError("invalid_year", "not a fiscal year")


def _month_or_day(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else value
    try:
        if isinstance(text, str) and (_MONTH.fullmatch(text) or _DAY.fullmatch(text)):
            FiscalYear.of(dt.date.fromisoformat(text if len(text) > len("2026-04") else f"{text}-01"))
            return text
    except ValueError:
        pass
    raise PydanticCustomError("invalid_date", "not a month or day")


def number(value: object) -> Decimal:
    """Return ``value`` where it is a number; raises PydanticCustomError where it is not."""
    if isinstance(value, Decimal):
        return value
    raise PydanticCustomError("invalid_number", "not a number")


def _whole(value: object) -> object:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _format(value: object) -> int:
    if isinstance(value, Decimal) and value == 1:
        return 1
    raise PydanticCustomError("literal_error", "not a format that is known")


def _each_year_once(value: object, handler: Callable[[object], dict[FiscalYear, object]]) -> dict[FiscalYear, object]:
    years = handler(value)
    if isinstance(value, dict) and len(years) < len(value):
        raise PydanticCustomError("year_twice", "one fiscal year twice, spelled differently")
    return years


Id = Annotated[str, ReadBy(_id, Annotated[str, Field(pattern=ID_PATTERN)] | int)]
"""Stable for ever; a number and the same digits as text are one id."""
IdKey = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""An id in the place of a key, where numbers have become text already."""
Year = Annotated[
    FiscalYear,
    ReadBy(_year, Annotated[str, Field(pattern=YEAR_PATTERN)] | int),
]
Format = Annotated[Literal[1], ReadBy(_format, Literal[1])]
YearKey = Annotated[FiscalYear, ReadBy(_year, Annotated[str, Field(pattern=YEAR_PATTERN)])]
Number = Annotated[Decimal, ReadBy(number, float)]
Whole = Annotated[int, BeforeValidator(_whole, json_schema_input_type=int)]
Decimals = Annotated[Whole, Field(ge=0, le=6)]
"""How many decimals a rate is shown with."""
Line = Annotated[str, StringConstraints(min_length=1)]
"""Text of at least one character."""
MonthOrDay = Annotated[str, ReadBy(_month_or_day, Line)]
"""``2026-04`` or ``2026-04-01``."""
EachYearOnce = WrapValidator(_each_year_once)


def one_or_many(value: object) -> object:
    """Read a single text where a list is due as a list of one."""
    return (value,) if isinstance(value, str) else value


Lines = Annotated[tuple[Line, ...], BeforeValidator(one_or_many, json_schema_input_type=Line | list[Line])]
"""One text or a list of texts."""
