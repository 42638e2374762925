"""Many projects in one run: found below folders, worked on by every core, handed on in order."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from dxplan.cli.options import Session, folder, shown
from dxplan.cli.output import print_lines, with_progress
from dxplan.errors import DxplanError, UsageError
from dxplan.language import Text
from dxplan.project import ACTUALS_FOLDER, PLAN_FILE
from dxplan.views.terminal import visible

T = TypeVar("T")

Folder = tuple[Path, str]
"""A project's folder, and the name under which its files are shown."""

FULL = 10
"""Up to this many projects all that is wrong is shown; of more than these, of so many that fail."""
_MANY = 20
"""From this many projects on, worker processes are worth their start, and a progress bar is worth its place."""
_LEVELS = 4
"""How deep projects are looked for: ``municipalities/tokyo/koto/data``."""


def folders_in_question(data: str | None, paths: Sequence[str], session: Session) -> list[Folder]:
    """Return the folder that ``--data`` names and those of ``paths``; without either the project's own."""
    own = [folder(data)] if data is not None or not paths else []
    named = {name: path for path, name in own} | {name: path for path, name in folders_of(paths, session)}
    return [(path, name) for name, path in named.items()]


def folders_of(paths: Sequence[str], session: Session) -> list[Folder]:
    """Return the project folders that ``paths`` name, hold or are files of, each once, in order; raises UsageError.

    Where projects lie below a folder that is none itself, it is said how many: nothing is passed over in silence.
    """
    folders: dict[str, Path] = {}
    for given in paths:
        path = _folder_of(Path(given))
        below = [] if _looks_like_project(path) else _projects_below(path)
        folders |= {shown(each): each for each in below or [path]}
        if below:
            name = visible(shown(path))
            sentence = session.say(f"「{name}」の下の計画: {len(below)}", f"plans found below `{name}`: {len(below)}")
            print_lines([((sentence, ""),)], sys.stderr)
    return [(path, name) for name, path in folders.items()]


def _folder_of(path: Path) -> Path:
    # os.path rather than pathlib, which raises where a folder may not be entered; loading says what is wrong with it.
    path = Path(os.path.abspath(path))  # noqa: PTH100
    if path.name == ACTUALS_FOLDER and os.path.isdir(path) and not os.path.exists(path / PLAN_FILE):  # noqa: PTH110, PTH112
        return path.parent
    if not os.path.isfile(path):  # noqa: PTH113
        return path
    home = path.parent.parent if path.parent.name == ACTUALS_FOLDER else path.parent
    if path.name != PLAN_FILE and path.parent.name != ACTUALS_FOLDER:
        raise UsageError(
            Text(f"「{shown(path)}」は計画でも実績でもありません", f"`{shown(path)}` is neither a plan nor actuals"),
            Text(
                f"{PLAN_FILE} か {ACTUALS_FOLDER}/ の中のファイル、またはそのフォルダーを指定する",
                f"name {PLAN_FILE}, a file in {ACTUALS_FOLDER}/, or their folder",
            ),
        )
    return home


def _projects_below(top: Path) -> list[Path]:
    """Return the folders below ``top`` that hold a plan or seem meant to, or may not be entered, in order of names."""
    closed: list[str] = []
    found = []
    for name, below, files in os.walk(top, onerror=lambda error: closed.append(error.filename)):
        path = Path(name)
        if path != top and _seems_meant(files, below):
            found.append(path)
            below.clear()
        deep = len(path.parts) - len(top.parts) >= _LEVELS
        below[:] = [] if deep else sorted(each for each in below if not each.startswith("."))
    return sorted([*found, *map(Path, closed)]) if found else []


def _looks_like_project(path: Path) -> bool:
    try:
        names = os.listdir(path)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return True  # loading says why
    return _seems_meant(names, names)


def _seems_meant(files: Sequence[str], folders: Sequence[str]) -> bool:
    """Whether a folder with these names in it is a project, if perhaps one whose plan is named wrongly."""
    return ACTUALS_FOLDER in folders or any(map(_SEEMS_A_PLAN.fullmatch, files))


_SEEMS_A_PLAN = re.compile(r"plan\.ya?ml(?:\.txt)?", re.IGNORECASE)


def in_order(work: Callable[[Folder], T], folders: Sequence[Folder], session: Session, what: str) -> Generator[T]:
    """Yield what ``work`` makes of each folder, in order; of many with every core and a bar of progress.

    Results are taken from the workers as they are asked for, so that neither a slow reader nor many plans take memory.
    """
    if len(folders) < _MANY:
        yield from map(work, folders)
        return
    cores = _cores()
    with closing(_shared_out(work, folders, cores)) as results:
        yield from with_progress(results, len(folders), what, session.say("残り", "left"))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_CHUNK, _AHEAD = 16, 3
"""Plans that a worker takes at once, and how many such loads per worker are under way or waiting to be told."""


def _shared_out(work: Callable[[Folder], T], folders: Sequence[Folder], cores: int) -> Generator[T]:
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A fork has everything imported already; no thread has been started here that it could catch in the middle.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    pool = ProcessPoolExecutor(cores, mp_context=context, initializer=_begin_worker)
    under_way: deque[Future[list[T]]] = deque()
    try:
        for start in range(0, len(folders), _CHUNK):
            under_way.append(pool.submit(_each, work, folders[start : start + _CHUNK]))
            if len(under_way) == cores * _AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool as error:
        raise DxplanError(
            Text(
                "並行して動く処理の1つが途中で止まりました",
                "one of the worker processes ended before its work was done",
            ),
            Text(
                "空いているメモリーを確かめ、計画を分けて実行する",
                "check the free memory, and name fewer plans at once",
            ),
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _each(work: Callable[[Folder], T], folders: Sequence[Folder]) -> list[T]:
    return [work(folder) for folder in folders]


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that was started, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
