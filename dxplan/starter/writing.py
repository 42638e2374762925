"""A whole project onto the disk: all of its files or none, and nothing that is there is touched.

A README that is there is the municipality's own: it stays, and ours is not written. The plan is written last: where
there is none, files just like ours are what a killed run left, and the next one goes on from there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from dxplan.editing.write import alone, content, create
from dxplan.project import ACTUALS_FOLDER, DEFAULT_FOLDER
from dxplan.starter.files import File

_MAY_BE_THERE = frozenset(("README.md",))


class InTheWayError(Exception):
    """Something is there already; nothing was written. ``names`` are below the project's home, with ``/``."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def in_the_way(home: Path, paths: Iterable[str]) -> list[str]:
    """Return what is there already of ``paths``, what stands where a folder belongs, and actuals of any year."""
    found: dict[str, None] = {}
    for path in paths:
        steps = path.split("/")
        for depth in range(1, len(steps)):
            folder = "/".join(steps[:depth])
            if os.path.lexists(home / folder) and not (home / folder).is_dir():
                found[folder] = None
        if path not in _MAY_BE_THERE and os.path.lexists(home / path):
            found[path] = None
    with contextlib.suppress(OSError):  # mostly because it is not there; else writing will say why
        actuals = f"{DEFAULT_FOLDER}/{ACTUALS_FOLDER}"
        for name in sorted(os.listdir(home / actuals)):  # noqa: PTH208 - names are all that is wanted
            if not name.startswith((".", "~")):
                found[f"{actuals}/{name}"] = None
    return list(found)


def write(home: Path, files: Sequence[File]) -> list[File]:
    """Write every file below ``home``, which is made where it is not there; return those that were written.

    Raises InTheWayError, or OSError with the file's name; either way what was written until then is gone again.
    """
    folders: list[Path] = []
    written: list[Path] = []
    try:
        _make(home, folders)
        with alone(home, *{(home / file.path).parent for file in files}):
            _refuse_if_there(home, files)
            due = [file for file in files if not os.path.lexists(home / file.path)]
            for file in due:
                _write(home, file, folders, written)
            return due
    except BaseException:
        _take_back(folders, written)
        raise


def _refuse_if_there(home: Path, files: Sequence[File]) -> None:
    names = in_the_way(home, (file.path for file in files))
    ours = {file.path: file.content for file in files[:-1]}  # not the plan
    if not all(name in ours and _says(home / name, ours[name]) for name in names):
        raise InTheWayError(names)


def _says(path: Path, words: bytes) -> bool:
    try:
        return content(path) == words
    except OSError:
        return False


def _write(home: Path, file: File, folders: list[Path], written: list[Path]) -> None:
    path = home / file.path
    try:
        _make(path.parent, folders)
        create(path, file.content)
    except FileExistsError as error:  # somebody was quicker, where runs cannot wait for each other
        raise InTheWayError([path.relative_to(home).as_posix()]) from error
    except OSError as error:
        error.filename = str(path)
        raise
    written.append(path)


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder with those above it, remembering which were made."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make(folder.parent, made)
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir():  # another run was quicker
            return
        raise
    made.append(folder)


def _take_back(folders: list[Path], written: list[Path]) -> None:
    for path in reversed(written):
        with contextlib.suppress(OSError):
            path.unlink()
    for folder in reversed(folders):
        with contextlib.suppress(OSError):  # somebody has put something into it meanwhile
            folder.rmdir()
