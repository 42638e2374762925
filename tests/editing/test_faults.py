"""What happens when things go wrong, for real: kills, a full disk, no permission, two at once, somebody else's edit."""

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dxplan.editing import write
from dxplan.editing.change import Change
from dxplan.errors import RefusedError

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix")

OLD, NEW = b"old\n" * 20_000, b"new and longer\n" * 20_000
WRITER = """
import sys
from pathlib import Path
from dxplan.editing import write
path, old, new = Path(sys.argv[1]), b"old\\n" * 20_000, b"new and longer\\n" * 20_000
print("ready", flush=True)
while True:
    with write.alone(path.parent):
        write.replace(path, new)
        write.replace(path, old)
        fresh = path.with_name("fresh.yaml")
        fresh.unlink(missing_ok=True)
        write.create(fresh, new)
"""


def start(code: str, *words: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, cwd=ROOT, env=env)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Forked children rather than new processes: 250 kills at random instants of a loop of writes."""
    target = tmp_path / "R8.yaml"
    target.write_bytes(OLD)
    seed = random.Random(7)  # noqa: S311 - instants, no secrets
    for _ in range(250):
        child = os.fork()
        if child == 0:
            try:
                while True:
                    with write.alone(tmp_path):
                        write.replace(target, NEW)
                        write.replace(target, OLD)
                        (tmp_path / "fresh.yaml").unlink(missing_ok=True)
                        write.create(tmp_path / "fresh.yaml", NEW)
            finally:
                os._exit(1)
        time.sleep(seed.uniform(0.0005, 0.012))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert target.read_bytes() in (OLD, NEW)
        fresh = tmp_path / "fresh.yaml"
        assert not fresh.exists() or fresh.read_bytes() == NEW
    with write.alone(tmp_path):
        pass
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "R8.yaml"
    target.write_bytes(OLD)
    for _ in range(3):
        with start(WRITER, str(target)) as one:
            assert one.stdout is not None
            one.stdout.readline()
            time.sleep(0.05)
            one.send_signal(number)
            one.wait(10)
        assert target.read_bytes() in (OLD, NEW)
    with write.alone(tmp_path):
        pass
    assert leftovers(tmp_path) == []


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def dxplan(data: Path, *words: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DXPLAN_DATA": str(data), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "dxplan", *words]
    return subprocess.run(command, capture_output=True, check=False, env=env, timeout=60, **more)  # type: ignore[call-overload, no-any-return]


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_no_room_left_changes_nothing(data: Path) -> None:
    before = (data / "actuals/R7.yaml").read_bytes()
    result = dxplan(data, "rollover", preexec_fn=small_files)
    assert result.returncode == 2
    assert "空き容量がありません" in result.stderr.decode()
    corrected = ("record", "online-procedures", "55", "--year", "R7", "--correct", "--reason", "誤り")
    assert dxplan(data, *corrected, preexec_fn=small_files).returncode == 2
    assert [path.name for path in (data / "actuals").iterdir()] == ["R7.yaml"]
    assert (data / "actuals/R7.yaml").read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="another user is needed to be refused")
def test_no_permission_changes_nothing(data: Path) -> None:
    for path in (data.parent, data, data / "actuals"):
        path.chmod(0o755)
    folder = data.parent
    while folder != folder.parent:
        if folder.stat().st_mode & 0o005 != 0o005:
            pytest.skip("the temporary folder is closed to other users")
        folder = folder.parent
    if os.access(sys.executable, os.X_OK) and not _others_can_run(data):
        pytest.skip("python is closed to other users")
    result = dxplan(data, "rollover", preexec_fn=_as_nobody)
    assert result.returncode == 2, result.stderr.decode()
    assert "権限がありません" in result.stderr.decode()
    assert [path.name for path in (data / "actuals").iterdir()] == ["R7.yaml"]


def _as_nobody() -> None:
    os.setgid(65534)
    os.setuid(65534)


def _others_can_run(data: Path) -> bool:
    return dxplan(data, "status", preexec_fn=_as_nobody).returncode == 0


def test_two_rollovers_make_one_file(data: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DXPLAN_DATA": str(data)}
    command = [sys.executable, "-m", "dxplan", "rollover"]
    both = [subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(path.name for path in (data / "actuals").iterdir()) == ["R7.yaml", "R8.yaml"]


def test_records_at_once_lose_nothing(data: Path) -> None:
    assert dxplan(data, "rollover").returncode == 0
    ids = ["online-procedures", "telework-terminals", "telework-frequency", "it-exam-passers"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DXPLAN_DATA": str(data)}
    at_once = [
        subprocess.Popen([sys.executable, "-m", "dxplan", "record", id_, "7"], env=env, stdout=subprocess.DEVNULL)
        for id_ in ids
    ]
    assert [one.wait(60) for one in at_once] == [0] * len(ids)
    text = (data / "actuals/R8.yaml").read_text(encoding="utf-8")
    assert all(f"  {id_}: 7\n" in text for id_ in ids)


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    for name, make in (("file", Path.touch), ("folder", Path.mkdir), ("pipe", os.mkfifo)):
        make(tmp_path / name)
        with pytest.raises(FileExistsError):
            write.create(tmp_path / name, NEW)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write.create(tmp_path / "link", NEW)
    assert leftovers(tmp_path) == []


def test_without_unnamed_files_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write.create(tmp_path / "R8.yaml", NEW)
    assert (tmp_path / "R8.yaml").read_bytes() == NEW
    with pytest.raises(FileExistsError):
        write.create(tmp_path / "R8.yaml", OLD)
    assert leftovers(tmp_path) == []


def test_a_failed_replacement_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "R7.yaml"
    target.write_bytes(OLD)
    target.chmod(0o640)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="full"):
            write.replace(target, NEW)
    assert target.read_bytes() == OLD
    assert leftovers(tmp_path) == []
    write.replace(target, NEW)
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o640


def test_somebody_elses_edit_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "R7.yaml"
    target.write_bytes(b"theirs")
    with pytest.raises(RefusedError):
        Change(target, "R7.yaml", b"what we read", NEW).land()
    assert target.read_bytes() == b"theirs"
