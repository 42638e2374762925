"""Odd but possible projects that a rule, a count or a reading once stumbled over."""

from pathlib import Path

import pytest

from dxplan import checks
from dxplan.cli.main import main
from dxplan.diagnostics import Severity
from dxplan.progress.status import latest_reported_year, status

HEAD = "format: 1\ntitle: 例示市DX推進計画\norganization: {name: 例示市}\n"
PERIOD = "period: {from: R7, to: R9}\n"


def codes(folder: Path, plan: str, **actuals: str) -> list[str]:
    (folder / "actuals").mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    for label, text in actuals.items():
        (folder / f"actuals/{label}.yaml").write_text(f"format: 1\nfiscal_year: {label}\n{text}", encoding="utf-8")
    return [diagnostic.rule.code for diagnostic in checks.examine(folder, "data").report.diagnostics]


@pytest.mark.parametrize("key", ["id: koto", "fiscal_year: R7"])
def test_a_key_that_belongs_elsewhere_in_the_plan(key: str, tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD + key) == ["DX102"]


@pytest.mark.parametrize("key", ["title: R7の実績", "period: {from: R7}", "id: x"])
def test_a_key_that_belongs_elsewhere_in_the_actuals(key: str, tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD, R7=key) == ["DX102"]


def test_a_fault_elsewhere_does_not_silence_unknown_ids(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD + "note: {a: b}\n", R7="indicators: {onlin: 3}\n") == ["DX103", "DX202"]


def test_an_action_without_an_id_may_be_the_one_reported(tmp_path: Path) -> None:
    plan = "viewpoints: [{id: 1, title: v, initiatives: [{id: 1, title: i, actions: [{title: a, schedule: R7}]}]}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7="actions: {1-1: done}\n") == ["DX101"]


def test_an_id_that_could_not_be_read_is_not_a_duplicate(tmp_path: Path) -> None:
    plan = "viewpoints: [{title: v}, {id: unread, title: w}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan) == ["DX101"]


def test_format_is_a_number(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD.replace("format: 1", "format: true") + PERIOD) == ["DX110"]


@pytest.mark.parametrize("period", ["{from: M1, to: M3}", "{from: 2997, to: 2999}"])
def test_years_at_the_edge(period: str, tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, monitoring: true, baseline: {year: M1, value: 1}}]\n"
    found = codes(tmp_path, HEAD + f"period: {period}\n" + indicator)
    assert found == (["DX304"] if "M1" in period else [])
    for year in ["M3"] if "M1" in period else ["2999"]:
        assert main(["status", "--data", str(tmp_path), "--year", year]) == (1 if found else 0)


def test_a_year_outside_the_plan_is_not_the_default(tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, direction: increase, targets: {R9: 5}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + indicator, R12="indicators: {a: 3}\n") == ["DX301"]
    project = checks.examine(tmp_path, "data").project
    assert project is not None
    assert str(latest_reported_year(project)) == "R7"


def test_nothing_reported_counts_even_without_a_target(tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, direction: increase, targets: {R9: 5}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + indicator) == []
    project = checks.examine(tmp_path, "data").project
    assert project is not None
    summary = status(project, project.plan.period.first).summary
    assert (summary.unreported, summary.without_target) == (1, 1)


def test_many_projects_are_validated_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = []
    for n in range(25):
        home = tmp_path / f"{n:02}"
        codes(home, HEAD + ("period: {from: R9, to: R7}\n" if n % 10 == 3 else PERIOD))
        folders.append(str(home))
    assert main(["validate", *folders]) == 1
    out = capsys.readouterr().out
    assert [line.split("/plan.yaml")[0][-2:] for line in out.splitlines() if "DX308" in line and "/" in line] == [
        "03",
        "13",
        "23",
    ]
    assert "3件" in out


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD.replace("例示市DX推進計画", '"例示市 "') + PERIOD) == ["DX010"]
    assert checks.examine(tmp_path, "data").report.number_of(Severity.ERROR) == 0
    assert main(["validate", str(tmp_path)]) == 0
