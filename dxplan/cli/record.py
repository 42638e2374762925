"""``dxplan record``: enter one report of a department."""

from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.changing import (
    content_of,
    dry_run_option,
    held,
    land,
    open_year,
    or_by_hand,
    path_of,
    stays_sound,
    today,
    today_option,
    year_file_of,
)
from dxplan.cli.options import Session, choice, data_option, fiscal_year, folder, refuse
from dxplan.cli.output import print_lines
from dxplan.editing.change import Change
from dxplan.editing.record import Correction, Report, Thing, recorded, thing
from dxplan.errors import RefusedError, UsageError
from dxplan.language import Text
from dxplan.project import YearFile
from dxplan.views.terminal import visible

_KINDS = {"indicator": "indicators", "action": "actions"}


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        context_settings={"ignore_unknown_options": True},  # a negative value is no option
        help=_(
            "指標の実績値か事業の結果を1つ、実績のファイルに書き入れる",
            "Enter an indicator's value or an action's result into the file of actuals",
        ),
        epilog=_(
            "例: dxplan record online-procedures 92、dxplan record 1-1 done、dxplan record life/men 72.2",
            "Examples: dxplan record online-procedures 92, dxplan record 1-1 done, dxplan record life/men 72.2",
        ),
    )
    def record(  # noqa: PLR0913, PLR0917 - one for each option
        id_: Annotated[
            str,
            typer.Argument(
                metavar="ID",
                help=_("指標か事業のID。内訳は 指標のID/内訳のID", "Id of an indicator or action; a part is ID/PART"),
                show_default=False,
            ),
        ],
        value: Annotated[
            str | None,
            typer.Argument(
                metavar="VALUE",
                help=_(
                    "値（54、54/100）、結果の語（done など）、値がない理由（pending など）",
                    "A value (54, 54/100), a result (done), or why there is no value (pending)",
                ),
                show_default=False,
            ),
        ] = None,
        year: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_(
                    "年度（例: R8）。省略すると、まだ確定していない最も古い年度",
                    "By default the oldest open one",
                ),
            ),
        ] = None,
        state: Annotated[
            str | None, typer.Option(metavar="STATE", help=_("値がない理由（pending など）", "Why there is no value"))
        ] = None,
        preliminary: Annotated[
            bool, typer.Option("--preliminary", help=_("速報の値", "The value is preliminary"))
        ] = False,
        as_of: Annotated[
            str | None, typer.Option(metavar="DATE", help=_("値の時点（例: 2026-03-31）", "As of when it holds"))
        ] = None,
        met: Annotated[
            bool | None,
            typer.Option(
                "--met/--not-met", help=_("段階の指標の判定", "The verdict on a milestone"), show_default=False
            ),
        ] = None,
        note: Annotated[str | None, typer.Option(metavar="TEXT", help=_("注記", "A note"))] = None,
        reason: Annotated[
            str | None,
            typer.Option(metavar="TEXT", help=_("訂正や判定の理由", "The reason of a correction or a verdict")),
        ] = None,
        correct: Annotated[
            bool,
            typer.Option(
                "--correct",
                help=_("確定した年度を訂正する（--reason が要る）", "Correct a closed year (with --reason)"),
            ),
        ] = False,
        kind: Annotated[
            str | None,
            typer.Option(metavar="KIND", help=_("同じIDがあるとき: indicator / action", "indicator / action")),
        ] = None,
        today_: Annotated[str | None, today_option(session)] = None,
        dry_run: Annotated[bool, dry_run_option(session)] = False,
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        said = _value(value, state)
        wanted = choice("--kind", kind, _KINDS) if kind is not None else None
        home, name = folder(data)
        with held(home):
            project, found = examine(home, name)
            if project is None or found.unread_files or found.unread:
                return refuse(found, session)
            year_file = year_file_of(project, fiscal_year(year) if year is not None else open_year(project))
            what = thing(project, id_, wanted)
            correction = _correction(year_file, today(today_), reason, correct=correct)
            judged = reason if correction is None or met is not None else None
            report = Report(said, preliminary, as_of, note, met, judged)
            path = path_of(home, year_file)
            before = content_of(path, year_file)
            with or_by_hand(year_file.file):
                after = recorded(year_file, before, what, report, correction)
            change = Change(path, year_file.file, before, after)
            if not stays_sound(project, change, session):
                return 1
            if dry_run:
                print_lines(((line, ""),) for line in change.diff())
                return 0
            land(change)
        print_lines([((_done(change, what, said).to(session.language), ""),)])
        return 0


def _value(value: str | None, state: str | None) -> str:
    if (value is None) == (state is None):
        raise UsageError(
            Text("値か --state のどちらか一方を書きます", "give a value, or --state"),
            Text("例: dxplan record ID 54、dxplan record ID --state pending", "such as: dxplan record ID 54"),
        )
    return value if value is not None else state or ""


def _correction(year_file: YearFile, date: str, reason: str | None, *, correct: bool) -> Correction | None:
    year = year_file.year
    if not year_file.actuals.is_closed:
        if correct:
            raise UsageError(
                Text(f"{year} はまだ確定していません", f"{year} is not closed"),
                Text("--correct を付けずに書き入れる", "enter the value without --correct"),
            )
        return None
    if not correct:
        raise RefusedError(
            Text(f"{year} は確定しています", f"{year} is closed"),
            Text(
                '公表した値を訂正するなら --correct --reason "理由" を付ける',
                'to correct what was published, add --correct --reason "why"',
            ),
        )
    if not reason:
        raise UsageError(
            Text("訂正には理由が要ります", "a correction needs its reason"),
            Text('--reason "理由" を付ける', 'add --reason "why"'),
        )
    return Correction(date, reason)


def _done(change: Change, what: Thing, value: str) -> Text:
    name = visible(what.name)
    id_ = what.id if what.part is None else f"{what.id}/{what.part}"
    if change.changes_nothing:
        return Text(
            f"{change.shown} の {id_} はもう {value} です。何も変えていません",
            f"{id_} in {change.shown} is {value} already; nothing was changed",
        )
    return Text(
        f"{change.shown} に {id_} {value} を書きました（{name}）", f"{id_} {value} entered in {change.shown} ({name})"
    )
