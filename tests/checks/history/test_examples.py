"""Example folders: a project ``before`` and ``now``; ``bad-*`` give exactly ``expected.txt``, ``good-*`` nothing."""

from pathlib import Path

import pytest

from dxplan import checks
from dxplan.checks import history
from dxplan.diagnostics import Report
from dxplan.project import load
from dxplan.views.problems import text
from dxplan.views.terminal import plain
from tests.examples import name
from tests.golden import assert_golden

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.parent for path in HERE.glob("*/*/now/plan.yaml"))


def report(folder: Path) -> Report:
    before = load(folder / "before", "HEAD:data")
    assert before.project is not None
    return history.against(before, checks.examine(folder / "now", "data"))


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_example(folder: Path, *, update_golden: bool) -> None:
    found = report(folder)
    if folder.name.startswith("good-"):
        assert found.diagnostics == ()
        return
    assert folder.parent.name in {diagnostic.rule.name.replace("-", "_") for diagnostic in found.diagnostics}
    assert_golden(plain(text.lines(found, "ja")), folder / "expected.txt", update=update_golden)


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_same_version_twice_is_no_change(folder: Path) -> None:
    project = checks.examine(folder / "now", "data").project
    assert project is not None
    assert history.run(project, project) == []


@pytest.mark.parametrize("rule", history.HISTORY, ids=lambda module: module.RULE.name)
def test_every_rule_has_good_and_bad_examples(rule: history.Check) -> None:
    folder = HERE / rule.RULE.name.replace("-", "_")
    assert list(folder.glob("bad-*/now/plan.yaml"))
    assert list(folder.glob("good-*/now/plan.yaml"))
