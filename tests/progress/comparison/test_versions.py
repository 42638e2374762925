"""What differs between two versions of a project: each kind of change once, and nothing for what means the same."""

import pytest

from dxplan.progress.comparison.changes import Because, Change, Section, What
from dxplan.progress.comparison.versions import between_versions
from dxplan.project import Project
from dxplan.views.diff.wording import detail, subject
from dxplan.views.wording import style_of
from tests import builders

PLAN = """\
indicators:
  - {id: online, name: 電子申請, unit: "%", direction: increase, baseline: {year: R6, value: 10}, @}
  - id: leave
    name: 休業
    unit: "%"
    direction: increase
    parts: [{id: male, name: 男性, targets: {R7: 60}}, {id: female, name: 女性, targets: {R7: 100}}]
viewpoints:
  - id: 1
    title: 市民
    initiatives:
      - id: 1
        title: 窓口
        budget: {R7: {value: 500, unit: 千円}}
        actions:
          - {id: 1-1, title: 申請, schedule: R7-R8}
          - {id: 1-2, title: 予約, schedule: R7-}
      - {id: 2, title: 公開, actions: [{relisted: 1-1}]}
"""
PLAN = PLAN.replace("@", "targets: {R7: 48, R9: 90}")
R7 = """\
indicators:
  online: 54
  leave: {parts: {male: 54, female: pending}}
actions:
  1-1: ongoing
  1-2: {result: done, quantity: {value: 95, unit: データ}}
"""


def changes(plan: str = PLAN, **actuals: str) -> tuple[Change, ...]:
    """Return what differs from the plan above with its R7."""
    return between_versions(builders.project(PLAN, R7=R7), builders.project(plan, **(actuals or {"R7": R7})))


def said(found: tuple[Change, ...], project: Project | None = None) -> list[str]:
    style = style_of((project or builders.project(PLAN)).plan, "ja")
    return [f"{each.what.value} {subject(each, 'ja')} {detail(each, style)}".rstrip() for each in found]


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_the_same() -> None:
    assert changes() == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("R7: 48", "令和7年度: 48.0"),
        ("R7: 48", "R7: {value: 48, words: 48%以上}"),
        ("R7: 48", "R7: {value: 48, revisions: [{date: 2024-10, from: 40, reason: 理由}]}"),
        ("value: 10}", "value: 10, estimate: true, note: 見込み}"),
        ("name: 電子申請,", "name: 電子申請, note: 注,"),
        ("schedule: R7-R8", "schedule: 令和7年度-令和8年度"),
    ],
)
def test_what_means_the_same(old: str, new: str) -> None:
    assert changes(replaced(PLAN, (old, new))) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("R9: 90", "R9: 95", "raised online 電子申請 R9の目標値 90% → 95%"),
        ("R9: 90", "R9: 85.5", "lowered online 電子申請 R9の目標値 90% → 85.5%"),
        ("R9: 90", "R8: 70, R9: 90", "new online 電子申請 R8の目標値 ― → 70%"),
        (", R9: 90", "", "dropped online 電子申請 R9の目標値 90% → ―"),
        ("R9: 90", "R9: {min: 90}", "changed online 電子申請 R9の目標値 90% → 90%以上"),
        ("R9: 90", "R9: {over: 90}", "changed online 電子申請 R9の目標値 90% → 90%超"),
        ("value: 10}", "value: 12}", "changed online 電子申請 基準値 10%（R6） → 12%（R6）"),
        ("baseline: {year: R6, value: 10}, ", "", "dropped online 電子申請 基準値 10%（R6） → ―"),
        ("R9: 90}", "R9: 90}, expected: {R8: 70}", "new online 電子申請 R8の目安値 ― → 70%"),
        ("R9: 90}", "R9: 90}, expected: linear", "changed online 電子申請 目安値 ― → linear"),
        ("{R7: 60}", "{R7: 60, R9: 85}", "new leave 休業（男性） R9の目標値 ― → 85%"),
        ("schedule: R7-R8", "schedule: R7-R9", "changed 事業1-1 申請 実施年度 R7-R8 → R7-R9"),
        ("schedule: R7-R8", "schedule: {R7: 試行, R8: }", "changed 事業1-1 申請 実施年度 R7-R8 → {R7: 試行, R8:}"),
        ("title: 予約", "title: 施設予約", "renamed 事業1-2 予約 → 施設予約"),
        ("title: 市民", "title: 市民と町", "renamed 視点1 市民 → 市民と町"),
        ("name: 男性", "name: 男", "renamed leave 休業（男） 男性 → 男"),
        ("value: 500", "value: 600", "raised 取組1 窓口 R7の予算額 500千円 → 600千円"),
        ("title: 公開,", "title: 公開, department: 広報課,", "changed 取組2 公開 担当 ― → 広報課"),
        ("title: 公開,", "title: 公開, from: R8,", "changed 取組2 公開 追加年度 ― → R8"),
        ("title: 公開,", "title: 公開, until: R8,", "ended 取組2 公開 R8 まで"),
        ("title: 公開,", "title: 公開, until: R8, merged_into: 1,", "merged 取組2 公開 R8 まで、取組1 に統合"),
        ("actions: [{relisted: 1-1}]", "actions: []", "no_longer_relisted 事業1-1 申請 取組2"),
        ("[{relisted: 1-1}]", "[{relisted: 1-1}, {relisted: 1-2}]", "relisted 事業1-2 予約 取組2"),
        ("schedule: R7-}", "schedule: R7-, continues: 1-1}", "changed 事業1-2 予約 継続元 ― → 1-1"),
        ("          - {id: 1-2, title: 予約, schedule: R7-}\n", "", "removed"),
        ("[{relisted: 1-1}]", "[{relisted: 1-1}, {id: 2-1, title: 新, schedule: R8}]", "added 事業2-1 新"),
        ("viewpoints:", "  - {id: new, name: 新, monitoring: true, from: R8}\nviewpoints:", "added new 新 R8 から"),
        ("indicators:\n", "licence: CC0-1.0\nindicators:\n", "changed 例示市DX推進計画 ライセンス ― → CC0-1.0"),
        (
            "indicators:\n",
            "methods: {decrease: mirror}\nindicators:\n",
            "changed 例示市DX推進計画 共通の計算方法 ― → decrease: mirror",
        ),
    ],
)
def test_each_change_of_the_plan_is_told_once(old: str, new: str, expected: str) -> None:
    found = said(changes(replaced(PLAN, (old, new))))
    if expected == "removed":
        assert found[0] == "gone 事業1-2 予約"
    else:
        assert found == [expected]


