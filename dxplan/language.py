"""The two languages dxplan speaks: a sentence for people is a `Text`, written beside the code that says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Text(NamedTuple):
    """One sentence in both languages, with everything it names already filled in."""

    ja: str
    en: str

    def to(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.ja if language == "ja" else self.en


def same(words: str) -> Text:
    """Return words that are never translated (a name, an id, a figure) as a `Text`."""
    return Text(words, words)


def language_of(option: str | None, environment: Mapping[str, str]) -> Language:
    """Choose the language: ``--lang``, then ``DXPLAN_LANG``, then an English locale, else Japanese."""
    for choice in (option, environment.get("DXPLAN_LANG")):
        for language in LANGUAGES:
            if choice and choice.strip().lower().replace("-", "_").split("_")[0] == language:
                return language
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if locale.lower().startswith("en") else "ja"
