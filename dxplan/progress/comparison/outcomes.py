"""What follows from the rest: rates, verdicts and grades."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.fiscal_year import FiscalYear
from dxplan.model.grades import Grading
from dxplan.model.plan import Plan
from dxplan.progress.achievement import Rate, Verdict
from dxplan.progress.comparison.changes import Change, Item, Kind, Outcome, Section, What
from dxplan.progress.comparison.pair import Pair
from dxplan.progress.grading import Grade, grading_in
from dxplan.progress.judgement import IndicatorStatus, indicator_status, units
from dxplan.progress.measured import NotMeasured
from dxplan.progress.status import has_report


def outcomes(pair: Pair) -> Iterator[Change]:
    """Yield what is judged otherwise than it was, of what had a value in both versions."""
    if not pair.is_whole:
        return
    for year, actuals in pair.now.actuals.items():
        then = pair.before.actuals.get(year)
        in_period = all(each.plan.period.holds(year) for each in pair)
        if then is None or not in_period or not has_report(then) or not has_report(actuals):
            continue
        for id_, today in pair.now.indicator_by_id.items():
            was = pair.before.indicator_by_id.get(id_)
            if was is None or not was.lasts(year) or not today.lasts(year):
                continue
            before, now = indicator_status(pair.before, was, year), indicator_status(pair.now, today, year)
            item = Item(Kind.INDICATOR, id_, now.name)
            for old, new in counted(before, now):
                if has_outcome(old) and has_outcome(new) and judged(old) != judged(new):
                    yield outcome(item, (old, new), year, (pair.before.plan, pair.now.plan))


def counted(before: IndicatorStatus, now: IndicatorStatus) -> Iterator[tuple[IndicatorStatus, IndicatorStatus]]:
    """Yield what is counted of an indicator, on both sides: itself, or its parts where they are judged apart."""
    if before.judged_apart is not now.judged_apart:
        return
    was = {each.indicator.id if each.is_part else None: each for each in units(before)}
    for each in units(now):
        key = each.indicator.id if each.is_part else None
        if key in was:
            yield was[key], each


def has_outcome(each: IndicatorStatus) -> bool:
    """Whether there is a value, or a rate or a verdict that follows from its parts."""
    now = each.now
    by_parts = isinstance(now.achievement, Rate) or now.verdict is not Verdict.UNDECIDED
    return by_parts or not isinstance(now.measured, NotMeasured)


def judged(each: IndicatorStatus) -> tuple[object, ...]:
    """Return what became of an indicator in its year."""
    grade = each.now.grade
    return (each.now.achievement, each.now.verdict, grade.label if isinstance(grade, Grade) else None)


def outcome(
    item: Item, statuses: tuple[IndicatorStatus, IndicatorStatus], year: FiscalYear | None, plans: tuple[Plan, Plan]
) -> Change:
    """Return what became of an indicator on both sides, and whether that is better; ``year`` where it is one year."""
    old, new = statuses
    if new.is_part:
        item = item._replace(part=new.indicator.id, part_name=new.name)
    gradings = [grading_in(plan, each.now.year) for plan, each in zip(plans, statuses, strict=True)]
    what = _direction(old, new, gradings[0] if gradings[0] == gradings[1] else None)
    sides = (Outcome(old.now, old.form), Outcome(new.now, new.form))
    return Change(Section.OUTCOMES, what, item, "outcome", year, sides, new.indicator.unit)


def _direction(old: IndicatorStatus, new: IndicatorStatus, grading: Grading | None) -> What:
    """Return whether it became better: by grade, else by verdict, else by rate."""
    was, is_ = old.now, new.now
    if grading is not None and isinstance(was.grade, Grade) and isinstance(is_.grade, Grade):
        places = [band.label for band in grading.bands]
        before, now = (places.index(each) if each in places else None for each in (was.grade.label, is_.grade.label))
        if before is not None and now is not None and before != now:
            return What.UP if now < before else What.DOWN
    if was.verdict != is_.verdict and Verdict.UNDECIDED not in (was.verdict, is_.verdict):
        return What.UP if is_.verdict is Verdict.MET else What.DOWN
    rates = [each.achievement.value for each in (was, is_) if isinstance(each.achievement, Rate)]
    if len(rates) < 2 or rates[0] == rates[1]:  # noqa: PLR2004 - one on each side
        return What.CHANGED
    return What.UP if rates[1] > rates[0] else What.DOWN
