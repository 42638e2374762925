"""One hostile plan through every view: text stays text in each sink."""

import csv
import io
import json
from pathlib import Path

import pytest

from dxplan import checks
from dxplan.fiscal_year import FiscalYear
from dxplan.progress.explanation import explain, explain_part
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.missing import missing
from dxplan.progress.status import Status, status
from dxplan.progress.timeline import timeline
from dxplan.project import IndicatorEntry, Project
from dxplan.views.markdown_text import escape
from dxplan.views.missing import csv as missing_csv
from dxplan.views.missing import text as missing_text
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
grades: [{bands: [{label: %(name)s, min: 100, meaning: %(name)s}, {label: B}]}]
viewpoints:
  - id: 1
    title: %(name)s
    department: {lead: %(name)s, related: %(name)s}
    indicators:
      - id: a
        name: %(name)s
        unit: %(name)s
        definition: %(name)s
        source: %(name)s
        former_names: [{name: 旧, until: R6}]
        direction: increase
        targets: {R7: 2, R8: {value: 3, words: %(name)s, revisions: [{date: 2026-10, from: 4, reason: %(name)s}]}}
        note: |
          1行目
          %(text)s
      - id: b
        name: %(name)s
        direction: milestone
        targets: {R7: {text: %(name)s}}
      - id: c
        name: %(name)s
        direction: increase
        parts: [{id: one, name: %(name)s, targets: {R7: 1}}, {id: two, name: %(name)s, targets: {R7: 1}}]
    initiatives:
      - id: 1
        title: %(name)s
        budget: {R7: {value: 1, unit: %(name)s}}
        actions:
          - {id: 1-1, title: %(name)s, schedule: {R7: %(name)s}, department: %(name)s}
"""
ACTUALS = """\
format: 1
fiscal_year: R7
indicators:
  a: {value: 1, grade: %(name)s, reason: %(name)s, label: %(name)s, source: %(name)s, note: %(name)s}
  b: {text: %(name)s, met: true, reason: %(name)s}
  c: {parts: {one: 2}}
initiatives: {1: {settled: {value: 1, unit: %(name)s}, note: %(name)s}}
"""
SCREEN = Screen("ja", 200, colour=False)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def project(name: str, tmp_path: Path) -> Project:
    (tmp_path / "actuals").mkdir()
    (tmp_path / "plan.yaml").write_text(PLAN % {"name": json.dumps(name), "text": name}, encoding="utf-8")
    (tmp_path / "actuals/R7.yaml").write_text(ACTUALS % {"name": json.dumps(name)}, encoding="utf-8")
    examined = checks.examine(tmp_path, "data")
    assert examined.project is not None
    assert examined.report.diagnostics == ()
    return examined.project


@pytest.fixture
def now(project: Project) -> Status:
    return status(project, FiscalYear(2025))


def explained(project: Project, entry: IndicatorEntry, each: IndicatorStatus) -> indicator.Explained:
    parts = [explain_part(project, entry, number, part) for number, part in enumerate(each.parts)]
    return indicator.Explained(explain(project, entry, each), parts)


def test_terminal(name: str, project: Project, now: Status) -> None:
    assert name in table.document(now, SCREEN)
    for entry, each in zip(project.indicators, now.indicators, strict=True):
        assert name in indicator.document(now.plan, each, explained(project, entry, each), SCREEN)
    rows = timeline(project, project.initiatives[0], FiscalYear(2025))
    assert name in initiative.document(now.plan, rows, FiscalYear(2025), SCREEN)
    assert name in plain(missing_text.lines(missing(project, FiscalYear(2025)), "ja"))


def test_csv(name: str, now: Status) -> None:
    head, *rows = csv.reader(io.StringIO(status_csv.document(now).removeprefix("\ufeff")))
    cells = dict(zip(head, rows[0], strict=True))
    for column in ("name", "unit", "department", "grade"):
        assert cells[column].removeprefix("'") == name
        assert cells[column][0] not in "=+-@＝＋－＠"


def test_csv_of_what_is_missing(name: str, project: Project) -> None:
    text_of = missing_csv.document(missing(project, FiscalYear(2025))).removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text_of))
    assert [dict(zip(head, row, strict=True))["part_name"].removeprefix("'") for row in rows] == [name, ""]
    assert all(cell[:1] not in tuple("=+-@＝＋－＠") for row in rows for cell in row if cell)


def test_json(name: str, now: Status) -> None:
    assert json.loads(status_json.document(now))["indicators"][0]["name"] == name


def test_markdown(name: str, now: Status) -> None:
    page = markdown.document(now, "ja")
    row = next(line for line in page.splitlines() if escape(name) in line and line.startswith("| "))
    assert row.replace("\\|", "").count("|") == page.splitlines()[page.splitlines().index(row) - 1].count("|")
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
