"""StratML Part 2, held against the rules of the published schema, which are typed here.

They come from PerformancePlanOrReport20160216.xsd (schema version 2.2.6, OwenAmbur/StratML on GitHub); every document
of these tests was also once validated against that file itself with xmllint.
"""

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from xml.dom import minidom

import pytest

from dxplan.exchange.stratml import NAMESPACE, document
from dxplan.project import Project
from tests.builders import project as built
from tests.builders import year
from tests.exchange.sources import FOLDERS, project

ONCE, MAYBE, ANY, SOME = (1, 1), (0, 1), (0, 10**6), (1, 10**6)
RESULT = {"StartDate": MAYBE, "EndDate": MAYBE, "NumberOfUnits": MAYBE, "Descriptor": MAYBE, "Description": MAYBE}
SEQUENCES: dict[str, dict[str, tuple[int, int]]] = {
    "PerformancePlanOrReport": {
        "Name": ONCE,
        "Description": MAYBE,
        "OtherInformation": MAYBE,
        "StrategicPlanCore": ONCE,
        "AdministrativeInformation": MAYBE,
        "Submitter": MAYBE,
    },
    "StrategicPlanCore": {"Organization": ANY, "Vision": MAYBE, "Mission": MAYBE, "Value": ANY, "Goal": SOME},
    "Organization": {
        "Name": MAYBE,
        "Acronym": MAYBE,
        "Identifier": MAYBE,
        "Description": MAYBE,
        "Stakeholder": ANY,
    },
    "Vision": {"Description": MAYBE, "Identifier": MAYBE},
    "Goal": {
        "Name": ONCE,
        "Description": ONCE,
        "Identifier": MAYBE,
        "SequenceIndicator": MAYBE,
        "Stakeholder": ANY,
        "OtherInformation": MAYBE,
        "Objective": ANY,
    },
    "Objective": {
        "Name": MAYBE,
        "Description": MAYBE,
        "Identifier": MAYBE,
        "SequenceIndicator": MAYBE,
        "Stakeholder": ANY,
        "OtherInformation": MAYBE,
        "PerformanceIndicator": ANY,
    },
    "Stakeholder": {"Name": ONCE, "Description": MAYBE, "Role": ANY},
    "Role": {"Name": ONCE, "Description": MAYBE, "RoleType": (0, 2)},
    "PerformanceIndicator": {
        "SequenceIndicator": MAYBE,
        "MeasurementDimension": ONCE,
        "UnitOfMeasurement": ONCE,
        "Identifier": MAYBE,
        "Relationship": ANY,
        "MeasurementInstance": ANY,
        "OtherInformation": MAYBE,
    },
    "Relationship": {"Identifier": MAYBE, "ReferentIdentifier": ANY, "Name": MAYBE, "Description": MAYBE},
    "MeasurementInstance": {"TargetResult": ANY, "ActualResult": ANY},
    "TargetResult": RESULT,
    "ActualResult": RESULT,
    "Descriptor": {"DescriptorName": MAYBE, "DescriptorValue": MAYBE},
    "AdministrativeInformation": {
        "Identifier": MAYBE,
        "StartDate": MAYBE,
        "EndDate": MAYBE,
        "PublicationDate": MAYBE,
        "Source": MAYBE,
    },
}
"""The elements within each, in their order, with how few and how many there may be; what is not here holds text."""
ATTRIBUTES: dict[str, dict[str, set[str]]] = {
    "PerformancePlanOrReport": {"Type": {"Strategic_Plan", "Performance_Plan", "Performance_Report"}},
    "Stakeholder": {"StakeholderTypeType": {"Person", "Organization", "Generic_Group"}},
    "PerformanceIndicator": {"PerformanceIndicatorType": {"Quantitative", "Qualitative"}},
    "Relationship": {"RelationshipType": {"Broader_Than", "Peer_To", "Narrower_Than"}},
}
TEXTS = {
    "NumberOfUnits": r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
    "StartDate": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "EndDate": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "PublicationDate": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "Identifier": r"[A-Za-z_][\w.-]*",
    "RoleType": "Performer|Beneficiary",
}
"""What the text of an element has to be: xsd:decimal, xsd:date, xsd:ID, an enumeration."""


