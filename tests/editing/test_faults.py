"""What happens when things go wrong, for real: kills, a full disk, no permission, two at once, somebody else's edit."""

import contextlib
import errno
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dxplan.cli.main import main
from dxplan.editing import write
from dxplan.editing.change import Change
from dxplan.errors import RefusedError
from tests.children import begin, code_of
from tests.thorough import times

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix")

OLD, NEW = b"old\n" * 20_000, b"new and longer\n" * 20_000
WRITER = """
import signal
import sys
from pathlib import Path
from dxplan.editing import write
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's job in the background would ignore
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
    """Kills at random instants of a loop of writes."""
    target = tmp_path / "R8.yaml"
    target.write_bytes(OLD)
    seed = random.Random(7)  # noqa: S311 - instants, no secrets
    for _ in range(times(30, 1000)):
        number = os.fork()
        if number == 0:
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
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
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
    for _ in range(times(1, 20)):
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


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_no_room_left_changes_nothing(data: Path) -> None:
    before = (data / "actuals/R7.yaml").read_bytes()
    assert code_of(child(data, "rollover", first=small_files)) == 2
    assert "空き容量がありません" in said(data)
    corrected = ("record", "online-procedures", "55", "--year", "R7", "--correct", "--reason", "誤り")
    assert code_of(child(data, *corrected, first=small_files)) == 2
    assert [path.name for path in (data / "actuals").iterdir()] == ["R7.yaml"]
    assert (data / "actuals/R7.yaml").read_bytes() == before


def _as_nobody() -> None:
    os.setgid(65534)
    os.setuid(65534)


def test_two_rollovers_make_one_file(data: Path) -> None:
    both = [child(data, "rollover") for _ in range(2)]
    assert [code_of(one) for one in both] == [0, 0]
    assert sorted(path.name for path in (data / "actuals").iterdir()) == ["R7.yaml", "R8.yaml"]


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


# Whole commands in children of this process.


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A project that another user may read, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(ROOT / "data", folder / "data")
        for path in (folder, folder / "data", folder / "data/actuals"):
            path.chmod(0o755)
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


def child(data: Path, *words: str, first: Callable[[], object] = lambda: None) -> int:
    """Begin a run of dxplan on the project; what it says lands beside it."""
    return begin(*words, "--data", str(data), said=data.parent / "said.txt", first=first)


def said(data: Path) -> str:
    return (data.parent / "said.txt").read_text(encoding="utf-8")


def contents(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "actuals").iterdir()}


def test_a_kill_at_any_instant_of_a_command(data: Path) -> None:
    """Kills of `record` and of `rollover`, and a look at what is there after each."""
    records, rollovers = times(24, 600), times(16, 400)
    random_instant = random.Random(11)  # noqa: S311
    assert code_of(child(data, "rollover")) == 0
    whole = contents(data)
    values = {whole["R8.yaml"].replace(b"  it-exam-passers:", b"  it-exam-passers: %d" % n) for n in range(records)}
    killed = 0
    for n in range(records):
        run = child(data, "record", "it-exam-passers", str(n), "--year", "R8")
        time.sleep(random_instant.uniform(0, 0.03))
        os.kill(run, signal.SIGKILL)
        killed += code_of(run) == -signal.SIGKILL
        assert (data / "actuals/R8.yaml").read_bytes() in values | {whole["R8.yaml"]}
        assert (data / "actuals/R7.yaml").read_bytes() == whole["R7.yaml"]
    for _ in range(rollovers):
        (data / "actuals/R8.yaml").unlink(missing_ok=True)
        run = child(data, "rollover")
        time.sleep(random_instant.uniform(0, 0.03))
        os.kill(run, signal.SIGKILL)
        killed += code_of(run) == -signal.SIGKILL
        assert contents(data).get("R8.yaml", whole["R8.yaml"]) == whole["R8.yaml"]
    assert killed > (records + rollovers) / 10, "too late to prove anything"
    assert code_of(child(data, "rollover", "--to", "R8")) == 0
    assert contents(data) == whole


def test_a_kill_at_any_instant_of_a_process(data: Path) -> None:
    random_instant = random.Random(13)  # noqa: S311
    assert code_of(child(data, "rollover")) == 0
    before = contents(data)["R8.yaml"]
    kills = times(3, 100)
    values = {before, *(before.replace(b"  it-exam-passers:", b"  it-exam-passers: %d" % n) for n in range(kills))}
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DXPLAN_DATA": str(data)}
    for n in range(kills):
        command = [sys.executable, "-m", "dxplan", "record", "it-exam-passers", str(n)]
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) as one:
            time.sleep(random_instant.uniform(0.1, 0.35))
            one.kill()
        assert contents(data)["R8.yaml"] in values
    assert code_of(child(data, "record", "it-exam-passers", "0")) == 0
    assert sorted(contents(data)) == ["R7.yaml", "R8.yaml"]


def test_a_kill_where_files_have_to_have_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS: what is left lies there under a name that no command reads, until the next run."""
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    random_instant = random.Random(17)  # noqa: S311
    target, left = tmp_path / "R8.yaml", 0
    for _ in range(times(20, 600)):
        number = os.fork()
        if number == 0:
            try:
                while True:
                    with write.alone(tmp_path):
                        write.create(target, NEW)
                        target.unlink()
            finally:
                os._exit(1)
        time.sleep(random_instant.uniform(0.0005, 0.008))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        left += len(leftovers(tmp_path))
        assert not target.exists() or target.read_bytes() == NEW
        target.unlink(missing_ok=True)
        with write.alone(tmp_path):
            assert leftovers(tmp_path) == []
    assert left, "no kill came between"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", [("record", "it-exam-passers", "5"), ("rollover", "--to", "R9")])
