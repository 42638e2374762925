"""Example folders: what ``bad-*`` says is its ``expected.txt``, letter for letter; ``good-*`` says nothing."""

from pathlib import Path

from dxplan import checks
from dxplan.views.problems import text
from dxplan.views.terminal import plain
from tests.golden import assert_golden


def examples(home: Path) -> list[Path]:
    """Return every example below ``home``, which holds one folder for each rule."""
    return sorted(path.parent for path in home.glob("*/*/plan.yaml"))


def name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def assert_example(folder: Path, *, update: bool) -> None:
    report = checks.examine(folder, "data").report
    if folder.name.startswith("good-"):
        assert report.diagnostics == ()
        return
    assert folder.parent.name in {diagnostic.rule.name.replace("-", "_") for diagnostic in report.diagnostics}
    assert_golden(plain(text.lines(report, "ja")), folder / "expected.txt", update=update)


def assert_good_and_bad(home: Path, rule: str) -> None:
    folder = home / rule.replace("-", "_")
    assert list(folder.glob("bad-*/plan.yaml"))
    assert list(folder.glob("good-*/plan.yaml"))
