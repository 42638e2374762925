"""What the READMEs say is so."""

import re
from pathlib import Path

import pytest

from dxplan.cli.main import COMMANDS
from tests.golden import assert_golden
from tests.picture import picture

ROOT = Path(__file__).parents[1]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "README.ja.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w+\n.*?^```$", text, re.MULTILINE | re.DOTALL)


def test_both_languages_give_the_same_commands() -> None:
    assert blocks(ENGLISH) == blocks(JAPANESE)
    for pattern in (r"^\| `(dxplan [^`]+)`", r"`(--[a-z]+ [^`]+)`", r"\]\(((?:docs/)?[\w./]+)\)"):
        mine, theirs = re.findall(pattern, ENGLISH, re.MULTILINE), re.findall(pattern, JAPANESE, re.MULTILINE)
        assert [one for one in mine if "README" not in one] == [one for one in theirs if "README" not in one]


def test_every_command_is_listed_and_every_link_leads_somewhere() -> None:
    assert tuple(re.findall(r"^\| `dxplan (\w+)", ENGLISH, re.MULTILINE)) == COMMANDS
    for link in re.findall(r"\]\(([\w./]+)\)", ENGLISH + JAPANESE):
        assert (ROOT / link).exists(), link


def test_there_are_two_commands_for_a_fresh_machine() -> None:
    assert len(re.findall(r"^```sh\n[^\n]+\n```$", ENGLISH, re.MULTILINE)) == 2


def test_the_script_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    script = re.search(r"^```python\n(.*?)^```$", ENGLISH, re.MULTILINE | re.DOTALL)
    assert script
    exec(script[1], {})  # noqa: S102 - our own README
    assert capsys.readouterr().out == "54\n"


def test_the_picture_is_the_real_thing(*, update_golden: bool) -> None:
    assert_golden(picture(), ROOT / "docs/images/status.svg", update=update_golden)
