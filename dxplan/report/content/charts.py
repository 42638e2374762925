"""An indicator's chart: which figures it shows, and how high each of them stands."""

from __future__ import annotations

from fractions import Fraction

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.target import TargetValue
from dxplan.model.values import Series
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.measured import Measured
from dxplan.progress.terms import Expected, Goal, goal
from dxplan.report.content.scope import Scope, name_of, projection_of
from dxplan.report.document import Chart, Column, Point, Projection
from dxplan.views.terminal import visible
from dxplan.views.wording import measured_text, target_text, with_unit

_HIGHEST_PROJECTION = Fraction(5, 4)
"""How many times the highest figure a projection may stand before it leaves the chart, so that bars stay readable."""


def chart(scope: Scope, each: IndicatorStatus, whole: IndicatorStatus) -> Chart | None:
    """Return the chart of an indicator or of a part with targets; None where no year has a number to draw."""
    if each.is_part and not each.indicator.targets:
        return None
    bars = {
        past.year: past.measured
        for past in each.history
        if past.year <= scope.year and isinstance(past.measured, Measured)
    }
    aims = {} if each.indicator.monitoring else _aims(scope, each)
    baseline = each.now.terms.baseline
    start = None if each.indicator.series is Series.CUMULATIVE or baseline is None else baseline.value
    ahead = each.outlook.projection if each.outlook else None
    if not bars and start is None:
        return None
    drawn = [measured.exact for measured in bars.values()] + [Fraction(0)]
    drawn += [bound for aim, _ in aims.values() for bound in _bounds(aim)]
    drawn += [] if start is None else [Fraction(start)]
    low, high = min(drawn), max(drawn)
    if ahead is not None and bars:
        high = max(high, min(ahead, high * _HIGHEST_PROJECTION))
        low = min(low, max(ahead, low * _HIGHEST_PROJECTION))
    if low == high:
        return None  # nothing but zeros
    height = high - low

    def point(value: Fraction, text: str) -> Point:
        return Point((value - low) / height, text)

    unit, style = each.indicator.unit, scope.style
    columns = []
    if start is not None and baseline is not None:
        label = visible(baseline.label) if baseline.label else str(baseline.year)
        columns.append(Column(label, point(Fraction(start), with_unit(start, unit, style)), (), is_baseline=True))
    first = len(columns)
    years = [*scope.years, *sorted(year for year in aims if year > scope.years[-1])]
    for year in years:
        measured = bars.get(year)
        bar = None if measured is None else point(measured.exact, with_unit(measured.value, unit, style))
        aim, text = aims.get(year, (None, ""))
        marks = () if aim is None else tuple(point(bound, text) for bound in _bounds(aim))
        columns.append(Column(str(year), bar, marks))
    projection = None
    if ahead is not None and each.outlook is not None and scope.year in bars and each.outlook.final.year in years:
        end = first + years.index(each.outlook.final.year)
        projection = Projection(first + years.index(scope.year), end, point(ahead, projection_of(scope, each)))
    title = scope.say(f"{name_of(scope, each, whole)}の推移", f"{name_of(scope, each, whole)} over the years")
    return Chart(title, _in_words(scope, each, columns, projection), tuple(columns), -low / height, projection)


def _aims(scope: Scope, each: IndicatorStatus) -> dict[FiscalYear, tuple[Goal, str]]:
    """Return what each year has to reach, as far as that is a number, and in words.

    Years gone by are as they were judged, coming ones as they were planned at the end of the year in question.
    """
    coming = {
        year: (goal(each.indicator.direction, known), _aim(scope, each, known, None))
        for year, target in each.indicator.targets.items()
        if year > scope.year and (known := target.in_force(scope.year)) is not None
    }
    gone = {
        past.year: (past.terms.goal, _aim(scope, each, past.target, past.terms.expected))
        for past in each.history
        if past.year <= scope.year
    }
    return {year: (aim, text) for year, (aim, text) in {**gone, **coming}.items() if aim is not None and _bounds(aim)}


def _aim(scope: Scope, each: IndicatorStatus, target: TargetValue | None, expected: Expected | None) -> str:
    """Return a target, or else an expected value, in as few words as a column has room for; the table says more."""
    if target is None and expected is not None:
        return with_unit(expected.shown, each.indicator.unit, scope.style)
    return target_text(target, each.indicator.unit, scope.style)


def _bounds(goal: Goal) -> list[Fraction]:
    bounds = [bound for bound in (goal.lower, goal.upper) if bound is not None]
    return bounds or ([] if goal.number is None else [goal.number])


def _in_words(scope: Scope, each: IndicatorStatus, columns: list[Column], projection: Projection | None) -> str:
    """Return what the chart shows, for who cannot see it; its figures stand in the table."""
    shown = [Text("棒は実績値", "bars are actuals")]
    if columns[0].is_baseline:
        shown.append(Text("左端の枠は基準値", "the outlined one is the baseline"))
    if any(column.marks for column in columns):
        shown.append(Text("横線は目標値", "lines are targets"))
    if projection is not None:
        shown.append(Text("破線はこれまでの増減を延ばした計算", "dashes prolong the change so far"))
    words = [text.to(scope.language) for text in shown]
    now = measured_text(each.now.measured, each.indicator.unit, scope.style)
    year = scope.year_name(scope.year)
    return scope.say(
        f"{'、'.join(words)}。{year}の実績値は{now}。数値は表にある。",
        f"{', '.join(words).capitalize()}. The actual of {year} is {now}. The table holds the figures.",
    )
