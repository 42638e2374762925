import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxplan.fiscal_year import FIRST, LAST, FiscalYear, date_ja, span

YEARS = st.integers(FIRST, LAST).map(FiscalYear)
DAYS = st.dates(dt.date(FIRST, 4, 1), dt.date(LAST, 12, 31))


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("R7", 2025),
        ("R07", 2025),
        ("r7", 2025),
        ("令和7年度", 2025),
        ("令和７年度", 2025),
        ("Ｒ７", 2025),
        ("㋿7", 2025),
        ("令和7", 2025),
        ("令和元年度", 2019),
        ("R1", 2019),
        ("H31", 2019),
        ("平成31年度", 2019),
        ("H32", 2020),
        ("平成32年度", 2020),
        ("S63", 1988),
        ("2025", 2025),
        ("2025年度", 2025),
        ("FY2025", 2025),
    ],
)
def test_reads_every_spelling(text: str, western: int) -> None:
    assert FiscalYear.parse(text) == FiscalYear(western)


@pytest.mark.parametrize(
    "text", ["", "R", "R0", "7", "R7-R9", "X7", "令和", "元", "20255", "R7年", "R100", "1800", "R7 8"]
)
def test_refuses_what_is_no_fiscal_year(text: str) -> None:
    with pytest.raises(ValueError, match="fiscal year"):
        FiscalYear.parse(text)


def test_writes_the_short_form_and_names() -> None:
    assert [str(FiscalYear(western)) for western in (2018, 2019, 2025)] == ["H30", "R1", "R7"]
    assert FiscalYear(2019).ja == "令和元年度"
    assert FiscalYear(2025).ja == "令和7年度"
    assert FiscalYear(2025).en == "FY2025"


def test_orders_by_time_and_not_as_text() -> None:
    assert FiscalYear.parse("R9") < FiscalYear.parse("R10")
    assert FiscalYear.parse("H31") == FiscalYear.parse("R1")


def test_refuses_years_out_of_range() -> None:
    with pytest.raises(ValueError, match="between"):
        FiscalYear(FIRST - 1)


@given(YEARS)
def test_every_written_form_is_read_back(year: FiscalYear) -> None:
    for text in (str(year), year.ja, year.en, str(year.western), unicodedata.normalize("NFKC", year.ja)):
        assert FiscalYear.parse(text) == year


def test_what_is_read_ends_where_the_short_form_does() -> None:
    assert str(FiscalYear.parse("2117")) == "R99"
    for text in ("2118", "FY2118", "R100", "9999", "1867"):
        with pytest.raises(ValueError, match="fiscal year"):
            FiscalYear.parse(text)
    assert FiscalYear.parse("R99") + 1 == FiscalYear(2118)


@given(DAYS)
def test_every_day_lies_in_its_fiscal_year(day: dt.date) -> None:
    year = FiscalYear.of(day)
    assert year.first_day <= day <= year.last_day


@given(st.integers(FIRST, LAST - 1).map(FiscalYear))
def test_a_year_begins_the_day_after_the_last(year: FiscalYear) -> None:
    assert year.last_day + dt.timedelta(days=1) == (year + 1).first_day


@given(DAYS, DAYS)
def test_order_of_days_is_kept(one: dt.date, other: dt.date) -> None:
    early, late = sorted((one, other))
    assert FiscalYear.of(early) <= FiscalYear.of(late)


@given(st.integers(FIRST, LAST - 50).map(FiscalYear), st.integers(0, 50))
def test_adding_and_taking_away_cancel_out(year: FiscalYear, years: int) -> None:
    assert (year + years) - years == year
    assert len(span(year, year + years)) == years + 1


def test_span_of_reversed_years_is_empty() -> None:
    assert span(FiscalYear(2026), FiscalYear(2025)) == ()


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        ("2026-04", "令和8年4月"),
        ("2026-04-01", "令和8年4月1日"),
        ("2019-03", "平成31年3月"),
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05", "令和元年5月"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1860-01", "1860年1月"),
    ],
)
def test_a_date_is_printed_in_its_era(date: str, printed: str) -> None:
    assert date_ja(date) == printed
