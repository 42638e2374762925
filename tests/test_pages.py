"""Every rule has a page, and its bad and good snippets are held to the rule."""

from pathlib import Path

import pytest

from dxplan import checks, faults
from dxplan.diagnostics import Rule
from dxplan.faults.pages import FAULTS
from dxplan.page import Page
from tests import snippets

PAGES: dict[Rule, Page] = {module.RULE: module.PAGE for module in (*FAULTS, *checks.RULES)}


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.code)
def test_bad_snippet_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    snippets.write(PAGES[rule].bad, tmp_path / "data")
    found = checks.examine(tmp_path / "data", "data").report.diagnostics
    assert {diagnostic.rule for diagnostic in found} == {rule}


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.code)
def test_good_snippet_is_sound(rule: Rule, tmp_path: Path) -> None:
    snippets.write(PAGES[rule].good, tmp_path / "data")
    assert checks.examine(tmp_path / "data", "data").report.diagnostics == ()


def test_every_fault_has_a_page() -> None:
    named = {value for value in vars(faults).values() if isinstance(value, Rule)}
    assert {module.RULE for module in FAULTS} == named


def test_every_rule_file_is_listed() -> None:
    folder = Path(checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {module.RULE.name.replace("-", "_") for module in checks.RULES} == files


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in PAGES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("page", PAGES.values(), ids=[rule.code for rule in PAGES])
def test_pages_speak_both_languages(page: Page) -> None:
    for text in (page.what, page.why, page.fix):
        assert any("぀" < character < "ヿ" for character in text.ja)
        assert not any("぀" < character < "ヿ" for character in text.en.replace("年度", ""))
