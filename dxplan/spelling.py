"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable

from dxplan.language import Text


def closest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word that ``word`` is most likely a slip for, or None where nothing is close.

    ``likeness`` is the ratio of difflib, from 0 to 1, that a word has to reach. Of numbers (``1-6``, ``2025``) none is
    a slip for another: each is as likely as the next. Among very many words none is looked for: a file can misspell
    thousands of them, and every pair takes its time.
    """
    if not any(character.isalpha() for character in word):
        return None
    words = list(known)
    if len(words) > _MOST:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only who misspells waits for it

    return next(iter(get_close_matches(word, words, 1, likeness)), None)


_MOST = 500
"""Words that are compared with a misspelt one."""


def did_you_mean(word: str, known: Iterable[str], otherwise: Text) -> Text:
    """Return the hint that proposes the known word closest to ``word``, or ``otherwise`` where nothing is close."""
    close = closest(word, known)
    return Text(f"「{close}」ではありませんか", f"did you mean `{close}`?") if close else otherwise
