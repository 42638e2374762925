"""What a reader has to know of the data: whose they are, of when, under which licence, how they are written.

The keys are those of DCAT (W3C, version 3) without their prefixes, as catalogues of open data read them: title,
description, publisher, spatial, temporal, issued, modified, accrual_periodicity, license, language, distribution. The
form has its own version, and its keys are never translated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

from dxplan.exchange.table import COLUMNS, VERSION
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actuals
from dxplan.model.indicator import Indicator
from dxplan.progress.terms import part_of
from dxplan.project import Project

FORMAT = 1


class TextJson(TypedDict):
    """A sentence in both languages."""

    ja: str
    en: str


class PlaceJson(TypedDict):
    """A local government: its name and 全国地方公共団体コード."""

    name: str
    code: str | None


class PeriodJson(TypedDict):
    """A period: fiscal years by era and by western year, and its first and last day."""

    first_fiscal_year: str
    first_western_year: int
    last_fiscal_year: str
    last_western_year: int
    start_date: str
    end_date: str


class YearJson(TypedDict):
    """One fiscal year with actuals; open is not final."""

    fiscal_year: str
    western_year: int
    state: str
    published: str | None


class ChangeJson(TypedDict):
    """What was published, revised or corrected, and when: ``2026-04`` or ``2026-04-01``."""

    date: str
    fiscal_year: str
    id: str | None
    what: TextJson
    reason: str | None


class FileJson(TypedDict):
    """One file, and how it is written."""

    file: str
    title: TextJson
    media_type: str
    encoding: str | None
    byte_order_mark: bool | None
    line_ending: str | None
    rows: int | None
    """Of data, below the one row of column names."""


class ColumnJson(TypedDict):
    """One column of the table."""

    name: str
    type: str
    title: TextJson
    description: TextJson


class MetadataJson(TypedDict):
    """The whole document."""

    format: int
    columns_version: int
    title: TextJson
    description: TextJson
    publisher: PlaceJson
    spatial: PlaceJson
    temporal: PeriodJson
    years: list[YearJson]
    issued: str | None
    modified: str | None
    accrual_periodicity: str
    license: str | None
    language: str
    source: str
    notes: list[TextJson]
    distribution: list[FileJson]
    columns: list[ColumnJson]
    history: list[ChangeJson]


NOTES = (
    Text(
        "空欄は、その行に当てはまらないことを表す。0 ではない。値がない理由は state の列に書く。",
        "A blank cell means that the column does not apply to the row, never 0. `state` says why a value is missing.",
    ),
    Text(
        "数値は桁区切りと単位を付けず、元の桁のまま書く。負の数は半角のハイフンで始まる。",
        "Numbers have no thousands separators and no units, and keep their digits; negative ones begin with a hyphen.",
    ),
    Text(
        "表計算ソフトが式と読む文字（= + - @ など）で始まる文字列には、前に ' を1つ付ける。",
        "A text that a spreadsheet would compute (it begins with = + - @ or the like) has one ' put before it.",
    ),
    Text(
        "列は、年度によって変わらない。増やすときは末尾に加え、columns_version を改める。",
        "The columns are the same every year; a new one is added at the end, and columns_version changes.",
    ),
    Text(
        "kind が measured・achievement・progress の行は、ほかの行から計算した値である。計算方法は method の列に書く。",
        "Rows of the kinds measured, achievement and progress are computed from the others, by the method in `method`.",
    ),
    Text(
        "名称と注記の文字は、計画に印刷されたとおりとし、機種依存文字も改めない。",
        "Names and notes are as printed in the plan, characters that depend on a platform included.",
    ),
)


class Given(NamedTuple):
    """What only the one who publishes knows."""

    made: str | None
    """The day to name as that of the last change; else it is that of the data."""
    licence: str | None
    """Where it is not the plan's own."""