class Tree(NamedTuple):
    """An element as the schema sees it."""

    tag: str
    attributes: dict[str, str]
    text: str
    children: list["Tree"]

    def all(self, tag: str) -> list["Tree"]:
        own = [self] if self.tag == tag else []
        return own + [each for child in self.children for each in child.all(tag)]

    def texts(self, tag: str) -> list[str]:
        return [child.text for child in self.children if child.tag == tag]


def tree(content: bytes) -> Tree:
    root = minidom.parseString(content).documentElement  # noqa: S318 - our own document
    assert isinstance(root, minidom.Element)
    return read(root)


def read(node: minidom.Element) -> Tree:
    assert node.namespaceURI == NAMESPACE
    elements = [child for child in node.childNodes if isinstance(child, minidom.Element)]
    texts = [child.data for child in node.childNodes if isinstance(child, minidom.Text)]
    attributes = {str(key): str(value) for key, value in node.attributes.items() if key != "xmlns"}
    assert not elements or not "".join(texts).strip(), "text beside elements"
    return Tree(node.localName or "", attributes, "".join(texts), [read(each) for each in elements])


def faults(element: Tree) -> list[str]:
    """Return what the schema would say."""
    found = [f"{element.tag}: attribute {name}" for name in element.attributes if name not in attributes_of(element)]
    found += [
        f"{element.tag}: {name}={element.attributes.get(name)}"
        for name, values in attributes_of(element).items()
        if name in element.attributes and element.attributes[name] not in values
    ]
    if element.tag == "PerformancePlanOrReport" and "Type" not in element.attributes:
        found.append("no Type")
    sequence = SEQUENCES.get(element.tag, {})
    tags = [child.tag for child in element.children]
    order = [tag for tag in sequence for _ in range(tags.count(tag))]
    if tags != order:
        found.append(f"{element.tag}: {tags}")
    found += [
        f"{element.tag}: {tags.count(tag)} × {tag}"
        for tag, (least, most) in sequence.items()
        if not least <= tags.count(tag) <= most
    ]
    if element.tag in TEXTS and not re.fullmatch(TEXTS[element.tag], element.text):
        found.append(f"{element.tag}: {element.text}")
    if element.tag.endswith("Date"):
        date.fromisoformat(element.text)
    return found + [fault for child in element.children for fault in faults(child)]


