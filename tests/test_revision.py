"""A project as it was at a revision: real repositories of every kind, and what is said where there is none."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from dxplan.errors import DxplanError, UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.project import Loaded
from dxplan.revision import Missing, load_at
from dxplan.source import MAX_BYTES
from tests.repository import PLAN, R7, commit, git, init, sound, write

YEAR = FiscalYear.parse("R7")


def at(folder: Path, revision: str = "HEAD") -> Loaded:
    loaded = load_at(folder, "data", revision)
    assert isinstance(loaded, Loaded)
    return loaded


def reported(loaded: Loaded) -> Decimal | None:
    assert loaded.project is not None
    return loaded.project.actuals[YEAR].indicators["online"].value


def refused(folder: Path, revision: str) -> tuple[str, str]:
    with pytest.raises(DxplanError) as caught:
        load_at(folder, "data", revision)
    assert caught.value.hint is not None
    return caught.value.message.en, caught.value.hint.en


def test_the_committed_files_and_not_those_on_disk(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    write(folder, plan=PLAN.replace("48", "50"), R7=R7.replace("54", "99"), R8="format: 1\nfiscal_year: R8\n")
    loaded = at(folder)
    assert reported(loaded) == 54
    assert (loaded.files, loaded.faults) == (2, ())
    assert loaded.project is not None
    assert loaded.project.plan_reading.document.file == "HEAD:data/plan.yaml"


@pytest.mark.parametrize("data", [".", "data", "deep/er", "計画 2025 [x] $(id) *", "-data", "a'b\"c", "改\n行"])
def test_wherever_the_folder_lies(data: str, tmp_path: Path) -> None:
    assert reported(at(sound(tmp_path, data))) == 54


@pytest.mark.parametrize("revision", ["main", "HEAD~1", "v1", "v2", "@", "heads/main", "refs/tags/v1"])
def test_whatever_names_a_commit(revision: str, tmp_path: Path) -> None:
    folder = sound(tmp_path)
    git(tmp_path, "tag", "v1")
    git(tmp_path, "tag", "--annotate", "--message", "2", "v2")
    commit(tmp_path)
    assert reported(at(folder, revision)) == 54
    assert reported(at(folder, git(tmp_path, "rev-parse", "--short", "HEAD"))) == 54


def test_crlf_and_bom_as_committed(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    write(folder, R7="\ufeff" + R7.replace("\n", "\r\n"))
    commit(tmp_path)
    assert reported(at(folder)) == 54
    assert not at(folder).faults


def test_a_detached_worktree_beside_the_repository(tmp_path: Path) -> None:
    sound(tmp_path / "home")
    git(tmp_path / "home", "worktree", "add", "--quiet", "--detach", str(tmp_path / "side"))
    write(tmp_path / "side/data", R7=R7.replace("54", "55"))
    commit(tmp_path / "side")
    assert reported(at(tmp_path / "side/data")) == 55
    assert reported(at(tmp_path / "side/data", "main")) == 54


def test_inside_a_hook_of_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sound(tmp_path / "home")
    write(folder, R7=R7.replace("54", "55"))
    only_here = commit(tmp_path / "home")
    sound(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert reported(at(folder, only_here)) == 55


def test_a_revision_before_the_folder(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "README").write_text("x", encoding="utf-8")
    first = commit(tmp_path)
    write(tmp_path / "data", plan=PLAN)
    commit(tmp_path)
    assert load_at(tmp_path / "data", "data", first) == Missing(first, "data")


def test_a_file_where_the_folder_is_now(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "data").write_text("x", encoding="utf-8")
    first = commit(tmp_path)
    (tmp_path / "data").unlink()
    write(tmp_path / "data", plan=PLAN)
    assert load_at(tmp_path / "data", "data", first) == Missing(first, "data")


def test_no_actuals_at_that_time(tmp_path: Path) -> None:
    init(tmp_path)
    write(tmp_path / "data", plan=PLAN)
    commit(tmp_path)
    write(tmp_path / "data", R7=R7)
    loaded = at(tmp_path / "data")
    assert loaded.project is not None
    assert not loaded.project.actuals


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~9", "HEAD:data", "main..HEAD", "a b", "$(touch x)", "R7"])
def test_no_such_revision(revision: str, tmp_path: Path) -> None:
    message, hint = refused(sound(tmp_path), revision)
    assert message == f"git knows no revision `{revision}`"
    assert "git log" in hint


@pytest.mark.parametrize("revision", ["--output=x", "-h", "--all", "", "--"])
def test_an_option_is_no_revision(revision: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound(tmp_path))
    assert refused(Path(), revision)[0] == f"git knows no revision `{revision}`"
    assert not list(tmp_path.rglob("x"))


def test_nothing_committed_yet(tmp_path: Path) -> None:
    init(tmp_path)
    write(tmp_path / "data", plan=PLAN)
    message, hint = refused(tmp_path / "data", "HEAD")
    assert message == "git knows no revision `HEAD`: nothing is committed yet"
    assert hint == "commit the plan first"


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(tmp_path / "data", plan=PLAN)
    message, hint = refused(tmp_path / "data", "HEAD")
    assert message == "`data` is in no git repository, so there is no earlier version to compare with"
    assert "git init" in hint


def test_a_repository_of_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sound(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    message, hint = refused(folder, "HEAD")
    assert "belongs to another user" in message
    assert hint == f"if you trust that folder: git config --global --add safe.directory {tmp_path}"


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sound(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(folder, "HEAD")[0].startswith("there is no git here")


def test_a_shallow_clone_says_how_to_fetch_the_rest(tmp_path: Path) -> None:
    first = sound(tmp_path / "home")
    old = git(tmp_path / "home", "rev-parse", "HEAD")
    write(first, R7=R7.replace("54", "55"))
    commit(tmp_path / "home")
    git(tmp_path, "clone", "--quiet", "--depth=1", (tmp_path / "home").as_uri(), "clone")
    clone = tmp_path / "clone/data"
    assert reported(at(clone)) == 55
    for missing in (old, "HEAD~1"):
        message, hint = refused(clone, missing)
        assert f"`{missing}`" in message
        assert "shallow" in message
        assert "fetch-depth: 0" in hint
        assert "git fetch --depth=1 origin" in hint
    git(clone, "fetch", "--quiet", "--depth=1", "origin", old)
    assert reported(at(clone, "FETCH_HEAD")) == 54


def test_what_could_not_be_read_then(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    write(folder, R8="format: 1\nfiscal_year: R8\nindicators: {online: 54%}\n", R9="[", R10="#" * (MAX_BYTES + 1))
    (folder / "actuals/R11.yaml").symlink_to("R7.yaml")
    (folder / "actuals/R12.yaml").mkdir()
    (folder / "actuals/R12.yaml/x").touch()
    commit(tmp_path)
    loaded = at(folder)
    assert reported(loaded) == 54
    assert loaded.unread_files == tuple(f"HEAD:data/actuals/{name}.yaml" for name in ("R10", "R11", "R12", "R9"))
    assert [place.file for place in loaded.unread] == ["HEAD:data/actuals/R8.yaml"]
    assert "too large" in loaded.faults[0].message.en


def test_a_folder_of_actuals_that_is_a_link(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    (folder / "actuals").rename(folder / "results")
    (folder / "actuals").symlink_to("results")
    commit(tmp_path)
    assert at(folder).unread_files == ("HEAD:data/actuals",)


def test_a_blob_that_is_not_in_this_clone(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    blob = git(tmp_path, "rev-parse", "HEAD:data/plan.yaml")
    path = tmp_path / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o600)
    path.unlink()
    loaded = at(folder)
    assert (loaded.project, loaded.unread_files) == (None, ("HEAD:data/plan.yaml",))
    assert "partial clone" in loaded.faults[0].message.en


def test_hooks_filters_and_pagers_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = sound(tmp_path)
    touch = f"touch {tmp_path / 'ran'}"
    for key in (
        "core.pager",
        "core.fsmonitor",
        "filter.x.smudge",
        "diff.x.textconv",
        "alias.rev-parse",
        "pager.ls-tree",
    ):
        git(tmp_path, "config", key, touch)
    (tmp_path / ".git/info/attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        hook = tmp_path / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\n{touch}\n", encoding="utf-8")
        hook.chmod(0o755)
    (folder / "git").write_text(f"#!/bin/sh\n{touch}\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f":{os.environ['PATH']}")
    assert reported(at(folder)) == 54
    assert not (tmp_path / "ran").exists()


def test_usage_errors_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_at(sound(tmp_path), "data", "nowhere")
