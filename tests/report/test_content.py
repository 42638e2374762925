"""The content of a report, whatever the plan holds: it can always be told, drawn, and its links lead somewhere."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.project import Project
from dxplan.report import html, markdown
from dxplan.report.content import report
from dxplan.report.content.site import site
from dxplan.report.document import Chart, Facts, Items, Page, Paragraph, Section, Table, Words
from dxplan.report.theme import Theme
from tests.builders import project, year
from tests.progress.test_laws import REPORTED, YEARS, Spec, indicators
from tests.thorough import times

few = settings(max_examples=times(15, 500))


def sections(these: tuple[Section, ...]) -> Iterator[Section]:
    for each in these:
        yield each
        yield from sections(each.sections)


def charts(page: Page) -> list[Chart]:
    return [block for each in sections(page.sections) for block in each.blocks if isinstance(block, Chart)]


def words(page: Page) -> Iterator[Words]:
    for each in sections(page.sections):
        yield from each.marks
        for block in each.blocks:
            match block:
                case Paragraph(line):
                    yield from line
                case Items(items):
                    yield from (piece for item in items for piece in item)
                case Facts(facts):
                    yield from (piece for fact in facts for line in fact.said for piece in line)
                case Table(_, _, rows):
                    yield from (piece for row in rows for cell in row.cells for line in cell for piece in line)


def told(indicator: Spec, actuals: dict[str, object], label: str) -> Page:
    text = f"indicators: {json.dumps([{'id': 'x', 'name': 'x', **indicator}], ensure_ascii=False)}\n"
    files = {name: f"indicators: {json.dumps({'x': value})}\n" for name, value in actuals.items()}
    return report(project(text, **files), year(label), "ja")


@few
@given(indicators(), REPORTED, st.sampled_from(YEARS))
def test_any_indicator_is_told_and_drawn(indicator: Spec, actuals: dict[str, object], label: str) -> None:
    page = told(indicator, actuals, label)
    said = html.document(page, Theme())
    ids = re.findall(r' id="([^"]+)"', said)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', said)) <= set(ids)
    assert markdown.document(page)
    for table in (block for each in sections(page.sections) for block in each.blocks if isinstance(block, Table)):
        assert {len(row.cells) for row in table.rows} <= {len(table.head)}
    texts = [piece.text for piece in words(page)]
    for chart in charts(page):
        assert 0 <= chart.zero <= 1
        for column in chart.columns:
            for point in (*([column.bar] if column.bar else []), *column.marks):
                assert 0 <= point.height <= 1
                assert any(point.text in text for text in texts), "every figure of a chart stands in a table"
        if chart.projection is not None:
            assert chart.projection.point.text in texts


@few
@given(indicators(), REPORTED, st.sampled_from(YEARS))
def test_what_is_reported_later_changes_no_report(indicator: Spec, actuals: dict[str, object], label: str) -> None:
    by_then = {name: value for name, value in actuals.items() if year(name) <= year(label)}
    assert told(indicator, actuals, label) == told(indicator, by_then, label)


PLAN = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 統合された取組, until: R7, merged_into: 2, actions: [{id: 1-1, title: 元の事業, schedule: R7}]}
      - id: 2
        title: 残る取組
        actions:
          - {id: 2-1, title: 続きの事業, schedule: R8, continues: 1-1}
          - relisted: 1-1
"""


def shown(page: Page) -> str:
    """Return a page as a reader of Markdown has it, without the escapes."""
    return markdown.document(page).replace("\\", "")


CHANGING = """\
viewpoints:
  - id: 1
    title: 視点
    indicators:
      - {id: a, name: 今の指標, former_names: [{name: 前の指標, until: R7}], unit: 件, direction: increase}
      - {id: b, name: 統合された指標, until: R7, merged_into: a, unit: 件, direction: increase, targets: {R7: 10}}
    initiatives:
      - {id: 1, title: 今の取組, former_names: [{name: 前の取組, until: R7}]}
      - id: 2
        title: 終わった取組
        until: R8
        merged_into: 1
        indicators:
          - {id: c, name: 取組の指標, unit: 件, direction: increase, targets: {R8: 4}}
      - {id: 3, title: 終わるだけの取組, until: R8}
      - {id: 4, title: 加わった取組, from: R8}
"""


