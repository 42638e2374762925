"""docs/rules.md, made from the rules' own pages: mend those, then ``pytest tests/docs --update-golden``."""

from collections.abc import Iterator

from dxplan.cli.rules import every_page
from dxplan.diagnostics import Rule, Severity
from dxplan.language import Text
from dxplan.page import Page

PAGES: dict[Rule, Page] = every_page()

_GROUPS = (
    ("DX0", Text("文字とYAML", "Text and YAML")),
    ("DX1", Text("形", "Shape")),
    ("DX2", Text("参照", "References")),
    ("DX3", Text("年度", "Years")),
    ("DX4", Text("値", "Values")),
)
_SEVERITIES = {Severity.ERROR: Text("誤り", "error"), Severity.WARNING: Text("注意", "warning")}

_HEAD = """\
# 規則

*In English: every rule of `dxplan validate`, with an example that breaks it and one that does not. The English
text is under each rule; `dxplan --lang en rules DX202` prints the same.*

`dxplan validate` は、計画と実績を次の規則で調べます。番号の意味は、版が変わっても変わりません。

- 「誤り」が1つでもあれば、終了コードは 1 です。「注意」だけなら 0 です。
- 同じ説明は、`dxplan rules DX202` のように番号か名前を指定しても読めます。
- 例には、規則に関わる部分だけを示します。`# plan.yaml` などの行は、どのファイルかを表します。
- その行の括弧は、文字コード（CP932）、空のファイル（empty）、ファイルの代わりのフォルダー（folder）を表します。
  `--against` で比べる規則の例では、前の版（before）を表します。どちらにも同じなら、1回だけ示します。
- ファイルの書き方は [format.md](format.md) にあります。
"""


def render() -> str:
    """Return the whole document."""
    return "\n".join((_HEAD, *_contents(), *(part for rule, page in PAGES.items() for part in _rule(rule, page))))


def _contents() -> Iterator[str]:
    for start, title in _GROUPS:
        rules = [rule for rule in PAGES if rule.code.startswith(start)]
        if rules:
            yield f"**{title.ja}** ({title.en})\n"
            yield "| 番号 | 名前 | 種別 | 調べること |\n| --- | --- | --- | --- |"
            yield from (_row(rule) for rule in rules)
            yield ""


def _row(rule: Rule) -> str:
    first = PAGES[rule].what.ja.partition("。")[0].replace("|", "\\|")
    severity = _SEVERITIES[rule.severity].ja
    return f"| [{rule.code}](#{rule.code.lower()}) | `{rule.name}` | {severity} | {_prose(first)}。 |"


def _rule(rule: Rule, page: Page) -> Iterator[str]:
    severity = _SEVERITIES[rule.severity]
    first = next(other for other in PAGES if other.code[:3] == rule.code[:3])
    if rule is first:
        title = next(title for start, title in _GROUPS if rule.code.startswith(start))
        yield f"## {title.ja} ({title.en})\n"
    yield f'<a id="{rule.code.lower()}"></a>\n'
    yield f"### {rule.code} {rule.name}（{severity.ja}）\n"
    yield f"{_prose(page.what.ja)}\n"
    yield f"**なぜ**　{_prose(page.why.ja)}\n"
    yield f"誤りの例\n\n{_fenced(page.bad)}\n"
    yield f"正しい例\n\n{_fenced(page.good)}\n"
    yield f"**直し方**　{_prose(page.fix.ja)}\n"
    yield f"<details><summary>English ({severity.en})</summary>\n"
    yield f"{_prose(page.what.en)}\n"
    yield f"**Why:** {_prose(page.why.en)}\n"
    yield f"**How to fix:** {_prose(page.fix.en)}\n"
    yield "</details>\n"


def _fenced(snippet: str) -> str:
    fence = "```" if "```" not in snippet else "````"
    return f"{fence}yaml\n{snippet.rstrip()}\n{fence}"


def _prose(text: str) -> str:
    """Return plain text as Markdown: backticks are code in it already, other signs stand for themselves."""
    pieces = text.split("`")
    for position in range(0, len(pieces), 2):
        for sign in "\\*_<>[]":
            pieces[position] = pieces[position].replace(sign, f"\\{sign}")
    return "`".join(pieces)
