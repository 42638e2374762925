"""Real repositories for tests: made by git itself, with nothing taken from the machine's own configuration."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
indicators:
  - {id: online, name: 電子申請の割合, unit: "%", direction: increase, targets: {R7: 48, R8: 70, R9: 90}}
"""
R7 = "format: 1\nfiscal_year: R7\nstate: closed\npublished: 2026-04\nindicators: {online: 54}\n"

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-04-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-04-01T00:00:00Z",
}


def git(home: Path, *words: str) -> str:
    """Run git in ``home`` and return what it says."""
    done = subprocess.run(
        ["git", "-C", str(home), *words], env={**os.environ, **_ENVIRONMENT}, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@cache
def _made(*, with_commit: bool) -> Path:
    """Return a repository made by git, which others are copies of."""
    home = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if with_commit:
        init(home)
        write(home / "data", plan=PLAN, R7=R7)
        commit(home, "first")
        return home
    git(home, "init", "--quiet", "--initial-branch=main")
    for hook in (home / ".git/hooks").iterdir():  # samples
        hook.unlink()
    git(home, "config", "user.name", "例示市")
    git(home, "config", "user.email", "city@example.jp")
    git(home, "config", "core.autocrlf", "false")
    return home


def init(home: Path) -> Path:
    """Make an empty repository."""
    shutil.copytree(_made(with_commit=False), home, dirs_exist_ok=True)
    return home


def write(home: Path, **files: str) -> None:
    """Write ``plan=…`` and ``R7=…`` into the project folder ``home``."""
    (home / "actuals").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = home / "plan.yaml" if name == "plan" else home / f"actuals/{name}.yaml"
        path.write_text(text, encoding="utf-8", newline="")


def commit(home: Path, message: str = "next") -> str:
    """Commit everything there is and return the commit."""
    git(home, "add", "--all", ".")
    git(home, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(home, "rev-parse", "HEAD")


def sound(home: Path, data: str = "data") -> Path:
    """Return the project folder in a new repository with one commit."""
    if data == "data":
        shutil.copytree(_made(with_commit=True), home, dirs_exist_ok=True)
        return home / data
    init(home)
    write(home / data, plan=PLAN, R7=R7)
    commit(home, "first")
    return home / data
