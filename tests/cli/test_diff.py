"""``dxplan diff`` between revisions of real repositories: what it shows, in each form, and how it ends."""

import json
from pathlib import Path

import jsonschema
import pytest

from dxplan.cli.main import main
from dxplan.cli.schema import document
from tests.repository import PLAN, R7, commit, git, init, sound, write

REVISED = PLAN.replace("R9: 90", "R9: {value: 85, revisions: [{date: 2026-10, from: 90, reason: 国の計画の改定}]}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project folder with one commit, inside the current folder."""
    monkeypatch.chdir(tmp_path)
    return sound(tmp_path)


@pytest.mark.usefixtures("folder")
def test_nothing_changed_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff"]) == 0
    assert capsys.readouterr() == ("変わったところはありません（HEAD → 今のファイル）\n", "")
    assert main(["diff", "--format", "markdown", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "nothing changed (HEAD → the files as they are)\n"


def test_what_is_not_committed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, plan=REVISED, R7=R7.replace("54", "55"))
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == (
        "例示市DX推進計画　HEAD → 今のファイル\n"
        "変更 3件（目標値と基準値 1、実績 1、達成率と評価 1）\n"
        "\n"
        "目標値と基準値\n"
        "  引き下げ  online 電子申請の割合　R9の目標値 90% → 85%\n"
        "            2026-10 国の計画の改定\n"
        "\n"
        "実績\n"
        "  変更  online 電子申請の割合　R7の実績値 54% → 55%\n"
        "\n"
        "達成率と評価\n"
        "  向上  online 電子申請の割合　R7 54%（112.5%・達成） → 55%（114.6%・達成）\n"
    )


def test_two_revisions(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "tag", "v1")
    write(folder, plan=REVISED)
    commit(tmp_path)
    write(folder, plan="[")
    assert main(["diff", "v1", "HEAD", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (
        "## 例示市DX推進計画 v1 → HEAD\n"
        "\n"
        "変更 1件（目標値と基準値 1）\n"
        "\n"
        "### 目標値と基準値\n"
        "\n"
        "- **引き下げ** online 電子申請の割合　R9の目標値 90% → 85%（2026-10 国の計画の改定）\n"
    )
    assert main(["diff", "HEAD", "v1", "--lang", "en"]) == 0
    assert "raised  online 電子申請の割合  R9 target 85% → 90%" in capsys.readouterr().out


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, plan=REVISED, R7=R7.replace("54", "55"))
    assert main(["diff", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(document("diff"))).validate(result)
    assert (result["before"], result["after"]["revision"]) == ({"revision": "HEAD", "fiscal_year": None}, None)
    target, value, outcome = result["changes"]
    assert (target["change"], target["before"], target["after"]) == ("lowered", "90", "85")
    assert target["reasons"] == [{"date": "2026-10", "reason": "国の計画の改定"}]
    assert (value["section"], value["field"], value["fiscal_year"], value["after"]) == ("results", "value", "R7", "55")
    assert outcome["before"] == {"actual": "54", "rate": 112.5, "met": True, "grade": None}


@pytest.mark.usefixtures("folder")
def test_years_as_json_obey_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "R7", "R8", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(document("diff"))).validate(result)
    assert (result["before"]["fiscal_year"], result["after"]["fiscal_year"]) == ("R7", "R8")


def test_two_years_are_years_whatever_branches_are_called(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "branch", "R7")
    write(folder, plan=REVISED)
    commit(tmp_path)
    assert main(["diff", "R7", "R8"]) == 0
    assert "54%（112.5%・達成） → 未報告" in capsys.readouterr().out
    for words in (["R7"], ["heads/R7"], ["R7", "main"], ["heads/R7", "HEAD"]):
        assert main(["diff", *words]) == 0
        assert "90% → 85%" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_one_year_alone_is_a_revision_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "R7"]) == 2
    assert capsys.readouterr().err == (
        "dxplan: gitの版「R7」はありません\n  直し方: 年度を比べるなら、2つ書く: dxplan diff R7 R8\n"
    )


def test_what_could_not_be_read_is_said_once(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7=R7.replace("54", "54%"), R8="[")
    commit(tmp_path)
    write(folder, plan=REVISED, R7=R7)
    (folder / "actuals/R8.yaml").unlink()
    assert main(["diff"]) == 0
    out, err = capsys.readouterr()
    assert "変更 1件（目標値と基準値 1）" in out
    assert err == (
        "HEAD:data/actuals/R8.yaml は読めず、比べていません\nHEAD:data/actuals/R7.yaml:5 は読めず、比べていません\n"
    )
    assert main(["diff", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["unread"] == ["HEAD:data/actuals/R8.yaml", "HEAD:data/actuals/R7.yaml:5"]


def test_what_is_unread_is_neither_added_nor_gone(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, plan=PLAN.replace("name: 電子申請の割合, ", ""))
    commit(tmp_path)
    write(folder, plan=PLAN)
    for words in (["HEAD"], ["HEAD~1", "HEAD"]):
        assert main(["diff", *words]) == 0
        assert "変わったところはありません" in capsys.readouterr().out


def test_a_plan_that_cannot_be_read_now(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, plan="[")
    assert main(["diff"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "data/plan.yaml:" in err


def test_a_plan_that_could_not_be_read_then(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, plan="[")
    commit(tmp_path)
    write(folder, plan=PLAN)
    assert main(["diff"]) == 1
    assert "HEAD:data/plan.yaml:" in capsys.readouterr().err


def test_no_plan_there_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    init(tmp_path)
    commit(tmp_path)
    write(tmp_path / "data", plan=PLAN, R7=R7)
    monkeypatch.chdir(tmp_path)
    assert main(["diff"]) == 2
    assert "gitの版「HEAD」の data には計画がない" in capsys.readouterr().err


def test_what_strangers_wrote_is_shown_and_not_obeyed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = '"<img src=x> @all [x](http://y) | **b** 電子申請"'
    write(folder, plan=PLAN.replace("電子申請の割合", name))
    assert main(["diff", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert r"\<img" in out
    assert "@all" not in out
    assert r"\[x\](http\:" in out
    assert r"\*\*b\*\*" in out


def test_a_comment_stays_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = "".join(f"  - {{id: i{n}, name: 指標{n}, monitoring: true}}\n" for n in range(400))
    write(folder, plan=PLAN + many)
    assert main(["diff", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert len(out) < 10_000
    assert out.endswith("- ほか 350件\n")
    assert main(["diff"]) == 0
    assert capsys.readouterr().out.count("追加") == 400


@pytest.mark.parametrize("revision", ["--output=x", "-h x", "\x1b[31m"])
def test_no_such_revision(revision: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--", revision]) == 2
    err = capsys.readouterr().err
    assert "はありません" in err
    assert "\x1b" not in err
    assert not (folder.parent / "x").exists()
