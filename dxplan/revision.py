"""A project as it was at a revision of git: the same `Loaded` that `project.load` gives for a folder.

Only what reads is run (``rev-parse``, ``ls-tree``, ``cat-file``): no hook, filter, pager or alias. The repository is
the one that holds the folder, whatever a hook around us says.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from dxplan import faults
from dxplan.errors import DxplanError, UsageError
from dxplan.language import Text
from dxplan.project import ACTUALS_FOLDER, PLAN_FILE, Loaded, Source, is_year_file, read_all
from dxplan.source import MAX_BYTES, too_large, unreadable


class Missing(NamedTuple):
    """The revision is there, but has no plan where the folder is now."""

    revision: str
    path: str
    """Of the folder, from the top of the repository; ``.`` for the top itself."""

    @property
    def note(self) -> Text:
        """Say so."""
        return Text(
            f"gitの版「{self.revision}」の {self.path} には計画がないため、比べるものがありません",
            f"there is no plan in {self.path} at revision `{self.revision}`, so there is nothing to compare with",
        )


def load_at(folder: Path, name: str, revision: str) -> Loaded | Missing:
    """Load the project in ``folder``, which is shown as ``name``, as it was at ``revision``.

    Its files are shown as git names them: ``REV:data/plan.yaml``. Raises DxplanError where git or the repository cannot
    be used, UsageError where there is no such revision.
    """
    git = _Git(folder, name)
    path = git.path_in_repository()
    tree = git.resolves(f"{git.commit(revision)}:{path}")
    top = {} if tree is None else git.entries(tree)
    if PLAN_FILE not in top:
        return Missing(revision, path.rstrip("/") or ".")
    shown = f"{revision}:{path}"
    files = {PLAN_FILE: top[PLAN_FILE]}
    trouble = []
    actuals = top.get(ACTUALS_FOLDER)
    if actuals is not None and actuals.mode.startswith(_FOLDER):
        inside = git.entries(actuals.object_id)
        files |= {f"{ACTUALS_FOLDER}/{each}": inside[each] for each in sorted(inside) if is_year_file(each)}
    elif actuals is not None:
        trouble.append(unreadable(f"{shown}{ACTUALS_FOLDER}", faults.UNREADABLE_FILE, *_NOT_REGULAR))
    contents = git.contents(each.object_id for each in files.values() if _is_readable(each))
    sources = {file: _source(f"{shown}{file}", entry, contents) for file, entry in files.items()}
    return read_all(shown, sources, trouble)


def _is_readable(entry: _Entry) -> bool:
    return entry.mode.startswith(_FILE) and entry.size <= MAX_BYTES


def _source(shown: str, entry: _Entry, contents: Mapping[str, bytes]) -> Source:
    if not entry.mode.startswith(_FILE):
        return unreadable(shown, faults.UNREADABLE_FILE, *_NOT_REGULAR)
    if entry.size > MAX_BYTES:
        return too_large(shown)
    if entry.object_id not in contents:
        return unreadable(shown, faults.UNREADABLE_FILE, *_NOT_IN_CLONE)
    return contents[entry.object_id]


class _Entry(NamedTuple):
    """One line of a tree."""

    mode: str
    object_id: str
    size: int
    """In bytes; 0 for what is no file."""


_FOLDER, _FILE = "040000", "100"
"""How modes begin; a link is 120000, a submodule 160000."""
_NOT_REGULAR = (
    Text("通常のファイルではありません（フォルダーやリンク）", "not a regular file (a folder or a link)"),
    Text("リンクの代わりにファイルそのものを置く", "put the file itself in place of the link"),
)
_NOT_IN_CLONE = (
    Text("内容がこのリポジトリにありません（partial clone）", "its content is not in this clone (partial clone)"),
    Text("内容を取り込む: git fetch --refetch", "fetch it: git fetch --refetch"),
)
_ABOUT_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
"""What a hook sets for its own repository, with paths that are right in its own folder alone."""


class _Git:
    """Git, as it is asked about one folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = os.path.abspath(folder)  # noqa: PTH100 - a folder that may not be entered is git's to refuse
        self._name = name
        self._environment = {name: value for name, value in os.environ.items() if name not in _ABOUT_ELSEWHERE} | {
            "LC_ALL": "C",
            "LANGUAGE": "",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }

    def _run(self, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = ["git", "--no-pager", "-C", self._folder, *words]
        try:
            return subprocess.run(command, env=self._environment, input=asked, capture_output=True, check=False)  # noqa: S603 - a list of words, which no shell sees
        except (FileNotFoundError, PermissionError) as error:
            raise _no_git() from error

    def path_in_repository(self) -> str:
        """Return the folder's path from the top of its repository, ending with ``/``; empty for the top itself."""
        done = self._run("rev-parse", "--show-prefix")
        if done.returncode == 0:
            return os.fsdecode(done.stdout).removesuffix("\n")
        said = _last_line(done.stderr)
        if "dubious ownership" in os.fsdecode(done.stderr):
            raise DxplanError(
                Text(
                    "リポジトリのフォルダーが別の利用者のものなので、gitが読みません",
                    "git does not read the repository, because its folder belongs to another user",
                ),
                Text(
                    f"信頼してよいフォルダーなら: {said}",
                    f"if you trust that folder: {said}",
                ),
            )
        if "not a git repository" in said:
            raise DxplanError(
                Text(
                    f"「{self._name}」はgitのリポジトリの中にないため、前の版と比べられません",
                    f"`{self._name}` is in no git repository, so there is no earlier version to compare with",
                ),
                Text(
                    "計画のフォルダーをgitで管理する: git init",
                    "keep the plan's folder in git: git init",
                ),
            )
        raise _trouble(said)

    def resolves(self, expression: str) -> str | None:
        """Return the object that ``expression`` names, or None where there is none."""
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", expression)
        return _last_line(done.stdout) if done.returncode == 0 else None

    def commit(self, revision: str) -> str:
        """Return the commit that ``revision`` names; raises UsageError."""
        odd = revision.startswith("-") or not revision or "\0" in revision
        commit = None if odd else self.resolves(f"{revision}^{{commit}}")
        if commit is None:
            raise self._unknown(revision)
        return commit

    def _unknown(self, revision: str) -> UsageError:
        message = Text(f"gitの版「{revision}」はありません", f"git knows no revision `{revision}`")
        if self.resolves("HEAD") is None:
            return UsageError(
                Text(f"{message.ja}（まだ何もコミットされていません）", f"{message.en}: nothing is committed yet"),
                Text("今の計画をコミットしてから比べる", "commit the plan first"),
            )
        if _last_line(self._run("rev-parse", "--is-shallow-repository").stdout) == "true":
            return UsageError(
                Text(
                    f"gitの版「{revision}」がありません。このリポジトリには、履歴の一部しかありません（shallow clone）",
                    f"{message.en}; this clone holds only a part of the history (shallow clone)",
                ),
                Text(
                    "その版を取り込む: git fetch --depth=1 origin ブランチ名（比べる版は FETCH_HEAD）。"
                    "GitHub Actionsなら、actions/checkout に fetch-depth: 0 と書く",
                    "fetch it: git fetch --depth=1 origin BRANCH (then compare with FETCH_HEAD). "
                    "In GitHub Actions, give actions/checkout fetch-depth: 0",
                ),
            )
        return UsageError(
            message,
            Text(
                "ブランチ、タグ、コミットの名前を確かめる: git branch -a、git log --oneline",
                "check the name of the branch, tag or commit: git branch -a, git log --oneline",
            ),
        )

    def entries(self, tree: str) -> dict[str, _Entry]:
        """Return the entries of one tree by name."""
        done = self._run("ls-tree", "-z", "--long", "--full-tree", tree)
        if done.returncode != 0:
            raise _trouble(_last_line(done.stderr))
        entries = {}
        for line in done.stdout.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _kind, object_id, size = about.decode("ascii").split()
            entries[os.fsdecode(name)] = _Entry(mode, object_id, int(size) if size.isdigit() else 0)
        return entries

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """Return the content of blobs, read by one process; without those that are not in this clone."""
        wanted = dict.fromkeys(object_ids)
        done = self._run("cat-file", "--batch", asked="".join(f"{each}\n" for each in wanted).encode("ascii"))
        answers, at, contents = done.stdout, 0, {}
        for object_id in wanted:  # each is answered by `ID blob SIZE`, the bytes and a line break, or by `ID missing`
            end = answers.find(b"\n", at)
            head = answers[at:end].split()
            at = end + 1
            if len(head) == 3:  # noqa: PLR2004 - as above
                contents[object_id] = answers[at : at + int(head[2])]
                at += int(head[2]) + 1
        return contents


def _last_line(output: bytes) -> str:
    lines: Sequence[str] = os.fsdecode(output).strip().splitlines()
    return lines[-1].strip() if lines else ""


def _trouble(said: str) -> DxplanError:
    return DxplanError(
        Text(f"gitで前の版を読めません（{said}）", f"git cannot read the earlier version ({said})"),
        Text("リポジトリを確かめる: git status、git fsck", "check the repository: git status, git fsck"),
    )


def _no_git() -> DxplanError:
    return DxplanError(
        Text("gitがないため、前の版と比べられません", "there is no git here, so no earlier version to compare with"),
        Text("gitを入れて、もう一度実行する", "install git and run it again"),
    )
