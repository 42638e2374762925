"""Whether a file is a workbook that can safely be opened: judged from its bytes, before anything reads it.

A workbook is a ZIP archive of XML. A small one can unpack to gigabytes, and one cell in the last row makes readers walk
a million rows, so sizes are held to limits first.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from dxplan.editing.merging import Refused
from dxplan.language import Text

MAX_BYTES = 10 * 1024 * 1024
_MAX_UNZIPPED = 100 * 1024 * 1024
_MAX_ENTRIES = 1_000
_MAX_XML = 20 * 1024 * 1024
_MAX_CELLS = 200_000
_MAX_OTHERS = 100_000
"""How many elements may stand beside the cells: texts, formats, checks. A reader takes up to 25 µs for one of them,"""
_WEIGHTS = {"mergeCell": 20, "dataValidation": 5, "cfRule": 5}
"""and for these so many times as long."""
_ENTRY = b"PK\x01\x02"
"""What every entry of an archive's directory begins with."""
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def content(path: Path) -> bytes | Refused:
    """Return the bytes of a regular file of at most `MAX_BYTES`, never waiting for them."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        return _cannot_read(error)
    status = os.fstat(handle)
    if (refused := _of_status(status)) is not None:
        os.close(handle)
        return refused
    with os.fdopen(handle, "rb") as stream:
        try:
            found = stream.read(MAX_BYTES + 1)
        except OSError as error:
            return _cannot_read(error)
    return found if len(found) <= MAX_BYTES else _TOO_LARGE


def _of_status(status: os.stat_result) -> Refused | None:
    if stat.S_ISDIR(status.st_mode):
        return Refused(
            Text("フォルダーです", "it is a folder"),
            Text("中のファイルを指定する（フォルダー/*.xlsx など）", "name the files in it, such as FOLDER/*.xlsx"),
        )
    if not stat.S_ISREG(status.st_mode):
        return Refused(
            Text("ファイルではありません", "it is not a file"),
            Text("返ってきたファイルを指定する", "name the files that came back"),
        )
    return _TOO_LARGE if status.st_size > MAX_BYTES else None


_TOO_LARGE = Refused(
    Text("10MBを超えるファイルは読みません", "files over 10 MB are not read"),
    Text("貼り付けた画像などを除いて保存し直す", "save it without pictures and the like"),
)


def _cannot_read(error: OSError) -> Refused:
    if error.errno == errno.ENOENT:
        return Refused(
            Text("ファイルがありません", "there is no such file"), Text("つづりを確かめる", "check the spelling")
        )
    reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return Refused(
        Text(f"ファイルを読めません（{reason}）", f"the file cannot be read ({reason})"),
        Text("ファイルと、その権限を確かめる", "check the file and its permissions"),
    )


_SAVE_AS_XLSX = Text(
    "Excelで開き、「Excel ブック (.xlsx)」として保存し直す", "open it in Excel and save it as an Excel workbook (.xlsx)"
)
_ASK_AGAIN = Text("Excelで開けるか確かめ、保存し直してもらう", "check that Excel opens it, and have it saved again")
UNREADABLE = Refused(Text("ブックの中身を読めません", "what is in the workbook cannot be read"), _ASK_AGAIN)


def refusal(found: bytes) -> Refused | None:
    """Return why these bytes are no workbook to be opened; None where they are one."""
    if found.startswith(_OLE):
        return _of_ole(found)
    if not found.startswith(b"PK\x03\x04"):
        return _of_other(found)
    if found.count(_ENTRY) > _MAX_ENTRIES:
        return _BOMB
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            return _of_archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return Refused(Text("ファイルが壊れています", "the file is damaged"), _ASK_AGAIN)


def _of_ole(found: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in found:
        return Refused(
            Text("パスワードがかかっています", "it is protected by a password"),
            Text("Excelで開き、パスワードを外して保存し直す", "open it in Excel and save it without the password"),
        )
    return Refused(Text("古い形式（.xls など）のファイルです", "it is of an old form, such as .xls"), _SAVE_AS_XLSX)


def _of_other(found: bytes) -> Refused:
    if not found:
        return Refused(Text("ファイルが空です", "the file is empty"), _ASK_AGAIN)
    if b"\x00" not in found[:1000] or found[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Refused(
            Text(
                "Excelのブックではなく、文字だけのファイル（CSVなど）です", "it is text, such as CSV, and no workbook"
            ),
            Text("dxplan collect がつくった入力票を、そのまま返してもらう", "have the form itself sent back"),
        )
    return Refused(Text("Excelのブックではありません", "it is no Excel workbook"), _SAVE_AS_XLSX)


def _of_archive(archive: zipfile.ZipFile) -> Refused | None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if sum(entry.file_size for entry in entries) > _MAX_UNZIPPED:
        return _BOMB
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        return _MACROS
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return Refused(Text("Excelのブックではありません", "it is no Excel workbook"), _SAVE_AS_XLSX)
    contents = _Contents()
    try:
        for entry in entries:
            contents.read(archive, entry)
    except _RefusedError as error:
        return error.why
    return None


class _RefusedError(Exception):
    """What a part holds that is not read."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.message.en)
        self.why = why


