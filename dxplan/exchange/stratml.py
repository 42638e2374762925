"""A plan and its actuals as StratML Part 2 (ISO 17469-2): PerformancePlanOrReport.

Viewpoint → Goal, initiative → Objective, indicator → PerformanceIndicator with a MeasurementInstance for each fiscal
year, which holds the year's TargetResult and ActualResult. An indicator of a viewpoint or of the plan stands in an
Objective of its own, because a Goal holds none; an action is a qualitative PerformanceIndicator. The order of elements
is that of the published schema: PerformancePlanOrReport20160216.xsd, version 2.2.6, in OwenAmbur/StratML on GitHub.

Identifiers are stable: the same organization, first fiscal year and id give the same one, whatever else changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from dxplan.fiscal_year import FiscalYear, span
from dxplan.language import Language
from dxplan.model.department import Department
from dxplan.model.indicator import BaselineValue
from dxplan.model.plan import Viewpoint
from dxplan.model.target import TargetValue
from dxplan.model.values import Direction
from dxplan.progress.achievement import Rate, Verdict
from dxplan.progress.grading import Grade
from dxplan.progress.judgement import IndicatorStatus, YearValue, indicator_status
from dxplan.progress.measured import Measured, NotMeasured, Stage
from dxplan.progress.terms import Expected
from dxplan.project import ActionEntry, IndicatorEntry, InitiativeEntry, Project
from dxplan.views.wording import REASONS, RESULTS, VERDICTS, Style, rate_with_method, style_of, target_text

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_OURS = uuid5(NAMESPACE_URL, "urn:dxplan:stratml")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, not even as a reference (https://www.w3.org/TR/xml/#charsets)."""
_LANGUAGE: Language = "ja"
"""Of the few words that are ours: what the plan says is Japanese."""


def document(project: Project, year: FiscalYear | None = None) -> bytes:
    """Return the document, of one fiscal year alone if ``year`` is given; the same project gives the same bytes."""
    root = _Maker(project, year).root()
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = _NOT_IN_XML.sub("\ufffd", text)
    return element


def _add_said(parent: ET.Element, tag: str, texts: Iterable[str | None]) -> None:
    """Add ``tag`` with every text in a line of its own; nothing where there is none."""
    if said := [text for text in texts if text]:
        _add(parent, tag, "\n".join(said))


class _Found(NamedTuple):
    """What a TargetResult or an ActualResult says."""

    number: Decimal | None = None
    descriptor: tuple[str, str] | None = None
    """The name of a judgement or state, and what it is."""
    description: Sequence[str] = ()


class _Instance(NamedTuple):
    """One year's measurement."""

    year: FiscalYear
    target: _Found | None
    actual: _Found | None


