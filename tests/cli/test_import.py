"""``collect`` and ``import`` as commands: what is said, what is written, and that it is all or nothing."""

import json
import sys
from pathlib import Path

import pytest

from tests.editing.projects import Home
from tests.exchange.books import PLAN as INDICATORS
from tests.exchange.books import Book

PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
"""
OLD = "indicators:\n  # 割合\n  share: 12.1 # 速報ではない\n  people:\n\nactions: {1-1: ongoing}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path, PLAN + INDICATORS, R7=OLD)


def collected() -> Book:
    return Book(Path("入力票_R7/入力票.xlsx").read_bytes())


def back(filled: Book, name: str = "back.xlsx") -> str:
    Path(name).write_bytes(filled.saved)
    return name


def test_from_collecting_to_the_file(home: Home) -> None:
    assert home.done("collect").startswith("入力票_R7/入力票.xlsx　指標 5、事業 2")
    filled = collected()
    filled.put("indicators/share", "value", "９２％")
    filled.put("indicators/people", "state", "集計中")
    filled.put("indicators/life/men", "value", 80.5)
    filled.put("actions/1-2", "result", "実施")
    filled.put("actions/1-2", "note", "注1\n注2")
    name = back(filled)
    dry = home.run("import", name, "--dry-run")
    assert dry.code == 0
    assert home.text() == OLD
    assert "back.xlsx ›指標!F5 受け入れ オンライン申請の割合: 実績値 12.1 → 92" in dry.out
    assert "+  share: 92 # 速報ではない" in dry.out
    assert home.run("import", name).out.endswith("5件を data/actuals/R7.yaml に書きました\n")
    assert home.text() == (
        "indicators:\n  # 割合\n  share: 92 # 速報ではない\n  people: pending\n  life: {parts: {men: 80.5}}\n\n"
        "actions: {1-1: ongoing, 1-2: {result: done, note: [注1, 注2]}}\n"
    )
    assert "新しいことはなく" in home.done("import", name)
    assert home.errors() == ""
    assert home.done("collect", "--only-missing", "-o", "督促").startswith("督促/未報告.xlsx　指標 2")


def test_all_or_nothing(home: Home) -> None:
    home.done("collect")
    good, bad = collected(), collected()
    good.put("indicators/share", "value", 92)
    bad.put("indicators/people", "value", "約50")
    files = (back(good, "good.xlsx"), back(bad, "bad.xlsx"), "nowhere.xlsx", "data", "/dev/null")
    assert home.refused("import", *files) == ""
    said = home.run("import", *files, "--lang", "en").out
    assert "good.xlsx: 1 accepted" in said
    assert "bad.xlsx ›指標!F6 wrong" in said
    assert "nowhere.xlsx: refused: there is no such file" in said
    assert "data: refused: it is a folder" in said
    assert "null: refused: it is not a file" in said
    assert said.endswith("Something is in the way, so nothing was written\n")


def test_what_would_be_wrong_in_the_file_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    running = "indicators: [{id: x, name: 累計の台数, monitoring: true, series: cumulative, entered: running}]\n"
    there = Home(tmp_path, PLAN + running, R7="indicators: {x: 900}\n", R8="indicators: {x: 950}\n")
    there.done("collect", "--year", "R8")
    filled = Book(Path("入力票_R8/入力票.xlsx").read_bytes())
    cell = filled.put("indicators/x", "value", 500)
    before = there.files()
    said = there.run("import", back(filled))
    assert (said.code, there.files()) == (1, before)
    assert f"誤りのもと: back.xlsx ›指標!{cell.coordinate} 累計の台数: 「x」の累計の実績値が" in said.out
    assert "DX404" in said.err


def test_as_json(home: Home) -> None:
    home.done("collect")
    filled = collected()
    filled.put("indicators/share", "value", 92)
    said = json.loads(home.run("import", back(filled), "--format", "json").out)
    assert (said["format"], said["fiscal_year"], said["written"]) == (1, "R7", True)
    (accepted,) = [cell for cell in said["files"][0]["cells"] if cell["status"] == "accepted"]
    assert (accepted["cell"], accepted["id"], accepted["aspect"]) == ("指標!F5", "share", "figure")
    assert (accepted["sent"], accepted["said"], accepted["now"]) == (
        {"value": "12.1"},
        {"value": "92"},
        {"value": "12.1"},
    )


def test_what_is_filled_in_is_not_overwritten(home: Home) -> None:
    home.done("collect")
    filled = collected()
    filled.put("indicators/share", "value", 92)
    back(filled, "入力票_R7/入力票.xlsx")
    before = Path("入力票_R7/入力票.xlsx").read_bytes()
    assert "記入済みかもしれません" in home.refused("collect")
    assert Path("入力票_R7/入力票.xlsx").read_bytes() == before
    home.done("collect", "--force")
    assert Path("入力票_R7/入力票.xlsx").read_bytes() != before


def test_a_closed_year_is_neither_collected_nor_imported(home: Home) -> None:
    home.done("collect")
    filled = collected()
    filled.put("indicators/share", "value", 92)
    name = back(filled)
    home.write("actuals/R7.yaml", f"format: 1\nfiscal_year: R7\nstate: closed\n{OLD}")
    assert "R7 は確定しています" in home.refused("collect")
    assert "R7 は確定しているので" in home.refused("import", name)


def test_names_that_no_system_minds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    leads = [
        "情報/システム課",
        "情報\\\\システム課",
        "情報_システム課_2",
        "..",
        "C:課",
        "a" * 300,
        "a" * 301,
        "𠮷" * 99,
    ]
    indicators = "".join(
        f'  - {{id: x{n}, name: x, monitoring: true, department: "{lead}"}}\n' for n, lead in enumerate(leads)
    )
    home = Home(tmp_path, f"{PLAN}indicators:\n{indicators}", R7="indicators: {x0: 1}\n")
    home.done("collect", "-o", "out")
    assert sorted(path.name for path in tmp_path.glob("**/*.xlsx")) == sorted(
        [
            "入力票_情報_システム課.xlsx",
            "入力票_情報_システム課_2.xlsx",
            "入力票_情報_システム課_2_2.xlsx",
            "入力票___.xlsx",
            "入力票_C_課.xlsx",
            f"入力票_{'a' * 180}.xlsx",
            f"入力票_{'a' * 180}_2.xlsx",
            f"入力票_{'𠮷' * 45}.xlsx",
        ]
    )


def test_a_file_in_the_place_of_the_folder(home: Home) -> None:
    Path("forms").write_text("", "utf-8")
    assert "forms はフォルダーではありません" in home.wrong("collect", "-o", "forms")


@pytest.mark.parametrize("library", ["xlsxwriter", "openpyxl"])
def test_without_the_extra(home: Home, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    home.done("collect")
    monkeypatch.setitem(sys.modules, library, None)
    words = ("collect", "-o", "new") if library == "xlsxwriter" else ("import", "入力票_R7/入力票.xlsx")
    assert 'pip install "dxplan[excel]"' in home.wrong(*words)


def test_words_of_the_command_line(home: Home) -> None:
    assert "--prefer" in home.wrong("import", "a.xlsx", "--prefer", "mine")
    assert "R12" in home.refused("collect", "--year", "R12")
