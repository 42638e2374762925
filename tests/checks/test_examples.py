"""Example folders: ``tests/checks/<rule>/bad-*`` give exactly ``expected.txt``, ``good-*`` give nothing."""

from pathlib import Path

import pytest

from dxplan import checks
from dxplan.views.problems import text
from dxplan.views.terminal import plain
from tests.golden import assert_golden

HERE = Path(__file__).parent
EXAMPLES = sorted(path.parent for path in HERE.glob("*/*/plan.yaml"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_example(folder: Path, *, update_golden: bool) -> None:
    report = checks.examine(folder, "data").report
    if folder.name.startswith("good-"):
        assert report.diagnostics == ()
        return
    assert folder.parent.name in {diagnostic.rule.name.replace("-", "_") for diagnostic in report.diagnostics}
    assert_golden(plain(text.lines(report, "ja")), folder / "expected.txt", update=update_golden)


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda module: module.RULE.name)
def test_every_rule_has_a_good_and_a_bad_example(rule: checks.Check) -> None:
    home = HERE / rule.RULE.name.replace("-", "_")
    assert list(home.glob("bad-*/plan.yaml"))
    assert list(home.glob("good-*/plan.yaml"))
