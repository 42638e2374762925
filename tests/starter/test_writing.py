"""All files or none, and nothing that is there is touched."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dxplan.editing.write import create as write_one
from dxplan.language import same
from dxplan.starter.files import File
from dxplan.starter.writing import InTheWayError, in_the_way, write

FILES = tuple(
    File(path, path.encode(), same(path))
    for path in ("schema/a.json", "README.md", "data/actuals/R8.yaml", "data/plan.yaml")
)


def tree(home: Path) -> dict[str, bytes | None]:
    return {path.relative_to(home).as_posix(): None if path.is_dir() else path.read_bytes() for path in home.rglob("*")}


def test_every_file_is_written_also_into_folders_that_are_not_there(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    write(home, FILES)
    assert {path: content for path, content in tree(home).items() if content is not None} == {
        file.path: file.content for file in FILES
    }


@pytest.mark.parametrize("there", [file.path for file in FILES if file.path != "README.md"])
def test_one_file_that_is_there_stops_all(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(InTheWayError) as refused:
        write(tmp_path, FILES)
    assert refused.value.names == (there,)
    assert tree(tmp_path) == before


def test_everything_that_is_there_is_named_also_another_year(tmp_path: Path) -> None:
    (tmp_path / "data/actuals").mkdir(parents=True)
    for there in ("data/plan.yaml", "data/actuals/R5.yaml", "README.md"):
        (tmp_path / there).write_bytes(b"mine")
    with pytest.raises(InTheWayError) as refused:
        write(tmp_path, FILES)
    assert set(refused.value.names) == {"data/plan.yaml", "data/actuals/R5.yaml"}


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_a_readme_of_any_kind_is_left_alone(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "README.md")
    before = os.lstat(tmp_path / "README.md")
    written = write(tmp_path, FILES)
    assert [file.path for file in written] == [file.path for file in FILES if file.path != "README.md"]
    assert os.lstat(tmp_path / "README.md") == before
    assert all((tmp_path / file.path).read_bytes() == file.content for file in written)


def test_a_readme_does_not_go_with_what_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_bytes(b"mine")

    def broken(path: Path, content: bytes) -> None:
        if path.name == "plan.yaml":
            raise OSError(errno.EIO, "broken")
        write_one(path, content)

    monkeypatch.setattr("dxplan.starter.writing.create", broken)
    with pytest.raises(OSError, match="broken"):
        write(tmp_path, FILES)
    assert tree(tmp_path) == {"README.md": b"mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_what_is_in_the_way_is_named_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where a folder belongs")
    (tmp_path / "README.md").symlink_to("nowhere")
    assert in_the_way(tmp_path, [file.path for file in FILES]) == ["data"]


def test_actuals_of_any_year_are_in_the_way_but_not_what_no_command_reads(tmp_path: Path) -> None:
    (tmp_path / "data/actuals").mkdir(parents=True)
    (tmp_path / "data/actuals/.gitkeep").touch()
    assert in_the_way(tmp_path, ["data/plan.yaml"]) == []
    (tmp_path / "data/actuals/R5.yaml").touch()
    assert in_the_way(tmp_path, ["data/plan.yaml"]) == ["data/actuals/R5.yaml"]


@pytest.mark.parametrize("number", range(len(FILES)))
@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_what_was_written_before_trouble_goes_again(
    tmp_path: Path, number: int, trouble: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_one

    def create(path: Path, content: bytes) -> None:
        if path == tmp_path / "home" / FILES[number].path:
            raise trouble
        real(path, content)

    monkeypatch.setattr("dxplan.starter.writing.create", create)
    with pytest.raises(type(trouble)) as raised:
        write(tmp_path / "home", FILES)
    assert tree(tmp_path) == {}
    if isinstance(raised.value, OSError):
        assert raised.value.filename == os.fspath(tmp_path / "home" / FILES[number].path)


def test_what_another_run_wrote_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = write_one

    def create(path: Path, content: bytes) -> None:
        if path.name == "plan.yaml":
            path.write_bytes(b"theirs")
        real(path, content)

    monkeypatch.setattr("dxplan.starter.writing.create", create)
    with pytest.raises(InTheWayError) as refused:
        write(tmp_path, FILES)
    assert refused.value.names == ("data/plan.yaml",)
    assert tree(tmp_path) == {"data": None, "data/plan.yaml": b"theirs"}
