"""dxplan as a process: streams, encodings, signals, and the same bytes whatever surrounds it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DXPLAN = [sys.executable, "-X", "dev", "-W", "error", "-m", "dxplan"]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DXPLAN"))}
UTF8 = CLEAN | {"PYTHONIOENCODING": "utf-8"}


def run(*words: str, env: dict[str, str] | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*DXPLAN, *words], env=env or UTF8, cwd=cwd, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii", "latin-1"])
def test_every_encoding_can_be_printed_to(encoding: str) -> None:
    result = run("status", env=CLEAN | {"PYTHONIOENCODING": encoding})
    assert (result.returncode, result.stderr) == (0, b"")
    assert "112.5% A/T" in result.stdout.decode(encoding)


def test_a_cp932_console_keeps_every_word() -> None:
    text = run("status", env=CLEAN | {"PYTHONIOENCODING": "cp932"}).stdout.decode("cp932")
    assert "?" not in text
    assert "オンラインで申請できる手続の割合" in text
    assert "#########>" in text


def test_the_same_bytes_whatever_surrounds_it() -> None:
    surroundings: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "HOME": "/nonexistent", "COLUMNS": "40"},
    ]
    for words in (["status"], ["show", "4"], ["validate", "tests/projects/faulty"]):
        one, other = (run(*words, env=UTF8 | env).stdout for env in surroundings)
        assert one == other


def test_colour_only_on_request_in_a_pipe() -> None:
    env = {name: value for name, value in UTF8.items() if name != "NO_COLOR"}
    assert b"\x1b" not in run("status", env=env).stdout
    assert b"\x1b[" in run("status", env=env | {"FORCE_COLOR": "1"}).stdout
    assert b"\x1b" not in run("status", env=env | {"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert b"\x1b[" in run("validate", "tests/projects/faulty", env=env | {"FORCE_COLOR": "1"}).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with subprocess.Popen(
        [*DXPLAN, "rules"], env=UTF8, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as one:
        assert one.stdout
        assert one.stderr
        one.stdout.close()
        assert one.wait(60) == 0
        assert one.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_one_line_and_an_exit_code() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*DXPLAN, "status"], env=UTF8, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
    assert "結果を書き出せません" in result.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
def test_a_closed_stdout_is_no_crash() -> None:
    command = f'exec "{sys.executable}" -m dxplan status >&-'
    result = subprocess.run(["sh", "-c", command], env=UTF8, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX signal")
def test_ctrl_c_is_quiet() -> None:
    slow = "import dxplan.project, time; dxplan.project.load = lambda *_: time.sleep(60)"
    script = f"{slow}; import dxplan.checks as c; c.load = dxplan.project.load; from dxplan.cli.main import run; run()"
    with subprocess.Popen(
        [sys.executable, "-c", script, "validate"], env=UTF8, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as one:
        time.sleep(1.5)
        one.send_signal(signal.SIGINT)
        out, err = one.communicate(timeout=60)
    assert (one.returncode, out, err) == (130, b"", b"")


def test_the_plan_is_found_from_below_and_by_variable(tmp_path: Path) -> None:
    assert run("status", cwd=ROOT / "docs").returncode == 0
    assert run("status", cwd=ROOT / "data" / "actuals").returncode == 0
    assert run("status", cwd=tmp_path, env=UTF8 | {"DXPLAN_DATA": str(ROOT / "data")}).returncode == 0
    nowhere = run("status", cwd=tmp_path)
    assert nowhere.returncode == 2
    assert "計画が見つかりません" in nowhere.stderr.decode()


def test_a_bug_is_one_line_and_where_to_report_it() -> None:
    script = "import dxplan.cli.options as o; o.folder = None; from dxplan.cli.main import run; run()"
    command = [sys.executable, "-c", script, "status"]
    result = subprocess.run(command, env=UTF8, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert result.returncode == 1
    assert "内部エラー（TypeError）" in result.stderr.decode()
    assert b"Traceback" not in result.stderr
    debug = subprocess.run([*command, "--debug"], env=UTF8, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert b"Traceback" in debug.stderr
