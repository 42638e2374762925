"""What tells one problem from another, and stays the same while lines above it come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from dxplan.diagnostics import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return a fingerprint for each diagnostic of one project: of its rule, its file and what its line says.

    Of several that agree in all of that, each counts on from the one before. A line number has no part in it.
    """
    seen: Counter[str] = Counter()
    marks = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        said = f"{diagnostic.rule.code}\n{place.file}\n{place.source.strip()}"
        mark = sha256(said.encode("utf-8", "backslashreplace")).hexdigest()[:32]
        seen[mark] += 1
        marks.append(f"{mark}:{seen[mark]}")
    return marks
