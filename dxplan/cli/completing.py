r"""What the shell may complete a command line with, as fast as it can be told: no typer, no model.

The shell's own function (``dxplan completion``) runs dxplan with ``_DXPLAN_COMPLETE`` set and the words so far as its
arguments. What comes back is a line for each way to go on, as ``word\tmeaning``, or `FILES`. ``completions.json`` knows
the commands and their options; a test makes it from them.

Words are ids, years and the like, which hold nothing that a shell could take for its own; meanings, which come from the
plan, are shown and never run, and lose what does not print.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dxplan.glance import NOTHING, Glance, glance
from dxplan.language import language_of

VARIABLE = "_DXPLAN_COMPLETE"
FILES = ":files"
"""In place of words: the shell knows best which files there are."""
TABLE = Path(__file__).with_name("completions.json")

_EVERYWHERE = {"--lang": ["ja", "en"], "--debug": None, "--help": None, "-h": None}
_LONGEST = 60
Offers = Mapping[str, str]


def complete(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Print how the last of ``words`` may go on. Nothing is said of what goes wrong: a TAB is no place for it."""
    try:
        lines = "".join(f"{line}\n" for line in _lines(list(words) or [""], environment))
        sys.stdout.buffer.write(lines.encode("utf-8", "replace"))
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 - as said above
        return


def _lines(words: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    *before, current = _joined(words) if environment[VARIABLE] == "bash" else words
    given = _Given(json.loads(TABLE.read_bytes()), before)
    option, equals, value = current.partition("=")
    kind = given.awaits
    if kind is None and equals and option.startswith("--"):
        kind, current = given.options.get(option), value
    prefix = f"{option}=" if equals and environment[VARIABLE] != "bash" else ""
    offers = given.offers(kind, current, environment)
    if offers is None:
        yield FILES
        return
    shows_meanings = environment[VARIABLE] != "bash"
    for word, meaning in offers.items():
        if word.startswith(current):
            told = _told(meaning) if shows_meanings else ""
            yield f"{prefix if kind else ''}{word}\t{told}" if told else f"{prefix if kind else ''}{word}"


def _told(meaning: str) -> str:
    """Return words from a plan as a shell may show them: on one line, printable, and not too long."""
    plain = "".join(each if each.isprintable() else " " for each in meaning)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _joined(words: list[str]) -> list[str]:
    """Put together what bash takes for three words: ``--year``, ``=`` and ``R7``."""
    joined: list[str] = []
    for word in words:
        last = joined[-1] if joined else ""
        if last.startswith("--") and (word == "=" or last.endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


class _Command(NamedTuple):
    arguments: list[Any]
    """A kind for each; the last one is for all that follow where ``endless``."""
    endless: bool
    options: dict[str, Any]
    """A kind for each, None for one that takes no value."""


class _Given:
    """What the words before the one in question say."""

    def __init__(self, table: dict[str, Any], words: list[str]) -> None:
        self._table = table
        self.command: str | None = None
        self.options: dict[str, Any] = dict(_EVERYWHERE)
        self.awaits: Any = None
        """The kind of value that the last option needs."""
        self._positional: list[str] = []
        self._data: str | None = None
        self._language: str | None = None
        self._ended = False
        name = ""
        for word in words:
            if self.awaits is not None:
                self._take(name, word)
                self.awaits = None
            elif word == "--" and not self._ended:
                self._ended = True
            elif word.startswith("-") and not self._ended:
                name, equals, value = word.partition("=")
                if equals:
                    self._take(name, value)
                else:
                    self.awaits = self.options.get(name)
            elif self.command is None:
                self.command = word
                self.options |= table["commands"].get(word, {"options": {}})["options"]
            else:
                self._positional.append(word)

    def _take(self, option: str, value: str) -> None:
        if option == "--data":
            self._data = value
        elif option == "--lang":
            self._language = value

    def offers(self, kind: Any, current: str, environment: Mapping[str, str]) -> Offers | None:  # noqa: ANN401
        """Return words with their meanings; None where files are wanted."""
        language = language_of(self._language, environment)
        texts: dict[str, Any] = self._table["texts"][language]
        if kind is None:
            if self.command is None and not current.startswith("-"):
                return {name: texts[name] for name in self._table["commands"]}
            if current.startswith("-") and not self._ended:
                about = {**texts[""], **texts.get(f"{self.command} options", {})}
                return {name: about.get(name, "") for name in self.options if name.startswith("--")}
            kind = self._argument()
        if kind == "files":
            return None
        if isinstance(kind, list):
            return dict.fromkeys(kind, "")
        return self._of_plan(kind, environment)

    def _argument(self) -> Any:  # noqa: ANN401
        entry = self._table["commands"].get(self.command or "")
        if entry is None:
            return ""
        kinds = entry["arguments"]
        place = len(self._positional)
        if place < len(kinds):
            return kinds[place]
        return kinds[-1] if entry["endless"] else ""

    def _of_plan(self, kind: str, environment: Mapping[str, str]) -> Offers:
        if not kind:
            return {}
        try:
            plan = glance(self._data, Path.cwd(), environment)
        except (OSError, ValueError):
            plan = NOTHING
        return self._words(kind, plan)

    def _words(self, kind: str, plan: Glance) -> Offers:
        match kind:
            case "year":
                return dict.fromkeys(plan.years, "")
            case "viewpoint":
                return plan.viewpoints
            case "id":
                return {**plan.initiatives, **plan.actions, **plan.indicators}
            case "entry":
                return {**plan.actions, **plan.indicators, **plan.parts}
            case "value":
                of_action = bool(self._positional) and self._positional[0] in plan.actions
                return dict.fromkeys(self._table["results" if of_action else "states"], "")
        return {}


def run_from_shell() -> int:
    """Answer the shell that asks, and return exit code 0."""
    complete(sys.argv[1:], os.environ)
    return 0