def test_a_request_to_end_in_the_middle_of_a_write(
    data: Path, number: signal.Signals, command: tuple[str, ...]
) -> None:
    assert code_of(child(data, "rollover")) == 0
    before = contents(data)

    def wait(fd: object) -> None:  # noqa: ARG001
        (data.parent / "here").touch()
        time.sleep(20)

    def slow_disk() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.fsync = wait

    run = child(data, *command, first=slow_disk)
    until = time.monotonic() + 10
    while not (data.parent / "here").exists() and time.monotonic() < until:
        time.sleep(0.005)
    os.kill(run, number)
    assert code_of(run) == 130
    assert contents(data) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="another user is needed to be refused")
@pytest.mark.parametrize(
    "command", [("rollover",), ("record", "it-exam-passers", "5", "--correct", "--reason", "誤り")]
)
def test_no_permission_is_one_line(open_to_all: Path, command: tuple[str, ...]) -> None:
    (open_to_all.parent / "said.txt").touch()
    before = contents(open_to_all)
    assert code_of(child(open_to_all, *command, first=_as_nobody)) == 2
    assert "権限がありません" in said(open_to_all)
    assert contents(open_to_all) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB with a project on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        shutil.copytree(ROOT / "data", disk / "data")
        yield disk / "data"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_and_one_that_is_read_only(small_disk: Path, tmp_path: Path) -> None:
    assert code_of(child(small_disk, "rollover")) == 0
    before = contents(small_disk)
    (small_disk.parent / "said.txt").unlink()  # or the next run would make room by emptying it
    with (small_disk / "rest").open("wb", buffering=0) as rest, contextlib.suppress(OSError):
        while True:
            rest.write(bytes(4096))
    out = tmp_path / "out.txt"

    def aside() -> None:
        sys.stdout = sys.stderr = out.open("w", encoding="utf-8")

    for command in (("record", "it-exam-passers", "5"), ("rollover", "--to", "R9")):
        assert code_of(child(small_disk, *command, first=aside)) == 2
        assert "空き容量がありません" in out.read_text(encoding="utf-8")
        assert contents(small_disk) == before
    (small_disk / "rest").unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk.parent)], check=True)
    for command in (("record", "it-exam-passers", "5"), ("rollover", "--to", "R9")):
        number = os.fork()
        if number == 0:
            aside()
            code = main([*command, "--data", str(small_disk)])
            sys.stderr.flush()
            os._exit(code)
        assert code_of(number) == 2
        assert "書けません（読み取り専用のディスクです）" in out.read_text(encoding="utf-8")
        assert contents(small_disk) == before


