"""Two fiscal years of one project, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.fiscal_year import FiscalYear
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Action, Initiative
from dxplan.progress.comparison.changes import Change, Item, Kind, Section, Share, What
from dxplan.progress.comparison.outcomes import counted, has_outcome, judged, outcome
from dxplan.progress.comparison.reports import said
from dxplan.progress.comparison.structure import members
from dxplan.progress.judgement import IndicatorStatus, indicator_status
from dxplan.progress.measured import NotMeasured
from dxplan.progress.status import status
from dxplan.project import Project


def between_years(project: Project, first: FiscalYear, second: FiscalYear) -> tuple[Change, ...]:
    """Return what differs between two fiscal years of a project."""
    return (*_lives(project, first, second), *_progressed(project, first, second), *_rates(project, first, second))


def _lives(project: Project, first: FiscalYear, second: FiscalYear) -> Iterator[Change]:
    for member in members(project).values():
        value, item = member.value, member.item
        section = Section.INDICATORS if isinstance(value, Indicator) else Section.INITIATIVES
        if isinstance(value, Initiative | Indicator):
            entry = project.indicator_by_id[value.id] if isinstance(value, Indicator) else value
            was, is_ = entry.lasts(first), entry.lasts(second)
            if is_ and not was:
                yield Change(section, What.ADDED, item, year=value.first or second)
            elif was and not is_:
                what = What.MERGED if value.merged_into else What.ENDED
                yield Change(section, what, item, "merged_into", value.until, (None, value.merged_into))
        if isinstance(value, Initiative | Action | Indicator):
            names = [
                value.name_in(each) if isinstance(value, Indicator) else value.title_in(each)
                for each in (first, second)
            ]
            if names[0] != names[1]:
                field = "name" if isinstance(value, Indicator) else "title"
                yield Change(section, What.RENAMED, item._replace(name=names[1]), field, None, (names[0], names[1]))


def _progressed(project: Project, first: FiscalYear, second: FiscalYear) -> Iterator[Change]:
    """Yield how many actions of each initiative were carried out, and what each of them came to."""
    sides = [{each.initiative.id: each for each in status(project, year).initiatives} for year in (first, second)]
    for id_, new in sides[1].items():
        old = sides[0].get(id_)
        if old is None:
            continue
        shares = [Share(each.carried_out, each.scheduled) for each in (old, new)]
        if shares[0] != shares[1] and any(each.scheduled for each in shares):
            item = Item(Kind.INITIATIVE, id_, new.title)
            yield Change(Section.RESULTS, _compared(*shares), item, "actions", None, (shares[0], shares[1]))
    results = [project.actuals[year].actions if year in project.actuals else {} for year in (first, second)]
    for entry in project.actions:
        was, is_ = (each.get(entry.action.id) for each in results)
        if was is not None and is_ is not None and was.result is not is_.result:
            item = Item(Kind.ACTION, entry.action.id, entry.action.title_in(second))
            recorded = (said(was.recorded), said(is_.recorded))
            yield Change(Section.RESULTS, What.CHANGED, item, "result", None, recorded)


def _compared(old: Share, new: Share) -> What:
    if not old.scheduled or not new.scheduled:
        return What.CHANGED
    was, is_ = old.carried_out * new.scheduled, new.carried_out * old.scheduled
    return What.CHANGED if was == is_ else What.UP if is_ > was else What.DOWN


def _rates(project: Project, first: FiscalYear, second: FiscalYear) -> Iterator[Change]:
    for entry in project.indicators:
        if not entry.lasts(first) or not entry.lasts(second):
            continue
        before, now = (indicator_status(project, entry, year) for year in (first, second))
        for old, new in counted(before, now):
            if (has_outcome(old) or has_outcome(new)) and (judged(old) != judged(new) or _value(old) != _value(new)):
                item = Item(Kind.INDICATOR, entry.indicator.id, now.name)
                yield outcome(item, (old, new), None, (project.plan, project.plan))


def _value(each: IndicatorStatus) -> object:
    measured = each.now.measured
    return measured.reason if isinstance(measured, NotMeasured) else getattr(measured, "exact", measured.actual.text)
