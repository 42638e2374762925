"""What is shown alone, and in which order; what is missing, and who owes it."""

import pytest

from dxplan.progress.missing import Kind, Missing, missing
from dxplan.progress.selection import Only, Order, natural, only, ordered
from dxplan.progress.status import Status, status
from dxplan.project import Project
from tests.builders import project, year

PLAN = """\
indicators:
  - {id: i10, name: 半分, direction: increase, targets: {R7: 100}}
  - {id: i2, name: 率なし, direction: decrease, method: none, targets: {R7: 5}}
  - {id: i1, name: 達成, direction: increase, targets: {R7: 10}, department: 財政課}
viewpoints:
  - id: 1
    title: 視点
    department: {lead: 総務課, related: 市民課}
    indicators:
      - {id: watch, name: 見守る, monitoring: true}
      - {id: later, name: 後から, from: R8, direction: increase, targets: {R9: 3}}
      - id: parts
        name: 内訳
        direction: increase
        judged: apart
        department: 健康課
        parts: [{id: m, name: 男性, targets: {R7: 5}}, {id: f, name: 女性, targets: {R7: 5}}]
    initiatives:
      - id: 2
        title: 取組
        department: 建設課
        actions:
          - {id: 2-1, title: 事業1, schedule: R7}
          - {id: 2-2, title: 事業2, schedule: R7-, department: 公園課}
          - {id: 2-3, title: 事業3, schedule: R8}
      - id: 1
        title: 終わった取組
        until: R6
        actions:
          - {id: 1-1, title: 事業4, schedule: R6-}
"""
R7 = "indicators: {i10: 50, i2: 9, i1: 11, parts: {parts: {m: 1}}}\nactions: {2-1: done}\n"


@pytest.fixture
def loaded() -> Project:
    return project(PLAN, R7=R7)


@pytest.fixture
def now(loaded: Project) -> Status:
    return status(loaded, year("R7"))


def ids(shown: Status) -> list[str]:
    return [each.indicator.id for each in shown.indicators]


def test_the_lowest_rate_comes_first_and_what_has_none_last(now: Status) -> None:
    assert ids(ordered(now, Order.RATE)) == ["parts", "i10", "i1", "i2", "watch"]


def test_ids_go_by_their_numbers(now: Status) -> None:
    shown = ordered(now, Order.ID)
    assert ids(shown) == ["i1", "i2", "i10", "parts", "watch"]
    assert sorted(["1-10", "1-2", "10-1", "2-1"], key=natural) == ["1-2", "1-10", "2-1", "10-1"]


def test_apart_the_lowest_part_ranks_the_whole() -> None:
    parts = project(PLAN, R7=R7.replace("{m: 1}", "{m: 1, f: 50}"))
    assert ids(ordered(status(parts, year("R7")), Order.RATE))[0] == "parts"


def test_initiatives_are_sorted_by_id_only() -> None:
    def initiatives(order: Order) -> list[str]:
        both = project(PLAN.replace("until: R6", "until: R8"))
        return [each.initiative.id for each in ordered(status(both, year("R7")), order).initiatives]

    assert initiatives(Order.RATE) == ["2", "1"]
    assert initiatives(Order.ID) == ["1", "2"]


def test_numbers_mean_what_they_say_wherever_they_stand() -> None:
    assert sorted(["b", "a10", "a9", "10", "9", "a"], key=natural) == ["a", "a9", "a10", "b", "9", "10"]
    assert natural("a1") == [(-1, "a"), (1, "")]


def test_a_status_of_nothing_has_no_section(now: Status) -> None:
    empty = now._replace(indicators=(), initiatives=())
    assert list(empty.sections()) == list(ordered(empty, Order.RATE).sections()) == []
    (ranked,) = ordered(now._replace(initiatives=()), Order.ID).sections()
    assert (len(ranked.indicators), ranked.initiatives) == (5, ())
    (counted,) = ordered(now._replace(indicators=()), Order.ID).sections()
    assert (counted.indicators, len(counted.initiatives)) == ((), 1)
    assert [(len(each.indicators), len(each.initiatives)) for each in now.sections()] == [(3, 0), (2, 1)]
    initiatives_alone = now._replace(indicators=()).sections()
    assert [(len(each.indicators), len(each.initiatives)) for each in initiatives_alone] == [(0, 1)]


