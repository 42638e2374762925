"""A page as PDF: A4, tagged (PDF/UA-1 and PDF/A-2a), the same bytes for the same page, template and fonts.

Typst draws it. What the page says goes in as JSON and is never part of a Typst source, so that no text can be code.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never
from unicodedata import east_asian_width

from dxplan.errors import DxplanError, RefusedError, UsageError
from dxplan.language import Language, Text, same
from dxplan.report.charts import Colours, drawing
from dxplan.report.document import (
    Block,
    Cell,
    Chart,
    Download,
    Facts,
    Items,
    Line,
    Notes,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
)
from dxplan.report.theme import OwnFile

if TYPE_CHECKING:
    import typst

Json = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"] | None

FAMILIES = (
    "BIZ UDGothic",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "Yu Gothic",
    "Hiragino Kaku Gothic ProN",
    "Hiragino Sans",
)
"""The Japanese fonts to look for, best first; none with proportional kana, whose brackets overlap in Typst."""

STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")
"""Always asked for: without them Typst leaves out the characters that no font has, and says nothing."""

_TEMPLATES = Path(__file__).with_name("templates")
_MAIN = """\
#import "dxplan.typ": data, fonts
#set document(title: data.title.text.join(), author: data.author, keywords: (sys.inputs.fingerprint,))
#set text(lang: data.language, font: fonts)
#include "report.typ"
"""
_KEYWORD = "dxplan-sha256-"
_FINGERPRINT = re.compile(rb"<pdf:Keywords>[^<]*\bdxplan-sha256-([0-9a-f]{64})\b")


def document(
    page: Page,
    template: OwnFile | None = None,
    *,
    fonts: Sequence[Path] = (),
    system_fonts: bool = True,
) -> bytes:
    """Return the page as a PDF file.

    ``template`` is a municipality's own Typst text, which may import ``dxplan.typ`` and can read nothing else;
    ``fonts`` are folders with fonts besides those of the system. Raises UsageError where typst or a Japanese font is
    not installed, or no font has a character, and RefusedError where the template has a fault.
    """
    try:
        import typst  # noqa: PLC0415 - an extra, and only who prints waits for it
    except ImportError as error:
        raise _typst_missing() from error
    found, families = _fonts(fonts, system=system_fonts)
    said = _said(page)
    mark = _mark(said, template)
    files = {
        "main.typ": _MAIN.encode(),
        "report.typ": _own("report.typ") if template is None else template.text.encode(),
        "dxplan.typ": _own("dxplan.typ"),
    }
    with tempfile.TemporaryDirectory() as empty, _no_downloads():
        try:
            # It takes a dict of files too, which its types do not say yet.
            made: bytes = typst.compile_with_warnings(  # type: ignore[call-overload]
                files,
                root=Path(empty),
                font_paths=found,
                sys_inputs={"page": said, "fonts": json.dumps(families), "fingerprint": _KEYWORD + mark},
                pdf_standards=[*STANDARDS],
                package_path=Path(empty),
                package_cache_path=Path(empty),
                timestamp=_timestamp(page.date),
            )[0]
        except typst.TypstError as error:
            if fault := _in_words(page, template, error):
                raise fault from error
            raise
    if template is not None and fingerprint_in(made) != mark:
        raise RefusedError(
            Text(
                f"{template.file}: PDFのキーワードを書き換えています（データとの照合に使います）",
                f"{template.file}: it changes the PDF's keywords, by which a PDF is compared with the data",
            ),
            Text("set document に keywords を書かない", "leave keywords out of `set document`"),
        )
    return made


def fingerprint(page: Page, template: OwnFile | None = None) -> str:
    """Return what tells one page and template from every other, whatever the fonts: 64 hexadecimal digits."""
    return _mark(_said(page), template)


def fingerprint_in(pdf: bytes) -> str | None:
    """Return the fingerprint that a PDF of ours was made from, or None in any other file."""
    found = _FINGERPRINT.search(pdf)
    return found[1].decode() if found else None


def _mark(said: str, template: OwnFile | None) -> str:
    parts = (said.encode(), _own("dxplan.typ"), _own("report.typ") if template is None else template.text.encode())
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def _own(name: str) -> bytes:
    # A checkout on Windows may have CRLF; the fingerprint is the same everywhere.
    return (_TEMPLATES / name).read_bytes().replace(b"\r\n", b"\n")


def _timestamp(date: str | None) -> datetime:
    """Return when the report was published, to the day; PDF/A insists on a date, so 1970 where none is known."""
    year, month, day = (*map(int, (date or "1970").split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


@contextmanager
def _no_downloads() -> Iterator[None]:
    """Let no template load a package from the net: typst has no switch for that, but obeys a proxy that refuses."""
    names = ("https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
    before = {name: os.environ.get(name) for name in names}
    try:
        for name in names:
            os.environ[name] = "" if name.lower() == "no_proxy" else "http://127.0.0.1:9"
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _fonts(folders: Sequence[Path], *, system: bool) -> tuple[typst.Fonts, list[str]]:
    """Return the fonts to draw with and the names of the Japanese ones among them, best first."""
    import typst  # noqa: PLC0415 - see `document`

    for more in ((), _packaged()):
        paths = [path for path in (*folders, *more) if path.exists()]
        found = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=paths)
        there = set(found.families())
        if families := [family for family in FAMILIES if family in there]:
            return found, families
    raise UsageError(
        Text(
            "PDFに使う日本語の書体がありません",
            "there is no Japanese font for the PDF",
        ),
        Text(
            "Windowsでは［オプション機能］から日本語補助フォント（BIZ UDゴシック）、Debian/Ubuntuではapt install "
            "fonts-noto-cjk、macOSではNoto Sans CJK JPを入れる",
            "install one: on Windows BIZ UDGothic (Optional features), on Debian or Ubuntu "
            "`apt install fonts-noto-cjk`, on macOS Noto Sans CJK JP",
        ),
    )


def font_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders with further fonts, named as for typst itself: ``TYPST_FONT_PATHS``."""
    return tuple(Path(name) for name in environment.get("TYPST_FONT_PATHS", "").split(os.pathsep) if name)


