"""``dxplan show``: one indicator or one initiative over all the years."""

from collections.abc import Iterator
from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.options import (
    Session,
    data_option,
    fiscal_year,
    folder,
    in_period,
    refuse,
    say_problems,
    year_option,
)
from dxplan.cli.output import print_text, screen
from dxplan.diagnostics import Severity
from dxplan.errors import UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.progress.explanation import explain
from dxplan.progress.status import indicator_status, latest_reported_year
from dxplan.progress.timeline import timeline
from dxplan.project import Project
from dxplan.spelling import did_you_mean
from dxplan.views.show import indicator, initiative
from dxplan.views.terminal import Screen


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "1つの指標か取組を、全年度と計算の過程とともに示す",
            "Show one indicator or initiative over all years, and how its figures were computed",
        ),
        epilog=_(
            "例: dxplan show online-procedures、dxplan show 4", "Examples: dxplan show online-procedures, dxplan show 4"
        ),
    )
    def show(
        id_: Annotated[
            str,
            typer.Argument(
                metavar="ID",
                help=_("指標・取組・事業のID", "The id of an indicator, an initiative or an action"),
                show_default=False,
            ),
        ],
        year: Annotated[str | None, year_option(session)] = None,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        project, report = examine(*folder(data))
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        chosen = in_period(project, fiscal_year(year)) if year else latest_reported_year(project)
        pages = list(_pages(project, id_, chosen, screen(session.language)))
        if not pages:
            raise _unknown(project, id_)
        print_text("\n".join(pages))
        return say_problems(report, session) if report.number_of(Severity.ERROR) else 0


def _pages(project: Project, id_: str, year: FiscalYear, on: Screen) -> Iterator[str]:
    """Yield the page of everything that has this id: kinds number their ids apart, so it may be more than one."""
    if entry := project.indicator_by_id.get(id_):
        status = indicator_status(project, entry, year)
        yield indicator.document(status, explain(project, entry, status), project.plan.decimals, on)
    action = project.action_by_id.get(id_)
    for home in project.initiatives:
        if home.initiative.id == id_ or (action is not None and home.initiative is action.initiative):
            yield initiative.document(timeline(project, home), year, on)


def _unknown(project: Project, id_: str) -> UsageError:
    initiatives = [entry.initiative.id for entry in project.initiatives]
    known = [*project.indicator_by_id, *initiatives, *project.action_by_id]
    ids = "、".join(project.indicator_by_id)
    example = f"（{initiatives[0]} など）" if initiatives else ""
    otherwise = Text(
        f"指標は {ids}。取組は番号{example}", f"indicators: {ids.replace('、', ', ')}; initiatives by number"
    )
    message = Text(f"「{id_}」という指標・取組・事業はありません", f"there is nothing with the id `{id_}`")
    return UsageError(message, did_you_mean(id_, known, otherwise))
