"""Wherever dxplan runs, it runs, or says in one line why not: encodings, terminals, streams, folders, permissions."""

from __future__ import annotations

import io
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

import pytest

from dxplan.cli import options
from dxplan.cli.main import main
from dxplan.views.terminal import cells
from tests.children import begin, code_of
from tests.editing.projects import PLAN, Home

ROOT = Path(__file__).parents[2]
FAULTY = str(ROOT / "tests/projects/faulty")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DXPLAN", "LC_", "LANG"))}
ON_UNIX = pytest.mark.skipif(sys.platform == "win32", reason="a matter of Unix")


class Said(NamedTuple):
    """What one run came to."""

    code: int
    out: bytes
    err: bytes


Run = Callable[..., Said]
_BUG = 99
"""The exit code of a bug, that it be told apart."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run in this process, with streams as a process has them; a bug is never an answer."""

    def ran(*words: str | os.PathLike[str], encoding: str = "utf-8") -> Said:
        out, err = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr("dxplan.cli.main._BUG", _BUG)
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
            streams.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
            code = main([os.fspath(word) for word in words])
            sys.stdout.flush()
            sys.stderr.flush()
            said = Said(code, out.getvalue(), err.getvalue())
        assert code != _BUG, said.err.decode(encoding)
        assert b"Traceback" not in said.err
        return said

    return ran


def only_line(said: Said) -> str:
    """Return the one line that says what is wrong; what follows it is the way out."""
    first, *rest = said.err.decode("utf-8").splitlines()
    assert first.startswith("dxplan: ")
    assert len(rest) <= 1
    assert all(line.startswith("  ") for line in rest)
    return first


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped plan in it, which is the current one."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Encodings.

EVERYDAY = (
    *(("status",), ("show", "4"), ("validate", FAULTY), ("rules", "DX202"), ("--help",), ("record", "--help")),
    *(("status", "--missing", "--year", "R8"), ("rollover", "--dry-run"), ("nonsense",), ("show", "nonsense")),
)


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "euc_jp", "cp1252", "utf-16"])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.usefixtures("home")
def test_whatever_the_encoding(encoding: str, language: str, run: Run) -> None:
    for words in EVERYDAY:
        said, plain = run(*words, "--lang", language, encoding=encoding), run(*words, "--lang", language)
        assert said.code == plain.code
        for got, meant in ((said.out, plain.out), (said.err, plain.err)):
            assert len(got.decode(encoding)) == len(meant.decode("utf-8"))
            if encoding == "cp932":
                assert got.count(b"?") - meant.count(b"?") == 0, words


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "gitlab"])
def test_machines_read_utf_8_wherever_they_are(form: str, run: Run) -> None:
    assert run("validate", FAULTY, "--format", form, encoding="ascii") == run("validate", FAULTY, "--format", form)


@ON_UNIX
@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["LANG", "LC_ALL", "without UTF-8"],
)
def test_in_the_c_locale(environment: dict[str, str], home: Path) -> None:
    command = [sys.executable, "-m", "dxplan"]
    env = CLEAN | environment | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([*command, "status"], cwd=home, env=env, capture_output=True, check=True, timeout=60)
    assert b"112.5% A/T" in ran.stdout
    assert ran.stderr == b""


# Terminals and streams.


@ON_UNIX
@pytest.mark.parametrize(
    "words", [("show", "4"), ("--help",), ("report", "--help"), ("record", "--help", "--lang", "en")]
)
def test_forty_columns_are_enough(words: tuple[str, ...]) -> None:
    for line in in_terminal(words, columns=40):
        assert cells(line) <= 40, line


@ON_UNIX
@pytest.mark.parametrize("words", [("validate", FAULTY), ("rules",), ("show", "online-procedures")])
def test_nothing_is_lost_in_forty_columns(words: tuple[str, ...]) -> None:
    """A table that is wider is broken by the terminal: its figures, names and places are all there."""
    wide, narrow = ("".join("".join(in_terminal(words, columns=width)).split()) for width in (200, 40))
    figures = re.findall(r"\d+\.\d%|[\w/]+\.yaml:\d+:\d+|DX\d{3}", wide)
    assert figures
    assert [each for each in figures if each not in narrow] == []


