"""Measure what docs/performance.md says: ``python tests/benchmarks/measure.py [--plans 1741] [--rounds 9]``.

Machines are noisy, so nothing here is a test. Every figure is a ratio between two commands that ran alternately in the
same minute, taken pair by pair; what is printed is the median with the lowest and highest. Memory is the peak of the
process and its children as the kernel counts it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"

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


class Run(NamedTuple):
    """One run of a command."""

    wall: float
    cpu: float
    peak_mib: float
    code: int


def run(command: Sequence[str]) -> Run:
    """Run ``command`` with its output thrown away; the peak is that of the largest process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def compare(name: str, ours: Sequence[str], theirs: Sequence[str], rounds: int) -> None:
    """Print one row: how long ``ours`` takes in terms of ``theirs``."""
    run(ours)
    run(theirs)
    pairs = [(run(ours), run(theirs)) for _ in range(rounds)]
    wall = sorted(a.wall / b.wall for a, b in pairs)
    cpu = sorted(a.cpu / b.cpu for a, b in pairs)
    mine = statistics.median(a.wall for a, _ in pairs)
    other = statistics.median(b.wall for _, b in pairs)
    peak = max(a.peak_mib for a, _ in pairs), max(b.peak_mib for _, b in pairs)
    print(
        f"| {name} | {statistics.median(wall):.2f} ({wall[0]:.2f}-{wall[-1]:.2f}) | {statistics.median(cpu):.2f} "
        f"| {mine:.3f} s / {other:.3f} s | {peak[0]:.0f} / {peak[1]:.0f} MiB |",
        flush=True,
    )


def many_plans(folder: Path, number: int) -> list[str]:
    """Write ``number`` copies of the shipped plan with five years of actuals; return their folders."""
    plan = (DATA / "plan.yaml").read_bytes()
    year = (DATA / "actuals" / "R7.yaml").read_text(encoding="utf-8")
    # Every action is due every year, so that each of the five files is as full as the first.
    plan = re_scheduled(plan.decode()).encode()
    folders = []
    for n in range(number):
        home = folder / f"{n:05}"
        (home / "actuals").mkdir(parents=True)
        (home / "plan.yaml").write_bytes(plan)
        for label in ("R7", "R8", "R9", "R10", "R11"):
            text = year.replace("fiscal_year: R7", f"fiscal_year: {label}")
            if label != "R7":
                text = text.replace("  3-1: ongoing\n", "").replace("  7-1: ongoing\n", "")
            (home / "actuals" / f"{label}.yaml").write_text(text.replace(*_OPEN), encoding="utf-8")
        folders.append(str(home))
    return folders


_OPEN = ("state: closed", "state: open")  # stages end earlier than the plan; an open year need not be complete


def re_scheduled(plan: str) -> str:
    """Return the plan with every single-year action due in all years; stages stay as they are."""
    lines = plan.split("\n")
    return "\n".join(
        line.split("schedule:")[0] + "schedule: R7-" if line.strip().startswith("schedule: R") else line
        for line in lines
    )


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


def main() -> None:
    """Print the whole table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1741)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    dxplan = str(Path(sys.executable).with_name("dxplan"))
    floor = [sys.executable, "-c", FLOOR]
    print("| what | wall (lowest-highest) | cpu | medians | peak |")
    print("| --- | --- | --- | --- | --- |")
    compare("`status` / import floor", [dxplan, "status"], floor, given.rounds)
    compare("`validate` / import floor", [dxplan, "validate"], floor, given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        faulty = broken(Path(folder))
        compare("broken plan / sound plan", [dxplan, "validate", faulty], [dxplan, "validate"], given.rounds)
        folders = many_plans(Path(folder) / "plans", given.plans)
        size = sum(path.stat().st_size for path in Path(folder, "plans").rglob("*.yaml")) / 1e6
        bare = [sys.executable, "-c", BARE_LOAD, *folders]
        name = f"`validate` of {given.plans} plans ({size:.0f} MB) / bare CSafeLoader"
        compare(name, [dxplan, "validate", *folders], bare, max(1, given.rounds // 3))


if __name__ == "__main__":
    main()
