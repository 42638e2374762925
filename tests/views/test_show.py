"""The pages of one indicator and one initiative, where the year makes a difference."""

from dxplan.language import Language
from dxplan.progress.explanation import explain
from dxplan.progress.judgement import indicator_status
from dxplan.progress.timeline import timeline
from dxplan.project import Project
from dxplan.views.show import indicator, initiative
from dxplan.views.terminal import Screen
from tests.builders import project, year

PLAN = """\
data_year_targets: true
grades: [{bands: [{label: A, min: 100}, {label: B}]}]
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 新しい取組
        former_names: [{name: 前の取組, until: R7}]
        indicators:
          - {id: ended, name: 終わる指標, unit: 件, until: R7, direction: increase, targets: {R7: 10}}
          - id: late
            name: 新しい名前
            former_names: [{name: 前の名前, until: R7}]
            unit: 人
            direction: increase
            targets: {R7: 50, R9: 70}
"""
R7 = "indicators: {ended: 12, late: {state: pending, grade: B, reason: 見込み}}\n"
R8 = "indicators: {late: {value: 45, data_year: R7}}\n"


def loaded() -> Project:
    return project(PLAN, R7=R7, R8=R8)


def page(id_: str, label: str, language: Language = "ja") -> str:
    plan = loaded()
    entry = plan.indicator_by_id[id_]
    status = indicator_status(plan, entry, year(label))
    screen = Screen(language, 80, colour=False)
    return indicator.document(plan.plan, status, indicator.Explained(explain(plan, entry, status), ()), screen)


def test_what_has_ended_owes_no_report() -> None:
    now = page("ended", "R8")
    assert "令和8年度（2026年度）: 計画に含まれない" in now
    assert "未報告" not in now
    assert [line.split()[0] for line in now.splitlines() if line.startswith("R") and "終了" not in line] == ["R7"]
    assert "FY2026 (R8): not part of the plan" in page("ended", "R8", "en")
    assert "12件" in page("ended", "R7")


def test_a_grade_by_hand_stands_beside_the_reason_for_no_value() -> None:
    assert "令和7年度（2025年度）: 集計中　評価 B＊" in page("late", "R7")
    assert "FY2025 (R7): pending   grade B＊" in page("late", "R7", "en")


def test_a_target_of_another_year_says_so() -> None:
    assert "目標値 50人（R7）" in page("late", "R8")
    assert "target 50 人 (R7)" in page("late", "R8", "en")


def test_names_are_those_of_the_year() -> None:
    assert "取組1 前の取組" in page("late", "R7")
    assert "取組1 新しい取組" in page("late", "R8")


def test_an_initiative_lists_its_indicators_of_the_year() -> None:
    plan = loaded()
    pages = {
        label: initiative.document(
            plan.plan, timeline(plan, plan.initiatives[0], year(label)), year(label), Screen("en", 80, colour=False)
        )
        for label in ("R7", "R8")
    }
    assert "Indicator: 終わる指標 (dxplan show ended)" in pages["R7"]
    assert "Indicator: 前の名前 (dxplan show late)" in pages["R7"]
    assert "ended" not in pages["R8"]
    assert "Indicator: 新しい名前 (dxplan show late)" in pages["R8"]
