"""A small project around the snippet of a rule's page.

A snippet is one or more parts, each headed by ``# plan.yaml`` or ``# actuals/R7.yaml``. A part's top-level keys take
the place of the same keys of the small project below. A heading may say what the file is instead of text:
``(CP932)`` saves it in that encoding, ``(folder)`` puts a folder in its place, ``(empty)`` an empty file, ``(before)``
is how the file was in an earlier version.
"""

import re
from pathlib import Path

_PLAN = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市, code: "131083"}
period: {from: R7, to: R9}
"""
_ACTUALS = """\
format: 1
fiscal_year: %s
"""
BEFORE = "before"
_HEADING = re.compile(r"^# (plan\.yaml|actuals/[^ ]+\.yaml(?:\.txt)?)(?: \((.+)\))?$", re.MULTILINE)


def has_before(snippet: str) -> bool:
    """Whether the snippet also says what an earlier version was."""
    return any(heading[2] == BEFORE for heading in _HEADING.finditer(snippet))


def write(snippet: str, folder: Path, *, before: bool = False) -> None:
    """Write the project into ``folder``; or what it was ``before``, where what did not change stands once."""
    (folder / "actuals").mkdir(parents=True)
    (folder / "plan.yaml").write_text(_PLAN, encoding="utf-8", newline="")
    pieces = _HEADING.split(snippet)
    assert not pieces[0].strip(), f"text before the first heading: {pieces[0]!r}"
    parts = list(zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True))
    of_before = {file for file, kind, _ in parts if kind == BEFORE}
    for file, kind, text in parts:
        if file in of_before and before is not (kind == BEFORE):
            continue
        base = _PLAN if file == "plan.yaml" else _ACTUALS % Path(file).stem
        path = folder / file
        if kind == "folder":
            path.unlink(missing_ok=True)
            path.mkdir()
            continue
        if kind == "empty":
            path.touch()
            continue
        path.write_bytes(_combined(base, text.lstrip("\n")).encode("utf-8" if kind in (None, BEFORE) else kind))


def _combined(base: str, snippet: str) -> str:
    keys = set(re.findall(r"^([a-z_]+):", snippet, re.MULTILINE))
    kept = [line for line in base.splitlines(keepends=True) if line.split(":")[0] not in keys]
    return "".join(kept) + snippet
