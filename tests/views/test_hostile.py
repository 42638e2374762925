"""One hostile plan through every view: text stays text in each sink."""

import csv
import io
import json
from pathlib import Path

import pytest

from dxplan import checks
from dxplan.fiscal_year import FiscalYear
from dxplan.progress.explanation import explain
from dxplan.progress.status import Status, status
from dxplan.progress.timeline import timeline
from dxplan.project import Project
from dxplan.views.problems import github, text
from dxplan.views.show import indicator, initiative
from dxplan.views.status import csv as status_csv
from dxplan.views.status import json as status_json
from dxplan.views.status import markdown, table
from dxplan.views.terminal import Screen, plain

NAMES = [
    "=HYPERLINK(1)",
    "＝1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "[bold]x[/bold] :x:",
    "<script>alert(1)</script>",
    "| a | b |",
    "[link](javascript:x)",
    "`code` *b* _i_ ~~s~~ #1 @user &amp;",
    "::error::x",
    "##[error]x",
    "100%",
]
PLAN = """\
format: 1
title: %(name)s
organization: {name: %(name)s}
period: {from: R7, to: R9}
viewpoints:
  - id: 1
    title: %(name)s
    indicators:
      - id: a
        name: %(name)s
        unit: %(name)s
        direction: increase
        targets: {R7: 2}
        note: |
          1行目
          %(text)s
    initiatives:
      - id: 1
        title: %(name)s
        actions:
          - {id: 1-1, title: %(name)s, schedule: {R7: %(name)s}}
"""
SCREEN = Screen("ja", 200, colour=False)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def project(name: str, tmp_path: Path) -> Project:
    (tmp_path / "actuals").mkdir()
    (tmp_path / "plan.yaml").write_text(PLAN % {"name": json.dumps(name), "text": name}, encoding="utf-8")
    (tmp_path / "actuals/R7.yaml").write_text("format: 1\nfiscal_year: R7\nindicators: {a: 1}\n", encoding="utf-8")
    examined = checks.examine(tmp_path, "data")
    assert examined.project is not None
    assert examined.report.diagnostics == ()
    return examined.project


@pytest.fixture
def now(project: Project) -> Status:
    return status(project, FiscalYear(2025))


def test_terminal(name: str, project: Project, now: Status) -> None:
    assert name in table.document(now, SCREEN)
    entry = project.indicators[0]
    assert name in indicator.document(now.indicators[0], explain(project, entry, now.indicators[0]), 1, SCREEN)
    assert name in initiative.document(timeline(project, project.initiatives[0]), FiscalYear(2025), SCREEN)


def test_csv(name: str, now: Status) -> None:
    head, row = csv.reader(io.StringIO(status_csv.document(now).removeprefix("\ufeff")))
    cell = dict(zip(head, row, strict=True))["name"]
    assert cell.removeprefix("'") == name
    assert cell[0] not in "=+-@＝＋－＠"


def test_json(name: str, now: Status) -> None:
    assert json.loads(status_json.document(now))["indicators"][0]["name"] == name


def test_markdown(name: str, now: Status) -> None:
    page = markdown.document(now, "ja")
    row = next(line for line in page.splitlines() if markdown.escape(name) in line and line.startswith("| "))
    assert row.replace("\\|", "").count("|") == 9
    row = row.replace("@<!-- -->", "")
    assert "@" not in row
    for sign in "<[*_`":
        assert row.count(sign) == row.count(f"\\{sign}")


def test_annotations_and_problems(name: str, tmp_path: Path) -> None:
    plan = PLAN.replace("direction: increase", "direction: %(name)s")
    (tmp_path / "plan.yaml").write_text(plan % {"name": json.dumps(name), "text": name}, encoding="utf-8")
    report = checks.examine(tmp_path, f"data, a:b {name}").report
    for line in github.lines(report, "ja"):
        properties, _, message = line.removeprefix("::").partition("::")
        assert line.count("\n") == 0
        assert "##[" not in line
        assert properties.startswith("error file=data%2C a%3Ab ")
        assert properties.count(",") == 3
        assert "%" not in message.replace("%25", "").replace("%0A", "")
    assert "\x1b" not in plain(text.lines(report, "ja"))
