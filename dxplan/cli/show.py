"""``dxplan show``: one indicator or one initiative over all the years."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.options import (
    Session,
    data_option,
    folder,
    refuse,
    say_problems,
    year_in_question,
    year_option,
)
from dxplan.cli.output import print_lines, print_text, screen
from dxplan.diagnostics import Severity
from dxplan.errors import UsageError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.progress.explanation import explain, explain_part
from dxplan.progress.judgement import indicator_status
from dxplan.progress.timeline import timeline
from dxplan.project import Project
from dxplan.spelling import did_you_mean
from dxplan.views.show import indicator, initiative
from dxplan.views.terminal import Screen, visible


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
                help=_(
                    "指標・取組・事業のIDか、名前（旧名称も）の一部",
                    "The id of an indicator, initiative or action, or a part of its name, also a former one",
                ),
                show_default=False,
            ),
        ],
        year: Annotated[str | None, year_option(session)] = None,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        project, report = examine(*folder(data))
        if project is None or report.unread_files or report.unread:
            return refuse(report, session)
        chosen = year_in_question(project, year)
        found = find(project, id_)
        _say_former_name(project, found, id_, session)
        print_text("\n".join(_pages(project, found, chosen, screen(session.language))))
        return say_problems(report, session) if report.number_of(Severity.ERROR) else 0


def _say_former_name(project: Project, found: str, given: str, session: Session) -> None:
    """Say on stderr what is called otherwise today than it was asked for."""
    renamed = project.renamed(found, given)
    if renamed is not None:
        old, new = (visible(each) for each in renamed)
        said = session.say(f"「{old}」は旧名称で、今は「{new}」です", f"`{old}` is a former name of `{new}`")
        print_lines([((said, ""),)], sys.stderr)


def _pages(project: Project, found: str, year: FiscalYear, on: Screen) -> Iterator[str]:
    """Yield the page of everything that has this id: kinds number their ids apart, so it may be more than one."""
    if entry := project.indicator_by_id.get(found):
        status = indicator_status(project, entry, year)
        parts = [explain_part(project, entry, number, part) for number, part in enumerate(status.parts)]
        yield indicator.document(project.plan, status, indicator.Explained(explain(project, entry, status), parts), on)
    action = project.action_by_id.get(found)
    for home in project.initiatives:
        if home.initiative.id == found or (action is not None and home.initiative is action.initiative):
            yield initiative.document(project.plan, timeline(project, home, year), year, on)


def find(project: Project, given: str) -> str:
    """Return the id that ``given`` names: an id, 取組4, or a part of a name that fits one thing only.

    Raises UsageError.
    """
    fitting = project.matching(given.strip())
    if len(fitting) == 1:
        return next(iter(fitting))
    if fitting:
        some = [f"{id_}（{name}）" for id_, name in list(fitting.items())[:_SOME]]
        listed = "、".join(some) + ("…" if len(fitting) > _SOME else "")
        raise UsageError(
            Text(f"「{given}」に当てはまるものが{len(fitting)}つあります", f"`{given}` fits {len(fitting)} things"),
            Text(f"IDで選ぶ: {listed}", f"choose by id: {listed}"),
        )
    if home := project.home_of(given):
        return home
    ids = [*project.indicator_by_id, *(entry.initiative.id for entry in project.initiatives[:1])]
    otherwise = Text(f"IDは {'、'.join(ids)} など", f"ids are {', '.join(ids)} and the like")
    raise UsageError(
        Text(f"「{given}」という指標・取組・事業はありません", f"there is nothing with the id or name `{given}`"),
        did_you_mean(given, [*project.indicator_by_id, *project.action_by_id], otherwise),
    )


_SOME = 4
