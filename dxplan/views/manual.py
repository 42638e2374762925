"""Rules as pages to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxplan.diagnostics import Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.views.terminal import Line, Screen, wrap

_READABLE = 80
_GROUPS = (
    ("DX0", Text("文字とYAML", "Text and YAML")),
    ("DX1", Text("形", "Shape")),
    ("DX2", Text("参照", "References")),
    ("DX3", Text("年度", "Years")),
    ("DX4", Text("値", "Values")),
)


def overview(pages: Mapping[Rule, Page], screen: Screen) -> Iterator[Line]:
    """Yield the list of rules, each with its first sentence."""
    name_width = max(len(rule.name) for rule in pages)
    width = min(screen.width, 120)
    for start, title in _GROUPS:
        yield ((title.to(screen.language), "bold"),)
        for rule, page in pages.items():
            if not rule.code.startswith(start):
                continue
            first, *rest = wrap(_first_sentence(page, screen), max(width - name_width - 10, 20))
            yield ((f"  {rule.code}", "bold"), (f" {rule.name:<{name_width}} {first}", ""))
            for line in rest:
                yield ((" " * (name_width + 9) + line, ""),)
        yield ()
    yield ((Text("説明を読む: dxplan rules DX202", "To read a page: dxplan rules DX202").to(screen.language), ""),)


def _first_sentence(page: Page, screen: Screen) -> str:
    text = page.what.to(screen.language)
    end = "。" if screen.language == "ja" else ". "
    return text.split(end)[0].rstrip("。.") + ("。" if screen.language == "ja" else ".")


def page(rule: Rule, page: Page, screen: Screen) -> Iterator[Line]:
    """Yield one rule's page."""
    language = screen.language
    width = min(screen.width, _READABLE)
    severity = {"error": Text("誤り", "error"), "warning": Text("注意", "warning")}[rule.severity.value]
    yield ((f"{rule.code} {rule.name}", "bold"), (f"  {severity.to(language)}", "dim"))
    for title, text in (
        (Text("何を調べるか", "What it looks for"), page.what),
        (Text("なぜ", "Why"), page.why),
    ):
        yield ()
        yield ((title.to(language), "bold"),)
        yield from (((f"  {line}", ""),) for line in wrap(text.to(language), width - 2))
    for title, snippet in (
        (Text("誤りの例", "Wrong"), page.bad),
        (Text("正しい例", "Right"), page.good),
    ):
        yield ()
        yield ((title.to(language), "bold"),)
        yield from (((f"  {line}", "cyan"),) for line in snippet.rstrip("\n").split("\n"))
    yield ()
    yield ((Text("直し方", "How to fix").to(language), "bold"),)
    yield from (((f"  {line}", ""),) for line in wrap(page.fix.to(language), width - 2))
