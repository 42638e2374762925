"""Any sequence of record, rollover and close keeps the project sound, every untouched byte, and is idempotent."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dxplan.checks import examine
from dxplan.cli.main import main
from dxplan.diagnostics import Severity
from tests.builders import HEAD
from tests.thorough import times

PLAN = """\
indicators:
  - {id: up, name: 増やす, unit: "%", direction: increase, baseline: {year: R6, value: 1}, targets: {R7: 5, R9: 9}}
  - {id: total, name: 累計, direction: increase, series: cumulative, targets: {R7: 5, R8: 10, R9: 15}}
  - id: life
    name: 内訳
    direction: increase
    parts: [{id: m, name: 男, targets: {R7: 5}}, {id: f, name: 女, targets: {R7: 5}}]
  - {id: stage, name: 段階, direction: milestone, targets: {R7: 検討, R8: 実施}}
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 取組
        actions:
          - {id: 1-1, title: 事業1, schedule: R7}
          - {id: 1-2, title: 事業2, schedule: R7-}
          - {id: 1-3, title: 事業3, schedule: R8-R9}
"""
NUMBERS = st.integers(0, 20).map(str) | st.sampled_from(["60.30", "-3", "54/100", "pending", "not_conducted"])
RESULTS = st.sampled_from(["done", "ongoing", "partial", "postponed", "not_started", "cancelled"])
VALUES = st.tuples(st.sampled_from(["up", "total", "life/m", "life/f"]), NUMBERS)
STAGES = st.tuples(st.just("stage"), st.sampled_from(["検討中", "実施: 全庁", "pending"]))
ACTIONS = st.tuples(st.sampled_from(["1-1", "1-2", "1-3"]), RESULTS)
NOTES = st.sampled_from([[], ["--note", "注: 「速報」, #1"], ["--preliminary", "--as-of", "2026-03-31"]])
STEPS = st.one_of(
    st.builds(lambda pair, more: ["record", *pair, *more], VALUES | STAGES, NOTES),
    st.builds(lambda pair: ["record", *pair], ACTIONS),
    st.sampled_from([["rollover"], ["close", "--year", "R7"], ["close", "--year", "R8", "--published", "2027-04"]]),
)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=times(8, 200))
@given(st.lists(STEPS, max_size=10))
def test_any_sequence(steps: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        (data / "actuals").mkdir(parents=True)
        (data / "plan.yaml").write_text(HEAD + PLAN, encoding="utf-8")
        for step in [["rollover"], *steps]:
            before = files(data)
            code = main([*step, "--data", str(data)])
            after = files(data)
            assert code in (0, 1), step
            changed = {file for file in after if after[file] != before.get(file)}
            assert set(before) <= set(after)
            assert len(changed) <= 1
            assert not changed or code == 0, step
            for file in changed & set(before):
                kept_at_the_ends(before[file], after[file])
            found = examine(data, "data").report
            assert not [each for each in found.diagnostics if each.rule.severity is Severity.ERROR], step
            if code == 0 and not (step[0] == "record" and "state: closed" in str(after)):
                assert main([*step, "--data", str(data)]) == 0
                assert files(data) == after, step


def kept_at_the_ends(before: bytes, after: bytes) -> None:
    """All lines but those of one place are as they were: the common head and tail cover all but a few lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    rest = list(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    tail = next((n for n, (one, other) in enumerate(rest) if one != other), len(rest))
    assert len(old) - head - tail <= 4
