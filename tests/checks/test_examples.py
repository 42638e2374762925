"""Example folders: ``tests/checks/<rule>/bad-*`` give exactly ``expected.txt``, ``good-*`` give nothing."""

from pathlib import Path

import pytest

from dxplan import checks
from tests.examples import assert_example, assert_good_and_bad, examples, name

HERE = Path(__file__).parent


@pytest.mark.parametrize("folder", examples(HERE), ids=name)
def test_example(folder: Path, *, update_golden: bool) -> None:
    assert_example(folder, update=update_golden)


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda module: module.RULE.name)
def test_every_rule_has_a_good_and_a_bad_example(rule: checks.Check) -> None:
    assert_good_and_bad(HERE, rule.RULE.name)
