"""Loading a folder: however files are missing, odd or hostile, it is said, at once and without a traceback."""

import os
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dxplan import checks
from dxplan.errors import UsageError
from dxplan.project import load
from dxplan.source import MAX_BYTES
from dxplan.views.problems import text
from dxplan.views.terminal import plain

PLAN = "format: 1\ntitle: 例示市DX推進計画\norganization: {name: 例示市}\nperiod: {from: R7, to: R9}\n"
ACTUALS = "format: 1\nfiscal_year: R7\n"

posix = pytest.mark.skipif(os.name == "nt", reason="a matter of POSIX file systems")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound project."""
    return project(tmp_path / "data")


def project(home: Path) -> Path:
    (home / "actuals").mkdir(parents=True)
    (home / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (home / "actuals/R7.yaml").write_text(ACTUALS, encoding="utf-8")
    return home


def said(home: Path) -> list[str]:
    """Return where and what is wrong; in less than a second, whatever it is."""
    start = time.perf_counter()
    report = checks.examine(home, "data").report
    assert time.perf_counter() - start < 1
    return [f"{each.place.file}: {each.rule.name}: {each.message.en}" for each in report.diagnostics]


NOT_REGULAR = "unreadable-file: not a regular file (a folder, pipe or device)"
GONE = "unreadable-file: no such file (a broken link, or it vanished)"
LEAVES = "unreadable-file: a link that leaves the project is not followed"
FORBIDDEN = "unreadable-file: no permission to read it"


def test_a_sound_project(folder: Path) -> None:
    assert said(folder) == []


# The folder.


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "nowhere", "nowhere")
    assert "nowhere" in str(caught.value)


def test_a_file_in_place_of_the_folder(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(folder / "plan.yaml", "data/plan.yaml")
    assert "not a folder" in caught.value.message.en


def test_no_plan(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    assert said(folder) == ["data/plan.yaml: unreadable-file: there is no plan.yaml"]


def test_no_actuals_yet(folder: Path) -> None:
    (folder / "actuals/R7.yaml").unlink()
    assert said(folder) == []
    (folder / "actuals").rmdir()
    assert said(folder) == []


def test_a_file_in_place_of_the_folder_of_actuals(folder: Path) -> None:
    (folder / "actuals/R7.yaml").unlink()
    (folder / "actuals").rmdir()
    (folder / "actuals").write_text("")
    assert said(folder) == [f"data/actuals: {NOT_REGULAR}"]


@pytest.mark.parametrize("name", ["[red]x", "東京都 江東区", "a\tb", "x" * 200])
def test_any_name_of_a_folder(tmp_path: Path, name: str) -> None:
    assert said(project(tmp_path / name)) == []


# In place of a file.


@pytest.fixture(params=["plan.yaml", "actuals/R7.yaml"])
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    """Return the place of one of the project's files, where nothing stands yet."""
    place = folder / str(request.param)
    place.unlink()
    return place


def shown(path: Path, folder: Path) -> str:
    return f"data/{path.relative_to(folder).as_posix()}"


def test_a_folder_in_place_of_a_file(path: Path, folder: Path) -> None:
    path.mkdir()
    assert said(folder) == [f"{shown(path, folder)}: {NOT_REGULAR}"]


@posix
def test_a_pipe_in_place_of_a_file_is_not_waited_for(path: Path, folder: Path) -> None:
    os.mkfifo(path)
    assert said(folder) == [f"{shown(path, folder)}: {NOT_REGULAR}"]


@posix
def test_a_socket_in_place_of_a_file(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)  # the address of a socket is a short path
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
        assert said(folder) == [f"{shown(path, folder)}: {NOT_REGULAR}"]


@posix
@pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/etc/passwd", "/etc", "../../outside.yaml"])
def test_a_link_that_leaves_the_project(path: Path, folder: Path, target: str) -> None:
    (folder.parent / "outside.yaml").write_text("secret: inside")
    (folder.parent.parent / "outside.yaml").write_text("secret: inside")
    path.symlink_to(target)
    assert said(folder) == [f"{shown(path, folder)}: {LEAVES}"]
    output = plain(text.lines(checks.examine(folder, "data").report, "en"))
    assert "root:" not in output
    assert "secret" not in output
    (folder.parent.parent / "outside.yaml").unlink()


@posix
def test_a_folder_of_actuals_that_leaves_the_project(folder: Path) -> None:
    outside = project(folder.parent / "other") / "actuals"
    (folder / "actuals/R7.yaml").unlink()
    (folder / "actuals").rmdir()
    (folder / "actuals").symlink_to(outside)
    assert said(folder) == [f"data/actuals: {LEAVES}"]


@posix
def test_a_link_inside_the_project_is_followed(path: Path, folder: Path) -> None:
    source = PLAN if path.name == "plan.yaml" else ACTUALS
    (folder / "kept.yaml").write_text(source, encoding="utf-8")
    path.symlink_to(os.path.relpath(folder / "kept.yaml", path.parent))
    assert said(folder) == []


