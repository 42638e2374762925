"""Measure what docs/performance.md says: ``python tests/benchmarks/measure.py [--plans 1741] [--rounds 15] [--write]``.

Machines are noisy, so nothing here is a test. Every figure is a ratio between two commands that ran alternately in the
same minute, taken pair by pair; what is printed is the median with the lowest and highest. Memory is the peak of the
largest process as the kernel counts it.

Everything is made from the shipped plan. What dxplan is compared with is taken from the PATH, or from ``--peers DIR``,
and left out with a word where it is not installed: none of it is a dependency. To install it: ``python -m venv peers &&
peers/bin/pip install yamllint check-jsonschema``, ``apt-get install hledger``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
PAGE = ROOT / "docs" / "performance.md"
DXPLAN = str(Path(sys.executable).with_name("dxplan"))

FLOOR = """
import yaml, typer, rich.table, rich.console
from pydantic import BaseModel
class Plan(BaseModel):
    title: str
Plan(title="x")
"""
BARE_LOAD = """
import sys, yaml
from pathlib import Path
for folder in sys.argv[1:]:
    for path in sorted(Path(folder).rglob("*.yaml")):
        with path.open("rb") as stream:
            yaml.load(stream, Loader=yaml.CSafeLoader)
"""


# Commands and their cost.


class Run(NamedTuple):
    """One run of a command."""

    wall: float
    cpu: float
    peak_mib: float


Command = Sequence[Sequence[str]]
"""What is run one after the other."""


def run(command: Command, cores: int | None = None) -> Run:
    """Run ``command`` with its output thrown away, on so many cores at most; the peak is the largest process's."""
    allowed = sorted(os.sched_getaffinity(0))[:cores] if hasattr(os, "sched_setaffinity") else []
    total = Run(0, 0, 0)
    for words in command:
        begin = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        if cores and allowed:
            os.sched_setaffinity(process.pid, allowed)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            sys.exit(f"{' '.join(words[:4])} …: exit {process.returncode}")
        cpu = usage.ru_utime + usage.ru_stime
        total = Run(total.wall + wall, total.cpu + cpu, max(total.peak_mib, usage.ru_maxrss / 1024))
    return total


class Side(NamedTuple):
    """One of two things that are compared."""

    command: Command
    cores: int | None = None

    def run(self) -> Run:
        """Run it once."""
        return run(self.command, self.cores)


def dxplan(*words: str, cores: int | None = None) -> Side:
    """Return a run of dxplan."""
    return Side([[DXPLAN, *words]], cores)


def python(script: str, *words: str) -> Side:
    """Return a run of a script."""
    return Side([[sys.executable, "-c", script, *words]])


