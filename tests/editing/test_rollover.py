"""``rollover``: what stands in the new year's file and what does not, and what is never touched."""

import json
from pathlib import Path

import pytest

from tests.editing.projects import Home

HEAD = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R10}
"""
ACTIONS = """\
viewpoints:
  - id: 1
    title: 市民
    initiatives:
      - id: 1
        title: 窓口改革
        actions:
          - {id: 1-1, title: 一度, schedule: R7}
          - {id: 1-2, title: 二年, schedule: R7-R8}
          - {id: 1-3, title: ずっと, schedule: R7-}
          - {id: 1-4, title: とびとび, schedule: {R7: , R9: 本庁}}
          - {id: 1-5, title: 後から, schedule: R9}
"""


def actions(home: Home, year: str) -> list[str]:
    """Return the ids in a year's file, with what stands behind them."""
    _, _, below = home.text(year).partition("actions:\n")
    return [line.strip() for line in below.splitlines() if not line.startswith("  #")]


def report(home: Home, year: str, **results: str) -> None:
    for id_, result in results.items():
        home.done("record", id_.removeprefix("a").replace("_", "-"), result, "--year", year)


def close(home: Home, year: str) -> None:
    home.write(f"actuals/{year}.yaml", home.content(year).decode().replace("state: open", "state: closed"))


def test_a_file_from_head_to_foot(tmp_path: Path) -> None:
    home = Home(tmp_path, WHOLE_PLAN)
    out = home.done("rollover")
    assert "指標 3、事業 3（うち持ち越し 0）" in out
    assert home.content("R7").decode() == WHOLE_R7
    assert not home.errors()
    report(home, "R7", old="3", null="postponed")
    out = home.done("rollover", "--to", "令和8年度")
    assert home.content("R8").decode() == WHOLE_R8
    assert not home.errors()


WHOLE_PLAN = """\
# yaml-language-server: $schema=../schema/plan.schema.json
# $schema: ../schema/plan.schema.json
# 計画
format: 1
title: "例示市 # 計画: 「x」"
organization: {name: 例示市}
period: {from: R7, to: R10}
indicators:
  - {id: "no", name: "率\\nformat: 2", unit: "%", direction: increase, targets: {R7: 48, R8: {min: 9, words: "9 # 約"}}}
  - {id: "010", name: "a: b # c", monitoring: true, from: R8}
  - {id: old, name: 旧, former_names: [{name: 旧々, until: R7}], unit: 件, monitoring: true, until: R8}
  - id: 5
    name: 内訳
    direction: increase
    parts: [{id: "on", name: ①, targets: {R7: 200}}, {id: "1", name: ②, targets: {R8: 150}}]
viewpoints:
  - id: 1
    title: 市民
    initiatives:
      - id: 1
        title: 窓口
        actions:
          - {id: "null", title: "- 一度 #1", schedule: R7}
          - {id: "1e3", title: ずっと, schedule: R7-}
      - {id: 2, title: 終わる, until: R7, actions: [{id: 2-1, title: 終, schedule: R7-}]}
"""
WHOLE_R7 = """\
# yaml-language-server: $schema=../../schema/actuals.schema.json
# $schema: ../../schema/actuals.schema.json
# 例示市 # 計画: 「x」 令和7年度の実績
#
# 値や結果を、IDの右に書く。値がなければ pending（集計中）などの理由を書く。空欄は未報告。
format: 1
fiscal_year: R7
state: open

indicators:
  # 率 format: 2　目標 48%　前年度 なし
  "no":
  # 旧々　目標 なし（管理指標）　前年度 なし
  old:
  # 内訳　目標 ―　前年度 なし
  5:
    parts:
      # ①　目標 200　前年度 なし
      "on":
      # ②　目標 ―　前年度 なし
      1:

actions:
  # 取組1 窓口
  "null": # - 一度 #1
  "1e3": # ずっと
  # 取組2 終わる
  2-1: # 終
"""
WHOLE_R8 = """\
# yaml-language-server: $schema=../../schema/actuals.schema.json
# $schema: ../../schema/actuals.schema.json
# 例示市 # 計画: 「x」 令和8年度の実績
#
# 値や結果を、IDの右に書く。値がなければ pending（集計中）などの理由を書く。空欄は未報告。
format: 1
fiscal_year: R8
state: open

indicators:
  # 率 format: 2　目標 9 # 約　前年度 未報告
  "no":
  # a: b # c　目標 なし（管理指標）　前年度 なし
  "010":
  # 旧　目標 なし（管理指標）　前年度 3件
  old:
  # 内訳　目標 ―　前年度 未報告
  5:
    parts:
      # ①　目標 ―　前年度 未報告
      "on":
      # ②　目標 150　前年度 未報告
      1:

actions:
  # 取組1 窓口
  "null": # - 一度 #1（前年度 延期）
  "1e3": # ずっと
"""