class _Maker:
    """Builds the document of one project."""

    def __init__(self, project: Project, year: FiscalYear | None) -> None:
        self._project, self._year = project, year
        self._style: Style = style_of(project.plan, _LANGUAGE)

    def root(self) -> ET.Element:
        """Return the whole tree."""
        project, plan = self._project, self._project.plan
        years = [project.actuals[each] for each in project.actuals if self._year in (None, each)]
        kind = "Performance_Report" if years else "Performance_Plan"
        root = ET.Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": kind})
        _add(root, "Name", plan.title)
        if plan.summary:
            _add(root, "Description", plan.summary)
        published = max((each.published for each in years if each.published), default=plan.adopted)
        _add_said(root, "OtherInformation", [*plan.note, f"公表 {published}" if published else None])
        core = _add(root, "StrategicPlanCore")
        organization = _add(core, "Organization")
        _add(organization, "Name", plan.organization.name)
        self._identify(organization, "organization", "")
        if plan.organization.code:
            _add(organization, "Description", f"全国地方公共団体コード {plan.organization.code}")
        if plan.vision:
            vision = _add(core, "Vision")
            _add(vision, "Description", plan.vision)
            self._identify(vision, "vision", "")
        self._goals(core)
        about = _add(root, "AdministrativeInformation")
        self._identify(about, "plan" if self._year is None else "year", "" if self._year is None else str(self._year))
        first, last = (self._year, self._year) if self._year else (plan.period.first, plan.period.last)
        _add(about, "StartDate", first.first_day.isoformat())
        _add(about, "EndDate", last.last_day.isoformat())
        if published:
            _add(about, "PublicationDate", published if published.count("-") > 1 else f"{published}-01")
        return root

    def _identify(self, parent: ET.Element, kind: str, id_: str) -> None:
        _add(parent, "Identifier", self._identifier(kind, id_))

    def _identifier(self, kind: str, id_: str) -> str:
        """Return an xsd:ID, which begins with no digit."""
        plan = self._project.plan
        whose = plan.organization.code or plan.organization.name
        return f"_{uuid5(_OURS, '/'.join((whose, str(plan.period.first.western), kind, id_)))}"

    def _goals(self, core: ET.Element) -> None:
        plan, of_plan = self._project.plan, [each for each in self._project.indicators if each.viewpoint is None]
        if of_plan or not plan.viewpoints:  # the schema asks for at least one Goal
            goal = _add(core, "Goal")
            _add(goal, "Name", plan.title)
            _add(goal, "Description", plan.summary)
            self._identify(goal, "plan-goal", "")
            self._own_objective(goal, f"{plan.title}の指標", ("plan-objective", ""), of_plan)
        for viewpoint in plan.viewpoints:
            self._goal(core, viewpoint)

    def _goal(self, core: ET.Element, viewpoint: Viewpoint) -> None:
        goal = _add(core, "Goal")
        _add(goal, "Name", viewpoint.title)
        _add(goal, "Description", viewpoint.outlook)
        self._identify(goal, "viewpoint", viewpoint.id)
        _add(goal, "SequenceIndicator", viewpoint.id)
        _stakeholders(goal, viewpoint.department)
        _add_said(goal, "OtherInformation", viewpoint.note)
        own = [each for each in self._project.indicators if each.viewpoint is viewpoint and each.initiative is None]
        self._own_objective(goal, f"{viewpoint.title}の指標", ("viewpoint-objective", viewpoint.id), own)
        for entry in self._project.initiatives:
            if entry.viewpoint is viewpoint:
                self._objective(goal, entry)

    def _own_objective(
        self, goal: ET.Element, name: str, key: tuple[str, str], indicators: Sequence[IndicatorEntry]
    ) -> None:
        """Add an Objective for what hangs on the Goal itself."""
        if indicators:
            objective = _add(goal, "Objective")
            _add(objective, "Name", name)
            self._identify(objective, *key)
            for indicator in indicators:
                self._indicator(objective, indicator)

    def _objective(self, goal: ET.Element, entry: InitiativeEntry) -> None:
        own = entry.initiative
        objective = _add(goal, "Objective")
        _add(objective, "Name", own.title)
        if own.summary:
            _add(objective, "Description", own.summary)
        self._identify(objective, "initiative", own.id)
        _add(objective, "SequenceIndicator", own.id)
        _stakeholders(objective, entry.department)
        _add_said(objective, "OtherInformation", (*own.themes, *own.note))
        for indicator in self._project.indicators:
            if indicator.initiative is own:
                self._indicator(objective, indicator)
        for action in self._project.actions:
            if action.initiative is own:
                self._action(objective, action)

    def _indicator(self, objective: ET.Element, entry: IndicatorEntry) -> None:
        status = self._any_year(entry)
        own = entry.indicator
        said = (own.definition, own.source and f"出典 {own.source}", *own.note)
        self._measure(objective, entry, status, ("indicator", own.id), said)
        for part in status.parts:
            key = ("part", f"{own.id}/{part.indicator.id}")
            self._measure(objective, entry, part, key, part.indicator.note)

    def _any_year(self, entry: IndicatorEntry) -> IndicatorStatus:
        """Return the indicator with every year of it judged."""
        period = self._project.plan.period
        years = span(period.first, period.last)
        return indicator_status(self._project, entry, next((each for each in years if entry.lasts(each)), years[0]))

    def _measure(
        self,
        objective: ET.Element,
        entry: IndicatorEntry,
        status: IndicatorStatus,
        key: tuple[str, str],
        said: Iterable[str | None],
    ) -> None:
        """Add one indicator, or one part of it."""
        own, whole = status.indicator, entry.indicator
        staged = own.direction is Direction.MILESTONE
        element = _add(
            objective, "PerformanceIndicator", PerformanceIndicatorType="Qualitative" if staged else "Quantitative"
        )
        _add(element, "SequenceIndicator", f"{whole.id}/{own.id}" if status.is_part else own.id)
        _add(element, "MeasurementDimension", f"{whole.name} {own.name}" if status.is_part else own.name)
        _add(element, "UnitOfMeasurement", own.unit or ("段階" if staged else ""))
        self._identify(element, *key)
        if status.is_part:
            relationship = _add(element, "Relationship", RelationshipType="Narrower_Than")
            _add(relationship, "ReferentIdentifier", self._identifier("indicator", whole.id))
            _add(relationship, "Name", "内訳")
        self._instances(element, self._years(entry, status))
        _add_said(element, "OtherInformation", said)

    def _years(self, entry: IndicatorEntry, status: IndicatorStatus) -> Iterable[_Instance]:
        own, project = status.indicator, self._project
        if own.baseline is not None:
            yield _Instance(own.baseline.year, None, _baseline(own.baseline))
        judged: Mapping[FiscalYear, YearValue] = {value.year: value for value in status.history}
        for year in sorted({*judged, *own.targets}):
            if self._year not in (None, year):
                continue
            value = judged.get(year)
            target = value.target if value is not None else own.targets[year].standing
            expected = value.terms.expected if value is not None else None
            has_actuals = year in project.actuals and entry.lasts(year)
            actual = self._actual(value, status) if value is not None and has_actuals else None
            yield _Instance(year, self._target(target, expected, own.unit), actual)

    def _target(self, target: TargetValue | None, expected: Expected | None, unit: str) -> _Found | None:
        if target is not None and target.is_stated:
            if target.value is not None and target.words is None:
                return _Found(target.value)
            said = target_text(target, unit, self._style)
            return _Found(target.number, ("目標", said)) if target.is_in_words else _Found(target.number, None, (said,))
        if expected is None:
            return None
        return _Found(expected.shown, ("目安値", "直線で補った値" if expected.interpolated else "計画の目安値"))

    def _actual(self, value: YearValue, status: IndicatorStatus) -> _Found:
        measured, verdict = value.measured, value.verdict
        actual = measured.actual
        judged = ("判定", VERDICTS[verdict].to(_LANGUAGE)) if verdict is not Verdict.UNDECIDED else None
        said = []
        if isinstance(value.achievement, Rate):
            said.append(f"達成率 {rate_with_method(value.achievement, status.form, self._style)}")
        if isinstance(value.grade, Grade):
            said.append(f"評価 {value.grade.label}")
        if measured.preliminary if isinstance(measured, Measured) else actual.preliminary:
            said.append("速報")
        if actual.data_year is not None:
            said.append(f"{actual.data_year.ja}の値")
        said += [text for text in (actual.label, actual.reason, *actual.note) if text]
        if isinstance(measured, NotMeasured):
            return _Found(None, judged or ("状態", REASONS[measured.reason].to(_LANGUAGE)), said)
        if isinstance(measured, Stage):
            return _Found(None, ("段階", measured.text), [*(judged[1:] if judged else ()), *said])
        return _Found(measured.value, judged, said)

    def _action(self, objective: ET.Element, entry: ActionEntry) -> None:
        own, period = entry.action, self._project.plan.period
        element = _add(objective, "PerformanceIndicator", PerformanceIndicatorType="Qualitative")
        _add(element, "SequenceIndicator", own.id)
        _add(element, "MeasurementDimension", own.title)
        _add(element, "UnitOfMeasurement", "実施状況")
        self._identify(element, "action", own.id)
        if own.continues is not None and own.continues in self._project.action_by_id:
            relationship = _add(element, "Relationship", RelationshipType="Peer_To")
            _add(relationship, "ReferentIdentifier", self._identifier("action", own.continues))
            _add(relationship, "Name", "継続元")
        instances = []
        for year in span(period.first, period.last):
            due = entry.is_due(year)
            actual = self._result(entry, year)
            if (due or actual) and self._year in (None, year):
                stages = "、".join(own.schedule.stages.get(year, ())) or "実施"
                instances.append(_Instance(year, _Found(None, ("予定", stages)) if due else None, actual))
        self._instances(element, instances)
        _add_said(element, "OtherInformation", own.note)

    def _result(self, entry: ActionEntry, year: FiscalYear) -> _Found | None:
        actuals = self._project.actuals.get(year)
        result = actuals.actions.get(entry.action.id) if actuals else None
        if result is None:
            unreported = _Found(None, ("状態", "未報告"))
            return unreported if actuals and entry.is_due(year) else None
        amounts = [f"{amount.value:f}{amount.unit}" for amount in (result.quantity,) if amount]
        return _Found(None, ("実績", RESULTS[result.result].to(_LANGUAGE)), [*amounts, *result.note])

    def _instances(self, element: ET.Element, instances: Iterable[_Instance]) -> None:
        for year, target, actual in instances:
            if target is not None or actual is not None:
                instance = _add(element, "MeasurementInstance")
                _result(instance, "TargetResult", year, target)
                _result(instance, "ActualResult", year, actual)