def compare(name: str, goal: str, ours: Side, theirs: Side, rounds: int) -> str:
    """Return one row: how long ``ours`` takes in terms of ``theirs``."""
    if rounds > 1:  # the first run warms the caches of files
        ours.run()
        theirs.run()
    pairs = [(ours.run(), theirs.run()) for _ in range(rounds)]
    wall = sorted(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    mine, other = (statistics.median(side) for side in zip(*((a.wall, b.wall) for a, b in pairs), strict=True))
    peak = max(a.peak_mib for a, _ in pairs), max(b.peak_mib for _, b in pairs)
    return (
        f"| {name} | {goal} | {_ratio(statistics.median(wall))} ({_ratio(wall[0])}-{_ratio(wall[-1])}) | {_ratio(cpu)} "
        f"| {mine:.3f} s / {other:.3f} s | {peak[0]:.0f} / {peak[1]:.0f} MiB |"
    )


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"1/{1 / value:.0f}"


# What is measured.


YEARS = ("R7", "R8", "R9", "R10", "R11")


def many_plans(folder: Path, number: int, spoil: Callable[[str, str], str] = lambda _file, text: text) -> list[str]:
    """Write ``number`` plans with five full years of actuals; return their folders.

    Each is the shipped plan with titles and a figure of its own, so that nothing is gained by having read the others.
    """
    plan = re_scheduled((DATA / "plan.yaml").read_text(encoding="utf-8"))
    year = (DATA / "actuals" / "R7.yaml").read_text(encoding="utf-8").replace("state: closed", "state: open")
    later = year.replace("  3-1: ongoing\n", "").replace("  7-1: ongoing\n", "")  # stages that end before the plan
    folders = []
    for n in range(number):
        home = folder / f"{n:05}"
        (home / "actuals").mkdir(parents=True)
        own = re.sub(r"(?m)^( *(?:- )?title: .*)$", rf"\1 {n}", plan)
        (home / "plan.yaml").write_text(spoil("plan", own), encoding="utf-8")
        for label in YEARS:
            text = (year if label == "R7" else later).replace("fiscal_year: R7", f"fiscal_year: {label}")
            text = text.replace("it-exam-passers: 112", f"it-exam-passers: {112 + n}")
            (home / "actuals" / f"{label}.yaml").write_text(spoil(label, text), encoding="utf-8")
        folders.append(str(home))
    return folders


def re_scheduled(plan: str) -> str:
    """Return the plan with every single-year action due in all years; stages stay as they are."""
    lines = plan.split("\n")
    return "\n".join(
        line.split("schedule:")[0] + "schedule: R7-" if line.strip().startswith("schedule: R") else line
        for line in lines
    )


def spoil_plan(file: str, text: str) -> str:
    """Return a file with one fault in each plan: a wrong check digit."""
    return text.replace('code: "131083"', 'code: "131084"') if file == "plan" else text


def spoil_every_file(file: str, text: str) -> str:
    """Return a file with one fault in each: a wrong check digit, or an id that the plan does not have."""
    return spoil_plan(file, text) if file == "plan" else text.replace("  1-1: ", "  1-11: ")


def broken(folder: Path) -> str:
    """Write the shipped plan with a fault in every indicator and in many actions; return its folder."""
    home = folder / "broken"
    (home / "actuals").mkdir(parents=True)
    plan = (DATA / "plan.yaml").read_text(encoding="utf-8")
    plan = plan.replace("direction: increase", "direction: up").replace("unit: 台", "unit: 5")
    plan = plan.replace("schedule: R8\n", "schedule: R12\n").replace("relisted: 2-1", "relisted: 2-9")
    (home / "plan.yaml").write_text(plan, encoding="utf-8")
    year = (DATA / "actuals" / "R7.yaml").read_text(encoding="utf-8")
    year = year.replace("2-1: done", "2-1: doen").replace("online-procedures: 54", "online-procedures: 54%")
    (home / "actuals" / "R7.yaml").write_text(year, encoding="utf-8")
    return str(home)


def files_of(folders: Sequence[str], pattern: str) -> list[str]:
    """Return the files of these plans."""
    return [str(path) for folder in folders for path in sorted(Path(folder).glob(pattern))]


def linters(peers: Path | None, folders: Sequence[str], home: Path) -> Side | None:
    """Return yamllint and check-jsonschema, with our schemas, on the same files; None where one is not installed."""
    yamllint, check = _program("yamllint", peers), _program("check-jsonschema", peers)
    if yamllint is None or check is None:
        return None
    by_schema = []
    for kind, pattern in (("plan", "plan.yaml"), ("actuals", "actuals/*.yaml")):
        schema = home / f"{kind}.schema.json"
        schema.write_bytes(subprocess.check_output([DXPLAN, "schema", kind]))
        by_schema.append([check, "--schemafile", str(schema), *files_of(folders, pattern)])
    return Side([[yamllint, "-d", "relaxed", *folders], *by_schema])


def ledger(peers: Path | None, folders: Sequence[str], home: Path) -> tuple[Side, int] | None:
    """Return ``hledger check`` on as many transactions as the plans have results, and how many; None without it."""
    hledger = _program("hledger", peers)
    if hledger is None:
        return None
    entry = re.compile(r"(?m)^  [\w-]+: \w+")
    number = sum(len(entry.findall(Path(file).read_text(encoding="utf-8"))) for file in files_of(folders, "actuals/*"))
    journal = home / "results.journal"
    journal.write_text(
        "".join(
            f"{2025 + n % 5}-04-01 result {n}\n    indicators:number-{n % 75}  {n % 100} JPY\n    equity\n\n"
            for n in range(number)
        ),
        encoding="utf-8",
    )
    return Side([[hledger, "-f", str(journal), "check"]]), number


def _program(name: str, peers: Path | None) -> str | None:
    return shutil.which(name, path=str(peers)) if peers and shutil.which(name, path=str(peers)) else shutil.which(name)


def growth(folders: Sequence[str], home: Path) -> Iterator[str]:
    """Yield what one plan takes among few and among many; more than there are, are the same files once more."""
    for number in (10, 100, 1000, 10_000):
        for n in range(number):
            shutil.copytree(folders[n % len(folders)], home / f"{number}/{n:05}", copy_function=os.link)
        side = dxplan("validate", str(home / f"{number}"), cores=1)
        best = min((side.run() for _ in range(3)), key=lambda each: each.cpu)
        yield f"| {number:,} | {best.cpu:.2f} s | {1000 * best.cpu / number:.2f} ms | {best.peak_mib:.0f} MiB |"


# The page.


def figures(plans: int, rounds: int, peers: Path | None) -> Iterator[str]:
    """Yield the lines of the tables."""
    few = max(3, rounds // 4)
    floor = python(FLOOR)
    yield "| what | goal | wall (lowest-highest) | cpu | medians | peak |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield compare("`status` / import floor", "1.1", dxplan("status"), floor, rounds)
    yield compare("`validate` / import floor", "1.1", dxplan("validate"), floor, rounds)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        yield compare("broken plan / sound plan", "", dxplan("validate", broken(home)), dxplan("validate"), rounds)
        folders = many_plans(home / "plans", plans)
        size = sum(path.stat().st_size for path in (home / "plans").rglob("*.yaml")) / 1e6
        bare, what = python(BARE_LOAD, *folders), f"{plans:,} plans ({size:.0f} MB)"
        validate = dxplan("validate", *folders)
        alone = dxplan("validate", *folders, cores=1)
        yield compare(f"`validate` of {what}, one core / bare CSafeLoader", "0.5", alone, bare, few)
        yield compare(f"`validate` of {what}, two cores / bare CSafeLoader", "0.28", validate, bare, few)
        yield compare(f"`status` of {what}, two cores / bare CSafeLoader", "", dxplan("status", *folders), bare, few)
        for name, spoil in (("plan", spoil_plan), ("file", spoil_every_file)):
            spoiled = many_plans(home / f"spoiled-{name}", plans, spoil)
            side = dxplan("validate", *spoiled, cores=1)
            yield compare(f"every {name} broken / sound, one core", "1.3" if name == "plan" else "", side, alone, few)
            shutil.rmtree(home / f"spoiled-{name}")
        some = folders[:600]
        theirs = linters(peers, some, home)
        if theirs is None:
            yield "| yamllint + check-jsonschema: not installed here | | | | | |"
        else:
            ours = dxplan("validate", *some)
            yield compare(f"`validate` of {len(some)} plans / yamllint + check-jsonschema", "1/50", ours, theirs, 1)
        some = folders[:36]
        books = ledger(peers, some, home)
        if books is None:
            yield "| hledger: not installed here | | | | | |"
        else:
            ours, name = dxplan("validate", *some), f"`validate` of {books[1]:,} results / `hledger check` of as many"
            yield compare(name, "1", ours, books[0], rounds)
        yield ""
        yield "| plans | cpu, one core | a plan | peak |"
        yield "| --- | --- | --- | --- |"
        yield from growth(folders, home / "more")
    yield ""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("PyYAML", "pydantic", "typer", "rich"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield (
        f"Measured on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {platform.system()} on {platform.machine()} with {cores} "
        f"cores that other work shared, {platform.python_implementation()} {platform.python_version()}, {libraries}."
    )


def main() -> None:
    """Print the tables, and write them into the page where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1741)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--peers", type=Path, help="a folder with yamllint, check-jsonschema and hledger")
    parser.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE.relative_to(ROOT)}")
    given = parser.parse_args()
    # As an installed package is, also where PYTHONDONTWRITEBYTECODE would have each run compile it anew.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "dxplan")], check=True)
    lines = []
    for line in figures(given.plans, given.rounds, given.peers and given.peers.resolve()):
        print(line, flush=True)
        lines.append(f"{line}\n")
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        table = "".join(lines)
        page = re.sub(r"(?s)(<!-- figures -->\n).*(<!-- /figures -->)", lambda match: match[1] + table + match[2], page)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
