"""The hostile projects in ``sinks/``, each beside a harmless twin, and readers of everything that dxplan writes.

A twin says ordinary words in the places of hostile ones. Whatever dxplan makes of the one it has to make of the other,
with only the words exchanged, each for the literal text: no element, link, column, formula, annotation, colour more,
and nothing swallowed. So a reader need not know what dxplan says; it takes apart what the sink's own programs take
apart, and what is left has to be the same.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import openpyxl
import pypdf
import yaml
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from tests.report.reading import squeezed

HERE = Path(__file__).parent / "sinks"
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[tn\\])")


def payloads(of: str = "") -> list[str]:
    """Return the texts of ``payloads.txt``, or of the group in it whose heading says ``of``."""
    found, heading = [], ""
    for line in (HERE / "payloads.txt").read_text(encoding="utf-8").split("\n")[2:-1]:
        if line.startswith("# - "):
            heading = line
        elif of in heading:
            found.append(_ESCAPE.sub(lambda sign: sign[0].encode().decode("unicode_escape"), line))
    return found


# What is legal in a plan and shown as an escape where only printable text is: blanks of other kinds, tabs.
def printable(text: str) -> str:
    """Return a text as a terminal has to show it, by what Unicode says of its characters."""
    return "".join(
        each if unicodedata.category(each)[0] not in "CZ" or each in " \u3000" else repr(each)[1:-1] for each in text
    )


def on_one_line(text: str) -> str:
    return text.replace("\n", " ")


# Twins

_WORD = re.compile("閑[0-9]{3}")
_PLACE = re.compile(r"<([a-z0-9-]+)>")


NAME = "[red]x[_] :a: ::e::%0A,'(\"&<b>$(x)\n\x1b]0;x\x07\x9b1m\u202e"
"""What a file or a folder may be called, and what somebody may type."""


class Twins:
    """Which hostile text stands for which ordinary word; `NAME` stands for the first one."""

    def __init__(self, texts: Callable[[int], str], each: int) -> None:
        self._texts = texts
        self._each = each
        self._numbers = {"name": 0}

    def pair(self, place: str) -> tuple[str, str]:
        """Return the ordinary word and the hostile text of a place."""
        number = self._numbers.setdefault(place, len(self._numbers))
        return f"閑{number:03}", self._text(number)

    def _text(self, number: int) -> str:
        return self._texts(number).strip() if number else NAME

    def filled(self, template: str, *, hostile: bool, quoted: bool = True) -> str:
        """Return a text with words in its places: of a YAML file in quotes, of a command line as they are."""

        def put(found: re.Match[str]) -> str:
            text = self.pair(found[1])[hostile]
            return json.dumps(text, ensure_ascii=False) if quoted else text

        lines = []
        for line in template.split("\n"):
            every = self._each if "<each>" in line else 1
            lines += [_PLACE.sub(put, line.replace("<each>", f"<each-{number}>")) for number in range(every)]
        return "\n".join(lines)

    def write(
        self, source: str, home: Path, *, hostile: bool, edited: Callable[[str], str] = lambda template: template
    ) -> None:
        """Write a project of ``sinks/`` into ``home``."""
        for path in sorted((HERE / source).rglob("*.yaml")):
            target = home / path.relative_to(HERE / source)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = self.filled(edited(path.read_text(encoding="utf-8")), hostile=hostile)
            target.write_text(text, encoding="utf-8", newline="")

    def told(self, fact: str, as_shown: Callable[[str], str]) -> str:
        """Return what is said of the harmless twin as it has to be said of the hostile one."""
        return _WORD.sub(lambda found: as_shown(self._text(int(found[0][1:]))), fact)


def words_in(text: str) -> set[str]:
    return set(_WORD.findall(text))


def says_a_word(fact: str) -> bool:
    return _WORD.search(fact) is not None


# Readers


class Said(NamedTuple):
    """What one run came to."""

    code: int
    output: bytes
    talk: str
    folder: Path
    """What it wrote, where it wrote anything."""


class Reader(NamedTuple):
    """Takes apart what a run came to, and knows how a text has to stand there."""

    read: Callable[[Said], Iterable[str]]
    text: Callable[[str], str] = str
    """A text from a plan, as the reader has it again."""
    whole: Callable[[str], str] = str
    """What it stands in, such as a cell."""
    alike: Callable[[str], str] = str
    """What is told, without what may differ."""


def _lines(said: Said) -> Iterator[str]:
    yield from said.output.decode().split("\n")
    yield from said.talk.split("\n")


def _flat(text: str) -> str:
    """Return a text without its line breaks, which become blanks in one place and escapes in another."""
    return re.sub(r"\n|\\n|\\x0a", " ", text)


def _blank(text: str) -> str:
    """Return a text in which a blank is one whichever it is, also where it is shown as an escape."""
    return re.sub(r"\\t|\\xa0|\\u2003|[^\S\u3000]", " ", _flat(text))


def _unaligned(text: str) -> str:
    """Return a line of a table as if no cell were padded."""
    return re.sub(r"─+", "─", re.sub(r" / | +", " ", _blank(text))).rstrip()


_OF_A_FILE = re.compile(r" +\d+ \| |[-+ ]")


def _unquoted(text: str) -> str:
    """Return a line of a file that is shown, without its quotes and as far as there is room for it."""
    if not _OF_A_FILE.match(text):
        return _unaligned(text)
    plain = re.sub(r'["\\]', "", _unaligned(text))
    return plain.partition("| …")[0] if "| …" in plain else plain[:40]


def _json(value: object, route: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _json(each, f"{route}.{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _json(each, f"{route}[{number}]")
    elif "ingerprint" not in route and not route.endswith("primaryLocationLineHash"):
        yield f"{route}={value!r}" if not isinstance(value, str) else f"{route}: {value}"


def _json_document(said: Said) -> Iterator[str]:
    yield from _json(json.loads(said.output))
    yield said.talk


def _json_lines(said: Said) -> Iterator[str]:
    for line in said.output.decode().removesuffix("\n").split("\n"):
        yield from _json(json.loads(line))
    yield said.talk


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _cell(text: str) -> str:
    """Return a text as a cell of a CSV file has to hold it: one line, and no spreadsheet computes it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _doubly(text: str) -> str:
    """Return it as the table for open data has it, from which it can be had again."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def _csv(content: bytes) -> Iterator[str]:
    text = content.decode()
    assert text.startswith("\ufeff")
    assert text.replace("\r\n", "").count("\n") == text.replace("\r\n", "").count("\r") == 0
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    yield from head
    for row in rows:
        for column, cell in zip(head, row, strict=True):
            assert not cell.startswith(_FORMULA) or re.fullmatch(r"-[0-9.]+", cell), (column, cell)
        yield from row


def _csv_document(said: Said) -> Iterator[str]:
    yield from _csv(said.output)
    yield said.talk


_FIGURES = re.compile(r"^[-0-9. ]+$")
"""Where the parts of a drawing stand, which the length of a word may move."""


_ELEMENT, _ATTRIBUTE, _COMMENT = "element: ", "attribute: ", "comment: "
_DOWNLOAD = "in the download: "


def _download(text: str) -> str:
    cell = text.removeprefix(_DOWNLOAD)
    return text if cell == text else _DOWNLOAD + _cell(cell)


class _Page(HTMLParser):
    """A page as its elements, with their attributes, and the texts between them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.facts.append(f"{_ELEMENT}{tag}")
        for name, value in attrs:
            kind, comma, content = (value or "").partition(";base64,")
            if comma:
                cells = _csv(b64decode(content, validate=True))
                self.facts += [f"{_ATTRIBUTE}{name} {kind}", *(_DOWNLOAD + cell for cell in cells)]
            else:
                self.facts.append(f"{_ATTRIBUTE}{name}={_FIGURES.sub('0', value or '')}")

    def handle_endtag(self, tag: str) -> None:
        self.facts.append(f"{_ELEMENT}/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.facts.append(data)

    def handle_comment(self, data: str) -> None:
        self.facts.append(f"{_COMMENT}{data}")

    def unknown_decl(self, data: str) -> None:
        self.facts.append(f"{_ELEMENT}![{data}")


_COMMON = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_MADE_BY_GITHUB = re.compile(r"@\w|#[0-9]|\bGH-[0-9]|:[a-z0-9_+-]+:", re.IGNORECASE)
"""Mentions, references and emoji, which are looked for in every text between two tags or comments."""
_LINKED_AS_WRITTEN = re.compile(r"\w://|\bwww\.|\w@\w")


def _markdown(text: str) -> Iterator[str]:
    """Yield what a page of Markdown shows, with nothing in it that GitHub would make more of."""
    assert not _LINKED_AS_WRITTEN.search(text)
    shown = _Page(_COMMON.render(text)).facts
    for fact in shown:
        assert fact.startswith(_ATTRIBUTE) or not _MADE_BY_GITHUB.search(fact), fact
    yield from _merged(shown)


def _merged(facts: Iterable[str]) -> Iterator[str]:
    """Yield texts that only a comment stands between as one."""
    text = ""
    for fact in facts:
        if fact.startswith(_COMMENT):
            continue
        if fact.startswith((_ELEMENT, _ATTRIBUTE)):
            yield text
            yield fact
            text = ""
        else:
            text += fact
    yield text


def _markdown_document(said: Said) -> Iterator[str]:
    yield from _markdown(said.output.decode())
    yield said.talk


def _html_files(said: Said) -> Iterator[str]:
    for path in sorted(said.folder.glob("*.html")):
        yield path.name
        yield from _Page(path.read_text(encoding="utf-8")).facts


def _pdf(said: Said) -> Iterator[str]:
    (path,) = said.folder.glob("*.pdf")
    reader = pypdf.PdfReader(path)
    metadata = sorted((reader.metadata or {}).items())
    yield from (str(value) for key, value in metadata if key in ("/Title", "/Author", "/Subject"))
    yield from _outline([*reader.outline])
    assert not reader.attachments
    for page in reader.pages:
        for each in page.get("/Annots", []):
            annotation = each.get_object()
            assert annotation["/Subtype"] == "/Link"
            assert "/A" not in annotation or annotation["/A"]["/S"] == "/GoTo"


def printed(file: Path) -> str:
    """Return all words of a PDF but for heads and feet of pages, without blanks: lines break where they like."""
    pages = (page.extract_text().split("\n")[1:-1] for page in pypdf.PdfReader(file).pages)
    return squeezed("".join(line for page in pages for line in page))


def _outline(entries: list[object]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield str(entry.title)  # type: ignore[attr-defined]


def _workbook(file: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            yield name
            content = parts.read(name)
            assert b"<f>" not in content
            if b"<oddFooter>" in content:
                yield _FOOT + _foot(html.unescape(content.decode().partition("<oddFooter>")[2].partition("</odd")[0]))
            assert not name.endswith((".bin", ".vml")) or "omments" in name or "vmlDrawing" in name, name
    book = openpyxl.load_workbook(io.BytesIO(file))
    yield from (str(book.properties.title), str(book.properties.creator))
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "snb"
                assert cell.hyperlink is None
                said = "" if cell.value is None else str(cell.value)
                if said.startswith(('{"', '["')):
                    yield from _json(json.loads(said))
                elif not _DIGEST.fullmatch(said):
                    yield said
        for check in sheet.data_validations.dataValidation:
            assert check.type != "list" or re.fullmatch('"[^"]*"', str(check.formula1)), check.formula1
            yield f"{check.sqref} {check.prompt}"


def _foot(codes: str) -> str:
    """Return what stands at the foot of a page, in which ``&`` begins a code and ``&&`` is one."""
    return re.sub("&(.)", lambda code: code[1] if code[1] == "&" else f" [{code[1]}] ", codes)


_DIGEST = re.compile("[0-9a-f]{64}")
_FOOT = "foot of the page: "


def _cut(text: str) -> str:
    """Return the foot of a page as far as a workbook has room for it."""
    return _blank(text.replace("＆", "&")).partition(" [R] ")[0][:80] if text.startswith(_FOOT) else _blank(text)


def _workbooks(said: Said) -> Iterator[str]:
    for path in sorted(said.folder.glob("*.xlsx"), key=lambda each: each.stat().st_mtime_ns):
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|^[-. ]|[. ]\.xlsx$', path.name), path.name
        yield from _workbook(path.read_bytes())


def _stratml(said: Said) -> Iterator[str]:
    (path,) = said.folder.glob("*.xml")
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - ours
    for element in root.iter():
        yield element.tag
        yield from (f"{name}={value}" for name, value in element.attrib.items() if name != "Identifier")
        yield element.text or ""


def _export(said: Said) -> Iterator[str]:
    for path in sorted(said.folder.iterdir()):
        yield path.name
        if path.suffix == ".csv":
            yield from _csv(path.read_bytes())
        elif path.suffix == ".json":
            yield from _json(json.loads(path.read_bytes()))


def _yaml(said: Said) -> Iterator[str]:
    for path in sorted(said.folder.rglob("*.yaml")):
        content = path.read_text(encoding="utf-8")
        yield path.name
        yield from _json(yaml.load(content, yaml.BaseLoader))  # noqa: S506 - it makes nothing but text
        yield from (line for line in content.splitlines() if line.lstrip().startswith("#"))


_ANNOTATION = re.compile(r"::(error|warning) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")


def _github(said: Said) -> Iterator[str]:
    """Yield annotations as the runner has them: its rules, line by line."""
    for line in said.output.decode().split("\n")[:-1]:
        assert "##[" not in line
        found = _ANNOTATION.fullmatch(line)
        assert found, line
        kind, file, row, column, title, message = found.groups()
        yield from (kind, row, column)
        for text in (file, title):
            yield _unescaped(text.replace("%3A", ":").replace("%2C", ","))
        yield _unescaped(message)
    yield said.talk


def _unescaped(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _sarif(said: Said) -> Iterator[str]:
    Sarif.model_validate_json(said.output)
    for fact in _json(json.loads(said.output)):
        yield printable(unquote(fact)) if ".uri: " in fact else fact
    yield said.talk


def _junit(said: Said) -> Iterator[str]:
    JUnitXml.fromstring(said.output)
    for element in ET.fromstring(said.output).iter():  # noqa: S314
        yield element.tag
        yield from (f"{name}={value}" for name, value in element.attrib.items())
        yield element.text or ""
    yield said.talk


LINES = Reader(_lines, printable, alike=_unaligned)
FOUND = Reader(_lines, printable, alike=_unquoted)
JSON = Reader(_json_document)
JSONL = Reader(_json_lines)
CSV = Reader(_csv_document, on_one_line, _cell)
MARKDOWN = Reader(_markdown_document, printable, alike=_flat)
HTML = Reader(_html_files, printable, _download, _blank)
PDF = Reader(_pdf, printable, alike=_flat)
WORKBOOKS = Reader(_workbooks, alike=_cut)
STRATML = Reader(_stratml, alike=_blank)
EXPORT = Reader(_export, str, _doubly, _blank)
YAML = Reader(_yaml, alike=_blank)
GITHUB = Reader(_github, lambda text: printable(text).replace("##[", "## ["), alike=_flat)
SARIF = Reader(_sarif, printable)
JUNIT = Reader(_junit, printable)
GITLAB = Reader(_json_document, printable)
