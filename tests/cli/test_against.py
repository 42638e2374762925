"""``dxplan validate --against REV`` in real repositories: what it finds, what it says beside, and how it ends."""

import json
from pathlib import Path

import pytest

from dxplan.cli.main import main
from tests.repository import PLAN, R7, commit, git, init, sound, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project folder with one commit, inside the current folder."""
    monkeypatch.chdir(tmp_path)
    return sound(tmp_path)


@pytest.mark.usefixtures("folder")
def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--against", "HEAD"]) == 0
    assert capsys.readouterr() == ("問題ありません（2ファイル）\n", "")


def test_a_published_figure_changed_in_silence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7=R7.replace("54", "55"))
    assert main(["validate"]) == 0
    capsys.readouterr()
    assert main(["validate", "--against", "main", "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == (
        "data/actuals/R7.yaml:5:22: error DX312 uncorrected-change: "
        "indicator `online` changed in R7, which was closed, without a correction (result 54 → 55)"
    )
    assert "main:data/actuals/R7.yaml:5:22 here in the earlier version" in out
    assert "dxplan rules DX312" in out
    assert err == ""


@pytest.mark.usefixtures("folder")
def test_what_record_writes_is_a_correction(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "online", "55", "--year", "R7", "--correct", "--reason", "集計の誤り"]) == 0
    capsys.readouterr()
    assert main(["validate", "--against", "HEAD"]) == 0


def test_as_json_and_for_github(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7=R7.replace("54", "55"))
    assert main(["validate", "--against", "HEAD", "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert (found["code"], found["file"], found["line"]) == ("DX312", "data/actuals/R7.yaml", 5)
    assert found["related"][0]["file"] == "HEAD:data/actuals/R7.yaml"
    assert main(["validate", "--against", "HEAD", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=data/actuals/R7.yaml,line=5,col=22,title=DX312")


def test_several_folders_and_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder.parent / "計画 2", plan=PLAN, R7=R7)
    commit(folder.parent)
    write(folder.parent / "計画 2", R7=R7.replace("54", "55"))
    assert main(["validate", "--against", "HEAD", "data", "計画 2/actuals/R7.yaml"]) == 1
    out = capsys.readouterr().out
    assert "計画 2/actuals/R7.yaml:5:22" in out
    assert "誤り 1件" in out


def test_many_folders(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"p{n:02}" for n in range(25)]
    for name in names:
        write(folder.parent / name, plan=PLAN, R7=R7)
    commit(folder.parent)
    write(folder.parent / "p13", R7=R7.replace("54", "55"))
    assert main(["validate", "--against", "HEAD", *names]) == 1
    assert "p13/actuals/R7.yaml" in capsys.readouterr().out
    assert main(["validate", "--against", "nowhere", *names]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_no_plan_there_yet_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init(tmp_path)
    (tmp_path / "README").touch()
    commit(tmp_path)
    write(tmp_path / "data", plan=PLAN, R7=R7)
    assert main(["validate", "--against", "HEAD", str(tmp_path / "data")]) == 0
    out, err = capsys.readouterr()
    assert out == "問題ありません（2ファイル）\n"
    assert err == "gitの版「HEAD」の data には計画がないため、比べるものがありません\n"


def test_what_could_not_be_read_then_is_said_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7=R7.replace("54", "54%"), R8="[")
    commit(folder.parent)
    write(folder, R7=R7)
    (folder / "actuals/R8.yaml").unlink()
    assert main(["validate", "--against", "HEAD", "--lang", "en"]) == 0
    assert capsys.readouterr().err == (
        "HEAD:data/actuals/R8.yaml could not be read, and was not compared\n"
        "HEAD:data/actuals/R7.yaml:5 could not be read, and was not compared\n"
    )


def test_what_cannot_be_read_now_is_no_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7="[")
    assert main(["validate", "--against", "HEAD"]) == 1
    assert "DX312" not in capsys.readouterr().out
    (folder / "actuals/R7.yaml").rename(folder / "R7.yaml")
    assert main(["validate", "--against", "HEAD"]) == 1
    assert "DX312" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan", "R7: 48,", "R7: 50%,"),
        ("plan", "direction: increase,", "direction: increase, baseline: {year: R6, value: 5%},"),
        ("plan", "name: 電子申請の割合, ", ""),
        ("R7", "online: 54", "online: 54%"),
        ("R7", "state: closed", "state: close"),
        ("R7", "indicators:", "corrections: [{date: 2026-10-01}]\nindicators:"),
    ],
)
def test_what_one_version_does_not_tell_is_not_compared(
    file: str, old: str, new: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound_text = PLAN if file == "plan" else R7
    assert old in sound_text
    for before, now in ((sound_text, sound_text.replace(old, new)), (sound_text.replace(old, new), sound_text)):
        write(folder, **{file: before})
        commit(folder.parent)
        write(folder, **{file: now})
        main(["validate", "--against", "HEAD"])
        out = capsys.readouterr().out
        assert not [code for code in ("DX207", "DX312", "DX313") if code in out], out


def test_what_cannot_be_told_of_corrections_hides_the_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, R7=R7.replace("54", "55") + "corrections: [{date: 2026-10-01, id: online, old: 54}]\n")
    assert main(["validate", "--against", "HEAD"]) == 1
    assert "DX312" not in capsys.readouterr().out


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_no_such_revision(revision: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", f"--against={revision}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == f"dxplan: gitの版「{revision}」はありません"
    assert "直し方" in err
    assert not (folder.parent / "x").exists()


@pytest.mark.usefixtures("folder")
def test_escapes_in_a_revision_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--against", "\x1b[31m"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_a_shallow_clone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(tmp_path)
    git(tmp_path, "clone", "--quiet", "--depth=1", tmp_path.as_uri(), "clone")
    assert main(["validate", "--against", "HEAD~1", "--data", str(tmp_path / "clone/data"), "--lang", "en"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err
