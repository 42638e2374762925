"""docs/cli.md is what the commands' help says now, in full and in both languages."""

import re
from pathlib import Path

import pytest

import dxplan
from dxplan.cli.main import COMMANDS
from dxplan.views.terminal import cells
from tests.docs import markdown
from tests.docs.cli_page import help_of, render
from tests.golden import assert_golden


def test_the_page_is_made_from_the_help(*, update_golden: bool) -> None:
    assert_golden(render(), markdown.DOCS / "cli.md", update=update_golden)


@pytest.mark.parametrize("name", ["cli.md", "install.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = markdown.read(name)
    found = markdown.links(text)
    assert found
    for file, anchor in found:
        assert (markdown.DOCS / (file or name)).exists(), file
        assert not anchor or anchor in markdown.anchors(markdown.read(file or name)), f"{file}#{anchor}"


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_option_is_explained_in_both_languages(name: str) -> None:
    pages = help_of(name, "ja"), help_of(name, "en")
    options = [re.findall(r"^  (-[^ ]+(?:, --[^ ]+)?)", page, re.MULTILINE) for page in pages]
    assert options[0] == options[1] != []
    for page in pages:
        assert all(cells(line) <= 100 for line in page.splitlines())
    japanese = re.findall(r"[ぁ-んァ-ヶ一-龠]{4,}", pages[1].replace("全国地方公共団体コード", ""))
    assert set(japanese) <= {"推進計画", "令和", "年度", "入力票", "江東区"}, "Japanese on an English page"


def test_every_variable_that_is_looked_at_is_named() -> None:
    named = set(re.findall(r"`([A-Z_]+)`", markdown.read("cli.md")))
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(dxplan.__file__).parent.rglob("*.py"))
    looked_at = set(re.findall(r'environ(?:ment)?(?:\.get\(|\[)"([A-Z]\w+)"', sources))
    assert looked_at
    assert looked_at <= named
