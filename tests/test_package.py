"""What is installed holds everything that dxplan needs outside its repository."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling import build

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(path.name for path in (ROOT / "dxplan/starter/templates").iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as there:
        there.chdir(ROOT)
        return zipfile.ZipFile(folder / build.build_wheel(str(folder)))


def test_the_wheel_holds_the_example_and_the_templates(wheel: zipfile.ZipFile) -> None:
    for name in ("plan.yaml", "actuals/R7.yaml"):
        assert wheel.read(f"dxplan/example/{name}") == (ROOT / "data" / name).read_bytes()
    for name in TEMPLATES:
        assert wheel.read(f"dxplan/starter/templates/{name}") == (ROOT / "dxplan/starter/templates" / name).read_bytes()


def test_the_source_archive_holds_what_the_wheel_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with tarfile.open(tmp_path / build.build_sdist(str(tmp_path))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"data/plan.yaml", "data/actuals/R7.yaml"} <= names
    assert {f"dxplan/starter/templates/{name}" for name in TEMPLATES} <= names


def test_installed_anywhere_the_example_can_be_tried(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")  # noqa: S202 - our own
    home = tmp_path / "home"
    home.mkdir()
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"}
    script = (
        "import dxplan, dxplan.cli.main as m; print(dxplan.__file__); m.main(['init', '--example']); m.main(['status'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=home, env=environment, capture_output=True, check=True, timeout=60
    )
    assert result.stdout.decode().startswith(str(tmp_path / "site"))
    assert "江東区DX推進計画　令和7年度" in result.stdout.decode()
    assert (home / "data/plan.yaml").read_bytes() == (ROOT / "data/plan.yaml").read_bytes()