@pytest.mark.parametrize(
    ("result", "stands"),
    [("postponed", "（前年度 延期）"), ("partial", "（前年度 一部実施）"), ("not_started", "（前年度 未着手）")]
    + [(result, None) for result in ("done", "ongoing", "cancelled", "unreported")],
)
def test_what_is_carried_over(result: str, stands: str | None, tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD + ACTIONS)
    home.done("rollover")
    report(home, "R7", a1_1=result, a1_2="done", a1_3="ongoing", a1_4="done")
    home.done("rollover", "--to", "R8")
    carried = [f"1-1: # 一度{stands}"] if stands else []
    assert actions(home, "R8") == [*carried, "1-2: # 二年", "1-3: # ずっと"]
    assert not home.errors()


def test_carried_over_year_after_year(tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD + ACTIONS)
    home.done("rollover")
    report(home, "R7", a1_1="postponed", a1_2="done", a1_3="ongoing", a1_4="partial")
    for before, year, result in (("R7", "R8", "not_started"), ("R8", "R9", "partial"), ("R9", "R10", "done")):
        close(home, before)
        home.done("rollover", "--to", year)
        assert any(line.startswith("1-1: # 一度（") for line in actions(home, year))
        report(home, year, a1_1=result, a1_3="ongoing")
        assert "DX306" not in home.errors()


def test_an_action_with_gaps_and_one_to_come(tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD + ACTIONS)
    home.done("rollover")
    report(home, "R7", a1_1="done", a1_2="done", a1_3="done", a1_4="partial")
    close(home, "R7")
    home.done("rollover")
    assert actions(home, "R8") == ["1-2: # 二年", "1-3: # ずっと", "1-4: # とびとび（前年度 一部実施）"]
    report(home, "R8", a1_2="cancelled", a1_3="postponed", a1_4="done")
    close(home, "R8")
    out = home.done("rollover", "--to", "R9")
    assert actions(home, "R9") == ["1-3: # ずっと（前年度 延期）", "1-4: # とびとび", "1-5: # 後から"]
    assert "1-2  二年（中止）" in out or "もうあります" in out


def listed(home: Home, *words: str) -> dict[str, dict[str, str]]:
    """Return what a dry run says to scripts, by id."""
    said = json.loads(home.run("rollover", "--dry-run", "--format", "json", *words).out)
    return {key: {each["id"]: each for each in said[key]} for key in said if isinstance(said[key], list)}


def test_what_is_said_to_scripts_and_to_people(tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD + ACTIONS)
    home.done("rollover")
    report(home, "R7", a1_1="cancelled", a1_2="done", a1_3="ongoing")
    before = home.files()
    said = home.run("rollover", "--to", "R8", "--dry-run")
    assert said.code == 0
    assert "R7 はまだ確定していません（未報告 1）" in said.out
    assert "  1-1  一度（中止）" in said.out
    assert "  1-4  とびとび（前年度の報告がなく、予定も終わった）" in said.out
    assert "+  1-2: # 二年\n" in said.out
    assert home.files() == before
    machine = home.run("rollover", "--to", "R8", "--dry-run", "--format", "json")
    assert json.loads(machine.out)
    assert home.files() == before


def test_an_initiative_without_anything_due_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD + ACTIONS.replace("R7-", "R7").replace("R7R8", "R7"))
    home.done("rollover")
    for id_ in ("1-1", "1-2", "1-3", "1-4"):
        home.done("record", id_, "done")
    close(home, "R7")
    said = home.run("rollover", "--dry-run")
    assert "R8 に予定のない取組\n  1  窓口改革" in said.out
    assert "actions:" not in said.out


def test_a_plan_with_nothing_but_a_period(tmp_path: Path) -> None:
    home = Home(tmp_path, HEAD)
    home.done("rollover")
    assert home.text("R7").endswith("state: open\n")
    assert not home.errors()


# Which year.

OPEN = "indicators: {x: }\n"
REPORTED = "indicators: {x: 1}\n"
CLOSED = "state: closed\nindicators: {x: 1}\n"
ONE = HEAD + "indicators: [{id: x, name: 数, monitoring: true}]\n"


@pytest.mark.parametrize(
    ("years", "words", "made"),
    [
        ({}, "", "R7"),
        ({}, "--to R7", "R7"),
        ({"R7": REPORTED}, "", "R8"),
        ({"R7": OPEN}, "--to R8", "R8"),
        ({"R7": CLOSED}, "--require-closed", "R8"),
        ({"R7": CLOSED, "R8": REPORTED}, "", "R9"),
        ({"R7": CLOSED, "R8": CLOSED, "R9": CLOSED}, "--to 2028", "R10"),
        ({"R8": CLOSED}, "--to R7", "R7"),
    ],
)
def test_the_year_that_is_opened(years: dict[str, str], words: str, made: str, tmp_path: Path) -> None:
    home = Home(tmp_path, ONE, **years)
    before = home.files()
    home.done("rollover", *words.split())
    after = home.files()
    assert after.pop(f"actuals/{made}.yaml").startswith("# 例示市DX推進計画 ".encode())
    assert after == before


