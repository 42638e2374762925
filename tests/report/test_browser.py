"""The report in a real browser: WCAG 2.2 AA as far as it can be measured, narrow and wide, light and dark, on paper.

``pytest -m browser`` runs these; CONTRIBUTING says what they need.
"""

from __future__ import annotations

import os
import unicodedata
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from dxplan.report import html
from dxplan.report.document import Page
from dxplan.report.theme import Theme
from tests.report import browser as chromium
from tests.report.browser import Browser, Json
from tests.report.reading import squeezed
from tests.report.test_published import HOSTILE, KOTO, PROJECTS, page, pages

pytestmark = pytest.mark.browser

PROGRAM, AXE = chromium.chromium(), chromium.axe()
SCRIPT = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
A4 = 794 - 2 * 57
"""Width in CSS pixels of an A4 page within its margins of 15 mm."""

PAGES: dict[str, Callable[[], Page]] = {
    "koto": partial(page, KOTO, "R7", "ja"),
    "messy": partial(page, PROJECTS / "every-kind", "R7", "ja"),
    "english": partial(page, PROJECTS / "all-means", "R2", "en"),
    "hostile": partial(page, HOSTILE, "R7", "ja"),
    "index": lambda: pages(KOTO, "ja")["index.html"],
    "initiative": lambda: pages(PROJECTS / "all-means", "ja")["initiative-1.html"],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if os.name != "posix":
        pytest.skip("the DevTools pipe is opened the POSIX way")
    if PROGRAM is None:
        pytest.skip("no Chromium here: apt-get install chromium, or DXPLAN_CHROMIUM=/path/to/it")
    with chromium.started(PROGRAM) as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        (folder / f"{name}.html").write_text(html.document(made(), Theme()), encoding="utf-8")
    return folder


@pytest.fixture(params=PAGES)
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    return folder / f"{request.param}.html"


@pytest.fixture
def shown(browser: Browser, path: Path) -> Browser:
    """Return a browser that shows the page, and asks it what the tests ask."""
    return show(browser, path)


def show(browser: Browser, path: Path) -> Browser:
    browser.screen(1280)
    browser.media()
    browser.load(path)
    browser.run("(script) => { (0, eval)(script); }", SCRIPT)
    return browser


def ask(browser: Browser, question: str, *arguments: Json) -> Json:
    return browser.run(f"(...given) => page.{question}(...given)", *arguments)


def everywhere(browser: Browser, check: Callable[[], Json]) -> dict[tuple[int, str], Json]:
    """Return what ``check`` found at each width, in the light and in the dark; nothing where it found nothing."""
    found = {}
    for scheme in SCHEMES:
        browser.media(prefers_color_scheme=scheme)
        for width in WIDTHS:
            browser.screen(width)
            if answer := check():
                found[width, scheme] = answer
    return found


# axe-core


def with_axe(browser: Browser) -> None:
    if AXE is None:
        pytest.skip("no axe-core here: CONTRIBUTING says how to get it, or DXPLAN_AXE=/path/to/axe.min.js")
    browser.run("(script) => { (0, eval)(script); }", AXE.read_text(encoding="utf-8"))


CANNOT_TELL = {"color-contrast"}
"""Rules of axe-core that leave something undecided: what is behind words in a chart, in a scrolled table, or too short.
`faint` and `pale` compute that."""


def test_axe_finds_nothing(shown: Browser) -> None:
    with_axe(shown)

    def check() -> list[list[str]]:
        result = ask(shown, "axe", TAGS)
        return [*result["violations"], *(each for each in result["incomplete"] if each[0] not in CANNOT_TELL)]

    assert everywhere(shown, check) == {}


FAULTS = {
    "html-has-lang": ('<html lang="ja">', "<html>"),
    "color-contrast": ("</style>", "main p { color: #aaa }</style>"),
    "scope-attr-valid": ('<th scope="col">', '<th scope="column">'),
    "svg-img-alt": ("<figure>", '<figure><svg role="img" viewBox="0 0 9 9" width="9" height="9"></svg>'),
    "scrollable-region-focusable": ('role="region" tabindex="0"', 'role="region" tabindex="-1"'),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_axe_finds_what_is_planted(rule: str, browser: Browser, folder: Path, tmp_path: Path) -> None:
    whole = (folder / "koto.html").read_text(encoding="utf-8")
    broken = whole.replace(*FAULTS[rule])
    assert broken != whole
    path = tmp_path / "broken.html"
    path.write_text(broken, encoding="utf-8")
    show(browser, path)
    with_axe(browser)
    browser.screen(320)
    assert rule in {found[0] for found in ask(browser, "axe", TAGS)["violations"]}


# What axe-core cannot tell


def test_charts_stand_out_from_the_page(shown: Browser) -> None:
    assert everywhere(shown, partial(ask, shown, "faint")) == {}


def test_the_words_of_a_chart_have_room_and_are_no_smaller_than_12_pixels(shown: Browser) -> None:
    assert everywhere(shown, partial(ask, shown, "crowded")) == {}
    assert everywhere(shown, lambda: [size for size in ask(shown, "letters") if size < 12]) == {}


def test_charts_are_told_apart_in_forced_colours(shown: Browser) -> None:
    for scheme in SCHEMES:
        shown.media(forced_colors="active", prefers_color_scheme=scheme)
        assert ask(shown, "faint") == []


def test_text_stands_out_from_what_is_behind_it(shown: Browser) -> None:
    assert everywhere(shown, partial(ask, shown, "pale")) == {}


def test_the_dark_is_dark(shown: Browser) -> None:
    shown.media(prefers_color_scheme="dark")
    assert max(ask(shown, "ground")) < 64
    shown.media(prefers_color_scheme="light")
    assert min(ask(shown, "ground")) > 192


# Narrow, large, spaced


def lost(browser: Browser, width: int) -> dict[str, Json]:
    """Return what a reader would lose: what is cut off, or reaches out of the page."""
    sideways = ask(browser, "width")
    found = {"outside": ask(browser, "outside"), "clipped": ask(browser, "clipped")}
    return {**({"width": sideways} if sideways > width else {}), **{name: each for name, each in found.items() if each}}


@pytest.mark.parametrize("width", [*WIDTHS, 640])
def test_nothing_reaches_out_of_the_page(shown: Browser, width: int) -> None:
    shown.screen(width)  # 640 px is what is left of 1280 at a zoom of 200 %, 320 px at 400 %
    assert lost(shown, width) == {}


SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("style", [SPACED, "html { font-size: 200% !important; }"], ids=["spaced", "large"])
def test_nothing_is_lost_in_spaced_or_large_letters(shown: Browser, width: int, style: str) -> None:
    shown.screen(width)
    ask(shown, "style", style)
    assert lost(shown, width) == {}


def test_what_is_wider_than_the_page_scrolls_by_itself_and_by_keyboard(shown: Browser) -> None:
    shown.screen(320)
    regions = ask(shown, "regions")
    assert regions
    assert [each for each in regions if (each["role"], each["tabindex"]) != ("region", "0") or not each["label"]] == []
    labels = [each["label"] for each in regions]
    assert len(labels) == len(set(labels))


# Keyboard


def tab(browser: Browser, *, back: bool = False) -> Json:
    browser.press("Tab", 9, shift=back)
    return ask(browser, "focus")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_keyboard_reaches_everything_and_shows_where_it_is(shown: Browser, width: int) -> None:
    shown.screen(width, 700)
    stops = ask(shown, "stops")
    reached = [tab(shown) for _ in stops]
    assert [focus and focus["stop"] for focus in reached] == list(range(len(stops)))
    assert [focus for focus in reached if focus["outline"] < 2 or focus["contrast"] < 3 or not focus["seen"]] == []


def test_the_first_stop_skips_to_the_text(shown: Browser) -> None:
    ask(shown, "stops")
    assert tab(shown)["what"].startswith("a.skip")
    shown.press("Enter", 13)
    assert shown.run("() => document.querySelector('main:target, main:focus') !== null")
    tab(shown)
    assert shown.run("() => document.activeElement.closest('main') !== null")


# Structure


def test_headings_do_not_jump(shown: Browser) -> None:
    levels = [level for level, _ in ask(shown, "headings")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_ids_are_unique_and_links_lead_somewhere(shown: Browser) -> None:
    assert ask(shown, "doubled") == []
    assert ask(shown, "astray") == []


def test_nothing_is_asked_of_the_network_and_nothing_is_complained_of(browser: Browser, path: Path) -> None:
    browser.screen(1280)
    browser.load(path, bypass_csp=False)
    asked = [event["request"]["url"] for event in browser.happened("Network.requestWillBeSent")]
    assert asked == [path.as_uri()]
    assert browser.happened("Runtime.consoleAPICalled") + browser.happened("Runtime.exceptionThrown") == []
    assert browser.happened("Log.entryAdded") == []
    assert browser.run("() => getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"


# Paper


def test_paper_holds_every_table_whole(shown: Browser) -> None:
    shown.media("print", prefers_color_scheme="dark")
    shown.screen(A4)
    assert ask(shown, "wide", A4) == []
    assert ask(shown, "scrolling") == []
    assert ask(shown, "shown", "nav, .skip") == []
    assert ask(shown, "ground") == [255, 255, 255]
    assert ask(shown, "pale") == []
    assert ask(shown, "faint") == []
    assert ask(shown, "crowded") == []


def test_paper_is_a4_and_no_heading_stands_at_its_foot(shown: Browser) -> None:
    shown.media("print")
    heads = [tuple(map(_printed, each)) for each in ask(shown, "heads")]
    shown.media()
    printed = shown.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
    sheets = PdfReader(BytesIO(b64decode(printed))).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
    words = [_printed(sheet.extract_text()) for sheet in sheets]
    for above, below in pairwise(words):
        assert [head for head, rest in heads if above.endswith(head) and below.startswith(rest[:5])] == []


def _printed(text: str) -> str:
    """Return a text as it is read back from paper: Chromium writes some characters as their compatible ones."""
    return unicodedata.normalize("NFKC", squeezed(text))
