"""A municipality's own look: files in ``report/`` beside the plan, each of which may be missing.

``report.css`` comes after the package's style sheet, ``report.html`` (Jinja) and ``report.typ`` (Typst) take the place
of its templates, which they may extend.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dxplan.errors import RefusedError
from dxplan.files import LINK_LEAVES, leaves, read_bytes, why
from dxplan.language import Text

FOLDER = "report"
STYLE, PAGE, PRINT = "report.css", "report.html", "report.typ"
_LIMIT = 256 * 1024


class OwnFile(NamedTuple):
    """One of a municipality's own files."""

    file: str
    """Its name, to be shown."""
    text: str


class Theme(NamedTuple):
    """A municipality's own look; the package's where there is nothing."""

    style: str | None = None
    """CSS, without any ``</``, which would end the page's style sheet."""
    page: OwnFile | None = None
    print: OwnFile | None = None


def theme(folder: Path, shown: str) -> Theme:
    """Read a project's own look; raises RefusedError where one of its files cannot be used."""
    if leaves(folder, folder / FOLDER):
        reason, hint = LINK_LEAVES
        raise RefusedError(Text(f"{shown}/{FOLDER}: {reason.ja}", f"{shown}/{FOLDER}: {reason.en}"), hint)
    style = _read(folder, STYLE, shown)
    if style is not None and "</" in style.text:
        raise RefusedError(
            Text(f"{style.file} に「</」があり、ページのスタイルが途中で終わります", f"{style.file} holds `</`"),
            Text("CSSだけを書く（注釈の中も「</」を使わない）", "write nothing but CSS, no `</` in comments either"),
        )
    own = None if style is None else style.text
    return Theme(own, _read(folder, PAGE, shown), _read(folder, PRINT, shown))


def is_own(folder: Path, path: Path) -> bool:
    """Whether ``path`` is where a municipality's own look is read from."""
    return path.resolve() in {(folder / FOLDER / name).resolve() for name in (STYLE, PAGE, PRINT)}


def _read(folder: Path, name: str, shown: str) -> OwnFile | None:
    file = f"{shown}/{FOLDER}/{name}"
    try:
        content = read_bytes(folder, folder / FOLDER / name, _LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason, _ = why(error)
        raise RefusedError(
            Text(f"{file}: {reason.ja}", f"{file}: {reason.en}"),
            Text("ファイルを直すか、取り除く", "mend the file, or remove it"),
        ) from error
    if len(content) > _LIMIT:
        kib = _LIMIT // 1024
        raise RefusedError(
            Text(f"{file} が大きすぎます（{kib} KiBまで）", f"{file} is too large (up to {kib} KiB)"),
            Text("画像などを中に書き込まない", "do not write pictures into it"),
        )
    try:
        return OwnFile(file, content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise RefusedError(
            Text(f"{file} がUTF-8ではありません", f"{file} is not UTF-8"),
            Text("UTF-8で保存し直す", "save it as UTF-8"),
        ) from error


def broken_template(own: OwnFile, error: Exception) -> RefusedError:
    """Return the one line that says what is wrong with a municipality's own template."""
    line = getattr(error, "lineno", None)
    place = own.file if line is None else f"{own.file}:{line}"
    said = " ".join(str(error).split()) or type(error).__name__
    return RefusedError(
        Text(f"{place}: テンプレートを使えません（{said}）", f"{place}: the template cannot be used ({said})"),
        Text("docs/report.md の例を見て直す", "mend it after the example in docs/report.md"),
    )
