"""``dxplan report``: what it writes where, and what it compares."""

import shutil
import sys
from pathlib import Path

import pytest

from dxplan.cli.main import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped plan in it, which is the current one."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def pages(*words: str) -> int:
    """Run the command for the two forms that need no extra."""
    return main(["report", "--format", "html", "--format", "markdown", *words])


def test_all_forms_into_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report"]) == 0
    assert sorted(path.name for path in (here / "report").iterdir()) == ["R7.html", "R7.md", "R7.pdf"]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"report/R7.{each} に書きました" for each in ("html", "pdf", "md")]


def test_twice_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages() == 0
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (here / "report").iterdir()}
    capsys.readouterr()
    assert pages() == 0
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (here / "report").iterdir()} == before
    assert capsys.readouterr().err == "report/R7.html は変わりません\nreport/R7.md は変わりません\n"


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<!DOCTYPE html>"), ("a.md", b"# "), ("b/a.MD", b"# ")])
def test_the_name_of_a_file_says_its_form(here: Path, name: str, start: bytes) -> None:
    assert main(["report", "-o", name]) == 0
    assert (here / name).read_bytes().startswith(start)


def test_to_stdout_one_form_alone(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["report", "--format", "markdown", "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith("# 江東区DX推進計画の進捗状況\n".encode())
    assert main(["report", "-o", "-"]) == 2
    assert pages("-o", "-") == 2
    assert list(here.iterdir()) == [here / "data"]


@pytest.mark.parametrize(
    "words", [["--format", "docx"], ["--year", "R3"], ["--today", "tomorrow"], ["--all-years", "--year", "R7"]]
)
def test_wrong_usage_writes_nothing(here: Path, words: list[str]) -> None:
    assert main(["report", *words]) == 2
    assert list(here.iterdir()) == [here / "data"]


def test_check_tells_what_differs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages("--check") == 1
    assert "report/R7.html がありません" in capsys.readouterr().out
    assert main(["report"]) == 0
    assert main(["report", "--check"]) == 0
    actuals = here / "data/actuals/R7.yaml"
    actuals.write_text(
        actuals.read_text(encoding="utf-8").replace("procedures: 54", "procedures: 45"), encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["report", "--check"]) == 1
    said = capsys.readouterr()
    for name in ("R7.html", "R7.pdf", "R7.md"):
        assert f"report/{name} はデータと合いません" in said.out
    assert any(line.startswith("-") and "54%" in line for line in said.out.splitlines())
    assert any(line.startswith("+") and "45%" in line for line in said.out.splitlines())
    assert len(said.out.splitlines()) < 60
    assert "作り直す" in said.err


def test_the_date_of_making_is_told_only_where_it_is_given(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*words: str) -> str:
        assert main(["report", "-o", "a.md", *words]) == 0
        return (here / "a.md").read_text(encoding="utf-8").splitlines()[2]

    assert made() == "江東区　令和7年度（2025年度）　令和8年4月"
    assert made("--today", "2026-05-01").endswith("　作成 令和8年5月1日")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777564800")  # 2026-04-30T16:00Z, which is the 1st of May in Japan
    assert made().endswith("　作成 令和8年5月1日")
    assert made("--today", "2026-06-01").endswith("　作成 令和8年6月1日")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert main(["report", "-o", "a.md"]) == 2


def test_what_is_wrong_with_the_plan_is_said_beside_the_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actuals = here / "data/actuals/R7.yaml"
    text = actuals.read_text(encoding="utf-8")
    actuals.write_text(text.replace("  telework-terminals: 470\n", ""), encoding="utf-8")
    assert main(["report", "-o", "a.md"]) == 1
    assert (here / "a.md").exists()
    assert "DX307" in capsys.readouterr().err
    actuals.write_text(text + "x: [", encoding="utf-8")
    assert main(["report", "-o", "b.md"]) == 1
    assert not (here / "b.md").exists()


def test_where_nothing_may_be_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "report").write_text("a file", encoding="utf-8")
    assert pages() == 2
    assert "report/R7.html" in capsys.readouterr().err
    assert (here / "report").read_text(encoding="utf-8") == "a file"


def test_all_years_make_a_site(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--all-years", "-o", "site"]) == 0
    names = {path.name for path in (here / "site").iterdir()}
    assert names == {"index.html", "R7.html", *(f"initiative-{number}.html" for number in range(1, 23))}
    assert capsys.readouterr().err == "site に 24ファイルを書きました（変わらないもの 0）\n"
    assert main(["report", "--all-years", "-o", "site", "--check"]) == 0
    plan = here / "data/plan.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("title: 窓口改革の推進", "title: 窓口改革"), encoding="utf-8"
    )
    assert main(["report", "--all-years", "-o", "site", "--check"]) == 1


def test_no_site_without_a_closed_year(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actuals = here / "data/actuals/R7.yaml"
    actuals.write_text(actuals.read_text(encoding="utf-8").replace("state: closed", "state: open"), encoding="utf-8")
    assert main(["report", "--all-years"]) == 1
    assert "確定した年度がまだありません" in capsys.readouterr().err


def test_the_report_is_opened(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    assert main(["report", "--format", "html", "--open"]) == 0
    assert opened == [str(here / "report/R7.html")]


def test_without_the_extra_the_other_forms_are_made(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert main(["report"]) == 2
    assert sorted(path.name for path in (here / "report").iterdir()) == ["R7.html", "R7.md"]
    assert 'pip install "dxplan[pdf]"' in capsys.readouterr().err
