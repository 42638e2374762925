"""Example folders: ``tests/faults/<rule>/bad-*`` give exactly ``expected.txt``, ``good-*`` give nothing."""

from pathlib import Path

import pytest

from dxplan import faults
from dxplan.diagnostics import Rule
from tests.examples import assert_example, assert_good_and_bad, examples, name

HERE = Path(__file__).parent
RULES = [value for value in vars(faults).values() if isinstance(value, Rule)]


@pytest.mark.parametrize("folder", examples(HERE), ids=name)
def test_example(folder: Path, *, update_golden: bool) -> None:
    assert_example(folder, update=update_golden)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_fault_has_a_good_and_a_bad_example(rule: Rule) -> None:
    assert_good_and_bad(HERE, rule.name)
