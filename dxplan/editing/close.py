"""``close``: a year of which everything is reported becomes the one that was published."""

from __future__ import annotations

from dxplan.diagnostics import Route
from dxplan.editing.patch import Patch, number_or_text
from dxplan.editing.record import plain, typed
from dxplan.project import YearFile
from dxplan.source import Value


def closed(year_file: YearFile, content: bytes, published: str | None) -> bytes:
    """Return ``content``, the bytes of ``year_file``, with the year closed; the same where it is already.

    ``published`` is the month or day of publication; None leaves what is there.
    """
    document = year_file.reading.document
    published = typed(published) if published is not None else None
    patch = Patch(content)
    expected: dict[Route, Value] = {}
    if not year_file.actuals.is_closed:
        patch.set(("state",), "closed", after="fiscal_year")
        expected["state",] = "closed"
    if published is not None and year_file.actuals.published != published:
        after = "state" if "state" in document.value else "fiscal_year"
        text = number_or_text(published)
        patch.set(("published",), text, after=after)
        expected["published",] = plain(text)
    return patch.result(year_file.file, expected)
