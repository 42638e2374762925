"""Every system call by which a command writes, made to fail: nothing is torn, nothing is left, and one line says why.

A run under strace lists the calls; then each is met by a kill, by a full disk, by a broken one, and by a refusal.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from dxplan.cli.main import main
from dxplan.editing import write
from tests.editing import tracing
from tests.editing.projects import Home
from tests.editing.tracing import Call, Ran
from tests.exchange.books import Book
from tests.thorough import THOROUGH

pytestmark = pytest.mark.skipif("tracing.reason_to_skip()", reason="strace is not here, or may not attach")

FAULTS = ("KILL", "ENOSPC", "EIO", "EACCES")


def faults(call: Call) -> tuple[str, ...]:
    """Return what a call may meet; no permission is asked for anew when results are printed."""
    return FAULTS[:-1] if call.name == "write" and "OUT" in call.line else FAULTS


_REPORTED = """state: open
indicators:
  {online: 54, passers: 9, counter: {text: 検討, met: true, reason: 済},
   seminars: {parts: {phone: 9, "010": 8}}, "no": 1}
actions: {1-1: done, 1-2: ongoing, online: ongoing}
"""
_CLOSED = _REPORTED.replace("open\n", "closed\npublished: 2026-04\n", 1)


def project(home: Path, **years: str) -> None:
    Home(home, **years)


def run_here(home: Path, *words: str) -> None:
    """Bring a project to where a command finds it, or have modules imported."""
    with pytest.MonkeyPatch.context() as there:
        there.chdir(home)
        assert main([*words, "--data", str(home / "data")]) == 0


def _open(home: Path) -> None:
    project(home, R7="state: open\n")


def _full(home: Path) -> None:
    project(home, R7=_REPORTED)


def _closed(home: Path) -> None:
    project(home, R7=_CLOSED)


def _first(home: Path) -> None:
    project(home)


def _other_files(*names: str) -> Callable[[Path], None]:
    def prepare(home: Path) -> None:
        _closed(home)
        for name in names:
            (home / name).parent.mkdir(exist_ok=True)
            (home / name).write_text("anything else", encoding="utf-8")
            (home / name).chmod(0o640)

    return prepare


def _other_forms(home: Path) -> None:
    _open(home)
    (home / "forms").mkdir()
    (home / "forms/入力票.xlsx").write_bytes(b"filled in otherwise")


def _came_back(home: Path) -> None:
    _open(home)
    run_here(home, "collect", "-o", str(home / "forms"))
    (form,) = (home / "forms").iterdir()
    book = Book(form.read_bytes())
    book.put("indicators/passers", "value", 12)
    form.write_bytes(book.saved)


class Case(NamedTuple):
    """A command and what it is run on."""

    words: str
    prepare: Callable[[Path], None]
    unnamed: bool = True
    """Whether the system is to have O_TMPFILE."""
    takes_back: bool = False
    """Whether an error leaves nothing of what was written before it."""


_INIT = "init HOME/new --name 例示市 --from R8 --to R12"
CASES: Mapping[str, Case] = {
    "record": Case("record passers 5", _open),
    "record --correct": Case("record passers 5 --correct --reason 誤り --today 2026-10-01", _closed),
    "close": Case("close --published 2026-04", _full),
    "rollover": Case("rollover", _closed),
    "rollover, the first": Case("rollover", _first),
    "rollover, files named": Case("rollover", _closed, unnamed=False),
    "init": Case(_INIT, _first, takes_back=True),
    "init, files named": Case(_INIT, _first, unnamed=False, takes_back=True),
    "init --example": Case("init HOME/new --example", _first, takes_back=True),
    "report": Case("report --format html --format markdown -o HOME/report", _closed),
    "report, again": Case("report --format markdown -o HOME/report", _other_files("report/R7.md")),
    "report --all-years": Case("report --all-years -o HOME/site", _closed),
    "export": Case("export -o HOME/export", _closed),
    "export, again": Case(
        "export --format csv -o HOME/export",
        _other_files("export/dx-plan.csv", "export/dx-plan-codebook.csv", "export/dx-plan-metadata.json"),
    ),
    "collect": Case("collect -o HOME/forms", _open),
    "collect --force": Case("collect --force -o HOME/forms", _other_forms),
    "import": Case("import HOME/forms/入力票.xlsx", _came_back),
}


def contents(home: Path) -> dict[str, bytes | None]:
    """Return everything there is, hidden files and folders too; a folder has no bytes."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes() if path.is_file() else None for path in home.rglob("*")
    }