def changing() -> Project:
    files = {
        "R7": "state: closed\nindicators: {a: 1, b: 20, c: 3}\n",
        "R8": "state: closed\nindicators: {a: 2, c: 4}\n",
        "R9": "state: closed\nindicators: {a: 3}\n",
    }
    return project(CHANGING, **files)


def test_a_report_knows_of_no_end_and_no_name_after_its_year() -> None:
    before, then, after = (shown(report(changing(), year(label), "ja")) for label in ("R7", "R8", "R9"))
    for later in ("今の指標", "今の取組", "旧名称", "令和8年度で終了"):
        assert later not in before
        assert later in then
    assert "令和7年度で終了し、[「前の指標」](#indicator-a)に統合" in before
    assert "令和8年度で終了し、[【取組1】今の取組](#initiative-1)に統合" in then
    assert "**経緯**: 令和8年度で終了\n" in then
    assert "**経緯**: 旧名称: 前の取組（令和7年度まで）\n" in after
    assert "**経緯**: 令和8年度に追加\n" in after


def test_history_in_english() -> None:
    then = shown(report(changing(), year("R8"), "en"))
    assert "**History**: Ended after FY2026, merged into [Initiative 1: 今の取組](#initiative-1)\n" in then
    assert "**History**: Formerly: 前の指標 (until FY2025)\n" in then
    assert "**History**: Added in FY2026\n" in then


def test_the_index_of_a_site_has_what_ended_too() -> None:
    pages = site(changing(), "ja")
    index = shown(pages["index.html"])
    assert "| [統合された指標](#indicator-b)<br>令和7年度まで | 20件<br>200.0%<br>**達成** | ― | ― |" in index
    assert "| [今の指標](#indicator-a) | 1件 | 2件 | 3件 |" in index
    assert index.index("今の指標") < index.index("統合された指標") < index.index("取組の指標")
    assert "[【取組2】終わった取組](initiative-2.html)" in index


def test_a_site_has_the_closed_years_of_the_plan_the_latest_first() -> None:
    closed = dict.fromkeys(("R6", "R7", "R8"), "state: closed\n")
    pages = site(project("indicators: []\n", **closed, R9="state: open\n"), "ja")
    assert list(pages) == ["index.html", "R7.html", "R8.html"]
    reports = re.findall(r"^- \[(.+?の進捗状況)\]\((.+?)\)$", shown(pages["index.html"]), re.MULTILINE)
    assert reports == [("令和8年度の進捗状況", "R8.html"), ("令和7年度の進捗状況", "R7.html")]
    assert [words.to for words in pages["R7.html"].ways] == ["index.html", "R8.html"]


def test_a_page_is_dated_by_its_making_else_by_its_publication() -> None:
    plan = project("indicators: []\n", R7="state: closed\npublished: 2026-04\n")
    assert report(plan, year("R7"), "ja", "2026-05-01").date == "2026-05-01"
    assert report(plan, year("R7"), "ja").date == "2026-04"
    assert report(plan, year("R8"), "ja").date is None
    assert report(plan, year("R8"), "ja").imprint[-1] == "公表前"


def test_the_page_of_an_initiative_that_ended_is_of_its_last_year() -> None:
    pages = site(changing(), "ja")
    ended = shown(pages["initiative-2.html"])
    assert "指標　取組の指標" in ended
    assert "令和8年度で終了し、[【取組1】今の取組](initiative-1.html#initiative-1)に統合" in ended
    assert "[令和8年度の報告での記載](R8.html#initiative-2)" in ended
    assert "令和9年度の報告" not in ended
    assert "[令和7年度の報告での記載]" not in shown(pages["initiative-4.html"])


def test_a_site_has_no_empty_headings() -> None:
    plan = project("viewpoints: [{id: 1, title: 空の視点}]\n", R7="state: closed\n")
    assert list(site(plan, "ja")) == ["index.html", "R7.html"]
    index = shown(site(plan, "ja")["index.html"])
    assert re.findall(r"^#+ .*?</a>(.*)$", index, re.MULTILINE) == ["年度ごとの報告"]


