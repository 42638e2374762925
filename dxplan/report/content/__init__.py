"""What the published progress report of one fiscal year says: the ward's own chapters in their order, then the rest."""

from __future__ import annotations

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language
from dxplan.progress.status import status
from dxplan.project import Project
from dxplan.report.content import changes, corrections, data, methods, outline, overview, results
from dxplan.report.content.scope import Scope, cover
from dxplan.report.document import Page
from dxplan.report.links import resolved
from dxplan.views.wording import style_of


def report(project: Project, year: FiscalYear, language: Language, made: str | None = None) -> Page:
    """Return the report on ``year``; ``made`` is the day it was made (ISO 8601), where that is to be told."""
    return resolved(report_page(Scope(project, status(project, year), style_of(project.plan, language)), made))


def report_page(scope: Scope, made: str | None) -> Page:
    """Return the report; its links may lead to what no year tells any more."""
    chapters = (
        outline.summary(scope),
        outline.plan(scope),
        results.chapter(scope),
        changes.chapter(scope),
        corrections.chapter(scope),
        methods.chapter(scope),
        data.chapter(scope),
    )
    told = [each for each in chapters if each is not None]
    numbered = (each._replace(title=f"{number}. {each.title}") for number, each in enumerate(told, 1))
    return cover(scope, made)._replace(sections=(overview.chapter(scope), *numbered))
