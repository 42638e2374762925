"""dxplan as a process: streams, encodings, signals, and the same bytes whatever surrounds it."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dxplan.cli.main import main

ROOT = Path(__file__).parents[2]
DXPLAN = [sys.executable, "-X", "dev", "-W", "error", "-m", "dxplan"]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DXPLAN"))}
UTF8 = CLEAN | {"PYTHONIOENCODING": "utf-8"}


def run(*words: str, env: dict[str, str] | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*DXPLAN, *words], env=env or UTF8, cwd=cwd, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_every_encoding_can_be_printed_to(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    written = io.BytesIO()
    with io.TextIOWrapper(written, encoding) as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        assert main(["status"]) == 0
        assert "112.5% A/T" in written.getvalue().decode(encoding)


def test_a_cp932_console_keeps_every_word() -> None:
    result = run("status", env=CLEAN | {"PYTHONIOENCODING": "cp932"})
    assert (result.returncode, result.stderr) == (0, b"")
    text = result.stdout.decode("cp932")
    assert "?" not in text
    assert "オンラインで申請できる手続の割合" in text
    assert "#########>" in text


def test_the_same_bytes_whatever_surrounds_it() -> None:
    surroundings: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "HOME": "/nonexistent", "COLUMNS": "40"},
    ]
    commands = "status", "show 4", "validate tests/projects/faulty"
    script = f"from dxplan.cli.main import main\nfor words in {commands}: main(words.split())"
    one, other = (
        subprocess.run([sys.executable, "-c", script], env=UTF8 | env, cwd=ROOT, capture_output=True, check=True).stdout
        for env in surroundings
    )
    assert "江東区DX推進計画" in one.decode()
    assert one == other


def test_colour_only_on_request_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("NO_COLOR")

    def coloured(*words: str) -> bool:
        main(words)
        return b"\x1b[" in capsysbinary.readouterr().out

    assert not coloured("status")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert coloured("status")
    assert coloured("validate", "tests/projects/faulty")
    assert b"\x1b[" in run("status", env=UTF8 | {"NO_COLOR": "", "FORCE_COLOR": "1"}).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured("status")


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
def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    script = (
        "import pathlib, signal, time, dxplan.checks, dxplan.cli.main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored by a shell's job in the background
        f"dxplan.checks.load = lambda *_: (pathlib.Path({str(begun)!r}).touch(), time.sleep(60))\n"
        "dxplan.cli.main.run()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, "validate"], env=UTF8, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as one:
        until = time.monotonic() + 60
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.01)
        one.send_signal(signal.SIGINT)
        out, err = one.communicate(timeout=60)
    assert (one.returncode, out, err) == (130, b"", b"")


def test_the_plan_is_found_from_below_and_by_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for below in (ROOT / "docs", ROOT / "data" / "actuals"):
        monkeypatch.chdir(below)
        assert main(["status"]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["status"]) == 2
    assert "計画が見つかりません" in capsys.readouterr().err
    monkeypatch.setenv("DXPLAN_DATA", str(ROOT / "data"))
    assert main(["status"]) == 0


def test_a_bug_is_one_line_and_where_to_report_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dxplan.cli.status.folders_in_question", None)
    assert main(["status"]) == 1
    said = capsys.readouterr().err
    assert "内部エラー（TypeError）" in said
    assert "Traceback" not in said
    with pytest.raises(TypeError):
        main(["status", "--debug"])


def test_a_bug_shows_its_traceback_when_asked() -> None:
    script = r"""
import dxplan.cli.options as o
def folder(*_): raise RuntimeError("\x1b]0;x\x07[red]計画[/]")
o.folder = folder
from dxplan.cli.main import run
run()
"""
    command = [sys.executable, "-c", script, "status", "--debug"]
    debug = subprocess.run(command, env=UTF8, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert debug.returncode == 1
    assert b"Traceback" in debug.stderr
    assert debug.stderr.decode().splitlines()[-1] == r"RuntimeError: \x1b]0;x\x07[red]計画[/]"