def in_terminal(words: tuple[str, ...], columns: int) -> Iterator[str]:
    """Yield the lines that a command prints on a terminal of so many columns."""
    import fcntl  # noqa: PLC0415 - Unix alone has it
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def prepare() -> None:
        for number in (0, 1, 2):
            os.dup2(theirs, number)
        os.environ.pop("COLUMNS", None)
        os.chdir(ROOT)
        sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        vars(sys)["__stdout__"] = sys.stdout  # which is asked how wide the terminal is

    number = begin(*words, first=prepare)
    os.close(theirs)
    text = b""
    try:
        while piece := os.read(ours, 65536):
            text += piece
    except OSError:  # how Linux says that nobody writes any more
        pass
    os.close(ours)
    assert code_of(number) in (0, 1)
    yield from text.decode().replace("\r", "").splitlines()


def close(numbers: tuple[int, ...]) -> None:
    """Leave a child without these streams, as a process is that was started without them."""
    for number in numbers:
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)


@ON_UNIX
@pytest.mark.parametrize("numbers", [(0,), (1,), (2,), (1, 2), (0, 1, 2)])
def test_closed_streams(numbers: tuple[int, ...], home: Path) -> None:
    """Nothing is printed into a file that is being written, and what has to be asked is not asked."""
    for words, code in ((("init", "new"), 2), (("rollover",), 0), (("record", "it-exam-passers", "5"), 0)):
        assert code_of(begin(*words, first=partial(close, numbers))) == code, words
    assert not (home / "new").exists()
    content = (home / "data/actuals/R8.yaml").read_bytes()
    assert content.startswith(b"# ")
    assert "書きました".encode() not in content
    assert b"it-exam-passers: 5" in content


# Folders.


@pytest.mark.parametrize("value", [None, "", "/nonexistent", "/dev/null"])
def test_no_home_folder(value: str | None, home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv("HOME", value)

    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody)
    for words in (("status",), ("validate",), ("rollover",), ("report", "--format", "html"), ("rules",)):
        assert run(*words).code == 0, words
    assert (home / "report").is_dir()


