"""A project in a folder of its own, and commands run on it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import NamedTuple

from dxplan.cli.main import main
from dxplan.project import Project, load

PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
grades: [{bands: [{label: A, min: 100}, {label: B}]}]
indicators:
  - {id: online, name: 電子申請の割合, unit: "%", direction: increase, targets: {R7: 48, R8: 70, R9: 90}}
  - {id: passers, name: 合格者数, unit: 人, direction: increase, targets: {R7: 10, R8: 20, R9: 30}}
  - {id: counter, name: 書かない窓口, direction: milestone, targets: {R7: 検討, R8: 試行, R9: 実施}}
  - id: seminars
    name: 講座の受講者数
    unit: 人
    direction: increase
    parts:
      - {id: phone, name: スマートフォン, targets: {R7: 200, R9: 300}}
      - {id: "010", name: 防犯, targets: {R7: 100, R9: 150}}
  - {id: "no", name: FAXの台数, unit: 台, monitoring: true}
viewpoints:
  - id: 1
    title: 市民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革
        actions:
          - {id: 1-1, title: 予約の導入, schedule: R7}
          - {id: 1-2, title: 予約の拡充, schedule: R7-R8}
          - {id: online, title: 電子申請, schedule: R7-}
"""
HEAD = "format: 1\nfiscal_year: R7\n"


def open_project(data: Path) -> Project:
    """Load a project that is there."""
    project = load(data, "data").project
    assert project is not None
    return project


class Said(NamedTuple):
    """What one run came to."""

    code: int
    out: str
    err: str


class Home:
    """A project in ``folder/data``, with files of actuals by year as text without their head."""

    def __init__(self, folder: Path, plan: str = PLAN, **years: str) -> None:
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self.write("plan.yaml", plan)
        for year, text in years.items():
            self.write(f"actuals/{year}.yaml", text if "format:" in text else f"format: 1\nfiscal_year: {year}\n{text}")

    def write(self, name: str, text: str) -> None:
        path = self.data / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))

    def text(self, year: str = "R7") -> str:
        """Return a year's file behind its head."""
        return self.content(year).decode("utf-8").removeprefix(f"format: 1\nfiscal_year: {year}\n")

    def content(self, year: str = "R7") -> bytes:
        return (self.data / "actuals" / f"{year}.yaml").read_bytes()

    def files(self) -> dict[str, bytes]:
        """Return every file there is, hidden ones too."""
        paths = sorted(path for path in self.data.rglob("*") if path.is_file())
        return {path.relative_to(self.data).as_posix(): path.read_bytes() for path in paths}

    def run(self, *words: str) -> Said:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*words, "--data", str(self.data), "--debug"])
        out.flush()
        buffer = out.buffer
        assert isinstance(buffer, io.BytesIO)
        return Said(code, buffer.getvalue().decode("utf-8"), err.getvalue())

    def done(self, *words: str) -> str:
        """Run a command that is to succeed, twice: the second run has nothing to do."""
        first = self.run(*words)
        assert first.code == 0, first
        after = self.files()
        assert self.run(*words).code == 0
        assert self.files() == after, f"twice is not once: {words}"
        return first.out

    def refused(self, *words: str) -> str:
        """Run a command that is to be refused for the project's sake, and to change nothing."""
        return self._not_done(1, *words)

    def wrong(self, *words: str) -> str:
        """Run a command that is wrong in itself, and is to change nothing."""
        return self._not_done(2, *words)

    def _not_done(self, code: int, *words: str) -> str:
        before = self.files()
        said = self.run(*words)
        assert said.code == code, said
        assert self.files() == before
        return said.err

    def errors(self) -> str:
        """Return what validate finds."""
        said = self.run("validate")
        return "" if said.code == 0 else said.out + said.err
