"""A change of one file of a project before it lands: what it would be, and whether the project stays sound with it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from dxplan import checks
from dxplan.diagnostics import Diagnostic, Severity
from dxplan.editing import write
from dxplan.errors import RefusedError
from dxplan.language import Text
from dxplan.model.actuals import Actuals
from dxplan.model.reading import read
from dxplan.project import Project, YearFile
from dxplan.source import Document
from dxplan.source import read as read_source


class Change(NamedTuple):
    """One file as it is and as it is to be."""

    path: Path
    shown: str
    """The file's name as people see it."""
    before: bytes | None
    """None where the file is new."""
    after: bytes

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is there already."""
        return self.before == self.after

    def diff(self) -> Iterator[str]:
        """Yield the lines of a unified diff."""
        before, after = (
            (content or b"").decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").splitlines()
            for content in (self.before, self.after)
        )
        name = "/dev/null" if self.before is None else self.shown
        yield from unified_diff(before, after, name, self.shown, lineterm="")

    def land(self) -> None:
        """Write the file; raises RefusedError where somebody else changed it meanwhile, OSError where it cannot be."""
        if self.before is None:
            write.create(self.path, self.after)
            return
        if write.content(self.path) != self.before:
            raise changed_meanwhile(self.shown)
        if not self.changes_nothing:
            write.replace(self.path, self.after)


def changed_meanwhile(shown: str) -> RefusedError:
    """Return what to say of a file that another program wrote after we had read it."""
    return RefusedError(
        Text(
            f"{shown} が、読んだ後にほかのプログラムで書き換えられました",
            f"{shown} was changed by another program meanwhile",
        ),
        Text("何も書いていないので、もう一度実行する", "nothing was written; run it again"),
    )


def with_year(project: Project, shown: str, content: bytes) -> Project | None:
    """Return the project with this file of actuals, in place of one of that name; None where it cannot be read."""
    document = read_source(shown, content)
    if not isinstance(document, Document):
        return None
    others = [year_file for year_file in project.year_files if year_file.file != shown]
    files = sorted([*others, YearFile(shown, read(Actuals, document))], key=lambda year_file: year_file.trust)
    return Project(project.plan_reading, tuple(files))


def new_errors(before: Project, after: Project) -> list[Diagnostic]:
    """Return the errors that ``after`` has and ``before`` has not, with those of its files' shape."""
    known = {(found.rule.code, found.message) for found in _errors(before)}
    return [found for found in _errors(after) if (found.rule.code, found.message) not in known]


def _errors(project: Project) -> Iterator[Diagnostic]:
    for year_file in project.year_files:
        yield from year_file.reading.document.faults
        yield from year_file.reading.faults
    yield from (found for found in checks.run(project) if found.rule.severity is Severity.ERROR)