@posix
def test_a_broken_link(folder: Path) -> None:
    (folder / "actuals/R8.yaml").symlink_to("R9.yaml")
    assert said(folder) == [f"data/actuals/R8.yaml: {GONE}"]


@posix
def test_a_broken_link_in_place_of_the_plan(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    (folder / "plan.yaml").symlink_to("old.yaml")
    assert said(folder) == ["data/plan.yaml: unreadable-file: there is no plan.yaml"]


@posix
def test_links_in_a_loop(path: Path, folder: Path) -> None:
    path.symlink_to(path.name)
    (found,) = said(folder)
    assert found.startswith(f"{shown(path, folder)}: unreadable-file: the link goes in a circle")


# What may not be read.


@contextmanager
def unprivileged() -> Iterator[Path]:
    """Yield a project that is read by somebody for whom permissions count, also where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        project(home / "data")
        user = os.geteuid()
        try:
            yield home / "data"
        finally:
            os.seteuid(user)
            for each in (home, *home.rglob("*")):
                each.chmod(stat.S_IMODE(each.stat().st_mode) | 0o700)


def drop_privileges() -> None:
    if os.geteuid() == 0:
        os.seteuid(65534)


@posix
@pytest.mark.parametrize(
    ("locked", "found"),
    [
        ("plan.yaml", "data/plan.yaml"),
        ("actuals/R7.yaml", "data/actuals/R7.yaml"),
        ("actuals", "data/actuals"),
        (".", "data/plan.yaml"),
    ],
)
def test_what_may_not_be_read_is_said(locked: str, found: str) -> None:
    with unprivileged() as home:
        (home / locked).chmod(0)
        drop_privileges()
        assert f"{found}: {FORBIDDEN}" in said(home)


@posix
def test_a_folder_that_may_not_be_reached() -> None:
    with unprivileged() as home:
        home.parent.chmod(0)
        drop_privileges()
        with pytest.raises(UsageError):
            load(home, "data")


@posix
def test_what_may_not_be_written_is_read() -> None:
    with unprivileged() as home:
        for each in (home / "plan.yaml", home / "actuals/R7.yaml"):
            each.chmod(0o444)
        for each in (home / "actuals", home):
            each.chmod(0o555)
        drop_privileges()
        assert said(home) == []


# Size.


def test_a_huge_file_is_refused_before_it_is_read(path: Path, folder: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(10**12 if os.name != "nt" else 10**7)
    assert said(folder) == [f"{shown(path, folder)}: over-limit: the file is too large (at most 4 MiB)"]


@pytest.mark.parametrize("over", [0, 1])
def test_the_limit_is_the_last_size_that_is_read(folder: Path, over: int) -> None:
    comment = MAX_BYTES - len(PLAN.encode()) + over
    (folder / "plan.yaml").write_bytes(PLAN.encode() + b"#" * comment)
    assert len(said(folder)) == over


# Names of files.


@pytest.mark.parametrize(
    "name", ["r7.yaml", "R07.yaml", "R7.yml", "R7.YAML", "R7 (1).yaml", "R7 - コピー.yaml", "2025.yaml"]
)
def test_a_second_file_for_a_year_is_never_passed_over(folder: Path, name: str) -> None:
    (folder / "actuals" / name).write_text(ACTUALS, encoding="utf-8")
    assert any(
        "actuals" in found and ("file-name-year" in found or "duplicate-year" in found) for found in said(folder)
    )


@pytest.mark.parametrize("name", ["R9.yaml", "H31.yaml", "令和7年度.yaml", "notes.yaml", "-.yaml"])
def test_a_file_that_is_not_named_after_its_year(folder: Path, name: str) -> None:
    (folder / "actuals/R7.yaml").rename(folder / "actuals" / name)
    assert [found.split(": ")[1] for found in said(folder)] == ["file-name-year"]


@pytest.mark.parametrize(
    "name", [".DS_Store", "._R7.yaml", "~$R7.xlsx", "~$R7.yaml", "R7.yaml~", "R7.yaml.bak", "README"]
)
def test_what_other_programs_leave_behind_is_passed_over(folder: Path, name: str) -> None:
    (folder / "actuals" / name).write_bytes(b"\x00\x05\x16\x07")
    assert said(folder) == []


@posix
@pytest.mark.parametrize(
    "name",
    [
        "R8\n::error::x.yaml",
        "R8\x1b[31m.yaml",
        "[red]R8.yaml",
        os.fsdecode(b"R8\x97\xdf.yaml"),
        "R8" + "x" * 240 + ".yaml",
    ],
)
def test_odd_names_are_shown_and_do_no_harm(folder: Path, name: str) -> None:
    (folder / "actuals" / name).write_text(ACTUALS, encoding="utf-8")
    report = checks.examine(folder, "data").report
    assert report.diagnostics
    for language in ("ja", "en"):
        output = plain(text.lines(report, "ja" if language == "ja" else "en"))
        assert output.encode("utf-8")
        assert "\x1b" not in output
        assert not any(line.startswith("::") for line in output.splitlines())
