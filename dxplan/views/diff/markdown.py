"""Differences as Markdown, for a comment on a pull request: short, and nothing in it but what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.language import Language, Text
from dxplan.progress.comparison.changes import Change, Comparison, Section
from dxplan.views.diff.wording import SECTIONS, WHATS, because_text, counts, detail, nothing, subject, versions
from dxplan.views.markdown_text import escape
from dxplan.views.wording import Style, style_of

MOST = 50
"""Changes of one section that are listed: a comment has to stay below 65536 characters."""


def document(comparison: Comparison, language: Language) -> str:
    """Return the whole page."""
    return "\n".join(_lines(comparison, language)) + "\n"


def _lines(comparison: Comparison, language: Language) -> Iterator[str]:
    if not comparison.changes:
        yield escape(nothing(comparison, language))
        return
    yield f"## {escape(comparison.plan.title)} {escape(versions(comparison, language))}"
    yield ""
    yield escape(counts(comparison, language))
    style = style_of(comparison.plan, language)
    for section in Section:
        changes = comparison.section(section)
        if changes:
            yield ""
            yield f"### {SECTIONS[section].to(language)}"
            yield ""
            yield from (_change(change, style) for change in changes[:MOST])
            if more := len(changes) - MOST if len(changes) > MOST else 0:
                yield Text(f"- ほか {more}件", f"- and {more} more").to(language)


def _change(change: Change, style: Style) -> str:
    said = [f"- **{WHATS[change.what].to(style.language)}** {escape(subject(change, style.language))}"]
    if how := detail(change, style):
        said.append(escape(how))
    text = ("　" if style.language == "ja" else ": ").join(said)
    if not change.because:
        return text
    reasons = ("、" if style.language == "ja" else "; ").join(escape(because_text(each)) for each in change.because)
    return f"{text}（{reasons}）" if style.language == "ja" else f"{text} ({reasons})"
