"""When an action is due: ``R8``, ``R7-R9``, ``R7-`` (continues, no end stated), or stages by year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter
from pydantic_core import PydanticCustomError

from dxplan.fiscal_year import FiscalYear
from dxplan.model.values import YEAR_PATTERN, EachYearOnce, Lines, ReadBy, YearKey


@dataclass(frozen=True, slots=True)
class Schedule:
    """The fiscal years in which an action is due."""

    first: FiscalYear
    last: FiscalYear | None
    """The last year stated; None where the action continues with no end stated."""
    stages: Mapping[FiscalYear, tuple[str, ...]] = field(default_factory=dict)
    """What is due in each year (a stage, the places reached); years between that are not named are not due."""

    def covers(self, year: FiscalYear) -> bool:
        """Whether the action is due in ``year``."""
        if self.stages:
            return year in self.stages
        return self.first <= year and (self.last is None or year <= self.last)

    @property
    def written(self) -> str:
        """The schedule as the files write it: ``R8``, ``R7-R9``, ``R7-``, ``{R7: 事務系部署}``."""
        if self.stages:
            stages = (f"{year}: {'、'.join(lines)}" for year, lines in self.stages.items())
            return f"{{{', '.join(map(str.strip, stages))}}}"
        if self.last is None:
            return f"{self.first}-"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


_STAGES = TypeAdapter(Annotated[dict[YearKey, Lines | None], EachYearOnce])


@lru_cache(maxsize=1000)
def _span(text: str) -> Schedule:
    head, dash, tail = text.partition("-")
    try:
        first = FiscalYear.parse(head)
        if not dash:
            return Schedule(first, first)
        last = FiscalYear.parse(tail) if tail.strip() else None
    except ValueError:
        raise PydanticCustomError("invalid_schedule", "not a schedule") from None
    if last is not None and last < first:
        raise PydanticCustomError("reversed_years", "ends before it begins")
    return Schedule(first, last)


def _schedule(value: object) -> Schedule:
    if isinstance(value, str | Decimal):
        return _span(str(value))
    if isinstance(value, Mapping) and value:
        stages = dict(sorted((year, lines or ()) for year, lines in _STAGES.validate_python(value).items()))
        years = tuple(stages)
        return Schedule(years[0], years[-1], stages)
    raise PydanticCustomError("invalid_schedule", "not a schedule")


_YEAR = YEAR_PATTERN.removeprefix("^").removesuffix("$")
_Span = Annotated[str, Field(pattern=f"^{_YEAR}(?:-(?:{_YEAR})?)?$")]
ScheduleField = Annotated[Schedule, ReadBy(_schedule, _Span | int | dict[YearKey, Lines | None])]
