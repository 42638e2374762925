"""What `dxplan export` writes where, and what it leaves alone."""

import builtins
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dxplan.cli.main import main

ROOT = Path(__file__).parents[2]
KOTO = ["export", "--data", str(ROOT / "data")]
ALL = {f"dx-plan{end}" for end in (".csv", "-codebook.csv", "-metadata.json", ".xlsx", ".json", ".xml")}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def test_everything_goes_into_a_folder_and_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(KOTO) == 0
    first = bytes_in(Path("export"))
    assert set(first) == ALL
    said = capsys.readouterr()
    assert said.out == ""
    assert "export/dx-plan.csv に書きました" in said.err
    assert "licence: CC-BY-4.0" in said.err
    times = {path.name: path.stat().st_mtime_ns for path in Path("export").iterdir()}
    assert main([*KOTO, "--lang", "en"]) == 0
    assert bytes_in(Path("export")) == first
    assert {path.name: path.stat().st_mtime_ns for path in Path("export").iterdir()} == times
    assert "export/dx-plan.xml is unchanged" in capsys.readouterr().err


def test_forms_can_be_chosen_and_a_file_named() -> None:
    assert main([*KOTO, "--format", "json", "--format", "csv", "-o", "out"]) == 0
    assert set(bytes_in(Path("out"))) == ALL - {"dx-plan.xlsx", "dx-plan.xml"}
    assert main([*KOTO, "-o", "sub/Plan.XML"]) == 0
    assert set(bytes_in(Path("sub"))) == {"Plan.XML"}
    assert Path("sub/Plan.XML").read_bytes().startswith(b"<?xml")
    assert main([*KOTO, "--format", "csv", "-o", "koto.txt"]) == 0
    assert Path("koto.txt").read_bytes() == (Path("out") / "dx-plan.csv").read_bytes()


def test_stdout_has_the_file_and_nothing_else(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*KOTO, "--format", "json", "-o", "-"]) == 0
    said = capfdbinary.readouterr()
    assert json.loads(said.out)["plan"]["organization"] == "江東区"
    assert said.err == b""
    assert not list(Path().iterdir())


def test_a_year_alone_has_a_name_of_its_own() -> None:
    assert main([*KOTO, "--format", "csv", "--year", "令和7年度", "-o", "out"]) == 0
    assert set(bytes_in(Path("out"))) == {f"dx-plan-R7{end}" for end in (".csv", "-codebook.csv", "-metadata.json")}
    metadata = json.loads((Path("out") / "dx-plan-R7-metadata.json").read_text("utf-8"))
    assert (metadata["temporal"]["start_date"], metadata["temporal"]["end_date"]) == ("2025-04-01", "2026-03-31")


def metadata_of(*options: str) -> dict[str, Any]:
    assert main([*KOTO, "--format", "csv", "-o", "out", *options]) == 0
    said: dict[str, Any] = json.loads((Path("out") / "dx-plan-metadata.json").read_text("utf-8"))
    return said


def test_the_licence_is_the_plans_unless_one_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = (ROOT / "data/plan.yaml").read_text("utf-8").replace("period:", "licence: CC-BY-4.0\nperiod:", 1)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/plan.yaml").write_text(plan, "utf-8")
    own = ("--data", str(tmp_path / "data"))
    assert metadata_of(*own)["license"] == "CC-BY-4.0"
    assert "ライセンスが空" not in capsys.readouterr().err
    assert metadata_of(*own, "--licence", "CC0-1.0")["license"] == "CC0-1.0"


def test_the_day_is_that_of_the_data_unless_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert metadata_of()["modified"] == "2026-04"
    assert metadata_of("--today", "2026-11-24")["modified"] == "2026-11-24"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    assert metadata_of()["modified"] == "2025-11-25"
    assert metadata_of("--licence", "CC-BY-4.0")["license"] == "CC-BY-4.0"


def test_values_of_an_open_year_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    every_kind = str(ROOT / "tests/projects/every-kind")
    assert main(["export", "--data", every_kind, "--format", "json", "-o", "x.json"]) == 0
    assert "R6、R7（state は open）" in capsys.readouterr().err


def test_errors_of_the_project_are_told_and_what_could_be_read_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    faulty = str(ROOT / "tests/projects/faulty")
    assert main(["export", "--data", faulty, "-o", "out"]) == 1
    assert set(bytes_in(Path("out"))) == ALL
    assert "DX201" in capsys.readouterr().err


def test_without_the_library_for_excel_the_others_are_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:  # noqa: ANN401 - as the builtin itself
        if name == "xlsxwriter":
            raise ModuleNotFoundError(name)
        module: ModuleType = real(name, *rest)
        return module

    monkeypatch.setattr(builtins, "__import__", without)
    assert main([*KOTO, "-o", "out"]) == 2
    assert set(bytes_in(Path("out"))) == ALL - {"dx-plan.xlsx"}
    assert 'pip install "dxplan[excel]"' in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("export").write_text("a file in the way", encoding="utf-8")
    assert main([*KOTO, "--format", "json"]) == 2
    assert capsys.readouterr().err.startswith("dxplan: export はフォルダーではありません\n")
