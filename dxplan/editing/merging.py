"""What came back held against what went out and what the files say by now: a three-way comparison, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from dxplan.editing.answers import Aspect, Said, is_same
from dxplan.language import Text
from dxplan.model.corrections import Thing


class Prefer(StrEnum):
    """Which side stands where both have changed."""

    FILE = "file"
    YAML = "yaml"


class At(NamedTuple):
    """A place in a file that came back: ``入力票_情報システム課.xlsx ›指標!F7``."""

    file: str
    cell: str
    """As the program that wrote the file names it (``指標!F7``), or a line; empty for the file as a whole."""

    @property
    def shown(self) -> str:
        """The place as people read it."""
        return f"{self.file} ›{self.cell}" if self.cell else self.file


class Reply(NamedTuple):
    """One piece of what one file says of one thing."""

    at: At
    thing: Thing
    name: str
    aspect: Aspect
    said: Said
    sent: Said
    """What the file said when it went out."""
    remark: Text | None = None
    """What people should know of how it was read."""

    @property
    def is_changed(self) -> bool:
        """Whether the department changed it."""
        return not is_same(self.said, self.sent)


class Wrong(NamedTuple):
    """What cannot be read, or makes no sense, and how to mend it."""

    at: At
    name: str
    message: Text
    hint: Text | None = None


class Refused(NamedTuple):
    """Why a file is not read at all, and what to do."""

    message: Text
    hint: Text


class Accepted(NamedTuple):
    """A reply that is new."""

    reply: Reply
    now: Said
    """What the files say by now."""


class Unchanged(NamedTuple):
    """A reply that says nothing new."""

    reply: Reply


class Kept(NamedTuple):
    """A reply that gives way to what the files say by now, as was asked for."""

    reply: Reply
    now: Said


class Conflict(NamedTuple):
    """A reply that differs from what was changed elsewhere since it went out."""

    reply: Reply
    now: Said
    """What the files say by now."""
    other: Reply | None
    """The other file's reply that differs; None where the YAML was changed meanwhile."""


Decision = Accepted | Unchanged | Kept | Conflict


class FileOutcome(NamedTuple):
    """What became of one file."""

    file: str
    refused: Refused | None
    decisions: tuple[Decision | Wrong, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of what was asked, and is in the file no more."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it stands in the way."""
        return self.refused is None and not any(isinstance(each, Wrong | Conflict) for each in self.decisions)


class Outcome(NamedTuple):
    """What became of every file."""

    files: tuple[FileOutcome, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything may land."""
        return all(file.is_sound for file in self.files)

    @property
    def accepted(self) -> dict[Thing, dict[Aspect, Said]]:
        """What is to land; of two files that say the same, once."""
        found: dict[Thing, dict[Aspect, Said]] = {}
        for file in self.files:
            for each in file.decisions:
                if isinstance(each, Accepted):
                    found.setdefault(each.reply.thing, {})[each.reply.aspect] = each.reply.said
        return found


def merged(
    replies: Sequence[Reply], now: Mapping[Thing, Mapping[Aspect, Said]], prefer: Prefer | None = None
) -> list[Decision]:
    """Return what becomes of each reply, in their order; ``now`` is what the files say.

    Two files that changed one thing differently are in conflict whatever is preferred: nobody can tell which.
    """
    changed: dict[tuple[Thing, Aspect], list[Reply]] = {}
    for reply in replies:
        if reply.is_changed:
            changed.setdefault((reply.thing, reply.aspect), []).append(reply)
    return [_decided(reply, changed.get((reply.thing, reply.aspect), []), now, prefer) for reply in replies]


def _decided(
    reply: Reply, changed: Iterable[Reply], every: Mapping[Thing, Mapping[Aspect, Said]], prefer: Prefer | None
) -> Decision:
    now = every[reply.thing][reply.aspect]
    if not reply.is_changed:
        return Unchanged(reply)
    other = next((each for each in changed if not is_same(each.said, reply.said)), None)
    if other is not None:
        return Conflict(reply, now, other)
    if is_same(reply.said, now):
        return Unchanged(reply)
    if is_same(now, reply.sent) or prefer is Prefer.FILE:
        return Accepted(reply, now)
    return Kept(reply, now) if prefer is Prefer.YAML else Conflict(reply, now, None)