def _packaged() -> tuple[Path, ...]:
    """Return the folder of the font package that our own tests use, where it is installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - only where the system has no font

    spec = find_spec("pylopdf_fonts_jp")
    return (Path(spec.origin).parent,) if spec and spec.origin else ()


def _typst_missing() -> UsageError:
    return UsageError(
        Text("PDFを作るには typst が要ります", "typst is needed for a PDF"),
        Text('pip install "dxplan[pdf]" で入れる', 'install it: pip install "dxplan[pdf]"'),
    )


_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_SPOT = re.compile(r"\breport\.typ:(\d+):(\d+)")
_NAMED_AT_MOST = 5


def _in_words(page: Page, template: OwnFile | None, error: typst.TypstError) -> DxplanError | None:
    """Return the line for what typst could not do, or None where it is neither the fonts' nor the template's doing."""
    if texts := _NO_GLYPH.findall(error.diagnostic):
        return _no_glyph(page, _unescaped("".join(texts)))
    if template is None:
        return None
    spot = _SPOT.search(error.diagnostic)
    place = f"{template.file}:{spot[1]}:{spot[2]}" if spot else template.file
    if "failed to download package" in error.message:
        return RefusedError(
            Text(
                f"{place}: インターネットのパッケージは使えません",
                f"{place}: packages from the net cannot be used",
            ),
            Text("@preview を使わずに書く", "write it without @preview"),
        )
    # The searched path is the empty folder that the template is shut into: of no use to its author.
    said = re.sub(r" \(searched at .*?\)$", "", " ".join(error.message.split()))
    return RefusedError(
        Text(f"{place}: テンプレートを使えません（{said}）", f"{place}: the template cannot be used ({said})"),
        Text("docs/report.md の例を見て直す", "mend it after the example in docs/report.md"),
    )


def _unescaped(text: str) -> str:
    r"""Return a text of typst's messages as it was: it writes some characters as ``\u{1f600}``."""
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), text).replace('\\"', '"')


def _no_glyph(page: Page, characters: str) -> UsageError:
    """Return the line that names the characters that no font has, each with the first place where it stands."""
    named = []
    for character in dict.fromkeys(characters):
        where = next((place for place, text in _texts(page) if character in text), None)
        name = f"{character} (U+{ord(character):04X})"
        named.append(Text(f"{name}「{where}」", f"{name} in “{where}”") if where else same(name))
    more = len(named) - _NAMED_AT_MOST
    shown = named[:_NAMED_AT_MOST]
    return UsageError(
        Text(
            "PDFに使う書体にない文字があります: "
            + "、".join(name.ja for name in shown)
            + (f"、ほか{more}字" if more > 0 else ""),
            "no font for the PDF has: "
            + ", ".join(name.en for name in shown)
            + (f", and {more} more" if more > 0 else ""),
        ),
        Text(
            "その文字のある書体を入れるか、ほかの文字で書く",
            "install a font that has it, or write it in other characters",
        ),
    )


