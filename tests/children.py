"""Runs of dxplan in children of this process: what a whole run does, without the time that Python takes to begin."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from dxplan.cli.main import COMMANDS, main

for _command in COMMANDS:  # here, once, rather than in every child
    import_module(f"dxplan.cli.{_command}")


def begin(*words: str, said: Path | None = None, first: Callable[[], object] = lambda: None) -> int:
    """Begin a run, and return the child's number; what it says lands in ``said``. ``first`` is called in the child."""
    number = os.fork()
    if number == 0:
        code = 99
        gc.disable()  # as dxplan does; and looking through all that the tests have made would copy all of it
        try:
            sys.stdout = sys.stderr = open(os.devnull if said is None else said, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            first()
            code = main(words)
            sys.stdout.flush()
        finally:
            os._exit(code)
    return number


def code_of(number: int) -> int:
    """Wait for a child and return its exit code, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
