"""What every part of the report is written from, and the footnotes that it collects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear, date_ja, span
from dxplan.language import Language, Text
from dxplan.model.plan import Plan
from dxplan.progress.achievement import Rate, Verdict
from dxplan.progress.judgement import IndicatorStatus, YearValue
from dxplan.progress.status import Status
from dxplan.project import Project
from dxplan.report.document import Cell, Line, Note, Notes, Page, Tone, Words
from dxplan.views.terminal import on_one_line, visible
from dxplan.views.wording import NOTHING, Style, projected, rate_cell, rate_text, year_name


class Scope(NamedTuple):
    """A project in the year that the report is about, and for whom it is written."""

    project: Project
    now: Status
    style: Style

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.project.plan

    @property
    def year(self) -> FiscalYear:
        """The fiscal year that the report is about."""
        return self.now.year

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """The plan's period."""
        return span(self.plan.period.first, self.plan.period.last)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.style.language

    def say(self, ja: str, en: str) -> str:
        """Return one sentence in the reader's language."""
        return Text(ja, en).to(self.language)

    def year_name(self, year: FiscalYear) -> str:
        """Return ``令和7年度`` or ``FY2025``."""
        return self.say(year.ja, year.en)

    def date(self, date: str) -> str:
        """Return ``令和8年4月`` for ``2026-04``; in English as it is written."""
        return self.say(date_ja(date), date)

    def beside(self, text: str, also: str) -> str:
        """Return ``text（also）``."""
        return self.say(f"{text}（{also}）", f"{text} ({also})")


def cover(scope: Scope, made: str | None) -> Page:
    """Return a page with nothing but its title and imprint; ``made`` is the day to name as that of its making."""
    actuals = scope.project.actuals.get(scope.year)
    published = actuals.published if actuals else None
    title = visible(scope.plan.title)
    imprint = [visible(scope.plan.organization.name), year_name(scope.year, scope.language)]
    imprint.append(scope.date(published) if published else scope.say("公表前", "Not published yet"))
    if made is not None:
        imprint.append(scope.say(f"作成 {scope.date(made)}", f"Made on {made}"))
    said = scope.say(f"{title}の進捗状況", f"Progress of {title}")
    return Page(scope.language, said, tuple(imprint), (), date=made or published)


def line(text: str, to: str | None = None, tone: Tone = Tone.PLAIN) -> Line:
    """Return a line of one piece."""
    return (Words(text, to, tone),)


def cell(*texts: str) -> Cell:
    """Return a cell of plain lines."""
    return tuple(line(text) for text in texts)


_TONES = {Verdict.MET: Tone.GOOD, Verdict.NOT_MET: Tone.BAD, Verdict.UNDECIDED: Tone.PLAIN}


def tone_of(value: YearValue) -> Tone:
    """Return the tone of a year's verdict."""
    return _TONES[value.verdict]


def name_of(scope: Scope, each: IndicatorStatus, whole: IndicatorStatus) -> str:
    """Return an indicator's name, and of a part the whole's too: ``育児休業の取得率（男性）``."""
    return visible(whole.name) if each is whole else scope.beside(visible(whole.name), visible(each.name))


def rate_of(scope: Scope, each: IndicatorStatus) -> str:
    """Return what a table shows as the year's rate; the formula it comes from is told once, beside the indicator."""
    said = rate_cell(each, scope.style)
    result = each.now.achievement
    return rate_text(result, each.form, scope.style) if isinstance(result, Rate) else said


def viewpoint_title(scope: Scope, id_: str, title: str) -> str:
    """Return ``【視点1】区民にやさしい``."""
    return scope.say(f"【視点{id_}】{visible(title)}", f"Viewpoint {id_}: {visible(title)}")


def initiative_title(scope: Scope, id_: str, title: str) -> str:
    """Return ``【取組1】窓口改革の推進``."""
    return scope.say(f"【取組{id_}】{visible(title)}", f"Initiative {id_}: {visible(title)}")


_PER_CENT = frozenset("%％")


def projection_of(scope: Scope, each: IndicatorStatus) -> str:
    """Return where the straight line leads: ``推計92.0%``; past the whole of a share only that it gets there."""
    ahead = each.outlook.projection if each.outlook else None
    if ahead is None:
        return NOTHING
    if each.indicator.unit in _PER_CENT and ahead > _WHOLE:
        return scope.say("100%に届く計算", "reaches 100%")
    value = projected(ahead, each, scope.style)
    return scope.say(f"推計{value}", f"{value} (projected)")


_WHOLE = 100


class Footnotes:
    """The notes of one section, numbered as they are first referred to; the same note has one number."""

    def __init__(self, section: str) -> None:
        self._section = section
        self._numbers: dict[str, int] = {}

    def marks(self, notes: Iterable[str]) -> Line:
        """Return the marks that lead to ``notes``."""
        pieces = []
        for note in map(on_one_line, notes):
            number = self._numbers.setdefault(note, len(self._numbers) + 1)
            pieces.append(Words(f"※{number}", f"#{self._id(number)}"))
        return tuple(pieces)

    def block(self) -> tuple[Notes, ...]:
        """Return the notes; nothing where none was referred to."""
        notes = tuple(Note(self._id(number), f"※{number}", text) for text, number in self._numbers.items())
        return (Notes(notes),) if notes else ()

    def _id(self, number: int) -> str:
        return f"note-{self._section}-{number}"