@ON_UNIX
def test_the_current_folder_is_gone(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for words in (("status",), ("validate",), ("record", "x", "1"), ("report",), ("rollover",), ("diff",), ("close",)):
        said = run(*words)
        assert said.code == 2, words
        assert only_line(said)
    assert run("init", "--example").code == 2
    for word in ("--version", "--help", "rules", "schema"):
        assert run(word).code == 0
    data = str(ROOT / "data")
    for reads in (("status",), ("validate",), ("show", "4")):
        assert run(*reads, "--data", data).code == 0, reads


@pytest.mark.parametrize("length", [300, 5000])
def test_a_very_long_path(length: int, home: Path, run: Run) -> None:
    long = "長" * length
    for words in (("status", "--data", long), ("validate", long), ("record", "x", "1", "--data", long), ("init", long)):
        said = run(*words)
        assert said.code == 2, words
        assert only_line(said)
    for words in (("report", "-o", f"{long}.html"), ("export", "-o", f"{long}.csv")):
        said = run(*words)
        assert said.code == 2, words
        assert "名前が長すぎます" in only_line(said)
    assert [path.name for path in home.iterdir()] == ["data"]


@ON_UNIX
def test_a_deep_folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeper than a path may be long."""
    folder = tmp_path / "deep"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for _ in range(20):
        step = "d" * 250
        os.mkdir(step)  # noqa: PTH102 - the whole path would be too long
        os.chdir(step)
    os.mkdir("data")  # noqa: PTH102
    with open("data/plan.yaml", "w", encoding="utf-8") as plan:  # noqa: PTH123
        plan.write(PLAN)
    for words in (("validate", "data"), ("status", "--data", "data"), ("status",), ("rollover",), ("init", "new")):
        said = run(*words)
        assert said.code == 0 or only_line(said)
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(folder)


@ON_UNIX
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "gitlab"])
def test_names_that_are_not_utf_8(form: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = os.fsdecode(b"\x8cv\x89\xe6\xff")
    try:
        (tmp_path / name).mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    project = Home(tmp_path / name)
    project.write(f"actuals/{name}.yaml", "format: 1\nfiscal_year: R7\n")
    monkeypatch.chdir(tmp_path)
    said = run("validate", f"{name}/data", "--format", form)
    assert said.code == 1
    assert said.out.decode("utf-8")
    (project.data / f"actuals/{name}.yaml").unlink()
    for words in (("status",), ("rollover",), ("record", "passers", "54"), ("report", "--format", "html", "-o", name)):
        assert run(*words, "--data", f"{name}/data").code == 0, words
    assert (tmp_path / name / "R7.html").exists()


# Permissions.


@ON_UNIX
def test_others_see_what_the_umask_lets_them(home: Path, run: Run) -> None:
    (home / "data/actuals/R7.yaml").chmod(0o644)
    before = os.umask(0o077)
    try:
        assert run("rollover").code == 0
        assert run("record", "it-exam-passers", "5").code == 0
        corrected = ("record", "online-procedures", "55", "--year", "R7", "--correct", "--reason", "誤り")
        assert run(*corrected).code == 0
        assert run("report", "--format", "html", "--year", "R7").code == 0
    finally:
        os.umask(before)

    def mode(path: str) -> int:
        return stat.S_IMODE((home / path).stat().st_mode)

    assert (mode("data/actuals/R8.yaml"), mode("report"), mode("report/R7.html")) == (0o600, 0o700, 0o600)
    assert mode("data/actuals/R7.yaml") == 0o644, "a file that is there keeps its permissions"


@ON_UNIX
def test_a_checkout_that_is_read_only(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What only reads works; what writes says why it cannot, and where a result may go elsewhere it does."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for folder in (*home.parents, elsewhere, *elsewhere.parents):
        if folder.owner() == Path(__file__).owner() and "pytest" in str(folder):
            folder.chmod(0o777 if folder == elsewhere else 0o755)
    for path in (*home.rglob("*"), home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    said = elsewhere / "said.txt"

    def as_nobody() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)

    def come_to(*words: str) -> tuple[int, str]:
        said.unlink(missing_ok=True)
        code = code_of(begin(*words, said=said, first=as_nobody))
        return code, said.read_text(encoding="utf-8")

    try:
        for words in (
            ("status",),
            ("validate",),
            ("show", "4"),
            ("rollover", "--dry-run"),
            ("report", "--format", "html", "-o", "-"),
        ):
            assert come_to(*words)[0] == 0, words
        assert come_to("report", "--format", "html", "-o", str(elsewhere / "out"))[0] == 0
        for writes in (("rollover",), ("report", "--format", "html"), ("init", "new"), ("init", "--example", "new")):
            code, text = come_to(*writes)
            assert code == 2, (writes, text)
            assert "内部エラー" not in text
            assert text.startswith("dxplan: ") or "--name" in text, text
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o755)


# Windows, as far as this can be told elsewhere.


def test_paths_are_shown_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "Path", PureWindowsPath)
    monkeypatch.setattr(os.path, "relpath", lambda path: rf"..\data\{path}")
    assert options.shown(Path("plan.yaml")) == "../data/plan.yaml"

    def another_drive(_path: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", another_drive)
    assert options.shown(PureWindowsPath(r"D:\data\plan.yaml")) == "D:/data/plan.yaml"  # type: ignore[arg-type]


RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}


def test_every_file_has_a_name_that_windows_can_hold(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = PLAN.replace("id: 1\n        title: 窓口改革", "id: con\n        title: 窓口改革")
    assert plan != PLAN
    Home(tmp_path, plan, R7="state: open\n")
    monkeypatch.chdir(tmp_path)
    assert run("collect").code == 0
    (tmp_path / "data/actuals/R7.yaml").write_text(
        "format: 1\nfiscal_year: R7\nstate: closed\npublished: 2026-04\n", encoding="utf-8"
    )
    run("report", "--all-years", "-o", "site")
    run("export")
    names = [path.name for path in tmp_path.rglob("*")]
    assert any("con" in name for name in names)
    for name in names:
        assert name.partition(".")[0].lower() not in RESERVED
        assert not set(name) & set('<>:"/\\|?*')
        assert name == name.rstrip(". ")


def test_where_there_are_no_locks_and_no_modes_of_unix(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same commands without what Windows lacks."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    for name in ("O_TMPFILE", "O_CLOEXEC", "O_NONBLOCK", "O_NOFOLLOW", "O_DIRECTORY"):
        monkeypatch.delattr(os, name, raising=False)
    assert run("rollover").code == 0
    assert run("record", "it-exam-passers", "5").code == 0
    assert run("report", "--format", "html").code == 0
    assert run("report", "--format", "html").code == 0
    assert b"it-exam-passers: 5" in (home / "data/actuals/R8.yaml").read_bytes()
    assert not list(home.rglob(".*"))


def test_line_ends_of_windows_stay(home: Path, run: Run) -> None:
    path = home / "data/actuals/R7.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    corrected = ("record", "online-procedures", "55", "--year", "R7", "--correct", "--reason", "誤り")
    assert run(*corrected).code == 0
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
