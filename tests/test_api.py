"""The small API for scripts."""

from pathlib import Path

import pytest

from dxplan import DxplanError, FiscalYear, open_project

PLAN = 'format: 1\ntitle: "%s"\norganization: {name: 例示市}\nperiod: {from: %s, to: %s}\n'


def write(folder: Path, title: str = "例示市DX推進計画", first: str = "R7", last: str = "R9") -> Path:
    (folder / "plan.yaml").write_text(PLAN % (title, first, last), encoding="utf-8")
    return folder


def test_a_project_opens() -> None:
    project = open_project(Path(__file__).parents[1] / "data")
    assert project.plan.title == "江東区DX推進計画"
    assert list(project.actuals) == [FiscalYear.parse("R7")]


def test_a_warning_does_not_keep_it_shut(tmp_path: Path) -> None:
    assert open_project(write(tmp_path, "例示市 ")).plan.title == "例示市"


def test_an_error_does_and_says_where(tmp_path: Path) -> None:
    with pytest.raises(DxplanError, match=r"plan\.yaml:2:8"):
        open_project(write(tmp_path, ""))
    with pytest.raises(DxplanError, match="no folder"):
        open_project(tmp_path / "nowhere")
