"""One indicator: what it measures, its targets and actuals year by year, where it is heading, its footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.progress.achievement import Rate, Verdict
from dxplan.progress.grading import Grade
from dxplan.progress.judgement import IndicatorStatus, YearValue
from dxplan.report.content.charts import chart
from dxplan.report.content.history import history
from dxplan.report.content.methods import FORMULAS
from dxplan.report.content.scope import Footnotes, Scope, cell, line, projection_of, rate_of, tone_of
from dxplan.report.document import Block, Cell, Fact, Facts, Line, Row, Section, Table
from dxplan.views.terminal import on_one_line, visible
from dxplan.views.wording import (
    DIRECTIONS,
    NOTHING,
    SERIES,
    aim_text,
    baseline_text,
    change_text,
    department_text,
    final_text,
    grade_cell,
    measured_text,
    needed_text,
    progress_cell,
    target_text,
    verdict_text,
    with_unit,
)


def section(scope: Scope, each: IndicatorStatus) -> Section:
    """Return everything the report says of one indicator."""
    figures = trend(scope, each)
    return figures._replace(blocks=(Facts(tuple(_facts(scope, each))), *figures.blocks))


def trend(scope: Scope, each: IndicatorStatus) -> Section:
    """Return an indicator's figures over the years: its table, its chart and their footnotes."""
    place = f"indicator-{each.indicator.id}"
    notes = Footnotes(place)
    units = (each, *each.parts)
    marks = notes.marks(each.indicator.note)
    blocks: list[Block] = [_table(scope, units, notes)]
    blocks += [drawn for unit in units if (drawn := chart(scope, unit, each)) is not None]
    blocks += notes.block()
    title = scope.say(f"指標　{visible(each.name)}", f"Indicator: {visible(each.name)}")
    return Section(place, title, tuple(blocks), marks=marks)


def _facts(scope: Scope, each: IndicatorStatus) -> Iterator[Fact]:
    say, style, indicator = scope.say, scope.style, each.indicator
    if indicator.definition:
        yield Fact(say("定義", "Definition"), cell(on_one_line(indicator.definition)))
    kinds = [say("管理指標（目標値を置かない）", "monitoring (no targets)")] if indicator.monitoring else []
    if indicator.direction is not None:
        kinds.append(DIRECTIONS[indicator.direction].to(scope.language))
    kinds.append(SERIES[indicator.series].to(scope.language))
    yield Fact(say("種類", "Kind"), cell(say("・", ", ").join(kinds)))
    if each.now.terms.baseline is not None:
        yield Fact(say("基準値", "Baseline"), cell(baseline_text(each.now.terms.baseline, indicator.unit, style)))
    if indicator.per_year is not None:
        amount = with_unit(indicator.per_year, indicator.unit, style)
        yield Fact(say("目標値", "Target"), cell(say(f"毎年度{amount}", f"{amount} every year")))
    past = (value.achievement for unit in (each, *each.parts) for value in unit.history if value.year <= scope.year)
    formulas = {rate.method for rate in past if isinstance(rate, Rate)}
    if formulas:
        in_words = (FORMULAS[method].to(scope.language) for method in FORMULAS if method in formulas)
        yield Fact(say("達成率の式", "Rate"), cell(*in_words))
    for name, said in (
        (say("最終目標", "Final target"), final_text(each.now.terms, indicator.unit, style)),
        (say("必要な増減", "Needed for it"), needed_text(each, style)),
    ):
        if said != NOTHING:
            yield Fact(name, cell(said))
    if each.department is not None:
        label, _, who = department_text(each.department, scope.language).partition(": ")
        yield Fact(label, cell(who))
    if indicator.source:
        yield Fact(say("出典", "Source"), cell(on_one_line(indicator.source)))
    yield from _history(scope, each)


def _history(scope: Scope, each: IndicatorStatus) -> Iterator[Fact]:
    revised = (line(text) for unit in (each, *each.parts) for text in _revisions(scope, unit))
    if told := (*history(scope, each.indicator), *revised):
        yield Fact(scope.say("経緯", "History"), told)


def _revisions(scope: Scope, each: IndicatorStatus) -> Iterator[str]:
    """Yield how targets and the baseline had been revised by the end of the year in question."""
    unit, style = each.indicator.unit, scope.style
    name = f"{visible(each.name)} " if each.is_part else ""
    for year, target in sorted(each.indicator.targets.items()):
        stood = [*(revision.before for revision in target.revisions), target.standing]
        for (before, after), revision in zip(
            pairwise(stood), target.revisions[: target.undone(scope.year)], strict=False
        ):
            change = f"{target_text(before, unit, style)} → {target_text(after, unit, style)}"
            why = scope.beside(scope.date(revision.date), on_one_line(revision.reason))
            of = scope.year_name(year)
            yield scope.say(f"{name}{of}の目標値 {change}　{why}", f"{name}target of {of}: {change}, {why}")
    baseline = each.indicator.baseline
    for rebased in baseline.revisions[: baseline.undone(scope.year)] if baseline else ():
        was = baseline_text(rebased.before, unit, style)
        why = scope.beside(scope.date(rebased.date), on_one_line(rebased.reason))
        yield scope.say(f"{name}基準値 {was}から改定　{why}", f"{name}baseline revised from {was}, {why}")


def _columns(scope: Scope, units: tuple[IndicatorStatus, ...]) -> list[FiscalYear]:
    """Return the plan's years, and those after it that have a target."""
    later = {year for unit in units for year in unit.indicator.targets if year > scope.years[-1]}
    return [*scope.years, *sorted(later)]


