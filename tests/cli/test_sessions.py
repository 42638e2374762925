"""Sessions at the command line: ``tests/cli/<command>/<case>.txt``, the command in the first line, then all it says.

The first line may set environment variables, as a shell does. stdout comes first, then stderr behind a line
``[stderr]``, then ``[exit N]``. Output is a pipe's: nothing is cut.
"""

import shlex
from pathlib import Path

import pytest

from dxplan.cli.main import main
from tests.golden import assert_golden

ROOT = Path(__file__).parents[2]
SESSIONS = sorted(Path(__file__).parent.glob("*/*.txt"))


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_session(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, update_golden: bool
) -> None:
    monkeypatch.chdir(ROOT)
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    words = shlex.split(first.removeprefix("$ "))
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("=", 1))
    assert words.pop(0) == "dxplan"
    code = main(words)
    said = capsys.readouterr()
    stderr = f"[stderr]\n{said.err}" if said.err else ""
    assert_golden(f"{first}\n{said.out}{stderr}[exit {code}]\n", path, update=update_golden)
