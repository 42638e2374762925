"""docs/ci.md, the action and the hook: what they name exists, and no text of an input is ever part of a script."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dxplan.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
WORKFLOWS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def commands() -> list[str]:
    return sorted(set(re.findall(r"dxplan (?:validate|diff|report|rollover)(?: [-\w^]+)*", "".join(WORKFLOWS))))


def test_every_example_is_yaml() -> None:
    assert len(WORKFLOWS) == 7
    assert all(isinstance(yaml.safe_load(text), dict) for text in WORKFLOWS)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_the_options_it_is_given(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    from dxplan.cli.main import main  # noqa: PLC0415 - what is tried

    _, name, *words = shlex.split(command)
    assert name in COMMANDS
    main([name, "--help"])
    known = capsys.readouterr().out
    for word in words:
        assert not word.startswith("-") or word == "--lang" or word in known


def test_inputs_reach_the_scripts_through_the_environment_alone() -> None:
    for text in [*WORKFLOWS, (ROOT / "action.yml").read_text(encoding="utf-8")]:
        document = yaml.safe_load(text)
        for step in steps(document):
            assert "${{" not in step.get("run", "")


def steps(document: dict[str, dict[str, dict[str, list[dict[str, str]]]]]) -> list[dict[str, str]]:
    if "runs" in document:
        return list(document["runs"]["steps"])  # type: ignore[arg-type]
    return [step for job in document.get("jobs", {}).values() for step in job["steps"]]


@pytest.mark.skipif(sys.platform == "win32", reason="the action's script is bash")
@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({}, 0, ""),
        ({"PATHS": "tests/projects/faulty"}, 1, "::error file=tests/projects/faulty/plan.yaml,line=3"),
        ({"PATHS": "data tests/projects/faulty", "FORMAT": "text"}, 1, "DX408"),
        ({"PATHS": "tests/checks/wrong_scale/bad-over-100", "STRICT": "true"}, 1, "::warning"),
        ({"PATHS": "$(touch /tmp/x) ; exit 0", "FORMAT": "text"}, 2, ""),
        ({"FORMAT": "--help"}, 2, ""),
    ],
)
def test_the_action_s_script(inputs: dict[str, str], code: int, said: str) -> None:
    script = ACTION["runs"]["steps"][-1]["run"]
    defaults = {"PATHS": "data", "AGAINST": "", "FORMAT": "github", "STRICT": "false", "OUTPUT": ""}
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    result = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        env={**defaults, **inputs, "PATH": path, "LANG": "C.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stderr
    assert said in result.stdout
    assert set(defaults) == set(ACTION["runs"]["steps"][-1]["env"])


def test_the_hook_passes_what_validate_takes() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    files = re.compile(hook["files"])
    for path in ("data/plan.yaml", "plan.yml", "city/data/actuals/R7.yaml"):
        assert files.search(path)
    for path in ("data/report/report.css", "data/plans.yaml", "actuals/notes/R7.yaml"):
        assert not files.search(path)