def document(project: Project, year: FiscalYear | None, files: Iterable[FileJson], given: Given) -> bytes:
    """Return the metadata of ``files``, which hold ``year`` alone if it is given."""
    plan = project.plan
    place: PlaceJson = {"name": plan.organization.name, "code": plan.organization.code}
    first, last = (plan.period.first, plan.period.last) if year is None else (year, year)
    history = [change for change in _history(project) if year is None or change["fiscal_year"] == str(year)]
    result: MetadataJson = {
        "format": FORMAT,
        "columns_version": VERSION,
        "title": {"ja": f"{plan.title} 目標値と実績値", "en": f"{plan.title}: targets and actuals"},
        "description": {
            "ja": f"{plan.title}の指標の目標値と実績値、取組と事業の実績。1行に1つの値を書いた縦持ちの表。",
            "en": f"Targets and actuals of the indicators of {plan.title}, and what came of its actions; one row each.",
        },
        "publisher": place,
        "spatial": place,
        "temporal": {
            "first_fiscal_year": str(first),
            "first_western_year": first.western,
            "last_fiscal_year": str(last),
            "last_western_year": last.western,
            "start_date": first.first_day.isoformat(),
            "end_date": last.last_day.isoformat(),
        },
        "years": [_year(each, actuals) for each, actuals in project.actuals.items() if year in (None, each)],
        "issued": history[0]["date"] if history else plan.adopted,
        "modified": given.made or (history[-1]["date"] if history else plan.adopted),
        "accrual_periodicity": "annual",
        "license": given.licence or plan.licence,
        "language": "ja",
        "source": plan.title,
        "notes": [_both(note) for note in NOTES],
        "distribution": list(files),
        "columns": [
            {
                "name": column.name,
                "type": column.type.value,
                "title": _both(column.title),
                "description": _both(column.meaning),
            }
            for column in COLUMNS
        ],
        "history": history,
    }
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


def _both(text: Text) -> TextJson:
    return {"ja": text.ja, "en": text.en}


def _year(year: FiscalYear, actuals: Actuals) -> YearJson:
    return {
        "fiscal_year": str(year),
        "western_year": year.western,
        "state": actuals.state.value,
        "published": actuals.published,
    }


def modified(project: Project, made: str | None) -> str | None:
    """Return the day or month of the last change: ``made`` if given, else the last in the data; None if none is."""
    return made or max((change["date"] for change in _history(project)), default=project.plan.adopted)


def _history(project: Project) -> list[ChangeJson]:
    """Return what happened to the data (更新履歴), the oldest first.

    Years published, values corrected, targets and baselines revised.
    """
    return sorted(_changes(project), key=lambda change: change["date"])


def _changes(project: Project) -> Iterator[ChangeJson]:
    for year, actuals in project.actuals.items():
        if actuals.published is not None:
            published = Text(f"{year.ja}の実績を公表", f"actuals of {year.en} published")
            yield _change(actuals.published, year, None, published)
        for correction in actuals.corrections:
            corrected = Text(
                f"{year.ja}の実績を {correction.old} から {correction.new} に訂正",
                f"actual of {year.en} corrected from {correction.old} to {correction.new}",
            )
            yield _change(correction.date, year, correction.id, corrected, correction.reason)
    for entry in project.indicators:
        yield from _revisions(entry.indicator)


def _revisions(indicator: Indicator) -> Iterator[ChangeJson]:
    for each in (indicator, *(part_of(indicator, part) for part in indicator.parts)):
        for year, target in each.targets.items():
            for revision in target.revisions:
                revised = Text(f"{year.ja}の目標値を改定", f"target of {year.en} revised")
                yield _change(revision.date, year, indicator.id, revised, revision.reason)
        if each.baseline is not None:
            for change in each.baseline.revisions:
                rebased = Text("基準値を改定", "baseline revised")
                yield _change(change.date, each.baseline.year, indicator.id, rebased, change.reason)


def _change(date: str, year: FiscalYear, id_: str | None, what: Text, reason: str | None = None) -> ChangeJson:
    return {"date": date, "fiscal_year": str(year), "id": id_, "what": _both(what), "reason": reason}


def csv_file(name: str, title: Text, rows: int) -> FileJson:
    """Return the entry of a CSV file of ours."""
    return {
        "file": name,
        "title": _both(title),
        "media_type": "text/csv",
        "encoding": "UTF-8",
        "byte_order_mark": True,
        "line_ending": "CRLF",
        "rows": rows,
    }


def other_file(name: str, title: Text, media_type: str, is_text: bool) -> FileJson:  # noqa: FBT001 - what it is
    """Return the entry of a file of another form."""
    return {
        "file": name,
        "title": _both(title),
        "media_type": media_type,
        "encoding": "UTF-8" if is_text else None,
        "byte_order_mark": False if is_text else None,
        "line_ending": "LF" if is_text else None,
        "rows": None,
    }
