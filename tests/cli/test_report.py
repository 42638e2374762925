"""``dxplan report``: what it writes where, and what it compares."""

import os
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
    "words",
    [
        ["--format", "docx"],
        ["--year", "R3"],
        ["--today", "tomorrow"],
        ["--all-years", "--year", "R7"],
        ["--all-years", "-o", "-"],
    ],
)
def test_wrong_usage_writes_nothing(here: Path, words: list[str]) -> None:
    assert main(["report", *words]) == 2
    assert list(here.iterdir()) == [here / "data"]


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "pdf", "-o", "a.html"],
        ["--format", "html", "--format", "pdf", "-o", "b.pdf"],
        ["--format", "markdown", "-o", "data/plan.yaml"],
        ["--format", "html", "-o", "data/report/report.html"],
        ["--format", "html", "-o", "data/../data/report/report.css"],
        ["-o", "taken"],
    ],
)
def test_a_name_that_cannot_be_the_reports_is_refused(here: Path, words: list[str]) -> None:
    (here / "taken").write_text("a file", encoding="utf-8")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    assert main(["report", *words]) == 2
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
    assert not (here / "data/report").exists()


def test_a_name_of_any_kind_will_do_for_one_form(here: Path) -> None:
    (here / "b.html").mkdir()
    (here / "taken").write_text("an earlier report", encoding="utf-8")
    for name in ("a.htm", "taken", "b.html", "c"):
        assert main(["report", "--format", "html", "--format", "HTML", "-o", name]) == 0
    for name in ("a.htm", "taken", "b.html/R7.html", "c/R7.html"):
        assert (here / name).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_a_name_leads_to_is_written_and_nothing_but_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "real.md").write_text("an earlier report", encoding="utf-8")
    (here / "link.md").symlink_to("real.md")
    assert main(["report", "-o", "link.md"]) == 0
    assert (here / "link.md").is_symlink()
    assert (here / "real.md").read_text(encoding="utf-8").startswith("# ")
    os.mkfifo(here / "pipe.md")
    capsys.readouterr()
    assert main(["report", "-o", "pipe.md"]) == 2
    assert capsys.readouterr().err.startswith("dxplan: pipe.md を書けません")


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
    assert any(line.startswith("ほか ") and line.endswith("行") for line in said.out.splitlines())
    assert "作り直す" in said.err


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan.yaml", "R11: 100", "R11: 99"),
        ("plan.yaml", "オンライン申請を不可", "オンライン申請を不可能"),
        ("plan.yaml", "title: 江東区DX", "title: 江東区のDX"),
        ("plan.yaml", "title: スポット相談", "title: スポットの相談"),
        ("actuals/R7.yaml", "published: 2026-04", "published: 2026-05"),
        ("actuals/R7.yaml", "21-1: done", "21-1: partial"),
    ],
)
def test_check_notices_every_kind_of_edit_and_shows_it(
    here: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str
) -> None:
    assert pages() == 0
    path = here / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    capsys.readouterr()
    assert pages("--check") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line[0] in "-+"]
    assert all(len(line) < 170 for line in lines)
    assert {line[1:] for line in lines if line[0] == "-"}.isdisjoint(line[1:] for line in lines if line[0] == "+")


def test_check_shows_every_line_of_a_difference(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "-o", "a.md"]) == 0
    path = here / "a.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join((*lines[:4], "二", "三", "四" * 200, *lines[8:], "終わり")), encoding="utf-8")
    capsys.readouterr()
    assert main(["report", "-o", "a.md", "--check"]) == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "@@ -5 +5 @@",
        "-二",
        "-三",
        f"-{'四' * 160}…",
        *(f"+{line}" for line in lines[4:8]),
        f"@@ -{len(lines)} +{len(lines) + 1} @@",
        "-終わり",
    ]


@pytest.mark.parametrize(
    ("name", "text", "differs"),
    [
        ("report.css", ":root { --bar: #2e8b57; }", ["R7.html"]),
        ("report.html", "<p>{{ page.title }}</p>", ["R7.html"]),
        ("report.typ", '#import "dxplan.typ": report\n#report(footer: [x])\n', ["R7.pdf"]),
    ],
)
def test_check_notices_another_look(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, differs: list[str]
) -> None:
    assert main(["report"]) == 0
    (here / "data/report").mkdir()
    (here / "data/report" / name).write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["report", "--check"]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if line.endswith("はデータと合いません")]
    assert told == [f"report/{each} はデータと合いません" for each in differs]


def test_a_year_that_is_open_is_named_as_such(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pages() == 0
    assert "確定していません" not in capsys.readouterr().err
    actuals = here / "data/actuals/R7.yaml"
    actuals.write_text(actuals.read_text(encoding="utf-8").replace("state: closed", "state: open"), encoding="utf-8")
    assert pages() == 0
    assert capsys.readouterr().err.splitlines()[-1].startswith("R7 は確定していません")


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
    assert "report はフォルダーではありません" in capsys.readouterr().err
    assert (here / "report").read_text(encoding="utf-8") == "a file"


def test_all_years_make_a_site(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--all-years", "-o", "site"]) == 0
    names = {path.name for path in (here / "site").iterdir()}
    assert names == {"index.html", "R7.html", *(f"initiative-{number}.html" for number in range(1, 23))}
    assert capsys.readouterr().err == "site に 24ファイルを書きました（変わらないもの 0）\n"
    assert main(["report", "--all-years", "-o", "site", "--check"]) == 0
    (here / "site/index.html").unlink()
    capsys.readouterr()
    assert main(["report", "--all-years", "-o", "site"]) == 0
    assert capsys.readouterr().err == "site に 1ファイルを書きました（変わらないもの 23）\n"
    plan = here / "data/plan.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("title: 窓口改革の推進", "title: 窓口改革"), encoding="utf-8"
    )
    assert main(["report", "--all-years", "-o", "site", "--check"]) == 1


def test_pages_that_a_site_no_longer_has_are_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--all-years", "-o", "site"]) == 0
    for name in ("initiative-99.html", "R6.html", "about.html", "2025.html", "R6.txt"):
        (here / "site" / name).write_text("", encoding="utf-8")
    capsys.readouterr()
    told = [f"site/{name} はもう作られません（取り除く）" for name in ("R6.html", "initiative-99.html")]
    assert main(["report", "--all-years", "-o", "site"]) == 0
    assert capsys.readouterr().err.splitlines()[1:] == told
    assert main(["report", "--all-years", "-o", "site", "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == told


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
    for words in (["--check"], ["-o", "-"]):
        assert main(["report", "--format", "html", "--open", *words]) == 0
    assert len(opened) == 1


def test_where_nothing_opens_a_file_it_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("typer.launch", lambda _: 1)
    assert main(["report", "--format", "html", "--open"]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "report/R7.html を開けませんでした"
    assert (here / "report/R7.html").exists()


def test_without_the_extra_the_other_forms_are_made(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert main(["report"]) == 2
    assert sorted(path.name for path in (here / "report").iterdir()) == ["R7.html", "R7.md"]
    assert 'pip install "dxplan[pdf]"' in capsys.readouterr().err
