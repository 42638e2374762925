"""What is not reported yet as Markdown, for an issue or a mail."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.language import Language
from dxplan.progress.missing import Missing
from dxplan.views.markdown_text import escape
from dxplan.views.missing.wording import KINDS, NO_DEPARTMENT, missing_answer, missing_name, next_step
from dxplan.views.wording import year_name


def document(missing: Missing, language: Language) -> str:
    """Return a list with a box to tick for each thing that is missing."""
    return "\n".join(_lines(missing, language)) + "\n"


def _lines(missing: Missing, language: Language) -> Iterator[str]:
    yield f"# {escape(missing.plan.title)} {year_name(missing.year, language)}"
    yield ""
    yield missing_answer(missing, language)
    for lead, items in missing.by_department():
        yield ""
        yield f"## {NO_DEPARTMENT.to(language) if lead is None else escape(lead)}"
        yield ""
        for item in items:
            yield f"- [ ] {KINDS[item.kind].to(language)} {escape(item.id)} {escape(missing_name(item, language))}"
    if step := next_step(missing):
        yield ""
        yield f"{step.what.to(language)}: `{step.command}`"
