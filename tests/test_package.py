"""What is installed holds everything that dxplan needs outside its repository."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling import build

import dxplan

ROOT = Path(__file__).parents[1]
SOURCES = (
    "dxplan",
    "data",
    "docs",
    "pyproject.toml",
    "README.md",
    "README.ja.md",
    "CHANGELOG.md",
    "LICENSE",
    ".gitignore",
)
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


def _built(home: Path, *, mode: int, time: int) -> dict[str, bytes]:
    """Build in a copy of the sources, whose files are so old and have these permissions."""
    home.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
        else:
            shutil.copy(ROOT / name, home / name)
    for path in home.rglob("*"):
        os.utime(path, (time, time))
        path.chmod(mode | 0o100 if path.is_dir() else mode)
    with pytest.MonkeyPatch.context() as there:
        there.chdir(home)
        names = build.build_wheel(str(home)), build.build_sdist(str(home))
    return {name: (home / name).read_bytes() for name in names}


def test_built_anywhere_at_any_time_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    one = _built(tmp_path / "one", mode=0o644, time=1_600_000_000)
    assert _built(tmp_path / "elsewhere/other", mode=0o600, time=1_800_000_000) == one
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = _built(tmp_path / "dated", mode=0o644, time=1_600_000_000)
    assert dated.keys() == one.keys()
    (wheel,) = (name for name in dated if name.endswith(".whl"))
    assert {entry.date_time[:3] for entry in zipfile.ZipFile(tmp_path / "dated" / wheel).infolist()} == {(2023, 11, 14)}


def test_the_install_page_names_this_version() -> None:
    page = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    assert set(re.findall(r"dxplan-([0-9][^-]*)-py3", page)) == {dxplan.__version__}
