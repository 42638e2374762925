"""What differs between two fiscal years of one plan."""

from dxplan.progress.comparison.years import between_years
from tests.builders import project, year
from tests.progress.comparison.test_versions import said

PLAN = """\
grades: [{bands: [{label: A, min: 100}, {label: B, min: 80}, {label: C}]}]
indicators:
  - {id: online, name: 電子申請, unit: "%", direction: increase, targets: {R7: 48, R8: 70}}
  - {id: calls, name: 電話, unit: 件, monitoring: true}
  - {id: old, name: 旧, unit: 件, direction: increase, until: R7, targets: {R7: 1}}
  - {id: new, name: 新, former_names: [{name: 前, until: R7}], unit: 件, direction: increase, targets: {R7: 1, R8: 1}}
  - {id: later, name: 後, unit: 件, direction: increase, from: R8, targets: {R8: 1}}
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 窓口, actions: [{id: a, title: 申請, schedule: R7-}, {id: b, title: 予約, schedule: R7-}]}
      - {id: 2, title: 終わる, until: R7, merged_into: 1, actions: []}
"""
R7 = "indicators: {online: 54, calls: 10, old: 1, new: 1}\nactions: {a: partial, b: done}\n"
R8 = "indicators: {online: 60, calls: 12, new: 1, later: 1}\nactions: {a: done, b: done}\n"


def test_what_became_of_everything() -> None:
    assert said(between_years(project(PLAN, R7=R7, R8=R8), year("R7"), year("R8"))) == [
        "merged 取組2 終わる R7 まで、取組1 に統合",
        "ended old 旧 R7 まで",
        "renamed new 前 → 新",
        "added later 後 R8 から",
        "up 取組1 窓口 事業の実施 1/2 → 2/2",
        "changed 事業a 申請 実績 一部実施 → 実施",
        "down online 電子申請 54%（112.5%・達成・A） → 60%（85.7%・未達・B）",
        "changed calls 電話 10件 → 12件",
    ]


def test_backwards() -> None:
    found = said(between_years(project(PLAN, R7=R7, R8=R8), year("R8"), year("R7")))
    assert "up online 電子申請 60%（85.7%・未達・B） → 54%（112.5%・達成・A）" in found
    assert "down 取組1 窓口 事業の実施 2/2 → 1/2" in found
    assert "ended later 後" in found


def test_the_same_year() -> None:
    assert between_years(project(PLAN, R7=R7), year("R7"), year("R7")) == ()


def test_years_without_any_report() -> None:
    plan = PLAN.replace("until: R7, ", "").replace("merged_into: 1, ", "").replace("from: R8, ", "")
    found = said(between_years(project(plan), year("R8"), year("R9")))
    assert found == []
