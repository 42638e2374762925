"""What stops a command before it has an answer. Faults in a plan are never exceptions: see `diagnostics`."""

from __future__ import annotations

from dxplan.language import Text


class DxplanError(Exception):
    """Dxplan cannot go on; carries the one sentence to say. The command line alone turns it into exit code 2."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[DxplanError], tuple[Text, Text | None]]:
        """Cross from a worker process whole: by default only the English words would arrive."""
        return type(self), (self.message, self.hint)


class UsageError(DxplanError):
    """The command was called with something that does not exist: a folder, an id, a year, a rule's code."""


class RefusedError(DxplanError):
    """Nothing was done because the project does not allow it: a closed year, a year that differs. Exit code 1."""
