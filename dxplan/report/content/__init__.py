"""What the published progress report of one fiscal year says: the ward's own chapters in their order, then the rest."""

from __future__ import annotations

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language
from dxplan.progress.status import status
from dxplan.project import Project
from dxplan.report.content import changes, corrections, data, methods, outline, overview, results
from dxplan.report.content.scope import Scope
from dxplan.report.document import Page
from dxplan.views.terminal import visible
from dxplan.views.wording import style_of, year_name


def report(project: Project, year: FiscalYear, language: Language, made: str | None = None) -> Page:
    """Return the report on ``year``; ``made`` is the day it was made (ISO 8601), where that is to be told."""
    scope = Scope(project, status(project, year), style_of(project.plan, language))
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
    title = visible(project.plan.title)
    imprint, published = _imprint(scope, made)
    return Page(
        language,
        scope.say(f"{title}の進捗状況", f"Progress of {title}"),
        imprint,
        (overview.chapter(scope), *numbered),
        date=made or published,
    )


def _imprint(scope: Scope, made: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return whose report it is, on which year, and when it was published, in words and as the file says."""
    actuals = scope.project.actuals.get(scope.year)
    published = actuals.published if actuals else None
    imprint = [visible(scope.plan.organization.name), year_name(scope.year, scope.language)]
    imprint.append(scope.date(published) if published else scope.say("公表前", "Not published yet"))
    if made is not None:
        imprint.append(scope.say(f"作成 {scope.date(made)}", f"Made on {made}"))
    return tuple(imprint), published
