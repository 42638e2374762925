"""Koto from R7 to R11 by commands alone: five years reported, one corrected, all closed, and no sixth."""

import shutil
from pathlib import Path

import pytest

from dxplan.checks import examine
from dxplan.cli.main import main
from dxplan.fiscal_year import FiscalYear
from dxplan.model.values import Result
from dxplan.progress.missing import Kind, missing
from dxplan.progress.status import status
from dxplan.project import Project

ROOT = Path(__file__).parents[2]
IDS = ("online-procedures", "telework-terminals", "telework-frequency", "it-exam-passers")
VALUES = {
    "R8": ("92", "480", "0.30", "40"),
    "R9": ("99.5", "480", "0.4", "70"),
    "R10": ("100", "500", "0.5", "60"),
    "R11": ("100", "500", "0.5", "70"),
}
MET = {"R7": 2, "R8": 2, "R9": 1, "R10": 2, "R11": 2}
"""By hand: 54, 92, 99.5, 100, 100 of 48, 92, 100, 100, 100; and in total 112, 152, 222, 282, 352 of 70, 140, …, 350."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def sound(folder: Path) -> Project:
    examined = examine(folder, "data")
    assert examined.report.diagnostics == ()
    assert examined.project is not None
    return examined.project


def run(*words: str, code: int = 0) -> None:
    assert main(list(words)) == code, words


def test_five_years(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for label, values in VALUES.items():
        year = FiscalYear.parse(label)
        run("rollover")
        before = {path.name: path.read_bytes() for path in (folder / "actuals").iterdir()}
        run("rollover")
        assert {path.name: path.read_bytes() for path in (folder / "actuals").iterdir()} == before
        run("close", code=1)
        run("record", "online-procedures", "--state", "pending")
        for id_, value in zip(IDS, values, strict=True):
            run("record", id_, value)
        for item in missing(sound(folder), year).items:
            assert item.kind is Kind.ACTION
            run("record", item.id, "postponed" if (label, item.id) == ("R8", "2-5") else "done")
        project = sound(folder)
        assert ("2-5" in project.actuals[year].actions) == (label in ("R8", "R9")), "carried over for a year"
        run("close", "--published", f"{year.western + 1}-04")
        run("close")
        closed = sound(folder).actuals[year]
        assert closed.is_closed
        assert closed.published == f"{year.western + 1}-04"
    run("record", "it-exam-passers", "41", "--year", "R8", code=1)
    run("record", "it-exam-passers", "41", "--year", "R8", "--correct", "--reason", "重複", "--today", "2027-06-01")
    project = sound(folder)
    (correction,) = project.actuals[FiscalYear.parse("R8")].corrections
    assert (correction.date, correction.old, correction.new) == ("2027-06-01", "40", "41")
    assert project.actuals[FiscalYear.parse("R9")].actions["2-5"].result is Result.DONE
    for label, met in MET.items():
        summary = status(project, FiscalYear.parse(label)).summary
        assert (summary.met, summary.judged) == (met, 2), label
    capsys.readouterr()
    run("rollover", code=1)
    assert "計画の最後の年度" in capsys.readouterr().err