def _baseline(baseline: BaselineValue) -> _Found:
    marks = (
        baseline.label,
        baseline.text,
        "見込み" if baseline.estimate else None,
        "参考" if baseline.reference else None,
    )
    return _Found(baseline.value, ("基準値", "計画前の値"), [mark for mark in marks if mark])


def _result(instance: ET.Element, tag: str, year: FiscalYear, found: _Found | None) -> None:
    if found is None:
        return
    element = _add(instance, tag)
    _add(element, "StartDate", year.first_day.isoformat())
    _add(element, "EndDate", year.last_day.isoformat())
    if found.number is not None:
        _add(element, "NumberOfUnits", f"{found.number:f}")
    if found.descriptor is not None:
        descriptor = _add(element, "Descriptor")
        _add(descriptor, "DescriptorName", found.descriptor[0])
        _add(descriptor, "DescriptorValue", found.descriptor[1])
    _add_said(element, "Description", found.description)


def _stakeholders(parent: ET.Element, department: Department | None) -> None:
    if department is None:
        return
    for name, role in ((department.lead, "主担当"), *((each, "関係部署") for each in department.related)):
        stakeholder = _add(parent, "Stakeholder", StakeholderTypeType="Organization")
        _add(stakeholder, "Name", name)
        as_ = _add(stakeholder, "Role")
        _add(as_, "Name", role)
        _add(as_, "RoleType", "Performer")
