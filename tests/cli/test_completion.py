"""TAB in a shell: commands, options, the plan's ids and years; quick, and nothing that a shell could run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dxplan.cli import completing
from dxplan.cli.completion import SCRIPTS
from dxplan.cli.main import COMMANDS, main
from dxplan.glance import glance
from dxplan.project import find
from tests.cli.completion_table import commands, kind, render
from tests.editing.projects import Home
from tests.golden import assert_golden

ROOT = Path(__file__).parents[2]
Offer = Callable[..., list[str]]


def test_the_table_is_made_from_the_commands(*, update_golden: bool) -> None:
    assert_golden(render(), completing.TABLE, update=update_golden)


@pytest.fixture
def offer(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Return what is offered for words, in the repository."""
    monkeypatch.chdir(ROOT)

    def offered(*words: str, asks: str = "bash", **environment: str) -> list[str]:
        completing.complete(words, {completing.VARIABLE: asks, **environment})
        said = capsysbinary.readouterr()
        assert said.err == b""
        return said.out.decode().splitlines()

    return offered


def test_commands_and_options(offer: Offer) -> None:
    assert offer("") == list(COMMANDS)
    assert offer("re") == ["record", "report"]
    assert offer("--lang", "") == ["ja", "en"]
    assert offer("--lang=e") == ["en"]
    assert offer("--lang", "en", "sh") == ["show"]
    assert "--require-closed" in offer("rollover", "--")
    assert "--not-met" in offer("record", "--")
    assert offer("record", "--", "--") == []
    assert offer("nonsense", "") == []


def test_ids_and_years_of_the_plan_in_hand(offer: Offer, tmp_path: Path) -> None:
    assert offer("show", "online") == ["online-procedures"]
    assert {"4", "1-1", "it-exam-passers"} <= set(offer("show", ""))
    assert offer("status", "--year", "") == ["R7", "R8", "R9", "R10", "R11"]
    assert offer("status", "--year=R1") == ["R10", "R11"]
    assert offer("status", "--viewpoint", "")[0] == "1"
    assert offer("diff", "R7", "R8")[0] == "R8"
    Home(tmp_path)
    assert "seminars/phone" in offer("record", "sem", DXPLAN_DATA=str(tmp_path / "data"))
    assert offer("record", "--data", str(tmp_path / "data"), "seminars/p") == ["seminars/phone"]
    assert offer("init", "--from", "") == []


def test_values_and_choices(offer: Offer) -> None:
    assert offer("record", "1-1", "d") == ["done"]
    assert offer("record", "online-procedures", "pen") == ["pending"]
    assert offer("rollover", "--format", "") == ["text", "json"]
    assert offer("import", "--prefer", "") == ["file", "yaml"]
    assert offer("rules", "DX20")[:1] == ["DX201"]
    assert offer("schema", "pl") == ["plan"]
    for words in (("validate", "d"), ("status", "--data", ""), ("import", "a.xlsx", "b"), ("report", "-o", "")):
        assert offer(*words) == [completing.FILES]
    assert offer("record", "1-1", "done", "--note", "") == []


def test_every_choice_there_is_can_be_chosen() -> None:
    """The choices are those that the help names; here are those that have to be among them."""
    named = {
        f"{name} {option.opts[0]}": found
        for name, command in commands("en").items()
        for option in command.params
        if isinstance(found := kind(name, option), list)  # type: ignore[arg-type] # of typer's two classes
    }
    for name in ("status", "diff", "validate", "rollover", "import", "report", "export"):
        assert len(named[f"{name} --format"]) > 1
    assert named["status --only"] == ["unmet", "unreported", "monitoring"]
    assert named["record --kind"] == ["indicator", "action"]


def test_bash_splits_at_the_equals_sign(offer: Offer) -> None:
    assert offer("status", "--year", "=", "R1") == ["R10", "R11"]
    assert offer("rollover", "--format", "=") == ["text", "json"]
    assert offer("status", "--year=R1", asks="zsh") == ["--year=R10", "--year=R11"]


def test_meanings_are_in_the_readers_language(offer: Offer) -> None:
    (line,) = offer("val", asks="zsh", LANG="en_US.UTF-8")
    assert line.startswith("validate\tShow everything that is wrong")
    assert offer("validate", "--str", asks="fish") == ["--strict\t注意も誤りと同じに数える"]
    assert offer("show", "online", asks="fish") == ["online-procedures\tオンラインで申請できる手続の割合"]


