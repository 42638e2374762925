"""Text to plain values, and back from a route of keys to a line: every trap and limit of YAML lives here.

What one unquoted word stands for is said by `scalars`; sequences are tuples; text is NFC.

A sound file that is written plainly is read by `lines`, for its values alone, and once more where a place is asked for.
Anything else is read by libyaml's events, with every position and all that is wrong (`careful`). Both readings share
`read_scalar` and are held equal by a test.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dxplan import faults, lines
from dxplan.diagnostics import Diagnostic, Place, Route, Rule
from dxplan.language import Text
from dxplan.lines import Spots

Value = lines.Value
MAX_BYTES = 4 * 1024 * 1024

FORBIDDEN_CHARACTERS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u00ad\u034f\u180b-\u180f\u200b-\u200f\u2060-\u2065\ufeff\U000e0000-\U000e00ff"  # no room: zero width, tags
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers, which look like nothing
    "\u061c\u202a-\u202e\u2066-\u206f"  # bidi (CVE-2021-42574)
    "\u2028\u2029\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"  # separators, non-characters, lone surrogates
    "\ufffc\ufffd"  # stand where a picture or a character was lost on the way
)
FORBIDDEN = re.compile(rf"[{FORBIDDEN_CHARACTERS}]|\r(?!\n)")
_PERHAPS_FORBIDDEN = re.compile(rf"[{FORBIDDEN_CHARACTERS}\r]")  # a single set is searched for in half the time


@dataclass(frozen=True)
class Document:
    """One file that could be read, at least in part."""

    file: str
    """Its name as shown, with ``/``."""
    text: str
    value: Mapping[str, Value]
    faults: tuple[Diagnostic, ...] = ()
    unread: tuple[Route, ...] = ()
    """What could not be read; ``faults`` says why.

    An entry of a mapping is not in ``value``, an item of a list stands there as None, and a mapping itself is named
    where one of its keys could not be read.
    """

    is_plain: bool = False
    """Whether the text is one that `lines` reads."""

    @cached_property
    def _spots(self) -> Spots:
        spots: Spots = {}
        if self.is_plain:
            lines.read(self.text, spots)
        else:
            from dxplan.careful import Careful  # noqa: PLC0415 - a file that is written plainly spares libyaml

            Careful(self.file, self.text, spots).read()
        return spots

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def value_at(self, route: Route) -> Value:
        """Return what stands at ``route``; None where nothing does, or where it could not be read."""
        value: Value = self.value
        for step in route:
            if isinstance(value, Mapping) and step in value:
                value = value[str(step)]
            elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Return where ``route`` stands; where it names nothing, the nearest place above it.

        Of a value inside a mapping, ``key`` asks for the place of its key instead.
        """
        known: Route = ()
        if not route:  # where there are too many faults to tell, nothing else is asked for
            from dxplan.careful import start  # noqa: PLC0415 - as above

            mark = start(self.text)
            return place_in(self.file, self._lines, *mark)
        for step in route:
            if (*known, step) in self._spots:
                known = (*known, step)
        spot = self._spots[known]
        return place_in(self.file, self._lines, *(spot[:2] if key else spot[2:]))


class Unreadable(NamedTuple):
    """One file of which nothing could be read."""

    file: str
    faults: tuple[Diagnostic, ...]


def read(file: str, data: bytes) -> Document | Unreadable:
    """Read the bytes of one YAML file; whatever is wrong with them is in the result, nothing is raised."""
    if len(data) > MAX_BYTES:
        return too_large(file)
    head = data[:_HEAD].lower()
    for start, message, hint in _OTHER_FILES:
        if head.startswith(start):
            return unreadable(file, faults.NOT_A_MAPPING, message, hint)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _wrong_encoding(file, data, error.start, _encoding(data, error.start))
    for sign in _SIGNS_OF_ANOTHER_ENCODING:
        if sign in data and (encoding := _encoding(data, data.index(sign))):
            return _wrong_encoding(file, data, data.index(sign), encoding)
    text = text.removeprefix("\ufeff")
    if is_sound(text):
        try:
            return Document(file, text, lines.read(text), is_plain=True)
        except lines.NotPlainError:
            pass
    from dxplan import careful  # noqa: PLC0415 - as above

    return careful.read(file, text)


def unreadable(file: str, rule: Rule, message: Text, hint: Text | None = None) -> Unreadable:
    """Return a file that could not even be opened, with the one reason why."""
    return Unreadable(file, (Diagnostic(rule, Place(file, 1, 1, ""), message, hint),))


