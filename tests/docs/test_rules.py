"""docs/rules.md is what the rules' pages say now, and links between the docs lead somewhere."""

import pytest

from tests.docs import markdown
from tests.docs.rules_page import PAGES, render
from tests.golden import assert_golden


def test_the_page_is_made_from_the_rules(*, update_golden: bool) -> None:
    assert_golden(render(), markdown.DOCS / "rules.md", update=update_golden)


def test_every_rule_stands_on_the_page_once_in_order() -> None:
    headings = [line.split()[1] for line in render().splitlines() if line.startswith("### ")]
    assert headings == [rule.code for rule in PAGES]


@pytest.mark.parametrize("name", ["format.md", "arithmetic.md", "grades.md", "cycle.md", "rules.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = markdown.read(name)
    for file, anchor in markdown.links(text):
        there = markdown.DOCS / (file or name)
        assert there.exists(), file
        if anchor:
            assert anchor in markdown.anchors(markdown.read(file or name)), f"{file}#{anchor}"