def attributes_of(element: Tree) -> dict[str, set[str]]:
    return ATTRIBUTES.get(element.tag, {})


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_schema_holds(folder: str) -> None:
    root = tree(document(project(folder)))
    assert root.tag == "PerformancePlanOrReport"
    assert not faults(root)
    identifiers = [each.text for each in root.all("Identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert {each.text for each in root.all("ReferentIdentifier")} <= set(identifiers)


def test_the_rules_can_fail() -> None:
    content = document(project("data")).decode()
    for old, new in (
        ("<Name>区民にやさしい</Name>", ""),
        ('Type="Performance_Report"', 'Type="Report"'),
        ("<NumberOfUnits>48<", "<NumberOfUnits>48%<"),
        ("<UnitOfMeasurement>%</UnitOfMeasurement>", "<Unit>%</Unit>"),
        ("<Identifier>_", "<Identifier>1"),
    ):
        assert old in content
        assert faults(tree(content.replace(old, new, 1).encode())), old
    swapped = re.sub(
        r"(<MeasurementDimension>.*?</MeasurementDimension>)\s*(<UnitOfM.*?</UnitOfMeasurement>)",
        r"\2\1",
        content,
        count=1,
    )
    assert faults(tree(swapped.encode()))


def test_viewpoints_are_goals_and_initiatives_objectives() -> None:
    plan = project("data").plan
    root = tree(document(project("data")))
    goals = root.all("Goal")
    assert [goal.texts("Name")[0] for goal in goals] == [viewpoint.title for viewpoint in plan.viewpoints]
    for goal, viewpoint in zip(goals, plan.viewpoints, strict=True):
        names = [each.texts("Name")[0] for each in goal.all("Objective")]
        own = [f"{viewpoint.title}の指標"] if viewpoint.indicators else []
        assert names == [*own, *(each.title for each in viewpoint.initiatives)]
    measured = [each.texts("MeasurementDimension")[0] for each in root.all("PerformanceIndicator")]
    names = [each.indicator.name for each in project("data").indicators]
    names += [each.action.title for each in project("data").actions]
    assert sorted(measured) == sorted(names)


class Said(NamedTuple):
    """What one MeasurementInstance says: its first day, the numbers aimed at, the numbers reached."""

    start: str
    targets: list[str]
    actuals: list[str]


def instances(made: Project, name: str) -> list[Said]:
    root = tree(document(made))
    (found,) = [each for each in root.all("PerformanceIndicator") if name in each.texts("MeasurementDimension")]
    return [
        Said(each.all("StartDate")[0].text, numbers(each, "TargetResult"), numbers(each, "ActualResult"))
        for each in found.all("MeasurementInstance")
    ]


def numbers(instance: Tree, tag: str) -> list[str]:
    return [text for result in instance.all(tag) for text in result.texts("NumberOfUnits")]


PLAN = """
summary: "a < b & c ]]> \\"d\\""
indicators:
  - id: x
    name: 指標
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.10}
    targets: {R7: 0.30, R9: 100}
  - {id: range, name: 範囲, unit: "%", direction: range, targets: {R7: {min: 40, under: 60}}}
"""


def test_targets_and_actuals_stand_in_their_years_digit_by_digit() -> None:
    made = built(PLAN, R7="indicators: {x: 0.40}", R8="indicators: {x: pending}")
    assert instances(made, "指標") == [
        ("2024-04-01", [], ["12.10"]),
        ("2025-04-01", ["0.30"], ["0.40"]),
        ("2026-04-01", [], []),
        ("2027-04-01", ["100"], []),
    ]
    root = tree(document(made))
    descriptors = {tuple(child.text for child in each.children) for each in root.all("Descriptor")}
    assert {("状態", "集計中"), ("判定", "達成"), ("状態", "未報告")} <= descriptors
    assert [each.text for each in root.all("Description") if "以上" in each.text] == ["40%以上60%未満"]


def test_text_is_escaped_and_what_xml_has_no_way_to_write_is_replaced() -> None:
    root = tree(document(built(PLAN)))
    assert root.texts("Description") == ['a < b & c ]]> "d"']
    hostile = built(PLAN)
    plan = hostile.plan.model_copy(update={"title": "甲\x00\x0b乙\ud800丙\ufffe<b>"})
    hostile.plan_reading = replace(hostile.plan_reading, value=plan)
    assert tree(document(hostile)).texts("Name") == ["甲\ufffd\ufffd乙\ufffd丙\ufffd<b>"]


def test_identifiers_stay_when_anything_but_the_id_changes() -> None:
    before = tree(document(built(PLAN)))
    after = tree(document(built(PLAN.replace("指標", "改称").replace("100", "90"), R7="indicators: {x: 1}")))
    assert [each.text for each in before.all("Identifier")] == [each.text for each in after.all("Identifier")]
    other = tree(document(built(PLAN.replace("id: x", "id: z"))))
    assert len({each.text for each in before.all("Identifier")} - {each.text for each in other.all("Identifier")}) == 1


def test_a_year_alone_and_a_plan_without_actuals() -> None:
    made = built(PLAN, R7="published: 2026-04\nindicators: {x: 0.40}")
    root = tree(document(made, year("R7")))
    (about,) = root.all("AdministrativeInformation")
    assert (about.texts("StartDate"), about.texts("EndDate")) == (["2025-04-01"], ["2026-03-31"])
    assert about.texts("PublicationDate") == ["2026-04-01"]
    assert {each.text for each in root.all("StartDate")} == {"2024-04-01", "2025-04-01"}
    assert not faults(root)
    assert tree(document(made, year("R8"))).attributes == {"Type": "Performance_Plan"}
    assert tree(document(built(PLAN))).attributes == {"Type": "Performance_Plan"}


def test_a_plan_with_nothing_in_it_has_the_one_goal_that_there_must_be() -> None:
    root = tree(document(built("")))
    assert not faults(root)
    assert len(root.all("Goal")) == 1


def test_the_same_project_gives_the_same_bytes() -> None:
    assert document(project("data")) == document(project("data"))