def _table(scope: Scope, units: tuple[IndicatorStatus, ...], notes: Footnotes) -> Table:
    years = _columns(scope, units)
    head = [
        scope.say("年度", "Fiscal year"),
        _baseline_heading(scope, units),
        *(scope.year_name(year) for year in years),
    ]
    rows = [row for unit in units for row in _Figures(scope, unit, years, notes).rows()]
    if not any(unit.now.terms.baseline for unit in units):
        head.pop(1)
        rows = [Row((row.cells[0], *row.cells[2:]), row.id) for row in rows]
    name = visible(units[0].name)
    caption = scope.say(f"{name}の目標値と実績値", f"Targets and actuals: {name}")
    if units[0].indicator.monitoring:
        caption = scope.say(f"{name}の実績値", f"Actuals: {name}")
    return Table(caption, tuple(head), tuple(rows))


def _baseline_heading(scope: Scope, units: tuple[IndicatorStatus, ...]) -> str:
    """Return the heading of the baselines, with their year where they have but one: ``令和6年度 基準値``."""
    known = [unit.now.terms.baseline for unit in units if unit.now.terms.baseline]
    years = {each.year for each in known}
    name = scope.say("基準値", "Baseline")
    if len(years) != 1 or any(each.label for each in known):
        return name
    year = scope.year_name(years.pop())
    return scope.say(f"{year} 基準値", f"{year} baseline")


class _Figures(NamedTuple):
    """One indicator, or a part of it, over the years: a row for each kind of figure."""

    scope: Scope
    unit: IndicatorStatus
    years: list[FiscalYear]
    notes: Footnotes

    def rows(self) -> Iterator[Row]:
        """Yield the rows; one that would hold nothing is left out."""
        say, style, unit = self.scope.say, self.scope.style, self.unit
        baseline = baseline_text(unit.now.terms.baseline, unit.indicator.unit, style)
        yield self._row(say("実績値", "Actual"), self._past(self._actual), baseline)
        if not unit.indicator.monitoring and (unit.indicator.targets or unit.indicator.expected):
            yield self._row(say("目標値", "Target"), self._target)
        if unit.indicator.monitoring:
            change = self._past(lambda value: change_text(unit._replace(now=value), style))
            yield self._row(say("基準値からの増減", "Change from baseline"), change)
        else:
            yield from (row for row in self._judged() if any(_says(cell) for cell in row.cells[1:]))

    def _judged(self) -> Iterator[Row]:
        say, style, unit = self.scope.say, self.scope.style, self.unit
        yield self._row(say("達成率", "Rate"), self._past(lambda value: rate_of(self.scope, unit._replace(now=value))))
        yield self._row(say("判定", "Verdict"), self._past(self._verdict))
        yield self._row(say("評価", "Grade"), self._past(self._grade))
        onward = self._past(lambda value: progress_cell(unit._replace(now=value), style))
        yield self._row(say("最終目標進捗率", "Progress to final target"), onward)
        projection = projection_of(self.scope, unit)
        if unit.outlook is not None:
            end = unit.outlook.final.year
            yield self._row(say("このままなら", "At this pace"), lambda year: projection if year == end else NOTHING)

    def _row(self, name: str, of: Callable[[FiscalYear], Line | str], baseline: str = NOTHING) -> Row:
        said = (of(year) for year in self.years)
        cells: list[Cell] = [cell(each) if isinstance(each, str) else (each,) for each in said]
        if not self.unit.is_part:
            return Row((cell(name), cell(baseline), *cells))
        title = (*line(f"{visible(self.unit.name)}　{name}"), *self.notes.marks(self.unit.indicator.note))
        return Row(((title,), cell(baseline), *cells))

    def _past(self, shown: Callable[[YearValue], Line | str]) -> Callable[[FiscalYear], Line | str]:
        """Return what is shown of a year gone by; nothing of a coming one."""
        by_year = {past.year: past for past in self.unit.history if past.year <= self.scope.year}
        return lambda year: shown(by_year[year]) if year in by_year else NOTHING

    def _target(self, year: FiscalYear) -> str:
        """Return the target that was judged by, or of a coming year as it stood at the end of the one in question."""
        unit, style = self.unit.indicator.unit, self.scope.style
        for past in self.unit.history:
            if past.year == year <= self.scope.year:
                return aim_text(past, unit, style)
        known = self.unit.indicator.targets.get(year)
        return target_text(known.in_force(self.scope.year) if known else None, unit, style)

    def _actual(self, value: YearValue) -> Line:
        actual, say = value.measured.actual, self.scope.say
        notes = list(actual.note)
        if actual.as_of is not None:
            as_of = self.scope.date(actual.as_of)
            notes.append(say(f"{as_of}現在", f"as of {as_of}"))
        if actual.source is not None:
            notes.append(say(f"出典: {actual.source}", f"Source: {actual.source}"))
        said = measured_text(value.measured, self.unit.indicator.unit, self.scope.style)
        return (*line(said), *self.notes.marks(notes))

    def _verdict(self, value: YearValue) -> Line:
        said = line(verdict_text(value, self.scope.style), tone=tone_of(value))
        actual = value.measured.actual
        by_person = actual.met is not None and value.verdict is not Verdict.UNDECIDED
        return (*said, *self.notes.marks([actual.reason] if by_person and actual.reason is not None else []))

    def _grade(self, value: YearValue) -> Line:
        by_hand = value.grade.reason if isinstance(value.grade, Grade) else None
        return (*line(grade_cell(value.grade, self.scope.style)), *self.notes.marks([by_hand] if by_hand else []))


def _says(cell: Cell) -> bool:
    return any(words.text != NOTHING for line in cell for words in line)
