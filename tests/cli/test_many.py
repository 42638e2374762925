"""Many projects in one run: found, told in order and one by one, and ended in good order whatever happens."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxplan.cli import many
from dxplan.cli.main import main
from dxplan.cli.options import Session
from dxplan.errors import DxplanError

PLAN = """\
format: 1
title: 例示市DX計画
organization: {name: 例示市}
period: {from: R7, to: R8}
indicators:
  - {id: passers, name: 合格者数, unit: 人, direction: increase, targets: {R7: 70}}
"""
YEAR = "format: 1\nfiscal_year: R7\nindicators:\n  passers: 35\n"
NUMBER = 60
WRONG = range(3, NUMBER, 4)
DXPLAN = [sys.executable, "-X", "dev", "-W", "error", "-m", "dxplan"]

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes and terminals as Linux has them")


@pytest.fixture(scope="module")
def prefecture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write many plans two levels down, every fourth of them with an unknown id."""
    top = tmp_path_factory.mktemp("prefecture")
    for n in range(NUMBER):
        home = top / f"city-{n:02}" / "data"
        (home / "actuals").mkdir(parents=True)
        (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
        year = YEAR.replace("passers", "passer") if n in WRONG else YEAR
        (home / "actuals" / "R7.yaml").write_text(year, encoding="utf-8")
    (top / ".git").mkdir()
    return top


@pytest.fixture
def here(prefecture: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(prefecture.parent)
    return Path(prefecture.name)


@pytest.fixture(params=[1, 2], ids=["one core", "two cores"])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_cores", lambda: request.param)


@pytest.mark.usefixtures("cores")
def test_each_plan_has_a_line_in_order_and_the_first_failing_ones_are_shown(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(here), "--lang", "en"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    verdicts = [line for line in lines if line.startswith(str(here)) and line.endswith((": ok", ": 1 error"))]
    wanted = [f"{here}/city-{n:02}/data: {'1 error' if n in WRONG else 'ok'}" for n in range(NUMBER)]
    assert verdicts == wanted
    assert sum("error DX202 unknown-id" in line for line in lines) == many.FULL
    assert lines[-2].startswith(f"of {NUMBER} plans {len(WRONG)} failed, 0 with warnings only ({len(WRONG)} errors")
    assert lines[-1].endswith(f"name it: dxplan validate {here}/city-{WRONG[many.FULL]:02}/data")
    assert said.err == f"plans found below `{here}`: {NUMBER}\n"


@pytest.mark.usefixtures("cores")
def test_one_object_a_plan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(here), "--format", "jsonl"]) == 1
    plans = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [plan["folder"] for plan in plans] == [f"{here}/city-{n:02}/data" for n in range(NUMBER)]
    assert [n for n, plan in enumerate(plans) if not plan["ok"]] == list(WRONG)
    assert main(["status", str(here), "--format", "jsonl"]) == 1
    plans = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {plan["status"]["summary"]["met"] for plan in plans} == {0}
    assert [n for n, plan in enumerate(plans) if plan["errors"]] == list(WRONG)


@pytest.mark.usefixtures("cores")
def test_the_status_of_each_and_of_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(here), "--lang", "en"]) == 1
    said = capsys.readouterr()
    first, *_, last = said.out.splitlines()
    assert first == (
        f"{here}/city-00/data: 例示市DX計画 R7   Targets met: 0 of 1   unreported: 0   actions 0/0   rate 50.0%"
    )
    judged = NUMBER - len(WRONG)
    assert last == f"{NUMBER} plans: targets met: 0 of {judged}   unreported: {len(WRONG)}   actions 0/0"
    assert said.err.endswith(
        f"plans with errors: {len(WRONG)}. To see them, name the plan: dxplan validate {here}/city-03/data\n"
    )


# What counts as a project.


def found(path: Path) -> list[str]:
    return [name for _, name in many.folders_of([str(path)], Session("en"))]


def test_a_plan_that_is_named_wrongly_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, file in (("a", "plan.yaml"), ("b", "Plan.yml"), ("c/actuals", "R7.yaml"), ("d", "notes.md")):
        (tmp_path / "all" / folder).mkdir(parents=True)
        (tmp_path / "all" / folder / file).write_text(PLAN, encoding="utf-8")
    assert found(Path("all")) == ["all/a", "all/b", "all/c"]
    assert main(["validate", "all", "--lang", "en"]) == 1
    assert "rename `Plan.yml` to plan.yaml" in capsys.readouterr().out


def test_a_folder_without_any_project_is_said_to_lack_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty" / "below").mkdir(parents=True)
    assert found(Path("empty")) == ["empty"]
    assert main(["validate", "empty"]) == 1
    assert "plan.yaml がありません" in capsys.readouterr().out


def test_a_plan_is_not_searched_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("city", "city/old"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert found(Path("city")) == ["city"]
    assert found(Path()) == ["city"]


# However it ends.


def test_a_worker_that_dies_is_said_and_no_bug(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_cores", lambda: 2)
    folders = many.folders_of([str(here)], Session("en"))
    with pytest.raises(DxplanError, match="worker processes ended"):
        list(many.in_order(_die, folders, Session("en"), ""))


def _die(_folder: many.Folder) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@pytest.fixture
def at_work(prefecture: Path) -> Iterator[tuple["subprocess.Popen[bytes]", list[int]]]:
    """Begin a long run whose reader has stopped reading, so that it stands in the middle."""
    folders = [
        str(prefecture / f"city-{n % NUMBER:02}" / ".." / f"city-{n % NUMBER:02}" / "data") for n in range(NUMBER)
    ]
    script = (
        "import sys; from dxplan.cli import many, main; many._cores = lambda: 2; many._MANY = 2; "
        "sys.exit(main.main(['validate', '--format', 'json', *sys.argv[1:]]))"
    )
    slow = "import time; from dxplan import checks; old = checks.examine; "
    slow += "checks.examine = lambda *a: (time.sleep(0.05), old(*a))[1]; "
    command = [sys.executable, "-c", slow + script, *folders]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        deadline = time.monotonic() + 20
        while len(workers := children_of(process.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
        yield process, workers
        process.kill()


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@linux
def test_ctrl_c_ends_it_at_once_without_a_word(at_work: tuple["subprocess.Popen[bytes]", list[int]]) -> None:
    process, workers = at_work
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert len(workers) == 2
    assert all(map(is_gone, workers))


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_it(at_work: tuple["subprocess.Popen[bytes]", list[int]], number: signal.Signals) -> None:
    process, workers = at_work
    process.send_signal(number)
    process.communicate(timeout=20)
    assert len(workers) == 2
    assert all(map(is_gone, workers))


@linux
def test_a_reader_that_has_seen_enough_is_no_error(prefecture: Path) -> None:
    with subprocess.Popen(
        [*DXPLAN, "validate", str(prefecture)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(timeout=20) == 0


@linux
def test_a_bar_on_the_terminal_and_results_in_the_file(prefecture: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    result = tmp_path / "result.jsonl"
    with result.open("wb") as out:
        command = [*DXPLAN, "validate", str(prefecture), "--format", "jsonl"]
        with subprocess.Popen(command, stdout=out, stderr=theirs, env=os.environ | {"TERM": "xterm"}) as process:
            assert process.wait(timeout=30) == 1
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert len(result.read_text(encoding="utf-8").splitlines()) == NUMBER
    assert "\x1b[K" in shown
    assert shown.endswith("\r\x1b[K")