def test_what_is_ranked_is_one_section(now: Status) -> None:
    assert len(list(now.sections())) == 2
    assert [section.viewpoint for section in ordered(now, Order.RATE).sections()] == [None]


@pytest.mark.parametrize(
    ("which", "expected", "initiatives"),
    [
        (Only.UNMET, ["i10", "i2", "parts"], []),
        (Only.UNREPORTED, ["watch", "parts"], ["2"]),
        (Only.MONITORING, ["watch"], []),
    ],
)
def test_only_what_was_asked_for(now: Status, which: Only, expected: list[str], initiatives: list[str]) -> None:
    shown = only(now, which)
    assert ids(shown) == expected
    assert [each.initiative.id for each in shown.initiatives] == initiatives
    assert shown.summary == now.summary


def test_an_initiative_with_everything_reported_is_not_among_the_unreported() -> None:
    full = project(PLAN, R7=R7.replace("{2-1: done}", "{2-1: done, 2-2: partial}"))
    assert only(status(full, year("R7")), Only.UNREPORTED).initiatives == ()


def test_what_is_missing_by_department(loaded: Project) -> None:
    found = missing(loaded, year("R7"))
    assert owed(found) == {"総務課": ["watch"], "健康課": ["parts/f=女性"], "公園課": ["2-2"]}
    assert found.due == 7


def test_everything_is_missing_before_anything_is_reported(loaded: Project) -> None:
    found = missing(loaded, year("R8"))
    assert owed(found) == {
        "財政課": ["i1"],
        "総務課": ["watch", "later"],
        "健康課": ["parts/m=男性", "parts/f=女性"],
        "公園課": ["2-2"],
        "建設課": ["2-3"],
        None: ["i10", "i2"],
    }
    assert list(owed(found))[-1] is None


def test_a_result_given_as_unreported_is_missing_all_the_same() -> None:
    said = project(PLAN, R7="actions: {2-1: unreported, 2-2: {result: unreported, note: 3月に報告}}\n")
    found = missing(said, year("R7"))
    actions = [(item.id, item.name, item.part, item.part_name) for item in found.items if item.kind is Kind.ACTION]
    assert actions == [("2-1", "事業1", None, None), ("2-2", "事業2", None, None)]
    assert (found.plan, found.year) == (said.plan, year("R7"))


def test_parts_that_are_only_shown_are_asked_for_once_one_is_reported() -> None:
    parts = "parts: [{id: a, name: a}, {id: b, name: b}]"
    plan = f"indicators: [{{id: x, name: x, direction: increase, targets: {{R7: 5}}, {parts}}}]\n"

    def asked(entered: str) -> list[str | None]:
        return [item.part for item in missing(project(plan, R7=f"indicators: {{{entered}}}\n"), year("R7")).items]

    assert asked("") == ["a", "b"]
    assert asked("x: {value: 5, parts: {a: 3}}") == ["b"]
    assert asked("x: 5") == asked("x: pending") == []
    assert asked("x: {value: 5, parts: {a: 3, b: not_applicable}}") == []


def test_one_viewpoint(loaded: Project) -> None:
    assert [item.id for item in missing(loaded, year("R7"), "2").items] == []
    assert [item.id for item in missing(loaded, year("R7"), "1").items] == ["watch", "parts", "2-2"]


def owed(found: Missing) -> dict[str | None, list[str]]:
    return {
        lead: [f"{item.id}/{item.part}={item.part_name}" if item.part else item.id for item in items]
        for lead, items in found.by_department()
    }