class Scene:
    """A case with its files before and after, and the calls between them."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case, self._folder = case, folder
        self._numbers = itertools.count()
        self._origin = folder / "origin"
        self._origin.mkdir()
        case.prepare(self._origin)
        home = self.home()
        words = self.words(home)
        with pytest.MonkeyPatch.context() as there:  # here and once, so that no child imports anything
            there.chdir(home)
            assert main(words) == 0, words
        self.before = contents(self._origin)
        home = self.home()
        ran = self.run(home)
        assert ran.code == 0, ran
        self.after = contents(home)
        self.calls = list(tracing.writes(home, ran.log))

    def home(self) -> Path:
        return shutil.copytree(self._origin, self._folder / str(next(self._numbers)))

    def words(self, home: Path) -> tuple[str, ...]:
        words = [word.replace("HOME", str(home)) for word in self.case.words.split()]
        return (*words, *(() if words[0] == "init" else ("--data", str(home / "data"))))

    def run(self, home: Path, fault: str = "") -> Ran:
        def first() -> None:
            if not self.case.unnamed and hasattr(os, "O_TMPFILE"):
                del os.O_TMPFILE

        return tracing.run(home, self.words(home), fault, first)

    def meets(self, call: Call, fault: str) -> None:
        """Run the command with one fault in one call, look at everything, and run it again."""
        home = self.home()
        effect = f"signal={fault}" if fault == "KILL" else f"error={fault}"
        ran = self.run(home, f"{call.name}:{effect}:when={call.number}")
        hit = ran.log.splitlines()[-2 if fault == "KILL" else 0 :]
        met = [line for line in hit if fault == "KILL" or "(INJECTED)" in line]
        assert tracing.same_in_every_run(home, met[0]) == call.line, "the fault met another call"
        there = contents(home)
        torn = {
            name for name, was in there.items() if was not in (self.before.get(name, was), self.after.get(name, b""))
        }
        left = there.keys() - self.before.keys() - self.after.keys()
        if fault == "KILL":
            assert ran.code == -signal.SIGKILL
            assert all(name.endswith(".dxplan-tmp") for name in left)
        else:
            self._told(call, fault, ran, there)
            assert left == set() or call.name == "unlink", "what cannot be removed goes with the next run"
        assert torn - left == set()
        if there != self.after and not (self.case.takes_back and call.name == "unlink"):
            again = self.run(home)
            assert again.code == 0, again
            assert contents(home) == self.after
        shutil.rmtree(home)

    def _told(self, call: Call, fault: str, ran: Ran, there: dict[str, bytes | None]) -> None:
        """See that an error is either of no account or said in one line."""
        if ran.code == 0:
            assert self.after.items() <= there.items()
            assert "dxplan:" not in ran.err
            return
        assert ran.code == 2, ran
        (line,) = [line for line in ran.err.splitlines() if line.startswith("dxplan:")]
        assert any(word in line for word in _WORDS[fault]), line
        if "OUT" in call.line:
            assert there == self.after
        elif self.case.takes_back:
            assert there == self.before


_WORDS = {
    "ENOSPC": ("空き容量がありません", "出力先に空きがない"),
    "EIO": ("ディスクの読み書きに失敗しました", "書き込めません"),
    "EACCES": ("権限がありません",),
}


QUICK = ("record", "rollover, the first", "rollover, files named")
"""What a quick run looks at, a fault for each call; ``THOROUGH=1`` looks at everything: 1,327 faults, minutes."""


@pytest.mark.parametrize("name", CASES if THOROUGH else QUICK)
def test_nothing_is_torn_and_nothing_is_left(name: str, tmp_path: Path) -> None:
    scene = Scene(CASES[name], tmp_path)
    assert scene.calls
    for turn, call in enumerate(scene.calls):
        some = faults(call)
        for fault in some if THOROUGH else some[turn % len(some) :][:1]:
            scene.meets(call, fault)


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="no files without a name")
def test_a_new_file_has_its_name_only_when_it_is_on_disk(tmp_path: Path) -> None:
    *_, opened, write, sync, link, folder, sync_folder, _ = Scene(CASES["rollover"], tmp_path).calls
    assert "O_TMPFILE" in opened.line
    assert [call.name for call in (write, sync, link, sync_folder)] == ["write", "fsync", "linkat", "fsync"]
    assert "AT_SYMLINK_FOLLOW" in link.line
    assert folder.line.endswith('"HOME/data/actuals", O_RDONLY|O_CLOEXEC)')


def test_a_changed_file_takes_the_place_of_the_old_one_when_it_is_on_disk(tmp_path: Path) -> None:
    names = [call.name for call in Scene(CASES["record"], tmp_path).calls]
    assert names == ["openat", "chmod", "write", "fsync", "rename", "openat", "fsync", "write"]


def test_a_new_plan_goes_on_where_a_killed_run_stopped(tmp_path: Path) -> None:
    scene = Scene(CASES["init"], tmp_path)
    scene.meets(next(call for call in scene.calls if "link" in call.name and "data/plan.yaml" in call.line), "KILL")
    home = scene.home()
    (home / "new/schema").mkdir(parents=True)
    (home / "new/schema/plan.schema.json").write_text("{}", encoding="utf-8")
    ran = scene.run(home)
    assert ran.code == 1
    assert "new/schema/plan.schema.json" in ran.err


def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "R7.html"
    target.touch()
    theirs, left = (tmp_path / f".R7.html.{number}.dxplan-tmp" for number in (os.getppid(), 999_999_999))
    for path in (theirs, left):
        path.touch()
    write.replace(target, b"report")
    assert theirs.exists()
    assert not left.exists()