IDS = """\
indicators:
  - {id: x, name: x, direction: increase, targets: {R7: 1}, note: 注}
  - {id: x-1, name: x, direction: increase, targets: {R7: 1}, note: 注}
  - {id: x-2, name: x, direction: increase, targets: {R7: 1}, note: 注}
  - {id: x-block-2, name: x, direction: increase, targets: {R7: 1}, note: 注}
  - {id: x-block-3-title, name: x, direction: increase, targets: {R7: 1}, note: 注}
viewpoints:
  - {id: x, title: x, initiatives: [{id: x, title: x, actions: [{id: x, title: x, schedule: R7}]}]}
"""


def test_no_id_of_a_plan_is_one_of_the_pages_own() -> None:
    page = report(project(IDS, R7="indicators: {x: 1, x-1: 1, x-2: 1, x-block-2: 1}\n"), year("R7"), "ja")
    ids = re.findall(r' id="([^"]+)"', html.document(page, Theme()))
    assert len(ids) == len(set(ids))


ACTIONS = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 取組
        actions:
          - {id: 1-1, title: 中止, schedule: R7-R9}
          - {id: 1-2, title: 延期, schedule: R7-R9}
          - {id: 1-3, title: 未着手, schedule: R7-R9}
          - {id: 1-4, title: 一部, schedule: R7-R9}
          - {id: 1-5, title: 未報告, schedule: R7-R9}
          - {id: 1-6, title: 後年, schedule: R8-R9}
          - {id: 1-7, title: 終了, schedule: R7}
      - {id: 2, title: 再掲だけ, actions: [{relisted: 1-1}, {relisted: 1-6}]}
  - {id: 2, title: もう1つ, initiatives: [{id: 3, title: 再掲だけ, actions: [{relisted: 1-7}]}]}
"""
RESULTS = "actions: {1-1: cancelled, 1-2: postponed, 1-3: not_started, 1-4: partial, 1-7: done}\n"


def test_what_stopped_is_to_begin_and_what_runs_continues() -> None:
    page = shown(report(project(ACTIONS, R7=RESULTS), year("R7"), "ja"))
    said = dict(re.findall(r"</a>(\S+) \| (.+? \| .+? \| .+?) \|$", page, re.MULTILINE))
    assert said == {
        "中止": "**中止** | 予定 | → 継続",
        "延期": "**延期** | 予定 | → 継続",
        "未着手": "**未着手** | 予定 | → 継続",
        "一部": "一部実施 | → 継続 | → 継続",
        "未報告": "未報告 | → 継続 | → 継続",
        "後年": "― | 予定 | → 継続",
        "終了": "実施 | ― | ―",
    }


def test_relisted_actions_are_counted_apart() -> None:
    page = shown(report(project(ACTIONS, R7=RESULTS), year("R7"), "ja"))
    counts = "未報告 1、実施 1、一部実施 1、未着手 1、延期 1、中止 1"
    assert f"| [【視点1】視点](#viewpoint-1) | 2 | 6 | 1 | {counts}（ほかに再掲 1） |" in page
    assert "| [【視点2】もう1つ](#viewpoint-2) | 1 | 0 | 0 | ―（ほかに再掲 1） |" in page
    assert f"| 計 | 3 | 6 | 1 | {counts}（ほかに再掲 2） |" in page


CORRECTED = """\
negative: ▲
grades: [{bands: [{label: "5", min: 100}, {label: "4"}]}]
indicators:
  - {id: a, name: 社会増減, unit: 人, direction: increase, targets: {R7: 5}}
  - {id: b, name: 寿命, unit: 年, direction: increase, parts: [{id: men, name: 男性, targets: {R7: 70}}]}
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 取組
        actions: [{id: 1-1, title: 今の事業, former_names: [{name: 前の事業, until: R7}], schedule: R7-R8}]