def test_four_first_rollovers_at_once(data: Path) -> None:
    shutil.rmtree(data / "actuals")
    for _ in range(3):
        runs = [child(data, "rollover") for _ in range(4)]
        codes = sorted(map(code_of, runs))
        assert codes[0] == 0
        assert set(codes) <= {0, 1}
        assert list(contents(data)) == ["R7.yaml"]
        assert code_of(child(data, "validate")) == 0
        shutil.rmtree(data / "actuals")


def test_many_records_at_once(data: Path) -> None:
    many = times(8, 20)
    assert code_of(child(data, "rollover")) == 0
    ids = re.findall(r"^  ([0-9]+-[0-9]+):", contents(data)["R8.yaml"].decode(), re.MULTILINE)[:many]
    runs = [child(data, "record", id_, "done") for id_ in ids]
    assert [code_of(run) for run in runs] == [0] * many
    assert contents(data)["R8.yaml"].count(b": done #") == many


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real/R7.yaml", tmp_path / "R7.yaml"
    real.write_bytes(OLD)
    link.symlink_to(real)
    (tmp_path / "real/.R7.yaml.999999999.dxplan-tmp").write_bytes(b"half")
    write.replace(link, NEW)
    assert link.is_symlink()
    assert real.read_bytes() == NEW
    assert leftovers(tmp_path / "real") == []


# What others do between our reading and our writing.


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("opened") / "data")
    assert code_of(child(data, "rollover")) == 0
    return data


@pytest.fixture
def opened(opened_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(opened_once, tmp_path / "data")


@pytest.mark.parametrize("moment", ["path_of", "stays_sound", "land"])
@pytest.mark.parametrize("what", ["another text", "another year's text", "nothing", "no folder", "a pipe"])
def test_what_others_do_meanwhile(
    opened: Path, moment: str, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = opened / "actuals/R8.yaml"
    theirs = target.read_bytes().replace(b"state: open", b"state: closed")

    def meanwhile() -> None:
        if what == "no folder":
            shutil.rmtree(opened / "actuals")
            return
        target.unlink()
        if what == "a pipe":
            os.mkfifo(target)
        elif what != "nothing":
            target.write_bytes(theirs if what == "another text" else (opened / "actuals/R7.yaml").read_bytes())

    import dxplan.cli.record as module  # noqa: PLC0415

    original = getattr(module, moment)

    def late(*words: object) -> object:
        meanwhile()
        return original(*words)

    monkeypatch.setattr(module, moment, late)
    before = contents(opened)["R7.yaml"]
    if what == "a pipe":
        signal.alarm(10)
    code = main(["record", "it-exam-passers", "5", "--data", str(opened)])
    signal.alarm(0)
    assert code in (1, 2)
    assert "R8.yaml" in capsys.readouterr().err
    if what == "another text":
        assert target.read_bytes() == theirs
    if what != "no folder":
        assert contents_of_files(opened)["R7.yaml"] == before
        assert leftovers(opened / "actuals") == []


def contents_of_files(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "actuals").iterdir() if path.is_file()}


@pytest.mark.parametrize("command", [("record", "x", "5"), ("close",), ("rollover",)])
def test_where_there_is_no_project(
    tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    signal.alarm(10)
    for name, code in (("nowhere", 2), ("pipe", 2), ("file", 2), ("empty", 1)):
        assert main([*command, "--data", str(tmp_path / name)]) == code, name
        assert name in capsys.readouterr().err
    signal.alarm(0)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty", "file", "pipe"]


def test_a_reader_that_has_seen_enough_is_no_trouble_with_the_file(
    opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("dxplan.cli.record.print_lines", broken)
    monkeypatch.setattr("dxplan.cli.main._discard_output", lambda: None)
    assert main(["record", "it-exam-passers", "5", "--dry-run", "--data", str(opened)]) == 0
    assert capsys.readouterr().err == ""
