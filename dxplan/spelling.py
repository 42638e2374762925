"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that ``word`` is most likely a slip for, or None where nothing is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who misspells waits for it

    return next(iter(get_close_matches(word, list(known), 1)), None)
