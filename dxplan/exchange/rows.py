"""What a project says, and what is computed of it, as rows of the one long table (`table`), in the plan's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxplan.exchange.table import Kind, Row, Said, State, Subject
from dxplan.fiscal_year import FiscalYear, span
from dxplan.model.actuals import Actual, Actuals, Correction, PartActual
from dxplan.model.department import Department, Quantity
from dxplan.model.history import FormerName
from dxplan.model.indicator import Baseline, BaselineValue, Indicator
from dxplan.model.plan import Initiative, Plan, Viewpoint
from dxplan.model.target import Target, TargetValue
from dxplan.model.values import Judged, NegativeSign, ProgressBy, RateForm, Result, Series, ValueState
from dxplan.progress.achievement import Achievement, NoRate, Verdict, shown
from dxplan.progress.grading import Grade
from dxplan.progress.judgement import IndicatorStatus, YearValue, indicator_status
from dxplan.progress.measured import NotMeasured, Stage
from dxplan.progress.terms import Against, Form, part_of
from dxplan.project import ActionEntry, IndicatorEntry, InitiativeEntry, Project, RelistedEntry

RATIO = "比"
"""The unit of a rate that the plan shows as a ratio (0.95); else it is ``%``."""


def rows(project: Project, year: FiscalYear | None = None) -> Iterator[Row]:
    """Return the whole table, or with ``year`` what is of that year, of none, or needed to read it."""
    for row in _plan(project):
        if year is None or row.fiscal_year in (None, year) or row.kind in _OF_EVERY_YEAR:
            yield row


_OF_EVERY_YEAR = frozenset(
    (Kind.PERIOD, Kind.BASELINE, Kind.BASELINE_BEFORE, Kind.BAND, Kind.JOINED, Kind.LEFT, Kind.FORMER_NAME)
)
"""What a single year is read by, although it is dated in another."""


# Each row is made from the bare row of its subject, which says what the subject is and nothing of it yet.


def _bare_plan(project: Project) -> Row:
    plan = project.plan
    code, name = plan.organization.code, plan.organization.name
    return Row(code, name, plan.title, Subject.PLAN, Kind.ITEM, name=plan.title)


def _bare(project: Project, subject: Subject, viewpoint: Viewpoint | None, initiative: Initiative | None = None) -> Row:
    return _bare_plan(project)._replace(
        subject=subject,
        viewpoint_id=viewpoint.id if viewpoint else None,
        viewpoint=viewpoint.title if viewpoint else None,
        initiative_id=initiative.id if initiative else None,
        initiative=initiative.title if initiative else None,
    )


def _lead(department: Department | None) -> str | None:
    return department.lead if department else None


def _bare_initiative(project: Project, entry: InitiativeEntry) -> Row:
    own = entry.initiative
    bare = _bare(project, Subject.INITIATIVE, entry.viewpoint, own)
    return bare._replace(id=own.id, name=own.title, department=_lead(entry.department))


def _bare_action(project: Project, entry: ActionEntry) -> Row:
    bare = _bare(project, Subject.ACTION, entry.viewpoint, entry.initiative)
    return bare._replace(id=entry.action.id, name=entry.action.title, department=_lead(entry.department))


def _bare_relisting(project: Project, entry: RelistedEntry) -> Row:
    bare = _bare(project, Subject.RELISTING, entry.viewpoint, entry.initiative)._replace(id=entry.relisted.relisted)
    home = project.action_by_id.get(entry.relisted.relisted)
    return bare._replace(name=home.action.title, department=_lead(home.department)) if home else bare


def _bare_indicator(project: Project, entry: IndicatorEntry, part: Indicator | None = None) -> Row:
    whole = entry.indicator
    own = part or whole
    return _bare(project, Subject.INDICATOR, entry.viewpoint, entry.initiative)._replace(
        id=whole.id,
        name=whole.name,
        part_id=part.id if part else None,
        part=part.name if part else None,
        department=_lead(entry.department),
        monitoring=whole.monitoring,
        direction=own.direction,
        series=own.series,
        entered=own.entered if own.series is Series.CUMULATIVE else None,
        method=own.method,
        unit=own.unit or None,
    )


def _at(bare: Row, kind: Kind, year: FiscalYear | None = None, state: State = Said.STATED) -> Row:
    return bare._replace(kind=kind, fiscal_year=year, western_year=year.western if year else None, state=state)


def _noted(row: Row, bare: Row, notes: Sequence[str]) -> Iterator[Row]:
    """Yield ``row`` with its first note, then each further note in a row of its own."""
    yield row._replace(note=notes[0]) if notes else row
    yield from _notes(_at(bare, Kind.NOTE, row.fiscal_year), row.kind, notes[1:], 2)


def _notes(row: Row, about: Kind, notes: Iterable[str], first: int = 1) -> Iterator[Row]:
    for line, note in enumerate(notes, first):
        yield row._replace(unit=None, about=about.value, line=line, note=note)


def _item(bare: Row, place: int, notes: Sequence[str] = ()) -> Iterator[Row]:
    return _noted(bare._replace(line=place), bare, notes)


def _texts(bare: Row, kind: Kind, *texts: str | None) -> Iterator[Row]:
    for line, text in enumerate((text for text in texts if text is not None), 1):
        yield _at(bare, kind)._replace(text=text, line=line)


def _changing(
    bare: Row,
    former: Iterable[FormerName],
    first: FiscalYear | None,
    until: FiscalYear | None,
    merged_into: str | None,
) -> Iterator[Row]:
    for line, each in enumerate(former, 1):
        yield _at(bare, Kind.FORMER_NAME, each.until)._replace(text=each.name, line=line)
    if first is not None:
        yield _at(bare, Kind.JOINED, first)
    if until is not None or merged_into is not None:
        yield _at(bare, Kind.LEFT, until)._replace(other_id=merged_into)


def _related(bare: Row, department: Department | None) -> Iterator[Row]:
    yield from _texts(bare, Kind.RELATED_DEPARTMENT, *(department.related if department else ()))


def _settings(bare: Row, settings: Mapping[str, str | None]) -> Iterator[Row]:
    for key, value in settings.items():
        if value is not None:
            yield _at(bare, Kind.SETTING)._replace(about=key, text=value)


def _amounts(bare: Row, kind: Kind, year: FiscalYear, amount: Quantity | None) -> Iterator[Row]:
    if amount is not None:
        yield _at(bare, kind, year)._replace(value=amount.value, unit=amount.unit)


def _plan(project: Project) -> Iterator[Row]:
    plan, bare = project.plan, _bare_plan(project)
    yield from _item(bare, 1, plan.note)
    ends = {"first": plan.period.first, "last": plan.period.last, "horizon": plan.period.horizon}
    for about, year in ends.items():
        if year is not None:
            yield _at(bare, Kind.PERIOD, year)._replace(about=about)
    if plan.adopted is not None:
        yield _at(bare, Kind.ADOPTED)._replace(date=plan.adopted)
    yield from _texts(bare, Kind.VISION, plan.vision)
    yield from _texts(bare, Kind.SUMMARY, plan.summary)
    yield from _settings(bare, _plan_settings(plan))
    yield from _bands(bare, plan)
    for year, actuals in project.actuals.items():
        yield from _year(project, bare, year, actuals)
    of_plan = [entry for entry in project.indicators if entry.viewpoint is None]
    for place, indicator in enumerate(of_plan, 1):
        yield from _indicator(project, indicator, place)
    for place, viewpoint in enumerate(plan.viewpoints, 1):
        yield from _viewpoint(project, viewpoint, place)


def _plan_settings(plan: Plan) -> Mapping[str, str | None]:
    methods = {f"methods.{key}": method for key, method in plan.methods}
    return {
        "licence": plan.licence,
        "decimals": None if plan.decimals is None else str(plan.decimals),
        "rates": plan.rates.value if plan.rates is not RateForm.PERCENT else None,
        "negative": plan.negative.value if plan.negative is not NegativeSign.MINUS else None,
        **{key: method.value if method else None for key, method in methods.items()},
        "progress": plan.progress.value if plan.progress is not ProgressBy.WAY else None,
        "data_year_targets": "true" if plan.data_year_targets else None,
    }


def _bands(bare: Row, plan: Plan) -> Iterator[Row]:
    for grading in plan.grades:
        for line, band in enumerate(grading.bands, 1):
            yield _at(bare, Kind.BAND, grading.first, Said.BY_HAND if band.by_hand else Said.STATED)._replace(
                about=grading.by.value,
                grade=band.label,
                min=band.min,
                over=band.over,
                value=band.full_target,
                unit="%",
                text=band.meaning,
                line=line,
            )


def _year(project: Project, bare: Row, year: FiscalYear, actuals: Actuals) -> Iterator[Row]:
    row = _at(bare, Kind.YEAR, year, actuals.state)._replace(date=actuals.published)
    yield from _noted(row, bare, actuals.note)
    for line, correction in enumerate(actuals.corrections, 1):
        about = _corrected(project, correction)._replace(unit=None)
        yield _at(about, Kind.CORRECTION, year)._replace(
            date=correction.date, before=correction.old, after=correction.new, reason=correction.reason, line=line
        )


def _corrected(project: Project, correction: Correction) -> Row:
    """Return the bare row of what was corrected; of the plan, where it was the date of publication."""
    if indicator := project.indicator_by_id.get(correction.id):
        part = next((each for each in indicator.indicator.parts if each.id == correction.part), None)
        return _bare_indicator(project, indicator, part_of(indicator.indicator, part) if part else None)
    if action := project.action_by_id.get(correction.id):
        return _bare_action(project, action)
    for initiative in project.initiatives:
        if initiative.initiative.id == correction.id:
            return _bare_initiative(project, initiative)
    return _bare_plan(project)


def _viewpoint(project: Project, viewpoint: Viewpoint, place: int) -> Iterator[Row]:
    bare = _bare(project, Subject.VIEWPOINT, viewpoint)._replace(
        id=viewpoint.id, name=viewpoint.title, department=_lead(viewpoint.department)
    )
    yield from _item(bare, place, viewpoint.note)
    yield from _texts(bare, Kind.OUTLOOK, viewpoint.outlook)
    yield from _related(bare, viewpoint.department)
    own = [entry for entry in project.indicators if entry.viewpoint is viewpoint and entry.initiative is None]
    for number, indicator in enumerate(own, 1):
        yield from _indicator(project, indicator, number)
    within = [entry for entry in project.initiatives if entry.viewpoint is viewpoint]
    for number, initiative in enumerate(within, 1):
        yield from _initiative(project, initiative, number)


def _initiative(project: Project, entry: InitiativeEntry, place: int) -> Iterator[Row]:
    own, bare = entry.initiative, _bare_initiative(project, entry)
    yield from _item(bare, place, own.note)
    yield from _changing(bare, own.former_names, own.first, own.until, own.merged_into)
    yield from _texts(bare, Kind.SUMMARY, own.summary)
    yield from _texts(bare, Kind.THEME, *own.themes)
    yield from _related(bare, entry.department)
    for year, budget in sorted(own.budget.items()):
        yield from _amounts(bare, Kind.BUDGET, year, budget)
    for year, actuals in project.actuals.items():
        if said := actuals.initiatives.get(own.id):
            yield from _amounts(bare, Kind.SETTLED, year, said.settled)
            yield from _notes(_at(bare, Kind.NOTE, year), Kind.RESULT, said.note)
    indicators = [each for each in project.indicators if each.initiative is own]
    for number, indicator in enumerate(indicators, 1):
        yield from _indicator(project, indicator, number)
    listed = [each for each in project.listings if each.initiative is own]
    for number, each in enumerate(listed, 1):
        if isinstance(each, ActionEntry):
            yield from _action(project, each, number)
        else:
            relisting = _bare_relisting(project, each)
            row = relisting._replace(text=each.relisted.title, other_id=each.relisted.id, line=number)
            yield from _noted(row, relisting, each.relisted.note)


def _action(project: Project, entry: ActionEntry, place: int) -> Iterator[Row]:
    own, bare = entry.action, _bare_action(project, entry)
    yield from _item(bare, place, own.note)
    yield from _changing(bare, own.former_names, None, None, None)
    yield from _related(bare, entry.department)
    if own.continues is not None:
        yield _at(bare, Kind.CONTINUES)._replace(other_id=own.continues)
    yield from _schedule(project, entry, bare)
    for year, budget in sorted(own.budget.items()):
        yield from _amounts(bare, Kind.BUDGET, year, budget)
    for year, actuals in project.actuals.items():
        result = actuals.actions.get(own.id)
        if result is not None:
            yield from _noted(_at(bare, Kind.RESULT, year, result.result), bare, result.note)
            yield from _amounts(bare, Kind.QUANTITY, year, result.quantity)
            yield from _amounts(bare, Kind.SETTLED, year, result.settled)
        elif entry.is_due(year):
            yield _at(bare, Kind.RESULT, year, Result.UNREPORTED)


def _schedule(project: Project, entry: ActionEntry, bare: Row) -> Iterator[Row]:
    schedule = entry.action.schedule
    last = schedule.last or max(schedule.first, project.plan.period.last)
    years = schedule.stages or dict.fromkeys(span(schedule.first, last), ())
    for year, stages in years.items():
        row = _at(bare, Kind.SCHEDULE, year)._replace(open_ended=schedule.last is None)
        for line, stage in enumerate(stages or (None,), 1):
            yield row._replace(text=stage, line=line)


def _indicator(project: Project, entry: IndicatorEntry, place: int) -> Iterator[Row]:
    own, bare = entry.indicator, _bare_indicator(project, entry)
    judged = _judged(project, entry)
    yield from _item(bare, place, own.note)
    yield from _changing(bare, own.former_names, own.first, own.until, own.merged_into)
    yield from _texts(bare, Kind.DEFINITION, own.definition)
    yield from _texts(bare, Kind.SOURCE, own.source)
    yield from _related(bare, entry.department)
    settings = {
        "decimals": None if own.decimals is None else str(own.decimals),
        "judged": own.judged.value if own.judged is not Judged.TOGETHER else None,
    }
    yield from _settings(bare._replace(unit=None), settings)
    yield from _aims(own, bare, judged)
    for year, actuals in project.actuals.items():
        actual = actuals.indicators.get(own.id)
        if actual is not None or entry.lasts(year):
            yield from _actual(actual or _UNREPORTED, bare, year)
    yield from _computed(project, bare, judged)
    for number, part in enumerate(own.parts):
        piece = part_of(own, part)
        of_part = _bare_indicator(project, entry, piece)
        own_judged = judged.parts[number] if judged else None
        yield from _item(of_part, number + 1, part.note)
        yield from _aims(piece, of_part, own_judged)
        for year, actuals in project.actuals.items():
            whole = actuals.indicators.get(own.id)
            if whole is not None and whole.parts:
                yield from _actual(whole.parts.get(part.id, _UNREPORTED), of_part, year)
        yield from _computed(project, of_part, own_judged)


_UNREPORTED = Actual(state=ValueState.UNREPORTED)


def _judged(project: Project, entry: IndicatorEntry) -> IndicatorStatus | None:
    """Return every year of the indicator judged; None where it is part of the plan in none."""
    period = project.plan.period
    year = next((each for each in span(period.first, period.last) if entry.lasts(each)), None)
    return None if year is None else indicator_status(project, entry, year)


def _aims(own: Indicator, bare: Row, judged: IndicatorStatus | None) -> Iterator[Row]:
    if own.baseline is not None:
        yield from _baseline(own.baseline, bare)
    if own.per_year is not None:
        yield _at(bare, Kind.PER_YEAR)._replace(value=own.per_year)
    for year, target in sorted(own.targets.items()):
        yield from _target(target, bare, year)
    if isinstance(own.expected, dict):
        for year, value in sorted(own.expected.items()):
            yield _at(bare, Kind.EXPECTED, year)._replace(value=value)
    for each in judged.history if judged else ():
        expected = each.terms.expected
        if expected is not None and expected.interpolated and each.terms.aim_year == each.year:
            yield _at(bare, Kind.EXPECTED, each.year, Said.INTERPOLATED)._replace(value=expected.shown)


def _baseline(baseline: Baseline, bare: Row) -> Iterator[Row]:
    yield _baseline_value(baseline, _at(bare, Kind.BASELINE, baseline.year))._replace(note=baseline.note)
    for line, revision in enumerate(baseline.revisions, 1):
        before = revision.before
        row = _at(bare, Kind.BASELINE_BEFORE, before.year if before else None)
        row = _baseline_value(before, row) if before else row._replace(state=Said.ABSENT)
        yield row._replace(date=revision.date, reason=revision.reason, line=line)


def _baseline_value(value: BaselineValue, row: Row) -> Row:
    return row._replace(
        value=value.value,
        text=value.text,
        label=value.label,
        estimate=value.estimate,
        reference=value.reference,
        in_period=value.in_period,
    )


def _target(target: Target, bare: Row, year: FiscalYear) -> Iterator[Row]:
    row = _at(bare, Kind.TARGET, year, Said.STATED if target.is_stated else Said.DROPPED)
    yield _target_value(target, row)
    for line, revision in enumerate(target.revisions, 1):
        row = _at(bare, Kind.TARGET_BEFORE, year, Said.STATED if revision.before else Said.ABSENT)
        row = _target_value(revision.before, row) if revision.before else row
        yield row._replace(date=revision.date, reason=revision.reason, line=line)


def _target_value(target: TargetValue, row: Row) -> Row:
    return row._replace(
        value=target.value,
        min=target.min,
        over=target.over,
        max=target.max,
        under=target.under,
        text=target.text,
        words=target.words,
    )


def _actual(actual: PartActual, bare: Row, year: FiscalYear) -> Iterator[Row]:
    part, whole = actual.of or (None, None)
    met = None if actual.met is None else Verdict.MET if actual.met else Verdict.NOT_MET
    state = Said.IN_PARTS if actual.is_in_parts_alone else actual.state
    row = _at(bare, Kind.ACTUAL, year, state)._replace(
        value=actual.value,
        count_part=part,
        count_whole=whole,
        text=actual.text,
        preliminary=actual.preliminary,
        as_of=actual.as_of,
        data_year_western=actual.data_year.western if actual.data_year else None,
        label=actual.label,
        source=actual.source,
        met=met,
        grade=actual.grade,
        reason=actual.reason,
    )
    yield from _noted(row, bare, actual.note)


def _computed(project: Project, bare: Row, judged: IndicatorStatus | None) -> Iterator[Row]:
    """Yield what is computed of each year that has actuals."""
    for number, value in enumerate(judged.history if judged else ()):
        if judged is not None and value.year in project.actuals:
            parts = tuple(part.history[number] for part in judged.parts)
            yield _measured(value, bare)
            yield _achievement(value, parts, judged, bare)
            yield _rate(value.progress, _at(bare, Kind.PROGRESS, value.year), judged.form)


def _measured(value: YearValue, bare: Row) -> Row:
    measured = value.measured
    row = _at(bare, Kind.MEASURED, value.year, Said.COMPUTED)
    if isinstance(measured, NotMeasured):
        return row._replace(state=measured.reason)
    if isinstance(measured, Stage):
        return row._replace(text=measured.text, preliminary=measured.actual.preliminary)
    part, whole = measured.counts or (None, None)
    return row._replace(value=measured.value, count_part=part, count_whole=whole, preliminary=measured.preliminary)


def _achievement(value: YearValue, parts: Sequence[YearValue], judged: IndicatorStatus, bare: Row) -> Row:
    row = _rate(value.achievement, _at(bare, Kind.ACHIEVEMENT, value.year), judged.form)
    grade = value.grade.label if isinstance(value.grade, Grade) else None
    return row._replace(against=_against(value, parts, judged), met=value.verdict, grade=grade)


def _against(value: YearValue, parts: Sequence[YearValue], judged: IndicatorStatus) -> Against | None:
    """Return what one year was held against; where the parts carry the targets, theirs: a target, if any has one."""
    if not judged.indicator.has_targets_in_parts:
        return value.terms.against
    among = [] if judged.judged_apart else [part.terms.against for part in parts]
    return next((each for each in Against if each in among), None)


def _rate(result: Achievement, row: Row, form: Form) -> Row:
    if isinstance(result, NoRate):
        return row._replace(state=result.reason, method=None, unit=None)
    unit = RATIO if form.ratio else "%"
    return row._replace(state=Said.COMPUTED, method=result.method, value=shown(result.value, form), unit=unit)
