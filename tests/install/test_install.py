"""Installed for real, in environments of its own: ``pytest -m install``. What is not here (an interpreter, uv, an index
to install from) is said, and its tests skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hatchling import build

ROOT = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DXPLAN", "VIRTUAL_ENV"))}
OFFLINE = {name: value for name, value in CLEAN.items() if not name.startswith(("PIP_", "UV_"))} | {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_NO_INDEX": "1",
}

pytestmark = [
    pytest.mark.install,
    pytest.mark.skipif(sys.platform == "win32", reason="docs/install.md says it for Windows; not tried here"),
]


def run(*words: str | Path, cwd: Path, env: dict[str, str] = CLEAN, code: int = 0) -> str:
    ran = subprocess.run([*map(str, words)], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600)
    assert ran.returncode == code, f"{words}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as there:
        there.chdir(ROOT)
        return folder / build.build_wheel(str(folder))


def interpreter(version: str) -> Path:
    """Return a Python of this version; skips where there is none."""
    if sys.version.startswith(f"{version}."):
        return Path(sys.executable)
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    found = [
        *map(Path, filter(None, [shutil.which(f"python{version}")])),
        *pyenv.glob(f"versions/{version}.*/bin/python"),
    ]
    for each in found:  # pyenv's stand-ins are there for versions that it has not switched on
        if not subprocess.run([each, "-c", ""], capture_output=True, check=False).returncode:
            return each
    pytest.skip(f"there is no Python {version} here")


def environment(folder: Path, version: str) -> Path:
    """Return the folder of commands of a new virtual environment."""
    run(interpreter(version), "-m", "venv", folder / "env", cwd=folder)
    return folder / "env/bin"


def install(commands: Path, *what: str | Path) -> None:
    ran = subprocess.run(
        [commands / "python", "-m", "pip", "install", "--quiet", *what],
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if ran.returncode and re.search(r"No matching distribution|Connection|Name or service", ran.stderr):
        pytest.skip("there is no index to install from")
    assert ran.returncode == 0, ran.stderr


def works(commands: Path, home: Path) -> None:
    """Try what needs nothing but what the wheel asks for, and see that the rest says what it needs."""
    home.mkdir()
    dxplan = commands / "dxplan"
    assert "dxplan status" in run(dxplan, "--help", cwd=home)
    run(dxplan, "init", "--example", cwd=home)
    assert "112.5%" in run(dxplan, "status", cwd=home)
    assert "問題ありません" in run(dxplan, "validate", cwd=home)
    run(dxplan, "report", "--format", "html", "--format", "markdown", cwd=home)
    assert {path.name for path in (home / "report").iterdir()} == {"R7.html", "R7.md"}
    run(dxplan, "rollover", cwd=home)
    run(dxplan, "record", "it-exam-passers", "5", cwd=home)
    asked = run(dxplan, "show", "onl", cwd=home, env=CLEAN | {"_DXPLAN_COMPLETE": "bash"})
    assert asked == "online-procedures\n"


EXTRAS: dict[str, list[tuple[str, ...]]] = {
    "excel": [("collect",), ("export", "--format", "xlsx")],
    "pdf": [("report", "--format", "pdf", "-o", "only.pdf")],
}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_wheel_alone(version: str, wheel: Path, tmp_path: Path) -> None:
    commands = environment(tmp_path, version)
    install(commands, wheel)
    home = tmp_path / "home"
    works(commands, home)
    for extra, lines in EXTRAS.items():
        for words in lines:
            said = run(commands / "dxplan", *words, cwd=home, code=2)
            assert f'pip install "dxplan[{extra}]"' in said
            assert "Traceback" not in said
            assert len([line for line in said.splitlines() if line.startswith("dxplan:")]) == 1
    assert not (home / "only.pdf").exists()


def test_with_the_oldest_of_everything_it_asks_for(tmp_path: Path) -> None:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        pytest.skip("uv is not here (pip install uv)")
    commands = environment(tmp_path, "3.11")
    asked = ["install", "--quiet", "--python", str(commands / "python"), "--resolution", "lowest-direct"]
    run(uv, "pip", *asked, f"{ROOT}[excel,pdf]", cwd=tmp_path)
    pinned = dict(
        re.findall(r"^  \"([\w-]+)>=([\d.]+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    )
    there = run(uv, "pip", "freeze", "--python", commands / "python", cwd=tmp_path)
    for name in ("typer", "pyyaml", "pydantic", "rich", "jinja2"):
        assert re.search(rf"(?i)^{name}=={re.escape(pinned[name])}(\.0)?$", there, re.MULTILINE), there
    home = tmp_path / "home"
    works(commands, home)
    for words in (line for lines in EXTRAS.values() for line in lines):
        run(commands / "dxplan", *words, cwd=home)
    (form, *_) = (home / "入力票_R8").iterdir()
    run(commands / "dxplan", "import", form, cwd=home)


def test_the_recipe_for_desks_without_a_network(tmp_path: Path) -> None:
    """The commands of docs/install.md, as they stand there."""
    page = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    section = page.partition("## ネットワークのない端末に入れる")[2].partition("\n## ")[0]
    gather, desk, other = re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    sources = tmp_path / "sources"
    shutil.copytree(ROOT, sources, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests", "images"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python3").symlink_to(environment(tmp_path, "3.11") / "python")
    env = CLEAN | {"PATH": f"{tmp_path / 'env/bin'}{os.pathsep}{CLEAN['PATH']}"}
    ran = subprocess.run(["sh", "-ec", gather], cwd=sources, env=env, capture_output=True, text=True, check=False)
    if ran.returncode and re.search(r"No matching distribution|Connection|Name or service", ran.stderr):
        pytest.skip("there is no index to download from")
    assert ran.returncode == 0, ran.stderr
    away = tmp_path / "away"
    shutil.move(sources / "wheelhouse", away / "wheelhouse")
    shutil.rmtree(sources)
    offline = OFFLINE | {"PATH": env["PATH"]}
    assert "dxplan 0." in run("sh", "-ec", desk, cwd=away, env=offline)
    works(away / "dxplan-env/bin", away / "home")
    run(away / "dxplan-env/bin/dxplan", "report", "--format", "pdf", cwd=away / "home")
    run("sh", "-ec", other, cwd=away, env=env)
    assert list((away / "wheelhouse").glob("pydantic_core-*-win_amd64.whl"))