class _Contents:
    """What the parts of a workbook hold, counted as far as it may be read.

    Which parts are sheets is for the workbook itself to say, whatever they are called, so every XML is counted alike.
    """

    def __init__(self) -> None:
        self._bytes = self._cells = self._others = 0

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Count one part; raises `_RefusedError`."""
        is_named = entry.filename.lower().endswith((".xml", ".rels"))
        with archive.open(entry) as stream:
            piece = stream.read(_PIECE)
            if not is_named and _XML.match(piece) is None:
                return
            self._bytes += entry.file_size
            if self._bytes > _MAX_XML:
                raise _RefusedError(_TOO_MUCH)
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse_doctype
            parser.StartElementHandler = self._count
            try:
                while piece:
                    parser.Parse(piece, False)
                    piece = stream.read(_PIECE)
                parser.Parse(b"", True)
            except expat.ExpatError:
                if is_named:  # else it may be a drawing, which Excel writes as it likes, and nobody reads
                    raise _RefusedError(UNREADABLE) from None

    def _count(self, name: str, attributes: dict[str, str]) -> None:
        """Count one element; raises `_RefusedError`."""
        plain = name.rpartition(":")[2]
        if plain in ("v", "f"):  # what a cell holds, counted with it
            return
        if plain in ("c", "row"):
            self._cells += 1
        else:
            self._others += _WEIGHTS.get(plain, 1) + attributes.get("sqref", "").count(" ")
            if plain == "mergeCell":
                self._cells += _area(attributes.get("ref", ""))
            elif "macroenabled" in attributes.get("ContentType", "").lower():
                raise _RefusedError(_MACROS)
        if self._cells > _MAX_CELLS:
            raise _RefusedError(_TOO_MANY_CELLS)
        if self._others > _MAX_OTHERS:
            raise _RefusedError(_TOO_MUCH)


def _refuse_doctype(*_: object) -> None:
    """Refuse what declares a document type: with that come entities, which grow or name other files."""
    raise _RefusedError(
        Refused(Text("Excelがつくったファイルではないようです", "it does not seem to be made by Excel"), _ASK_AGAIN)
    )


def _area(merged: str) -> int:
    """Return how many cells are merged: a reader makes every one of them, and one range may name them all."""
    match = _RANGE.fullmatch(merged.strip().upper())
    if match is None:
        return _MAX_CELLS if ":" in merged else 1  # whole columns or rows, or no range at all
    left, top, right, bottom = match.groups()
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*<|\xff\xfe|\xfe\xff|<\x00|\x00<")
"""How XML begins, in any encoding that its reader knows."""
_PIECE = 64 * 1024
_BOMB = Refused(
    Text("展開すると大きすぎるファイルです（100MBまで）", "it unpacks to more than 100 MB"),
    Text("入力票に貼り付けたものを除いて保存し直す", "save it without what was pasted into it"),
)
_MACROS = Refused(
    Text("マクロのあるブックは読みません", "workbooks with macros are not read"),
    _SAVE_AS_XLSX,
)
_TOO_MUCH = Refused(
    Text("文字や書式、結合が多すぎます", "it holds too much text, or too many formats and merged cells"),
    Text("入力票のほかのシートや、余分な書式と結合を除いて保存し直す", "save it without other sheets and formats"),
)
_TOO_MANY_CELLS = Refused(
    Text("セルが多すぎます（20万まで）", "it has too many cells (200,000 at most)"),
    Text("入力票のほかのシートや、余分な行と列を除いて保存し直す", "save it without other sheets and stray cells"),
)
