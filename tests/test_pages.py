"""Every rule has a page, and its bad and good snippets are held to the rule."""

from pathlib import Path

import pytest

from dxplan import checks, faults
from dxplan.checks import history
from dxplan.cli.rules import every_page
from dxplan.diagnostics import Diagnostic, Rule
from dxplan.faults.pages import FAULTS
from dxplan.page import Page
from dxplan.project import load
from tests import snippets

PAGES: dict[Rule, Page] = every_page()


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.code)
def test_bad_snippet_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    assert {diagnostic.rule for diagnostic in found(PAGES[rule].bad, tmp_path)} == {rule}


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.code)
def test_good_snippet_is_sound(rule: Rule, tmp_path: Path) -> None:
    assert found(PAGES[rule].good, tmp_path) == ()


def found(snippet: str, home: Path) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with the project of a snippet, also against what it was before."""
    snippets.write(snippet, home / "data")
    examined = checks.examine(home / "data", "data")
    if not snippets.has_before(snippet):
        return examined.report.diagnostics
    snippets.write(snippet, home / "before", before=True)
    assert checks.examine(home / "before", "before").report.diagnostics == ()
    return history.against(load(home / "before", "before"), examined).diagnostics


def test_every_fault_has_a_page() -> None:
    named = {value for value in vars(faults).values() if isinstance(value, Rule)}
    assert {module.RULE for module in FAULTS} == named


def test_every_rule_file_is_listed() -> None:
    folder = Path(checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {module.RULE.name.replace("-", "_") for module in checks.RULES} == files


def test_every_rule_file_about_history_is_listed() -> None:
    files = {path.stem for path in Path(history.__file__).parent.glob("*.py")} - {"__init__", "pairs"}
    assert {module.RULE.name.replace("-", "_") for module in history.HISTORY} == files
    assert all(
        snippets.has_before(module.PAGE.bad) and snippets.has_before(module.PAGE.good) for module in history.HISTORY
    )


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in PAGES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("page", PAGES.values(), ids=[rule.code for rule in PAGES])
def test_pages_speak_both_languages(page: Page) -> None:
    for text in (page.what, page.why, page.fix):
        assert any("぀" < character < "ヿ" for character in text.ja)
        assert not any("぀" < character < "ヿ" for character in text.en.replace("年度", ""))
