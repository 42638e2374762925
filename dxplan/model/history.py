"""What changes while a plan runs: names, and the fiscal year to which a dated change belongs."""

import datetime as dt
from collections.abc import Iterable, Sequence

from pydantic import Field

from dxplan.fiscal_year import FiscalYear
from dxplan.model.values import Line, Model, Year


class FormerName(Model):
    """What something was called in the plan before it was renamed."""

    name: Line = Field(title="旧名称", description="改める前の名称")
    until: Year = Field(title="最終年度", description="この名称を使った最後の年度")


def name_in(year: FiscalYear, name: str, former: Iterable[FormerName]) -> str:
    """Return what was in use in ``year``: the former name that ended soonest after it, else today's ``name``."""
    still = [each for each in former if year <= each.until]
    return min(still, key=lambda each: each.until).name if still else name


def first_after(year: FiscalYear, dates: Sequence[str]) -> int | None:
    """Return the position of the earliest date in a later fiscal year than ``year``; None where there is none."""
    later = [position for position, date in enumerate(dates) if year_of(date) > year]
    return min(later, key=lambda position: dates[position], default=None)


def year_of(date: str) -> FiscalYear:
    """Return the fiscal year that holds a month or day as the files write it: ``2026-10``, ``2026-10-01``."""
    return FiscalYear.of(dt.date.fromisoformat(date if date.count("-") > 1 else f"{date}-01"))
