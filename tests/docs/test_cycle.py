"""Every command of docs/cycle.md, run in the order of the page on a plan that has what they name."""

import re
import shlex
from pathlib import Path

import pytest

from dxplan.checks import examine
from dxplan.cli.main import main
from tests.docs import markdown
from tests.repository import commit, init

PAGE = markdown.read("cycle.md")
PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
indicators:
  - {id: online-procedures, name: 手続, unit: "%", direction: increase, targets: {R7: 50, R8: 90}}
  - {id: user-satisfaction, name: 満足度, unit: "%", direction: increase, targets: {R9: 80}}
  - {id: it-exam-passers, name: 合格者, unit: 人, direction: increase, targets: {R8: 70}}
  - {id: online-share, name: 割合, unit: "%", direction: increase, targets: {R8: 50}}
  - id: healthy-life
    name: 健康寿命
    unit: 年
    direction: increase
    from: R8
    parts: [{id: men, name: 男性, targets: {R8: 72}}, {id: women, name: 女性, targets: {R8: 75}}]
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 取組, actions: [{id: 1-1, title: 事業, schedule: R7-R8}]}
"""
R7 = """\
format: 1
fiscal_year: R7
state: closed
published: 2026-04
indicators: {online-procedures: 54, user-satisfaction: 70, it-exam-passers: 60, online-share: 40}
actions: {1-1: ongoing}
"""


def test_the_year_goes_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data/actuals").mkdir(parents=True)
    (tmp_path / "data/plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "data/actuals/R7.yaml").write_text(R7, encoding="utf-8")
    commit(init(tmp_path))
    monkeypatch.chdir(tmp_path)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    assert len(commands) == 13
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "dxplan"
        if words[0] == "close":
            assert main(["record", "healthy-life/women", "76.1"]) == 0
        assert main(words) == 0, (command, capsys.readouterr())
        assert examine(tmp_path / "data", "data").report.diagnostics == (), command
    closed = (tmp_path / "data/actuals/R8.yaml").read_text(encoding="utf-8")
    assert "state: closed\npublished: 2027-04\n" in closed
    assert "old: 54, new: 55, reason: 集計の誤りのため" in (tmp_path / "data/actuals/R7.yaml").read_text(
        encoding="utf-8"
    )