HOSTILE = """\
format: 1
title: x
period: {from: R7, to: "R9; touch hacked"}
indicators:
  - {id: "$(touch hacked)", name: a}
  - {id: "a b", name: a}
  - {id: "`touch hacked`", name: a}
  - {id: "--help", name: a}
  - {id: fine, name: "$(touch hacked)`touch hacked`'\\";touch hacked\\t\\n%F{red}"}
  - {id: [list], name: a}
  - 3
viewpoints: {no: list}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/plan.yaml").write_text(HOSTILE, encoding="utf-8")
    return tmp_path


def test_only_ids_are_offered(hostile: Path, offer: Offer) -> None:
    data = str(hostile / "data")
    assert offer("show", "", DXPLAN_DATA=data) == ["fine"]
    assert offer("status", "--year", "", DXPLAN_DATA=data) == []
    (line,) = offer("show", "", asks="fish", DXPLAN_DATA=data)
    assert line.count("\t") == 1
    assert line.isprintable() or line.replace("\t", "").isprintable()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a: [", b"- 1", b"viewpoints: 3\nindicators: x", b"x: &a [*a]"])
def test_a_broken_plan_is_no_plan(content: bytes, hostile: Path, offer: Offer) -> None:
    (hostile / "data/plan.yaml").write_bytes(content)
    assert offer("show", "", DXPLAN_DATA=str(hostile / "data")) == []


def test_no_plan_and_a_pipe_are_no_plan(hostile: Path, offer: Offer) -> None:
    assert offer("show", "", DXPLAN_DATA=str(hostile / "nowhere")) == []
    (hostile / "data/plan.yaml").unlink()
    if hasattr(os, "mkfifo"):
        os.mkfifo(hostile / "data/plan.yaml")
    assert offer("show", "", DXPLAN_DATA=str(hostile / "data")) == []


def test_it_looks_where_every_command_looks() -> None:
    for below in (ROOT, ROOT / "docs", ROOT / "data/actuals"):
        assert glance(None, below, {}) == glance(str(find(below, {})), below, {})
    assert glance(None, ROOT, {"DXPLAN_DATA": str(ROOT / "data")}).years[0] == "R7"


def test_it_brings_neither_typer_nor_the_model() -> None:
    script = (
        "import sys; from dxplan.cli.completing import complete; complete(['show', ''], {'_DXPLAN_COMPLETE': 'bash'});"
        "print(*({'typer', 'pydantic', 'rich', 'jinja2'} & set(sys.modules)))"
    )
    begun = time.monotonic()
    out = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, timeout=60).stdout
    assert out.splitlines()[-1] == b""
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert capsys.readouterr().out == SCRIPTS[shell]


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "bash / zsh / fish" in capsys.readouterr().err


_ASK = {
    "bash": """
eval "$(dxplan completion bash)"
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _dxplan "$1"; printf '%s\\n' "${COMPREPLY[@]}" END; }
""",
    "fish": """
dxplan completion fish | source
function ask; complete --do-complete (string join ' ' -- $argv); echo END; end
""",
    "zsh": """
compdef() { }
compadd() { print -l -- $found; }
_files() { print -- files; }
eval "$(dxplan completion zsh)"
ask() { words=("$@"); CURRENT=$#; _dxplan; print END; }
""",
}


@pytest.mark.parametrize("shell", _ASK)
def test_in_the_shell_itself(shell: str, hostile: Path) -> None:
    program = shutil.which(shell)
    if program is None or sys.platform == "win32":
        pytest.skip(f"there is no {shell} here")
    called = hostile / "bin/dxplan"
    called.parent.mkdir()
    called.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dxplan "$@"\n', encoding="utf-8")
    called.chmod(0o755)
    asked = "ask dxplan show f\nask dxplan rollover --format j\n"
    asked += "ask dxplan sta\n" if shell == "fish" else "ask dxplan show ''\nask dxplan show '$(touch hacked)'\n"
    env = os.environ | {"PATH": f"{called.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(hostile)}
    command = [
        program,
        *({"zsh": ["-f"], "bash": ["--norc"], "fish": ["--no-config"]}[shell]),
        "-c",
        _ASK[shell] + asked,
    ]
    ran = subprocess.run(command, env=env, cwd=hostile, capture_output=True, text=True, check=False, timeout=60)
    first, second, third, *_ = ran.stdout.split("END\n")
    assert ran.stderr == ""
    assert first.split("\t")[0].strip() == "fine"
    assert second.strip() == "json"
    assert third.split("\t")[0].strip() == ("status" if shell == "fish" else "fine")
    assert not (hostile / "hacked").exists()
