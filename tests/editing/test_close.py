"""``close``: a year reported in full is frozen, by one line or two."""

from pathlib import Path

import pytest

from tests.editing.projects import Home

PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
indicators:
  - {id: x, name: 数, monitoring: true, department: 総務課}
  - id: p
    name: 内訳
    monitoring: true
    parts: [{id: a, name: 甲}, {id: b, name: 乙}]
viewpoints:
  - id: 1
    title: 市民
    initiatives:
      - {id: 1, title: 窓口, actions: [{id: 1-1, title: 予約, schedule: R7, department: 市民課}]}
"""
DONE = "indicators: {x: 1, p: pending}\nactions: {1-1: done}\n"


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("", "", "state: closed\n"),
        ("", "--published 2026-04", "state: closed\npublished: 2026-04\n"),
        ("state: open # 受付中\n", "", "state: closed # 受付中\n"),
        ("state: open\n", "--published 2026-04-01", "state: closed\npublished: 2026-04-01\n"),
        ("state: open\npublished: 2026-03 # 予定\n", "", "state: closed\npublished: 2026-03 # 予定\n"),
        (
            "state: open\n# 公表\npublished: 2026-03 # 予定\n",
            "--published 2026-04",
            "state: closed\n# 公表\npublished: 2026-04 # 予定\n",
        ),
        ("# 一\n\nnote: 注\n", "--published 2026-04", "state: closed\npublished: 2026-04\n# 一\n\nnote: 注\n"),
        ("published: 2026-03\n", "--published 2026-04", "state: closed\npublished: 2026-04\n"),
    ],
)
def test_what_is_written(before: str, words: str, after: str, tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN, R7=before + DONE)
    assert "dxplan rollover" in home.done("close", "--year", "R7", *words.split())
    assert home.text() == after + DONE
    assert not home.errors()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_bytes_of_other_editors_stay(newline: str, tmp_path: Path) -> None:
    text = f"\ufeff# 実績\n\nfiscal_year:   R7 # 年度\nformat: 1\n{DONE}# 終わり".replace("\n", newline)
    home = Home(tmp_path, PLAN, R7=text)
    home.done("close", "--published", "2026-04")
    line = f"fiscal_year:   R7 # 年度{newline}"
    assert home.content().decode() == text.replace(line, f"{line}state: closed{newline}published: 2026-04{newline}")


def test_a_file_in_brackets(tmp_path: Path) -> None:
    home = Home(
        tmp_path, PLAN, R7="{format: 1, fiscal_year: R7, indicators: {x: 1, p: pending}, actions: {1-1: done}}\n"
    )
    home.done("close", "--published", "2026-04")
    assert "fiscal_year: R7, state: closed, published: 2026-04, ind" in home.content().decode()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 3),
        ("indicators: {x: , p: }\nactions: {1-1: }\n", 3),
        ("indicators: {x: 1, p: pending}\n", 1),
        ("indicators: {x: 1, p: {parts: {a: 1}}}\nactions: {1-1: done}\n", 1),
        ("indicators: {x: unreported, p: {parts: {a: 1, b: pending}}}\nactions: {1-1: unreported}\n", 2),
    ],
)
def test_what_is_not_reported_is_listed_by_department(text: str, count: int, tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN, R7=f"state: open\n{text}")
    for words in ([], ["--dry-run"], ["--published", "2026-04"]):
        said = home.refused("close", *words)
        assert "確定していません" in said
        listed = [line for line in said.splitlines() if line.startswith("  ")]
        assert len(listed) >= count, said
    if "1-1: done" not in text:
        assert "市民課" in said


def test_every_word_for_a_missing_value_is_a_report(tmp_path: Path) -> None:
    for n, word in enumerate(("pending", "unpublished", "not_conducted", "not_applicable", "cancelled")):
        home = Home(tmp_path / str(n), PLAN, R7=DONE.replace("x: 1", f"x: {word}"))
        home.done("close")


def test_closing_again(tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN, R7=DONE)
    home.done("close", "--published", "2026-04")
    assert "もう確定しています" in home.done("close", "--published", "2026-04")
    assert "もう確定しています" in home.done("close", "--year", "R7")
    assert "2026-04" in home.wrong("close", "--published", "2026-05")


def test_which_year(tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN)
    assert "dxplan rollover" in home.refused("close")
    home = Home(tmp_path / "2", PLAN, R7=DONE, R8="indicators: {x: 1, p: 5}\n")
    assert "dxplan rollover" in home.refused("close", "--year", "R9")
    home.wrong("close", "--year", "R9x")
    home.run("close")
    assert ("state: closed" in home.text("R7"), "state: closed" in home.text("R8")) == (True, False)
    home.run("close")
    assert "state: closed" in home.text("R8")
    assert not home.errors()


@pytest.mark.parametrize(
    "given", ["2026-13", "2026-4", "令和8年4月", "2026", "2026-04 # x", "{a: 1}", "2026-02-30", "", "\x1b"]
)
def test_a_day_that_is_none(given: str, tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN, R7=DONE)
    before = home.files()
    result = home.run("close", "--published", given)
    assert result.code in (1, 2), result
    assert home.files() == before
    assert any(word in result.err for word in ("日", "空", "書けない文字"))


def test_a_dry_run_shows_the_lines(tmp_path: Path) -> None:
    home = Home(tmp_path, PLAN, R7=DONE)
    before = home.files()
    said = home.run("close", "--published", "2026-04", "--dry-run")
    assert (said.code, home.files()) == (0, before)
    assert "+state: closed\n+published: 2026-04\n" in said.out


def test_what_would_be_wrong_is_not_closed(tmp_path: Path) -> None:
    faulty = Home(tmp_path, PLAN, R7=DONE.replace("1-1: done", "1-1: done, 1-1: done"))
    assert "DX008" in faulty.refused("close") or "誤り" in faulty.refused("close")