"""


def corrections(*entries: str) -> str:
    """Return the corrections of a year, each as `id, old, new`."""
    listed = [entry.split(", ") for entry in entries]
    said = (
        f"  - {{date: 2026-08-01, id: {id_}, old: '{old}', new: '{new}', reason: 理由}}\n" for id_, old, new in listed
    )
    return "corrections:\n" + "".join(said)


def test_corrections_are_told_in_words_from_their_year_on() -> None:
    first = corrections(
        "a, -12, pending",
        "a, 4, 5",
        "a, not_met, met",
        "b, part: men, 71.50",
        "1-1, done, partial",
        "1-1, 95データ, 96データ",
        "1, 120千円, 130千円",
        "published, 2026-05, 2026-06-01",
    ).replace("old: 'part: men'", "part: men, old: '71.00'")
    plan = project(CORRECTED, R7=first, R8=corrections("a, 7, 8.5"))
    before, after = (shown(report(plan, year(label), "ja")) for label in ("R7", "R8"))
    told = re.findall(r"^\| (.+?) \| 令和7年度 \| 令和8年8月1日 \| (.+? \| .+?) \| 理由 \|$", before, re.MULTILINE)
    assert told == [
        ("社会増減", "▲12人 | 集計中"),
        ("社会増減", "4 | 5"),
        ("社会増減", "未達 | 達成"),
        ("寿命（男性）", "71.00年 | 71.50年"),
        ("前の事業", "実施 | 一部実施"),
        ("前の事業", "95データ | 96データ"),
        ("取組", "120千円 | 130千円"),
        ("公表", "令和8年5月 | 令和8年6月1日"),
    ]
    assert "8.5人" not in before
    assert "| 社会増減 | 令和8年度 | 令和8年8月1日 | 7人 | 8.5人 | 理由 |" in after
    assert "| 今の事業 | 令和7年度 |" in after


LATER = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 終わった取組, until: R7, actions: [{id: 1-1, title: 続いた事業, schedule: R7-R8}]}
      - {id: 2, title: 続く取組, actions: [{id: 2-1, title: 続く事業, schedule: R7-R8}]}
"""


def test_changes_lead_to_what_the_report_tells() -> None:
    plan = project(LATER, R7="actions: {1-1: done, 2-1: done}\n", R8="actions: {1-1: partial, 2-1: partial}\n")
    page = report(plan, year("R8"), "ja")
    (told,) = (each for each in page.sections if each.id == "changes")
    (table,) = told.blocks
    assert isinstance(table, Table)
    assert [(row.cells[0][0][0].text, row.cells[0][0][0].to) for row in table.rows] == [
        ("取組1 終わった取組", None),
        ("取組2 続く取組", "#initiative-2"),
        ("続いた事業", None),
        ("続く事業", "#action-2-1"),
    ]


def test_a_projection_leaves_the_chart_before_it_makes_the_bars_unreadable() -> None:
    indicator = {"direction": "increase", "baseline": {"year": "R6", "value": 0}, "targets": {"R7": 10, "R9": 20}}
    steep = told(indicator, {"R7": 100}, "R7")
    (chart,) = charts(steep)
    assert chart.projection is not None
    assert chart.projection.point.height == Fraction(300, 125)
    assert chart.columns[1].bar is not None
    assert chart.columns[1].bar.height == Fraction(100, 125)


NOTED = """\
note: [計画の注]
adopted: 2025-03
summary: 計画の概要
viewpoints:
  - id: 1
    title: 視点
    note: [視点の注]
    indicators:
      - {id: a, name: 平均, direction: increase, baseline: {year: R6, label: 3年の平均, value: 5}, targets: {R7: 6}}
      - {id: b, name: 値, direction: increase, baseline: {year: R6, value: 5}, targets: {R7: 6}, note: [指標の注]}
    initiatives:
      - {id: 1, title: 取組, note: [取組の注], actions: [{id: 1-1, title: 事業, schedule: R7, note: [事業の注]}]}
"""


def test_notes_stand_where_they_belong() -> None:
    text = shown(report(project(NOTED, R7="indicators: {a: 7, b: {value: 7, note: 値の注}}\n"), year("R7"), "ja"))
    places = dict(re.findall(r"^#+ .*?</a>(.*)\n((?:(?!#).*\n)*)", text, re.MULTILINE))
    assert "令和7年3月に「例示市DX推進計画」を策定した。" in places["1. 概要"]
    assert "- ※ 計画の注\n" in places["2. 計画の内容"]
    assert "- ※ 視点の注\n" in places["【視点1】視点"]
    assert "※1 指標の注\n" in places["指標　値[※1](#note-indicator-b-1)"]
    assert "| 実績値 | 5（R6） | 7[※2](#note-indicator-b-2) |" in places["指標　値[※1](#note-indicator-b-1)"]
    assert "- **注**: 取組の注\n" in places["【取組1】取組"]
    assert "事業<br>※ 事業の注 |" in places["【取組1】取組"]


