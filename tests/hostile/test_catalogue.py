"""Every bad input of the catalogue: its exit code and its one finding, at once, and nothing that harms a terminal."""

import io
import os
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from dxplan.cli.main import main
from tests import children
from tests.hostile.catalogue import HERE, SHORT, Case, build, cases, meanwhile, rewrite, without_privileges
from tests.repository import commit, init
from tests.thorough import THOROUGH

pytestmark = pytest.mark.skipif(os.name == "nt", reason="many of these files cannot be made there")

LEVELS = ("text", "yaml", "shape", "references", "values", "files")
"""Tables that are run in this process; what may cost time or memory stands in ``heavy`` (what costs most of it, in
``heaviest``, for thorough runs) and is run in a child.

Workbooks (xlsx) are bad in ways of their own: tests/exchange.
"""
LIGHT = [case for level in LEVELS for case in cases(level)]
HEAVY = [case for level in ("heavy", *(("heaviest",) if THOROUGH else ())) for case in cases(level)]
SECONDS = 2
BYTES = 200_000_000

_LISTED = 3
"""Findings that stand in a table one by one."""
_FINDING = re.compile(r"^(\S[^\n]*?):(\d+):(\d+): (?:error|warning) (DX\d{3}) ", re.MULTILINE)
_RAW = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)


class Said(NamedTuple):
    """What one run came to."""

    code: int
    output: str
    talk: str

    @property
    def found(self) -> str:
        """The exit code and every finding, as the tables write them."""
        short = {f"data/{file}": name for name, file in SHORT.items()}
        places = (
            f"{code} {short.get(file, file.removeprefix('data/'))}:{line}:{column}"
            for file, line, column, code in _FINDING.findall(self.output)
        )
        first = list(islice(places, _LISTED))
        more = sum(1 for _ in places)
        return " ".join((str(self.code), ", ".join(first), f"and {more} more" if more else "")).strip()


def said(*words: str) -> Said:
    """Run dxplan in this process; a bug is a traceback rather than a line."""
    streams = sys.stdout, sys.stderr
    both = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in streams]
    sys.stdout, sys.stderr = both
    try:
        code = main(["--debug", *words])
    finally:
        sys.stdout, sys.stderr = streams
    for stream in both:
        stream.flush()
    output, talk = (stream.buffer.getvalue().decode() for stream in both)
    return Said(code, output, talk)


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """Return a folder that anybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@pytest.fixture
def home(room: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return where a project is to stand, as ``data`` in the present folder."""
    home = room / "case" / "data"
    home.mkdir(parents=True)
    monkeypatch.chdir(home.parent)
    yield home
    for path in (home, *home.rglob("*")):
        if not path.is_symlink() and not os.access(path, os.R_OK):
            path.chmod(0o700)
    shutil.rmtree(home.parent)


@pytest.fixture(scope="module", autouse=True)
def renewed(request: pytest.FixtureRequest) -> Iterator[dict[Case, str]]:
    """Collect what was found, and write the tables anew where that is asked for."""
    found: dict[Case, str] = {}
    yield found
    if request.config.getoption("--update-golden"):
        for level in {case.level for case in found}:
            rewrite(level, {case.name: now for case, now in found.items() if case.level == level})


def assert_harmless(text: str) -> None:
    harmful = _RAW.search(text)
    assert harmful is None, f"{harmful[0]!r} in {text[max(0, harmful.start() - 60) : harmful.end() + 20]!r}"
    assert "Traceback" not in text


@pytest.mark.parametrize("case", LIGHT, ids=str)
def test_case(case: Case, home: Path, renewed: dict[Case, str], *, update_golden: bool) -> None:
    build(home, case.change)
    with without_privileges(case.change), meanwhile(home, case.change):
        start = time.perf_counter()
        now = said("validate", "data")
        took = time.perf_counter() - start
    renewed[case] = now.found
    assert_harmless(now.output + now.talk)
    assert took < SECONDS
    if not update_golden:
        assert now.found == case.expected, now.output


def limited() -> None:
    """Hold this process to the time and memory that any input may cost."""
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + BYTES, taken + BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is limited as Linux does")
@pytest.mark.parametrize("case", HEAVY, ids=str)
def test_heavy_case(case: Case, home: Path, renewed: dict[Case, str], *, update_golden: bool) -> None:
    build(home, case.change)
    log = home.parent / "said"
    code = children.code_of(children.begin("--debug", "validate", "data", said=log, first=limited))
    now = Said(code, log.read_text(encoding="utf-8"), "")
    renewed[case] = now.found
    assert_harmless(now.output)
    if not update_golden:
        assert now.found == case.expected, now.output


OTHERS = {
    "status": ("status", "--data", "data"),
    "status --missing": ("status", "--missing", "--data", "data"),
    "report": ("report", "--data", "data", "--format", "html", "-o", "-"),
    "show": ("show", "online", "--data", "data"),
    "record": ("record", "R8", "online", "55", "--dry-run", "--data", "data"),
    "rollover": ("rollover", "--dry-run", "--data", "data"),
    "diff": ("diff", "--data", "data"),
}


@pytest.mark.parametrize(
    ("words", "sample"), [(words, LIGHT[n::60]) for n, words in enumerate(OTHERS.values())], ids=OTHERS
)
def test_other_commands_do_not_stumble(words: tuple[str, ...], sample: list[Case], home: Path) -> None:
    init(home.parent)
    build(home, "file actuals/R7.yaml = format: 1\\nfiscal_year: R7\\n")
    commit(home.parent, "first")
    for case in sample:
        shutil.rmtree(home)
        home.mkdir()
        build(home, case.change)
        with without_privileges(case.change), meanwhile(home, case.change):
            now = said(*words)
        assert now.code in (0, 1, 2), (case, now)
        assert_harmless(now.output + now.talk)
        if case.change.startswith("lock"):
            (home / case.change.removeprefix("lock ")).chmod(0o700)


def test_there_are_enough_cases_and_each_is_one_of_its_kind() -> None:
    everything = [*LIGHT, *HEAVY]
    assert sum(case.is_fault for case in everything) >= 200
    for what in ("name", "change"):
        each = [getattr(case, what) for case in everything]
        assert sorted(set(each)) == sorted(each)
    assert {f"{level}.txt" for level in (*LEVELS, "heavy", "heaviest")} == {path.name for path in HERE.glob("*.txt")}
    findings = [case.expected.count("DX") for case in LIGHT if case.is_fault]
    assert findings.count(1) > 0.98 * len(findings)
