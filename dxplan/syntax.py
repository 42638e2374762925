"""Why a text is not YAML, in words for who wrote it, and where the mistake is rather than where the parser gave up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dxplan.language import Text

At = tuple[int, int]
"""A line and a column, both from 0."""


class Stop(NamedTuple):
    """Where a parser could not go on, in its own words."""

    context: str
    problem: str
    begun: At
    """Where what the context names began."""
    at: At
    last_quote: At | None
    """Where the last text that it read began, if that was in quotes."""


class Reason(NamedTuple):
    """The likeliest mistake; line and column from 0."""

    line: int
    column: int
    message: Text
    hint: Text


def reason(stop: Stop, lines: list[str]) -> Reason:
    """Return why the parser could not go on."""
    context, problem = stop.context, stop.problem
    start = stop.begun if _OPENED.search(context) else stop.at
    line, column = start if _BEGUN.search(context) and not _INSIDE.search(problem) else stop.at
    slip = slip_near(start[0], lines, context)
    if slip:
        return slip
    source = lines[line] if line < len(lines) else ""
    before = source[:column].rstrip()
    if before.endswith(("'", '"')) and stop.last_quote and stop.last_quote[0] < line:
        return Reason(*stop.last_quote, *_OPEN_QUOTE)  # what closed it was meant to open the next text
    if "mapping values" in problem and ": " not in before:
        indent = len(source) - len(source.lstrip(" "))
        return Reason(line, indent, *_INDENT)
    if "flow" in context and start[0] != stop.at[0]:
        return Reason(*start, *_OPEN_BRACKET)
    if "block" in context and source[column : column + 1] == ":":
        return Reason(line, column, *_NO_KEY)
    if "block" in context and before.endswith(("'", '"', "]", "}")):
        return Reason(line, column, *_TEXT_AFTER)
    for where, what, message, hint in _REASONS:
        if where in context and what in problem:
            return Reason(line, column, message, hint)
    return Reason(line, column, Text("YAMLとして読めません", f"this is not YAML: {problem}"), _LOOK_HERE)


def slip_near(number: int, lines: list[str], context: str = "") -> Reason | None:
    """Return a slip of the pen in a line or just above it; of several in a row the first."""
    found = next((slip for n in (number, number - 1) if (slip := _slip(n, lines, context))), None)
    while found and (above := _slip(found.line - 1, lines, context)):
        found = above
    return found


def _slip(number: int, lines: list[str], context: str) -> Reason | None:
    if 0 <= number < len(lines):
        for where, pattern, message, hint in _SLIPS:
            if where in context and (match := pattern.match(lines[number], 0, _WIDTH)):
                return Reason(number, match.start(1), message, hint)
    return None


_WIDTH = 1000  # characters of a line that are looked at
_KEY = r"""[ ]*(?:-[ ]+)*["']?(?:[A-Za-z0-9_-]+|\w{2,6}年度)["']?"""
_BLANK = Text("半角の空白に置き換える", "replace it by ASCII spaces")
_SLIPS: Iterable[tuple[str, re.Pattern[str], Text, Text]] = (
    ("", re.compile(r"[ ]*(?:-[ ]*)*(\t)"), Text("字下げにタブは使えません", "a tab cannot indent"), _BLANK),
    (
        "",
        re.compile(r"[ ]*(?:-[ ]*)*([\u00a0\u2000-\u200a\u3000])"),
        Text("字下げに全角などの空白は使えません", "only ASCII spaces can indent, no full-width or other blanks"),
        _BLANK,
    ),
    (
        "",
        re.compile(rf"{_KEY}:([\u00a0\u2000-\u200a\u3000])"),
        Text("コロンの後が全角などの空白です", "a full-width or other blank after the colon"),
        _BLANK,
    ),
    (
        "",
        re.compile(rf"{_KEY}[ ]?(：)"),
        Text("全角コロン「：」です", "full-width colon `：`"),
        Text("半角のコロンと空白「: 」に直す", "write an ASCII colon and a space, `: `"),
    ),
    (
        "",
        re.compile(rf"{_KEY}(:)(?=[^\s/:])"),
        Text("コロンの後に空白がありません", "no space after the colon"),
        Text("「: 」のように半角の空白を入れる", "put a space after it, as in `key: value`"),
    ),
    (
        "",
        re.compile(r"[ ]*(-)(?=[^\W\d]|[\"'])"),
        Text("「-」の後に空白がありません", "no space after `-`"),
        Text("「- 」のように半角の空白を入れる", "put a space after it, as in `- item`"),
    ),
    (
        "",
        re.compile(rf"{_KEY}:[ ]+([｛［])"),
        Text("全角の括弧です", "a full-width bracket"),
        Text("半角の括弧「[ ]」「{ }」に直す", "write ASCII brackets, `[ ]` or `{ }`"),
    ),
    (
        "flow",
        re.compile(r".*?[\[{].*?([、，])"),
        Text("全角の区切り「、」「，」です", "a full-width comma"),
        Text("半角のカンマと空白「, 」に直す", "write an ASCII comma and a space, `, `"),
    ),
    (
        "",
        re.compile(r"(%)"),
        Text("「%」で始まる指示行は使えません", "a directive, a line that starts with `%`, is not allowed"),
        Text("その行を消す", "remove the line"),
    ),
)
"""What is often typed by mistake: where (a word of the parser's context), its look (at group 1), message, hint."""

_OPENED = re.compile("quoted scalar|block scalar|flow sequence|flow mapping|simple key|an alias|an anchor|a tag")
"""Contexts that begin where something was opened that the parser could not finish."""
_BEGUN = re.compile("quoted scalar|block scalar|simple key|an alias|an anchor|a tag")
_INSIDE = re.compile("escape|hex")

_LOOK_HERE = Text(
    "この行と前の行の字下げと記号を確かめる", "check the indent and the signs of this line and the one before"
)
_CANNOT_START = (
    Text("この記号で値を始めることはできません", "a value cannot start with this sign"),
    Text(
        "文字なら値全体を引用符で囲む。数値なら記号を付けない",
        "if it is text, put the whole value in quotes; if it is a number, leave out the sign",
    ),
)
_INDENT = (
    Text("字下げが前の行と合いません", "the indent does not fit the lines before"),
    Text("同じ段の行と、行頭の空白の数をそろえる", "start the line under the others of its level"),
)
_OPEN_QUOTE = (
    Text("引用符が閉じられていません", "a quote is not closed"),
    Text("同じ種類の引用符で閉じる", "close it with the same kind of quote"),
)
_OPEN_BRACKET = (
    Text("括弧が閉じられていません", "a bracket is not closed"),
    Text(
        "同じ種類の括弧で閉じる。中の「, 」の抜けも確かめる",
        "close it with the same kind of bracket, and look for a missing `, ` in it",
    ),
)
_NO_KEY = (
    Text("「:」の前にキーがありません", "no key before `:`"),
    Text("「キー: 値」の形に直す", "write it as `key: value`"),
)
_TEXT_AFTER = (
    Text("閉じた引用符や括弧の後に余分な文字があります", "something follows a closed quote or bracket"),
    Text("値全体を引用符で囲むか、余分な文字を消す", "put the whole value in quotes, or remove what follows"),
)
_REASONS: Iterable[tuple[str, str, Text, Text]] = (
    *(
        (
            "quoted scalar",
            problem,
            Text("「\\」の後の文字が正しくありません", "a `\\` with a character that cannot follow it"),
            Text("「\\」そのものは「\\\\」と書くか、' ' で囲む", "write `\\\\` for the sign itself, or quote with ' '"),
        )
        for problem in ("escape", "hex")
    ),
    ("quoted scalar", "", *_OPEN_QUOTE),
    (
        "flow",
        "",
        Text("括弧「[ ]」「{ }」の中が正しくありません", "something is wrong inside `[ ]` or `{ }`"),
        Text(
            "要素を「, 」で区切り、同じ種類の括弧で閉じる",
            "separate items by `, ` and close with the same kind of bracket",
        ),
    ),
    (
        "",
        "mapping values",
        Text("値の中に「: 」があります", "`: ` inside a value"),
        Text("値全体を引用符で囲む", "put the whole value in quotes"),
    ),
    (
        "simple key",
        "",
        Text("キーの後に「: 」がありません", "a key without `: ` after it"),
        Text("「キー: 値」の形に直す", "write it as `key: value`"),
    ),
    (
        "",
        "sequence entries",
        Text("ここに「-」は書けません", "a `-` cannot stand here"),
        Text(
            "値がなければ消す。一覧なら改行して書く。文字なら引用符で囲む",
            "remove it where there is no value; start a list on a new line; quote what is text",
        ),
    ),
    *(
        (context, problem, *_CANNOT_START)
        for context, problem in (
            ("", "cannot start any token"),
            ("", "node content"),
            ("", "mapping keys"),
            ("an alias", ""),
            ("an anchor", ""),
            ("a tag", ""),
            ("", "tag handle"),
            ("block scalar", ""),
        )
    ),
    (
        "",
        "document start",
        Text("「...」の行の後に内容があります", "there is content after the line `...`"),
        Text("「...」の行を消す", "remove the line `...`"),
    ),
    ("block mapping", "", *_INDENT),
    ("block collection", "", *_INDENT),
)
"""Words of the parser's context and of its problem, and what they mean to people."""
