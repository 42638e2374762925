"""What is wrong with a project, and where.

A rule says *what*: a `Finding` at a `Spot`, a route of keys. `project` knows the text and says *where*: a `Diagnostic`
with line and column. Columns count characters from 1, as editors do.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dxplan.language import Text

Route = tuple[str | int, ...]
"""Keys and list positions from the top of one file: ``("viewpoints", 0, "title")``."""


class Severity(StrEnum):
    """How bad a diagnostic is: an error makes the exit code 1, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(NamedTuple):
    """A code that never changes meaning, and its name.

    DX0xx text, DX1xx shape, DX2xx references, DX3xx years, DX4xx values.
    """

    code: str
    name: str
    severity: Severity = Severity.ERROR


class Spot(NamedTuple):
    """A place in a project by keys: a file (relative to the project, with ``/``) and a route in it."""

    file: str
    route: Route = ()
    key: bool = False
    """Point at the last key rather than at its value."""

    def at(self, *keys: str | int) -> Spot:
        """Return the spot of something inside this one."""
        return Spot(self.file, self.route + keys)

    def as_key(self) -> Spot:
        """Return the same spot, pointing at the key."""
        return self._replace(key=True)


class Note(NamedTuple):
    """A further place that explains a finding, such as where an id was first defined."""

    spot: Spot
    message: Text


class Finding(NamedTuple):
    """What a rule found, before anybody looked up lines."""

    spot: Spot
    message: Text
    hint: Text | None = None
    related: tuple[Note, ...] = ()


class Place(NamedTuple):
    """A place in a file: line and column from 1, and the text of that line."""

    file: str
    line: int
    column: int
    source: str


class RelatedPlace(NamedTuple):
    """A `Note` with its place looked up."""

    place: Place
    message: Text


class Diagnostic(NamedTuple):
    """One located fault, ready to be shown."""

    rule: Rule
    place: Place
    message: Text
    hint: Text | None = None
    related: tuple[RelatedPlace, ...] = ()


def in_order(diagnostic: Diagnostic) -> tuple[int, str, int, int, str]:
    """Return the key by which diagnostics are shown: the plan before what lies in folders, then line and column."""
    place = diagnostic.place
    return (place.file.count("/"), place.file, place.line, place.column, diagnostic.rule.code)


class Report(NamedTuple):
    """Everything that is wrong with one project."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order in which they are shown."""
    files: int
    """Number of files looked at."""
    unread_files: tuple[str, ...] = ()
    """Files of which nothing could be read."""
    unread: tuple[Place, ...] = ()
    """Entries of other files that could not be read, and so were not held to the rules."""
    notes: tuple[Text, ...] = ()
    """What is to be said beside: no problem of this project, such as what an earlier version lacks."""

    def number_of(self, severity: Severity) -> int:
        """Return how many diagnostics have this severity."""
        return sum(diagnostic.rule.severity is severity for diagnostic in self.diagnostics)
