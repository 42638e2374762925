"""``dxplan init``: what it writes, asks and refuses; at a terminal, on a full disk, killed, and twice at once."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from dxplan.cli.main import main
from dxplan.cli.schema import document
from dxplan.starter.answers import Answers, told
from dxplan.starter.files import new_project
from tests.children import begin, code_of
from tests.thorough import times

ROOT = Path(__file__).parents[2]
DXPLAN = [sys.executable, "-X", "dev", "-W", "error", "-m", "dxplan"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DXPLAN"))}
FLAGS = ["--name", "例示市", "--code", "999997", "--from", "R8", "--to", "R12"]
EVERYTHING = {
    ".github/workflows/dxplan.yml",
    ".pre-commit-config.yaml",
    "README.md",
    "data/actuals/R8.yaml",
    "data/plan.yaml",
    "schema/actuals.schema.json",
    "schema/plan.schema.json",
}
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of POSIX")


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    code = main(words)
    said = capsys.readouterr()
    return Said(code, said.out, said.err)


def files(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_a_new_project_validates_and_has_a_status(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "init", *FLAGS)
    assert (said.code, said.out) == (0, "")
    assert set(files(here)) == EVERYTHING
    for name in EVERYTHING:
        assert f"  {name} " in said.err
    assert said.err.endswith("\n次の手順: dxplan validate、dxplan status\n")
    assert run(capsys, "validate") == Said(0, "問題ありません（2ファイル）\n", "")
    status = run(capsys, "status")
    assert status.code == 0
    assert "例示市DX推進計画　令和8年度" in status.out


def test_the_schemas_are_those_of_the_schema_command(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "init", *FLAGS)
    for kind in ("plan", "actuals"):
        written = (here / f"schema/{kind}.schema.json").read_bytes()
        assert written == document(kind).encode()
        assert json.loads(written)


def test_elsewhere_the_next_step_begins_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "--lang", "en", "init", "my plan/new", *FLAGS)
    assert said.code == 0
    assert said.err.startswith("Files written (in my plan/new):\n")
    assert said.err.endswith("\nNext: cd 'my plan/new', dxplan validate, dxplan status\n")
    assert set(files(here / "my plan/new")) == EVERYTHING


def test_a_variable_that_leads_elsewhere_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DXPLAN_DATA", "/other/data")
    assert "DXPLAN_DATA があるので、ほかのコマンドは /other/data の計画を読みます" in run(capsys, "init", *FLAGS).err
    assert files(here)


def test_twice_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "init", *FLAGS)
    before = files(here)
    said = run(capsys, "init", *FLAGS[:-1], "R10")
    assert (said.code, said.out) == (1, "")
    assert {line.strip() for line in said.err.split("\n")[1:-2]} == EVERYTHING - {"README.md"}
    assert "直し方: 別のフォルダーを指定する" in said.err
    assert files(here) == before


def test_what_is_there_is_said_before_anything_is_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".pre-commit-config.yaml").write_text("mine", encoding="utf-8")
    (here / "README.md").write_text("mine", encoding="utf-8")
    said = run(capsys, "--lang", "en", "init")
    assert said.code == 1
    assert said.err == (
        "dxplan: nothing was written, because these are there already\n"
        "  .pre-commit-config.yaml\n"
        "  help: name another folder: dxplan init FOLDER\n"
    )
    assert files(here) == {"README.md": b"mine", ".pre-commit-config.yaml": b"mine"}


@pytest.mark.parametrize("words", [FLAGS, ["--example"]])
def test_a_readme_that_is_there_stays_and_is_said(
    words: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "README.md").write_text("mine", encoding="utf-8")
    said = run(capsys, "init", *words)
    assert said.code == 0
    assert ("README.md はもとからあるので、そのままにしました\n" in said.err) == (words == FLAGS)
    assert "  README.md " not in said.err
    assert files(here)["README.md"] == b"mine"
    assert run(capsys, "validate").code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "--name、--from、--to を指定してください"),
        (["--name", "例示市", "--to", "R12"], "--from を指定してください"),
        (["--name", "例示市", "--code", "131038"], "--code: 団体コード「131038」の検査数字が合いません"),
        ([*FLAGS[:-1], "R7"], "--to: 計画期間が R8 に始まり R7 に終わっています"),
        ([*FLAGS, "--title", " "], "--title: 空にはできません"),
        (["--name", "例示\n市"], "--name: 途中に改行かタブがあります"),
        (["--example", "--name", "例示市"], "--example は、場所のほかには何も取りません"),
    ],
)
def test_without_a_terminal_wrong_usage_writes_nothing(
    words: list[str], message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "init", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"dxplan: {message}\n")
    assert said.err.count("\n") == 2
    assert files(here) == {}


def test_a_file_is_no_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan").write_bytes(b"")
    assert run(capsys, "init", "plan", *FLAGS).code == 2
    said = run(capsys, "init", "plan/below/it", *FLAGS)
    assert said.code == 2
    assert said.err.startswith("dxplan: 「plan」はフォルダーではありません\n")
    assert files(here) == {"plan": b""}


def test_the_example_is_written_to_the_byte(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "init", "--example")
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("\n次の手順: dxplan status、dxplan show online-procedures\n")
    for name in ("plan.yaml", "actuals/R7.yaml"):
        assert (here / "data" / name).read_bytes() == (ROOT / "data" / name).read_bytes()
    assert run(capsys, "validate").code == 0
    assert "目標達成 2/2" in run(capsys, "status").out
    before = files(here)
    assert run(capsys, "init", "--example").code == 1
    assert files(here) == before


def test_where_there_is_no_plan_both_are_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not files(here)
    for words in (["status"], ["show", "1"], ["validate"], ["close"], ["status", "--data", "."], ["validate", "."]):
        said = run(capsys, *words)
        assert said.code in (1, 2)
        assert "dxplan init" in said.out + said.err
        assert "dxplan init --example" in said.out + said.err


# Real processes.


def test_the_workflow_finds_what_a_pull_request_rewrites(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], check=True, capture_output=True, env=ENVIRONMENT)

    monkeypatch.delenv("GIT_DIR", raising=False)
    run(capsys, "init", "work", *FLAGS)
    workflow = (here / "work/.github/workflows/dxplan.yml").read_text(encoding="utf-8")
    command = workflow.rstrip().rpartition("- run: dxplan ")[2].split()
    monkeypatch.chdir(here / "work")
    git("init", "-b", "main")
    for words in (
        *(
            ["record", id_, "40"]
            for id_ in ("online-procedures", "waiting-time", "it-exam-passers", "telework-terminals")
        ),
        *(["record", id_, "ongoing"] for id_ in ("1-1", "1-2", "2-1", "2-2")),
        ["close", "--published", "2027-04"],
    ):
        assert run(capsys, *words).code == 0
    git("add", ".")
    git("commit", "-m", "R8")
    git("checkout", "-b", "change")
    actuals = Path("data/actuals/R8.yaml")
    text = actuals.read_text(encoding="utf-8")
    actuals.write_text(text.replace("online-procedures: 40", "online-procedures: 41"), encoding="utf-8", newline="\n")
    git("commit", "-a", "-m", "41")
    git("checkout", "main")
    git("merge", "--no-ff", "change", "-m", "as GitHub merges a pull request to check it")
    git("clone", "--depth", "2", (here / "work").as_uri(), str(here / "checkout"))
    monkeypatch.chdir(here / "checkout")
    assert run(capsys, "validate", "data").code == 0
    said = run(capsys, *command)
    assert said.code == 1
    assert said.out.startswith("::error file=data/actuals/R8.yaml,line=")
    assert "DX312" in said.out


class Terminal:
    """A run of dxplan at a terminal of 80 columns, as somebody sits in front of it."""

    def __init__(self, cwd: Path, *words: str) -> None:
        import pty  # noqa: PLC0415 - POSIX alone has it

        self.process, self.handle = pty.fork()  # a terminal of its own, so that Ctrl-C reaches it
        if not self.process:
            os.chdir(cwd)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored in what a shell runs in the background
            os.execve(sys.executable, [*DXPLAN, *words], ENVIRONMENT | {"TERM": "xterm"})  # noqa: S606
        self.seen = ""

    def wait_for(self, words: str) -> None:
        while words not in self.seen:
            piece = self._read()
            assert piece, self.seen
            self.seen += piece

    def answer(self, question: str, typed: str) -> None:
        self.wait_for(question)
        self.seen = self.seen.partition(question)[2]
        os.write(self.handle, typed.encode("utf-8", "surrogateescape"))

    def end(self, key: str = "") -> int:
        """Wait for its end, pressing ``key`` until then: Ctrl-C at the instant of a prompt is seen with the next."""
        while True:
            while key and not select.select([self.handle], [], [], 0.1)[0]:
                os.write(self.handle, key.encode())
            if not (piece := self._read()):
                break
            self.seen += piece
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _read(self) -> str:
        if not select.select([self.handle], [], [], 20)[0]:
            os.kill(self.process, signal.SIGKILL)
            return ""
        try:
            return os.read(self.handle, 65536).decode("utf-8", "replace")
        except OSError:  # Linux says so where the other end is closed
            return ""


@needs_posix
def test_an_official_is_asked_and_corrected(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init", "new")
    terminal.answer("団体の名称（例: 例示市）: ", "\n")
    terminal.answer("空にはできません", "")
    terminal.answer("団体の名称（例: 例示市）: ", "例示市\n")
    terminal.answer("団体コード6桁（例: 131083", "999990\n")
    terminal.answer("直し方: はじめの5桁が正しければ 999997", "")
    terminal.answer("団体コード6桁（例: 131083", "９９９９９７\n")
    terminal.answer("計画の最初の年度（例: R8", "8\n")
    terminal.answer("直し方: 元号を付けて R8 のように書く", "令和8年度\n")
    terminal.answer("計画の最後の年度（例: R12） [R12]: ", "R7\n")
    terminal.answer("計画期間が R8 に始まり R7 に終わっています", "")
    terminal.answer("計画の最後の年度（例: R12） [R12]: ", "\n")
    terminal.answer("[例示市DX推進計画]: ", "\n")
    assert terminal.end() == 0
    assert "次の手順: cd new、dxplan validate、dxplan status" in terminal.seen
    by_flags = new_project(told(Answers("例示市", "999997", "R8", "R12", None)), {})
    assert {file.path: file.content for file in by_flags}.items() <= files(tmp_path / "new").items()
    assert set(files(tmp_path / "new")) == EVERYTHING


@needs_posix
def test_only_what_was_not_given_is_asked(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--lang", "en", "init", "--name", "例示市", "--to", "R12", "--title", "計画")
    terminal.answer("団体コード, six digits", "\n")
    terminal.answer("First fiscal year", "R8\n")
    assert terminal.end() == 0
    assert "Municipality" not in terminal.seen
    assert "title: 計画 #" in (tmp_path / "data/plan.yaml").read_text(encoding="utf-8")
    assert "organization: {name: 例示市}\n" in (tmp_path / "data/plan.yaml").read_text(encoding="utf-8")


@needs_posix
def test_bytes_that_are_no_text_are_asked_again(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init")
    terminal.answer("団体の名称（例: 例示市）: ", "例示\udcff市\n")
    terminal.wait_for("文字として読めないバイトがあります")
    terminal.answer("団体の名称（例: 例示市）: ", "\x04")
    assert terminal.end() == 130


@needs_posix
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_stopping_writes_nothing(key: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init")
    terminal.answer("団体の名称（例: 例示市）: ", "例示市\n")
    terminal.wait_for("団体コード6桁（例: 131083")
    assert terminal.end(key) == 130
    assert "中止しました。何も書いていません" in terminal.seen
    assert "Traceback" not in terminal.seen
    assert files(tmp_path) == {}


@needs_posix
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - POSIX alone has it

    said, home = tmp_path / "said.txt", tmp_path / "home"
    home.mkdir()

    def on_a_small_disk() -> None:
        os.chdir(home)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    assert code_of(begin("init", "new", *FLAGS, said=said, first=on_a_small_disk)) == 2
    assert "new/schema/plan.schema.json を書けません（空き容量がありません）" in said.read_text(encoding="utf-8")
    assert list(home.iterdir()) == []


@needs_posix
def test_of_two_at_once_one_writes_everything(tmp_path: Path) -> None:
    for number in range(times(2, 100)):
        home = tmp_path / str(number)
        both = {name: begin("init", str(home), "--name", name, *FLAGS[2:]) for name in ("例示市", "見本町")}
        codes = {code_of(run): name for name, run in both.items()}
        assert sorted(codes) == [0, 1]
        written = files(home)
        assert set(written) == EVERYTHING
        for file in new_project(told(Answers(codes[0], "999997", "R8", "R12", None)), {}):
            assert written[file.path] == file.content


@needs_posix
def test_killed_at_any_moment_no_file_is_half_and_the_plan_comes_last(tmp_path: Path) -> None:
    sound = {file.path: file.content for file in new_project(told(Answers("例示市", "999997", "R8", "R12", None)), {})}
    sound |= {f"schema/{kind}.schema.json": document(kind).encode() for kind in ("plan", "actuals")}
    kills = times(8, 400)
    halfway = 0
    for number in range(kills):
        home = tmp_path / str(number)
        run = begin("init", str(home), *FLAGS)
        started = time.monotonic()
        while not home.exists() and time.monotonic() - started < 30:
            time.sleep(0.0005)
        time.sleep(0.03 * number / kills)
        os.kill(run, signal.SIGKILL)
        code_of(run)
        written = {name: content for name, content in files(home).items() if not name.endswith(".dxplan-tmp")}
        assert written.items() <= sound.items()
        assert "data/plan.yaml" not in written or written == sound
        halfway += written != sound
    assert halfway, "too late to prove anything"