def test_a_baseline_that_is_not_of_one_year_has_no_year_over_it() -> None:
    text = shown(report(project(NOTED, R7="indicators: {a: 7, b: 7}\n"), year("R7"), "ja"))
    heads = re.findall(r"^\| 年度 \| (.+?) \|", text, re.MULTILINE)
    assert heads == ["基準値", "令和6年度 基準値"]


@pytest.mark.parametrize(("value", "said"), [(50, "推計100.0%"), (51, "100%に届く計算"), (40, "推計80.0%")])
def test_no_share_is_projected_past_the_whole(value: int, said: str) -> None:
    indicator = {
        "direction": "increase",
        "unit": "%",
        "baseline": {"year": "R6", "value": 0},
        "targets": {"R7": 10, "R8": 90},
    }
    assert f"| このままなら | ― | ― | {said} | ― |" in shown(told(indicator, {"R7": value}, "R7"))


def test_a_target_after_the_plan_has_its_column_and_its_mark() -> None:
    page = told({"direction": "increase", "targets": {"R9": 5, "R12": 9}}, {"R7": 3}, "R7")
    (chart,) = charts(page)
    assert [column.label for column in chart.columns] == ["R7", "R8", "R9", "R12"]
    text = shown(page)
    assert "| 年度 | 令和7年度 | 令和8年度 | 令和9年度 | 令和12年度 |\n" in text
    assert "| 目標値 | ― | ― | 5 | 9 |\n" in text


def test_only_what_is_used_is_explained() -> None:
    plan = """\
methods: {decrease: mirror}
indicators:
  - {id: a, name: a, direction: increase, baseline: {year: R6, value: 5}, targets: {R7: 10}}
  - {id: b, name: b, direction: decrease, targets: {R7: 10}}
"""
    good, bad = (
        shown(report(project(plan, R7=f"indicators: {{{said}}}\n"), year("R7"), "ja"))
        for said in ("a: 6, b: 9", "a: 4")
    )
    for page in (good, bad):
        assert "- **達成率の式**: 実績値 ÷ 目標値\n" in page
        assert "- （実績値 − 基準値）÷（目標値 − 基準値）　基準値から目標値までのうち" in page
        assert "目標値 ÷ 実績値" not in page
    assert "- （2 × 目標値 − 実績値）÷ 目標値　減らす指標に使う\n" in good
    assert "2 × 目標値" not in bad
    assert "未達・悪化" in bad
    assert "「悪化」は" in bad
    assert "「悪化」は" not in good


def test_what_is_no_longer_told_is_not_led_to() -> None:
    plan = project(PLAN, R7="state: closed\nactions: {1-1: done}\n", R8="state: closed\nactions: {2-1: done}\n")
    now, before = (report(plan, year(label), "ja") for label in ("R8", "R7"))
    assert "#action-1-1" in {each.to for each in words(before)}
    assert {each.to for each in words(now) if "1-1" in (each.to or "")} == set()
    assert "元の事業から継続" in {each.text for each in words(now)}


def test_on_a_site_it_is_led_to_where_it_is_told() -> None:
    plan = project(PLAN, R7="state: closed\nactions: {1-1: done}\n", R8="state: closed\nactions: {2-1: done}\n")
    pages = site(plan, "ja")
    assert list(pages) == ["index.html", "initiative-1.html", "initiative-2.html", "R7.html", "R8.html"]
    drawn = {name: html.document(page, Theme()) for name, page in pages.items()}
    places = {f"{name}#{id_}" for name, text in drawn.items() for id_ in re.findall(r' id="([^"]+)"', text)}
    for name, text in drawn.items():
        for to in re.findall(r'href="([^"#]*(?:#[^"]*)?)"', text):
            if not to.startswith("data:"):
                page, _, place = to.partition("#")
                assert (page or name) in drawn
                assert not place or f"{page or name}#{place}" in places, to
    assert "initiative-1.html#action-1-1" in drawn["R8.html"]
