"""The fiscal year of Japanese local government (年度).

A fiscal year runs from 1 April to 31 March (地方自治法 第208条) and is known by the western year of its first day:
``FiscalYear(2025)`` is 令和7年度, 2025-04-01 to 2026-03-31, both days included.

Plans written before 2019 speak of 平成32年度, which is 令和2年度, and FY2019 is both 平成31年度 and 令和元年度. All of
them are read; what is written is the later era, so FY2019 is ``R1``, as the ministries agreed on 2019-04-01.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple


class Era(NamedTuple):
    """An era of the Japanese calendar; letters as in JIS X 0301."""

    letter: str
    name: str
    first: int
    """Western year of the era's first year (元年)."""
    first_day: str
    """ISO 8601."""


ERAS = (
    Era("M", "明治", 1868, "1868-01-25"),
    Era("T", "大正", 1912, "1912-07-30"),
    Era("S", "昭和", 1926, "1926-12-25"),
    Era("H", "平成", 1989, "1989-01-08"),
    Era("R", "令和", 2019, "2019-05-01"),
)
FIRST, LAST = ERAS[0].first, ERAS[-1].first + 98
"""Western years of 明治元年度 and 令和99年度, the years that are read: those of an era have two digits at most."""
_END = 2999
"""Where computing with years ends, well behind `LAST`."""

_ERA_OF = {key: era for era in ERAS for key in (era.letter, era.name)}
_ERA_YEAR = re.compile(rf"({'|'.join(_ERA_OF)})(元|[0-9]{{1,2}})(?:年度)?")
_WESTERN_YEAR = re.compile(r"(?:FY)?([0-9]{4})(?:年度)?")


@dataclass(frozen=True, eq=False, slots=True)
class FiscalYear:
    """One fiscal year; ordered by time, so that R9 comes before R10.

    Raises ValueError outside FY1868 to FY2999; what is read ends with FY2117, the last that R and two digits can write.
    """

    western: int
    """Western year of 1 April."""

    def __post_init__(self) -> None:
        if not FIRST <= self.western <= _END:
            raise ValueError(f"fiscal year {self.western} is not between {FIRST} and {_END}")

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Read ``R7``, ``R07``, ``令和7年度``, ``令和元年度``, ``H31``, ``2025``, ``FY2025``; full-width digits too.

        Raises ValueError where the text is none of these, or a year after 令和99年度, whose short form would not be.
        """
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        if match := _ERA_YEAR.fullmatch(plain):
            era, number = match.groups()
            year = 1 if number == "元" else int(number)
            if year:
                return cls(_ERA_OF[era].first + year - 1)
        elif (match := _WESTERN_YEAR.fullmatch(plain)) and int(match[1]) <= LAST:
            return cls(int(match[1]))
        raise ValueError(f"not a fiscal year: {text!r}")

    @classmethod
    def of(cls, day: dt.date) -> FiscalYear:
        """Return the fiscal year that holds ``day``."""
        return cls(day.year if day.month >= 4 else day.year - 1)  # noqa: PLR2004 - April

    @property
    def first_day(self) -> dt.date:
        """1 April."""
        return dt.date(self.western, 4, 1)

    @property
    def last_day(self) -> dt.date:
        """31 March of the following western year."""
        return dt.date(self.western + 1, 3, 31)

    @property
    def ja(self) -> str:
        """Return the name as printed in Japanese: ``令和7年度``, ``令和元年度``."""
        era, _ = self._era_year()
        return f"{era.name}{_in_era(era, self.western)}年度"

    @property
    def en(self) -> str:
        """Return the name as printed in English: ``FY2025``."""
        return f"FY{self.western}"

    def _era_year(self) -> tuple[Era, int]:
        era = next(era for era in reversed(ERAS) if era.first <= self.western)
        return era, self.western - era.first + 1

    def __str__(self) -> str:
        """Return the short form used in files, ids and options: ``R7``."""
        era, year = self._era_year()
        return f"{era.letter}{year}"

    # By hand: the comparisons that dataclass writes build two tuples each, and a large plan makes millions of them.

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FiscalYear) and self.western == other.western

    def __hash__(self) -> int:
        return self.western

    def __lt__(self, other: FiscalYear) -> bool:
        return self.western < other.western

    def __le__(self, other: FiscalYear) -> bool:
        return self.western <= other.western

    def __gt__(self, other: FiscalYear) -> bool:
        return self.western > other.western

    def __ge__(self, other: FiscalYear) -> bool:
        return self.western >= other.western

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(self.western + years)

    def __sub__(self, years: int) -> FiscalYear:
        return FiscalYear(self.western - years)


def date_ja(date: str) -> str:
    """Return a month or a day (``2026-04``, ``2026-04-01``) as printed in Japanese: ``令和8年4月``, ``令和8年4月1日``.

    A month in which the era changed is called by the later one. A date before 明治 keeps its western year.
    """
    western, month, *day = map(int, date.split("-"))
    era = next((era for era in reversed(ERAS) if era.first_day[: len(date)] <= date), None)
    year = str(western) if era is None else f"{era.name}{_in_era(era, western)}"
    return f"{year}年{month}月{f'{day[0]}日' if day else ''}"


def _in_era(era: Era, western: int) -> str:
    number = western - era.first + 1
    return "元" if number == 1 else str(number)


def span(first: FiscalYear, last: FiscalYear) -> tuple[FiscalYear, ...]:
    """Return every fiscal year from ``first`` to ``last``, both included; nothing where ``last`` comes first."""
    return tuple(FiscalYear(year) for year in range(first.western, last.western + 1))