def _texts(page: Page) -> Iterator[tuple[str, str]]:
    """Yield every text that is printed, after the title of where it stands."""
    for text in (page.title, *page.imprint):
        yield page.title, text
    sections = list(reversed(page.sections))
    while sections:
        section = sections.pop()
        yield section.title, section.title
        yield from ((section.title, mark.text) for mark in section.marks)
        for block in section.blocks:
            for text in _texts_of(block):
                yield section.title, text
        sections += reversed(section.sections)


def _texts_of(block: Block) -> Iterator[str]:
    lines: Iterable[Line] = ()
    match block:
        case Paragraph(line):
            lines = (line,)
        case Facts(facts):
            yield from (fact.name for fact in facts)
            lines = (line for fact in facts for line in fact.said)
        case Items(items):
            lines = items
        case Notes(notes):
            yield from (text for note in notes for text in (note.mark, note.text))
        case Table(caption, head, rows):
            yield from (caption, *head)
            lines = (line for row in rows for cell in row.cells for line in cell)
        case Chart(title, description, columns):
            yield from (title, description, *(column.label for column in columns))
        case Download(name, said):
            yield from (name, said)
        case _:
            assert_never(block)
    yield from (words.text for line in lines for words in line)


def _sections(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


_CONTENTS = Text("目次", "Contents")
_CONTINUED = Text("（続き）", " (continued)")
_BESIDE = Text(
    "このファイルは、HTML版の報告書から保存できます。",
    "This file can be saved from the HTML form of the report.",
)


def _said(page: Page) -> str:
    """Return all that the layout is told of a page, as JSON."""
    layout = _Layout(page)
    author = page.imprint[0] if page.imprint else ""
    return json.dumps(
        {
            "language": page.language,
            "title": layout.words(page.title),
            "author": author,
            "imprint": [layout.words(text) for text in page.imprint],
            "contents": _CONTENTS.to(page.language),
            "sections": [layout.section(section) for section in page.sections],
        },
        ensure_ascii=False,
    )


class _Layout:
    """Puts a page's parts into what the layout reads: text in pieces, links that lead somewhere, widths of columns."""

    def __init__(self, page: Page) -> None:
        self.language: Language = page.language
        sections = tuple(_sections(page.sections))
        blocks = [block for section in sections for block in section.blocks]
        self.notes = {note.id for block in blocks if isinstance(block, Notes) for note in block.notes}
        rows = {row.id for block in blocks if isinstance(block, Table) for row in block.rows if row.id}
        self.places = {section.id for section in sections} | rows | self.notes
        self.taken: set[str] = set()
        self.charts = 0

    def section(self, section: Section) -> Json:
        """Return a section and those within it."""
        return {
            "id": self.place(section.id),
            "title": self.words(section.title),
            "marks": self.line(section.marks),
            "blocks": [self.block(part) for block in section.blocks for part in self.printed(block)],
            "sections": [self.section(inner) for inner in section.sections],
        }

    def place(self, id_: str | None) -> str | None:
        """Return where links lead, once: typst refuses a label that stands twice."""
        if id_ is None or id_ in self.taken:
            return None
        self.taken.add(id_)
        return id_

    def words(self, text: str, to: str | None = None, tone: str = "plain") -> dict[str, Json]:
        """Return some words; a link that leads out of the document is text."""
        place = to[1:] if to and to.startswith("#") and to[1:] in self.places else None
        return {"text": _pieces(text), "to": place, "tone": tone, "mark": place in self.notes}

    def line(self, line: Line) -> Json:
        """Return a line."""
        return [self.words(*words) for words in line]

    def cell(self, cell: Cell) -> Json:
        """Return a cell, or what is said of a name."""
        return [self.line(line) for line in cell]

    def printed(self, block: Block) -> Sequence[Block]:
        """Return a block in parts that fit the width of a page."""
        return _narrow(block, _CONTINUED.to(self.language)) if isinstance(block, Table) else (block,)

    def block(self, block: Block) -> Json:
        """Return a block, under the name of its kind."""
        match block:
            case Paragraph(line):
                return {"kind": "paragraph", "line": self.line(line)}
            case Facts(facts):
                indent = _indent(fact.name for fact in facts)
                return {
                    "kind": "facts",
                    "indent": indent,
                    "whole": sum(len(_text(said)) for _, said in facts) <= _TALL,
                    "facts": [
                        {"name": self.words(name), "long": _points(name, 1) + 1 > indent, "said": self.cell(said)}
                        for name, said in facts
                    ],
                }
            case Items(items):
                return {"kind": "items", "items": [self.line(line) for line in items]}
            case Notes(notes):
                return {
                    "kind": "notes",
                    "indent": _indent(note.mark for note in notes),
                    "notes": [
                        {"id": self.place(id_), "mark": self.words(mark), "words": self.words(text)}
                        for id_, mark, text in notes
                    ],
                }
            case Table():
                return self.table(block)
            case Chart(title, description):
                self.charts += 1
                picture = str(drawing(block, f"chart-{self.charts}", _COLOURS))
                said = f"{title}。{description}" if self.language == "ja" else f"{title}. {description}"
                return {
                    "kind": "chart",
                    "said": self.words(said),
                    "alt": said,
                    "svg": picture,
                    "width": _breadth(picture),
                }
            case Download(name, said):
                beside = _BESIDE.to(self.language)
                return {"kind": "download", "name": self.words(name), "said": self.words(said), "beside": beside}
            case _:
                assert_never(block)

    def table(self, table: Table) -> Json:
        """Return a table with the widths and the alignment of its columns."""
        widest = _widest(table)
        lengths = [len(_text(cell)) for row in table.rows for cell in row.cells]
        return {
            "kind": "table",
            "caption": self.words(table.caption),
            "head": [self.words(name) for name in table.head],
            "columns": [{"points": each.points, "share": each.share} for each in _widths(table.head, widest)],
            "align": _alignment(table, widest),
            "whole": len(table.rows) <= _WHOLE and sum(lengths) <= _TALL,
            "rows": [
                {
                    "id": self.place(row.id),
                    "tall": any(len(_text(cell)) > _TALL for cell in row.cells),
                    "cells": [self.cell(cell) for cell in row.cells],
                }
                for row in table.rows
            ],
        }


_COLOURS = Colours(ink="#1a1f24", bar="#1f4e79", mark="#a4262c", font="dxplan")
"""Ink, accent and bad of the layout, which puts its own accent and font in the place of these."""
_WHOLE = 8
"""Rows up to which a table stays on one page."""
_TALL = 600
"""Characters from which a row, or a table of few rows, may go over to the next page."""
_ROOM, _INSET = 470, 10
"""Points: the width of a page's text, and what a column of a table has beside its own."""
_LONG, _LONG_YEAR = 110, 200
"""Points from which a cell's text reads better from the left than in the middle, and in one of many like columns."""
_FEW, _YEARS = 42, 6
"""Points that a few figures take, and columns from which a table is one of years that may go on below."""
_MOST = 270
"""Points up to which a column with more text gets more of the room."""
_INDENT = 11
"""Full-width characters that names may take before what is said of them."""
_PIXEL = 0.65
"""Points that a chart's pixel takes, which makes its words as large as those of a table."""
_TOO_LONG = re.compile(r"[!-~À-ʯ]{20,}|(.)\1{19,}")
_FIGURE = re.compile(r"[-−+△▲約]?[0-9][0-9,.]*\D{0,3}")


def _pieces(text: str) -> Sequence[str]:
    """Return a text in pieces between which a line may break: a word longer than a column would run out of it."""
    pieces: list[str] = []
    end = 0
    for found in _TOO_LONG.finditer(text):
        pieces.append(text[end : found.start()])
        pieces += [found[0][start : start + 6] for start in range(0, len(found[0]), 6)]
        end = found.end()
    pieces.append(text[end:])
    return [piece for piece in pieces if piece] or [""]


def _points(text: str, size: float = 8.5) -> float:
    """Return about how wide a text is in points, in letters of that size; the half-width ones may be bold."""
    return sum(size if east_asian_width(sign) in "WFA" or sign in "%@MW" else 0.6 * size for sign in text)


def _widest(table: Table) -> Sequence[float]:
    """Return how wide each column of a table would be if no line broke; headings break where there is no room."""
    widest = _unbroken(table, table.head)
    if sum(widest) + _INSET * len(widest) > _ROOM:
        widest = _unbroken(table, [max(name.split(), key=_points, default="") for name in table.head])
    return widest


def _unbroken(table: Table, heads: Sequence[str]) -> Sequence[float]:
    columns = tuple(zip(*(row.cells for row in table.rows), strict=True)) or ((),) * len(table.head)
    widest = []
    for head, column in zip(heads, columns, strict=True):
        lines = ("".join(words.text for words in line) for cell in column for line in cell)
        widest.append(max(map(_points, (head, *lines))))
    return widest


class _Width(NamedTuple):
    """How wide a column is: in points, or its share of what the others leave."""

    points: float | None
    share: float


def _widths(head: Sequence[str], widest: Sequence[float]) -> Sequence[_Width]:
    """Return the widths of a table's columns: of its text where there is room, else more to who would take more."""
    natural = [width + _INSET for width in widest]
    for alike in _alike(head):
        most = max(natural[index] for index in alike)
        if most * len(alike) <= _ROOM * 2 / 3:
            for index in alike:
                natural[index] = most
    if sum(natural) > _ROOM:
        natural = _shared(natural, _least(head, widest))
    return [_Width(None, 1), *(_Width(points, 0) for points in natural[1:])]


def _shared(natural: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths that fill the room: short columns as they are, where that leaves the others what they need."""
    wide, room = set(range(len(natural))), float(_ROOM)
    while fitting := {index for index in wide if natural[index] <= room / len(wide)}:
        room -= sum(natural[index] for index in fitting)
        wide -= fitting
    if sum(least[index] for index in wide) > room:
        wide, room = set(range(len(natural))), float(_ROOM)
    wanted = {index: min(natural[index], _MOST) - least[index] for index in wide}
    more = max(room - sum(least[index] for index in wide), 0) / (sum(wanted.values()) or 1)
    widths = [least[index] + wanted[index] * more if index in wide else natural[index] for index in range(len(natural))]
    return [points * min(_ROOM / sum(widths), 1) for points in widths]


def _least(head: Sequence[str], widest: Sequence[float]) -> Sequence[float]:
    """Return how wide the columns have to be to be read: no word of a heading is broken, and few figures are."""
    first, *others = zip(head, widest, strict=True)
    words = (max(map(_points, name.split()), default=0) for name, _ in others)
    least = (min(max(word, min(width, _FEW)), _LONG) for word, (_, width) in zip(words, others, strict=True))
    return [min(first[1] + _INSET, _ROOM / 4), *(points + _INSET for points in least)]


def _narrow(table: Table, continued: str) -> Sequence[Table]:
    """Return a table of more years than a page has room for as several, one after the other, each with all rows."""
    first, *others = _least(table.head, _widest(table))
    years = max(map(len, _alike(table.head)), default=0)
    if first + sum(others) <= _ROOM or years < _YEARS:
        return (table,)
    most = int((_ROOM - first) / max(others))
    number = ceil(len(others) / most)
    ends = [round(len(others) * part / number) for part in range(number + 1)]
    return [
        Table(
            table.caption if start == 0 else f"{table.caption}{continued}",
            (table.head[0], *table.head[start + 1 : end + 1]),
            tuple(
                Row((row.cells[0], *row.cells[start + 1 : end + 1]), row.id if start == 0 else None)
                for row in table.rows
            ),
        )
        for start, end in pairwise(ends)
    ]


def _alike(head: Sequence[str]) -> Iterator[list[int]]:
    """Yield the columns that are alike: those of the years, whose headings begin in the same way."""
    for start in {name[:2]: None for name in head}:
        alike = [index for index, name in enumerate(head) if name.startswith(start)]
        if len(alike) > 1:
            yield alike


def _alignment(table: Table, widest: Sequence[float]) -> Sequence[str]:
    """Return how the columns are aligned: the first and long ones left, short ones centred, or right if all figures."""
    alike = {index for group in _alike(table.head) for index in group}
    short = {index for index, width in enumerate(widest) if index and width < (_LONG_YEAR if index in alike else _LONG)}
    figures = all(_FIGURE.fullmatch(_text(row.cells[index])) for row in table.rows for index in short)
    return [("right" if figures else "center") if index in short else "left" for index in range(len(widest))]


def _text(cell: Cell) -> str:
    return "".join(words.text for line in cell for words in line)


def _indent(names: Iterable[str]) -> float:
    """Return how far in, in full-width cells, what stands after the longest of the names begins."""
    return max((width for name in names if (width := _points(name, 1) + 1) <= _INDENT), default=_INDENT)


def _breadth(picture: str) -> float:
    """Return how wide a picture is, in points."""
    found = re.search(r"<svg[^>]*?\bviewBox=[\"'][-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)", picture)
    return float(found[1]) * _PIXEL if found else _ROOM / 2
