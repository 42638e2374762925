"""What a new plan needs to be told, and what is wrong with an answer: the same sentences as ``dxplan validate``."""

from __future__ import annotations

import json
import unicodedata
from typing import NamedTuple

from dxplan import checks
from dxplan.diagnostics import in_order
from dxplan.editing.patch import number_or_text, scalar
from dxplan.fiscal_year import FIRST, LAST, FiscalYear
from dxplan.language import Text
from dxplan.model.plan import Plan
from dxplan.model.reading import read
from dxplan.project import Project
from dxplan.source import Document
from dxplan.source import read as read_source


class Answers(NamedTuple):
    """What is known of a new plan, as it was typed; None for what was not asked yet."""

    name: str | None = None
    """The municipality."""
    code: str | None = None
    """Its 団体コード; a plan can do without."""
    first: str | None = None
    """The plan's first fiscal year."""
    last: str | None = None
    """Its last."""
    title: str | None = None
    """The plan's title."""


class Fault(NamedTuple):
    """What is wrong with an answer, and the way out."""

    message: Text
    hint: Text | None


class Told(NamedTuple):
    """Sound answers."""

    name: str
    code: str | None
    first: FiscalYear
    last: FiscalYear
    title: str


def tidied(answers: Answers) -> Answers:
    """Return the answers without what no official types on purpose: blanks around, NFD, full-width digits of a code."""
    return Answers(
        name=_tidied(answers.name),
        code=unicodedata.normalize("NFKC", answers.code).strip() or None if answers.code is not None else None,
        first=_tidied(answers.first),
        last=_tidied(answers.last),
        title=_tidied(answers.title),
    )


def _tidied(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text).strip()


def default_title(name: str) -> str:
    """Return the title that a plan of this municipality most likely has."""
    return f"{name}DX推進計画"


def default_last(first: str) -> str | None:
    """Return the last of five years; None where there is none."""
    try:
        last = FiscalYear.parse(first) + 4
    except ValueError:
        return None
    return str(last) if last.western <= LAST else None


def fault(answers: Answers) -> Fault | None:
    """Return the first thing that is wrong with tidied answers, or None: then a plan with them has no findings."""
    given = [answer for answer in answers if answer is not None]
    if "" in given:
        return Fault(Text("空にはできません", "it cannot be empty"), Text("内容を書く", "write something"))
    if any(character in answer for answer in given for character in "\n\r\t"):
        return Fault(
            Text("途中に改行かタブがあります", "there is a line break or a tab in it"),
            Text("1行で書く。間を空けるなら空白にする", "write it on one line, with spaces"),
        )
    text = _smallest_plan(answers)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        return Fault(
            Text("文字として読めないバイトがあります", "there are bytes in it that are no text"),
            Text("端末の文字コードをUTF-8にして、入力し直す", "set the terminal to UTF-8 and type it again"),
        )
    document = read_source("plan.yaml", content)
    found = list(document.faults)
    if isinstance(document, Document):
        reading = read(Plan, document)
        found += [*reading.faults, *checks.run(Project(reading, ()))]
    for diagnostic in sorted(found, key=in_order):
        return Fault(diagnostic.message, diagnostic.hint)
    return _odd_year(answers)


def _odd_year(answers: Answers) -> Fault | None:
    """Return what is wrong with a year that can be read, but that no plan has: there is none before it."""
    years = [FiscalYear.parse(year) for year in (answers.first, answers.last) if year is not None]
    if any(year.western == FIRST for year in years):
        first, last = FiscalYear(FIRST + 1), FiscalYear(LAST)
        return Fault(
            Text("計画期間として古すぎます", "too long ago for a plan"),
            Text(f"{first} から {last} までの年度にする", f"choose from {first} to {last}"),
        )
    return None


def told(answers: Answers) -> Told:
    """Return answers without a fault as what they say; name and both years have to be there (ValueError)."""
    if answers.name is None or answers.first is None or answers.last is None:
        raise ValueError("an answer is missing")
    title = answers.title if answers.title is not None else default_title(answers.name)
    return Told(answers.name, answers.code, FiscalYear.parse(answers.first), FiscalYear.parse(answers.last), title)


def organization(name: str, code: str | None) -> str:
    """Return the municipality as YAML."""
    return f"{{name: {scalar(name)}{'' if code is None else f', code: {json.dumps(code, ensure_ascii=False)}'}}}"


def _smallest_plan(answers: Answers) -> str:
    """Return a plan that holds nothing but the answers, and what is sound in place of those that are not there."""
    name = answers.name if answers.name is not None else "例示市"
    title = answers.title if answers.title is not None else default_title(name)
    first = answers.first or answers.last or "R8"
    last = answers.last or first
    return (
        "format: 1\n"
        f"title: {scalar(title)}\n"
        f"organization: {organization(name, answers.code)}\n"
        f"period: {{from: {number_or_text(first)}, to: {number_or_text(last)}}}\n"
    )