def is_sound(text: str) -> bool:
    """Whether all its characters may stand in a file, composed as they are to be."""
    odd = _PERHAPS_FORBIDDEN.search(text) and FORBIDDEN.search(text)
    return not odd and unicodedata.is_normalized("NFC", text)


def too_large(file: str) -> Unreadable:
    """Return a file that is over the limit, and so is not read."""
    return unreadable(file, faults.OVER_LIMIT, *_TOO_LARGE)


_TOO_LARGE = (
    Text(
        f"ファイルが大きすぎます（{MAX_BYTES // 1024 // 1024} MiBまで）",
        f"the file is too large (at most {MAX_BYTES // 1024 // 1024} MiB)",
    ),
    Text("計画や実績のファイルか確かめる", "check that this is a plan or actuals file"),
)
_HEAD = 64
_PUT_YAML = Text("計画や実績を書いたYAMLのファイルを置く", "put the YAML file with the plan or the actuals here")
_EXCEL = Text("ExcelやWordのファイルです", "this is an Excel or Word file")
_PICTURE = Text("画像のファイルです", "this is a picture")
_WEB_PAGE = Text("ウェブページ（HTML）です", "this is a web page (HTML)")
_OTHER_FILES = (
    (b"pk\x03\x04", _EXCEL, _PUT_YAML),
    (b"\xd0\xcf\x11\xe0", _EXCEL, _PUT_YAML),
    (b"%pdf-", Text("PDFのファイルです", "this is a PDF file"), _PUT_YAML),
    (b"\x89png", _PICTURE, _PUT_YAML),
    (b"\xff\xd8\xff", _PICTURE, _PUT_YAML),
    (b"<!doctype html", _WEB_PAGE, _PUT_YAML),
    (b"<html", _WEB_PAGE, _PUT_YAML),
    (
        b"version https://git-lfs.github.com/",
        Text("Git LFSの目印だけで、中身がありません", "this is only a Git LFS pointer, without the content"),
        Text("中身を取り込む: git lfs pull", "fetch the content: git lfs pull"),
    ),
)
"""What often lands in a YAML file's place, by its first bytes (ASCII letters in lower case)."""


def _wrong_encoding(file: str, data: bytes, first_bad: int, encoding: str | None) -> Unreadable:
    first = 0 if encoding in ("UTF-16", "UTF-32") else first_bad  # in those every byte is another one
    before = data[:first].decode("utf-8").removeprefix("\ufeff")
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"), "")
    message = (
        Text(
            f"文字コードがUTF-8ではありません（{encoding}のようです）",
            f"the encoding is not UTF-8 (it looks like {encoding})",
        )
        if encoding
        else Text("UTF-8として読めないバイトがあります", "a byte that is not UTF-8")
    )
    hint = Text("保存し直す: 文字コードをUTF-8に", "save it again with the encoding set to UTF-8")
    return Unreadable(file, (Diagnostic(faults.ENCODING, place, message, hint),))


_SIGNS_OF_ANOTHER_ENCODING = (b"\x00", b"\x1b$")  # valid UTF-8, but how UTF-16 and ISO-2022-JP look in it
_ENCODINGS = {
    "utf-32": "UTF-32",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "iso2022_jp": "ISO-2022-JP",
    "cp932": "CP932 (Shift_JIS)",
    "euc_jp": "EUC-JP",
}
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def _encoding(data: bytes, first_bad: int) -> str | None:
    """Guess the encoding of text whose first byte that is odd in UTF-8 is at ``first_bad``; None for UTF-8 itself."""
    if not data[:first_bad].removeprefix(codecs.BOM_UTF8).isascii():
        return None  # what comes before is sound UTF-8, so that a single place is damaged
    likely: dict[str, int] = {}
    for codec, name in _ENCODINGS.items():
        if codec.startswith("utf") and b"\x00" not in data:
            continue  # any bytes of even length can be read as UTF-16
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not FORBIDDEN.search(text.removeprefix("\ufeff")):
            likely.setdefault(name, len(_HALF_WIDTH_KANA.findall(text)))  # the look of EUC-JP read as Shift_JIS
    return min(likely, key=likely.__getitem__, default=None)


def place_in(file: str, lines: list[str], line: int, column: int) -> Place:
    """Return a place, which is counted from 0, of a file with these lines."""
    source = lines[line].rstrip("\r") if line < len(lines) else ""
    return Place(file, line + 1, column + 1, source)