def test_direction_unit_and_method() -> None:
    plan = replaced(PLAN, ('unit: "%", direction: increase, b', "unit: 件, direction: decrease, method: mirror, b"))
    found = changes(plan)
    assert said(tuple(each for each in found if each.section is Section.INDICATORS)) == [
        "changed online 電子申請 単位 % → 件",
        "changed online 電子申請 方向 増やす → 減らす",
        "changed online 電子申請 計算方法 ― → mirror",
    ]
    assert said(tuple(each for each in found if each.section is Section.OUTCOMES)) == [
        "down online 電子申請 R7 54%（112.5%・達成） → 54件（87.5%・未達）"
    ]


def test_an_indicator_that_moved() -> None:
    plan = replaced(
        PLAN,
        (PLAN.splitlines(keepends=True)[1], ""),
        (
            "    title: 市民\n",
            f"    title: 市民\n    indicators:\n  {PLAN.splitlines()[1]}\n".replace("  - ", "      - ", 1),
        ),
    )
    assert said(changes(plan)) == ["moved online 電子申請 計画全体 → 1"]


def test_reasons_of_revisions() -> None:
    revised = "R9: {value: 85, revisions: [{date: 2026-10, from: 90, reason: 国の計画}]}"
    (change,) = changes(replaced(PLAN, ("R9: 90", revised)))
    assert (change.what, change.because) == (What.LOWERED, (Because("2026-10", "国の計画"),))
    plan = replaced(PLAN, ("R9: 90", revised))
    again = replaced(
        plan, ("value: 85", "value: 80"), ("国の計画}", "国の計画}, {date: 2027-10, from: 85, reason: 再び}")
    )
    (change,) = between_versions(builders.project(plan, R7=R7), builders.project(again, R7=R7))
    assert change.because == (Because("2027-10", "再び"),)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1-1: ongoing", "1-1: partial", ["changed 事業1-1 申請 R7の実績 継続中 → 一部実施"]),
        ("  1-1: ongoing\n", "", ["withdrawn 事業1-1 申請 R7の実績 継続中 → 未報告"]),
        ("value: 95", "value: 96", ["changed 事業1-2 予約 R7の数量 95データ → 96データ"]),
        (
            "female: pending",
            "female: 100",
            [
                "changed leave 休業（女性） R7の実績値 集計中 → 100%",
                "changed leave 休業 R7 内訳ごと（未達） → 内訳ごと（90.0%・未達）",
            ],
        ),
        ("online: 54", "online: {value: 54.0}", []),
        ("online: 54", "online: {value: 54, preliminary: true}", ["changed online 電子申請 R7の速報値 いいえ → はい"]),
        (
            "online: 54",
            "online: 40",
            [
                "changed online 電子申請 R7の実績値 54% → 40%",
                "down online 電子申請 R7 54%（112.5%・達成） → 40%（83.3%・未達）",
            ],
        ),
        ("indicators:", "state: closed\npublished: 2026-04\nindicators:", ["closed R7", "changed R7 公表 ― → 2026-04"]),
    ],
)
def test_each_change_of_a_year(old: str, new: str, expected: list[str]) -> None:
    assert said(changes(R7=replaced(R7, (old, new)))) == expected


def test_corrections_are_the_reasons() -> None:
    before = f"state: closed\n{R7}"
    corrections = "corrections: [{date: 2026-10-01, id: online, old: 54, new: 55, reason: 誤り}]\n"
    now = replaced(before, ("online: 54", "online: 55")) + corrections
    found = between_versions(builders.project(PLAN, R7=before), builders.project(PLAN, R7=now))
    assert [(each.section, each.because) for each in found] == [
        (Section.RESULTS, (Because("2026-10-01", "誤り"),)),
        (Section.OUTCOMES, ()),
    ]


def test_years_that_come_and_go() -> None:
    both = {"R7": R7, "R8": "indicators: {online: , leave: }\nactions: {1-1: }\n"}
    assert said(changes(**both)) == ["opened R8"]
    reopened = between_versions(builders.project(PLAN, R7=f"state: closed\n{R7}"), builders.project(PLAN, R7=R7))
    assert said(reopened) == ["reopened R7"]
    gone = between_versions(builders.project(PLAN, **both), builders.project(PLAN, R7=R7))
    assert said(gone) == ["gone R8"]


def test_grades_up_and_down() -> None:
    grades = "grades: [{bands: [{label: A, min: 100}, {label: B, min: 80}, {label: C}]}]\n"
    before = builders.project(PLAN + grades, R7="indicators: {online: 45}\n")
    better, worse = (builders.project(PLAN + grades, R7=f"indicators: {{online: {value}}}\n") for value in (48, 3))
    assert (
        said(between_versions(before, better))[-1]
        == "up online 電子申請 R7 45%（93.8%・未達・B） → 48%（100.0%・達成・A）"
    )
    assert said(between_versions(before, worse))[-1].startswith("down online")