@pytest.mark.parametrize(
    ("years", "words", "code", "said"),
    [
        ({}, "--to R8", 1, "R8 の前に R7 を開く"),
        ({}, "--to R6", 2, "計画期間より前"),
        ({}, "--to R11", 1, "最後の年度"),
        ({}, "--to R8x", 2, "年度として読めません"),
        ({}, "--format yaml", 2, "text / json"),
        ({"R7": REPORTED}, "--to R9", 1, "R7 がまだ確定していない"),
        ({"R7": CLOSED}, "--to R9", 1, "R9 の前に R8 を開く"),
        ({"R7": REPORTED}, "--require-closed", 1, "R7 がまだ確定していません（未報告 0）"),
        ({"R7": OPEN}, "--require-closed --to R8", 1, "R7 がまだ確定していません（未報告 1）"),
        ({"R7": REPORTED, "R8": REPORTED}, "", 1, "dxplan close --year R7"),
        ({"R7": CLOSED, "R8": CLOSED, "R9": CLOSED, "R10": REPORTED}, "", 1, "R10 が計画の最後の年度"),
        ({"R7": CLOSED, "R8": CLOSED, "R9": CLOSED, "R10": CLOSED}, "--dry-run", 1, "dxplan init"),
    ],
)
def test_years_that_cannot_be_opened(years: dict[str, str], words: str, code: int, said: str, tmp_path: Path) -> None:
    home = Home(tmp_path, ONE, **years)
    before = home.files()
    result = home.run("rollover", *words.split())
    assert result.code == code, result
    assert said in result.err
    assert "直し方" in result.err
    assert home.files() == before


@pytest.mark.parametrize("years", [{"R7": OPEN}, {"R7": CLOSED, "R8": OPEN}, {"R7": CLOSED, "R8": "state: open\n"}])
def test_a_year_of_which_nothing_is_reported_was_opened_just_now(years: dict[str, str], tmp_path: Path) -> None:
    home = Home(tmp_path, ONE, **years)
    before = home.files()
    assert "もうあります" in home.done("rollover")
    assert json.loads(home.run("rollover", "--format", "json").out)
    assert home.files() == before


@pytest.mark.parametrize("year", ["R7", "R8"])
def test_a_year_that_is_there_is_never_touched(year: str, tmp_path: Path) -> None:
    mine = {"R7": CLOSED, "R8": "# 手で書いた\nindicators: {x: 3}\n"}
    home = Home(tmp_path, ONE, **mine)
    before = home.files()
    assert "もうあります" in home.done("rollover", "--to", year)
    assert home.files() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("R8.yml", "format: 1\nfiscal_year: R8\n"),
        ("令和8年度.yaml", "format: 1\nfiscal_year: R8\n"),
        ("R9.yaml", "format: 1\nfiscal_year: R8\n"),
        ("R8.yaml", "format: 1\nfiscal_year: R9\n"),
        ("R8.yaml", "format: 1\nfiscal_year: 8\n"),
        ("R8.yaml", ""),
        ("R8.yaml", "<<<<<<< HEAD\n"),
        ("R8.yaml.txt", "format: 1\n"),
    ],
)
def test_another_file_for_the_year_is_named_and_never_touched(name: str, text: str, tmp_path: Path) -> None:
    home = Home(tmp_path, ONE, R7=CLOSED)
    home.write(f"actuals/{name}", text)
    assert name in home.refused("rollover", "--to", "R8")


def test_what_is_no_file_stays(tmp_path: Path) -> None:
    home = Home(tmp_path, ONE, R7=CLOSED)
    (home.data / "actuals" / "R8.yaml").mkdir()
    home.refused("rollover")
    (home.data / "actuals" / "R8.yaml").rmdir()
    (home.data / "actuals" / "R8.yaml").symlink_to(tmp_path / "nowhere.yaml")
    home.refused("rollover")
    assert not (tmp_path / "nowhere.yaml").exists()


def test_lines_for_editors_follow_the_latest_file(tmp_path: Path) -> None:
    line = "# yaml-language-server: $schema=https://example.jp/actuals.json\n"
    home = Home(tmp_path, ONE, R7=f"{line}# メモ\nformat: 1\nfiscal_year: R7\n{CLOSED}# $schema: no\n")
    home.done("rollover")
    assert home.content("R8").decode().startswith(f"{line}# 例示市DX推進計画 令和8年度の実績\n")
