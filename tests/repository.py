"""Real repositories for tests: made by git itself, with nothing taken from the machine's own configuration."""

import os
import subprocess
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


def init(home: Path) -> Path:
    """Make an empty repository."""
    home.mkdir(parents=True, exist_ok=True)
    git(home, "init", "--quiet", "--initial-branch=main")
    git(home, "config", "user.name", "例示市")
    git(home, "config", "user.email", "city@example.jp")
    git(home, "config", "core.autocrlf", "false")
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
    init(home)
    write(home / data, plan=PLAN, R7=R7)
    commit(home, "first")
    return home / data
