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

from dxplan.editing.merging import Refused
from dxplan.language import Text

MAX_BYTES = 10 * 1024 * 1024
_MAX_UNZIPPED = 100 * 1024 * 1024
_MAX_ENTRIES = 1_000
_MAX_CELLS = 200_000
_MAX_TAGS = 4_000_000
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def content(path: Path) -> bytes | Refused:
    """Return the bytes of a regular file of at most `MAX_BYTES`, never waiting for them."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        return _cannot_read(error)
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            return Refused(
                Text("ファイルではありません", "it is not a file"),
                Text("返ってきたファイルを指定する", "name the files that came back"),
            )
        if status.st_size > MAX_BYTES:
            return _TOO_LARGE
        try:
            found = stream.read(MAX_BYTES + 1)
        except OSError as error:
            return _cannot_read(error)
    return found if len(found) <= MAX_BYTES else _TOO_LARGE


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


def refusal(found: bytes) -> Refused | None:
    """Return why these bytes are no workbook to be opened; None where they are one."""
    if found.startswith(_OLE):
        return _of_ole(found)
    if not found.startswith(b"PK\x03\x04"):
        return _of_other(found)
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
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNZIPPED:
        return _BOMB
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        return _MACROS
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return Refused(Text("Excelのブックではありません", "it is no Excel workbook"), _SAVE_AS_XLSX)
    cells = tags = 0
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(entry)
        if b"\x00" in text[:200] or b"<!DOCTYPE" in text:
            return Refused(
                Text("Excelがつくったファイルではないようです", "it does not seem to be made by Excel"), _ASK_AGAIN
            )
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in text:
            return _MACROS
        tags += text.count(b"<")
        if entry.filename.startswith("xl/worksheets/"):
            cells += len(_CELL.findall(text)) + sum(map(_area, _MERGED.findall(text)))
        if cells > _MAX_CELLS or tags > _MAX_TAGS:
            return _TOO_MANY_CELLS
    return None


def _area(merged: tuple[bytes, bytes, bytes, bytes]) -> int:
    """Return how many cells are merged: a reader makes every one of them, and one range may name them all."""
    left, top, right, bottom = merged
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})""")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)[ >/]")
_BOMB = Refused(
    Text("展開すると大きすぎるファイルです（100MBまで）", "it unpacks to more than 100 MB"),
    Text("入力票に貼り付けたものを除いて保存し直す", "save it without what was pasted into it"),
)
_MACROS = Refused(
    Text("マクロのあるブックは読みません", "workbooks with macros are not read"),
    _SAVE_AS_XLSX,
)
_TOO_MANY_CELLS = Refused(
    Text("セルが多すぎます（20万まで）", "it has too many cells (200,000 at most)"),
    Text("入力票のほかのシートや、余分な行と列を除いて保存し直す", "save it without other sheets and stray cells"),
)
