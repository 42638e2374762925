"""``dxplan rollover``: open the next fiscal year."""

from typing import Annotated

import typer

from dxplan.checks import examine
from dxplan.cli.changing import dry_run_option, held, land, stays_sound
from dxplan.cli.options import Session, choice, data_option, fiscal_year, folder, format_option, refuse
from dxplan.cli.output import print_lines, print_machine
from dxplan.editing.change import Change
from dxplan.editing.rollover import NewYear, Words, new_year, text_of, year_to_open
from dxplan.errors import RefusedError
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text
from dxplan.progress.missing import missing
from dxplan.project import ACTUALS_FOLDER, Project, YearFile, file_of_year, year_of_file_name
from dxplan.views.rollover import json, text
from dxplan.views.wording import RESULTS, aim_text, measured_text, style_of

_FORMATS = {"text": "text", "json": "json"}


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "次の年度の実績のファイルを作る（値は空欄。あれば何もしない）",
            "Open the next fiscal year: create its file of actuals, unreported (nothing where it is there)",
        ),
        epilog=_(
            "終了コード: 0 作った、またはもうある、1 作れない（理由を示す）、2 使い方の誤り",
            "Exit codes: 0 created, or there already, 1 refused (and why), 2 wrong usage",
        ),
    )
    def rollover(
        to: Annotated[
            str | None,
            typer.Option(
                metavar="YEAR",
                help=_("開く年度（例: R8）。省略すると、最も新しい実績の次", "The year to open. By default the next"),
            ),
        ] = None,
        require_closed: Annotated[
            bool,
            typer.Option(
                "--require-closed",
                help=_("前の年度が確定していなければ作らない", "Refuse unless the year before is closed"),
            ),
        ] = False,
        dry_run: Annotated[bool, dry_run_option(session)] = False,
        form: Annotated[str, format_option(session, _FORMATS)] = "text",
        data: Annotated[str | None, data_option(session)] = None,
    ) -> int:
        shape = choice("--format", form, _FORMATS)
        home, name = folder(data)
        with held(home):
            project, report = examine(home, name)
            if project is None or report.unread_files or report.unread:
                return refuse(report, session)
            year = year_to_open(project, fiscal_year(to) if to is not None else None)
            prefix = project.plan_reading.document.file.rpartition("/")[0]
            shown = f"{prefix}/{ACTUALS_FOLDER}/{file_of_year(year)}".lstrip("/")
            if (there := _there(project, year, shown)) is not None:
                _say_nothing_done(year, there.file, shape, session.language)
                return 0
            before = project.files_by_year.get(year - 1)
            if require_closed and before is not None and not before.actuals.is_closed:
                raise _not_closed(project, before)
            new = new_year(project, year, len(missing(project, year - 1).items) if before else 0)
            path = home / ACTUALS_FOLDER / file_of_year(year)
            change = Change(path, shown, None, text_of(project, new, _words(project)).encode("utf-8"))
            if not stays_sound(project, change, session):
                return 1
            if not dry_run:
                land(change)
        _say(new, change, shape, session.language, dry_run=dry_run)
        return 0


def _there(project: Project, year: FiscalYear, shown: str) -> YearFile | None:
    """Return the file of ``year`` that is there; raises RefusedError where another stands in its place."""
    claims = [each for each in project.year_files if (each.knows_year and each.year == year) or each.file == shown]
    if len(claims) == 1 and claims[0].file == shown and claims[0].year == year:
        return claims[0]
    others = [each.file for each in claims if each.file != shown or each.year != year]
    if not claims and project.may_hold(year):
        others = [file for file in project.passed_over if year_of_file_name(file) in (None, year)]
    if not others:
        return None
    raise RefusedError(
        Text(f"{year} のものらしい別のファイルがあります: {others[0]}", f"another file may hold {year}: {others[0]}"),
        Text(
            f"それが {year} の実績なら {shown} に名前を改める。そうでなければ fiscal_year を直す",
            f"if it does, rename it to {shown}; if not, mend its `fiscal_year`",
        ),
    )


def _not_closed(project: Project, before: YearFile) -> RefusedError:
    count = len(missing(project, before.year).items)
    return RefusedError(
        Text(
            f"{before.year} がまだ確定していません（未報告 {count}）",
            f"{before.year} is not closed ({count} not reported)",
        ),
        Text(f"dxplan close --year {before.year} で確定する", f"close it with dxplan close --year {before.year}"),
    )


def _words(project: Project) -> Words:
    """Return how the comments of the file, which are Japanese as the plan is, show figures."""
    style = style_of(project.plan, "ja")
    return Words(
        lambda each: (
            "なし（管理指標）" if each.indicator.monitoring else aim_text(each.now, each.indicator.unit, style)
        ),
        lambda each: measured_text(each.previous.measured, each.indicator.unit, style) if each.previous else "なし",
        lambda result: RESULTS[result].ja,
    )


def _say(new: NewYear, change: Change, shape: str, language: Language, *, dry_run: bool) -> None:
    if shape == "json":
        print_machine(json.document(new, change.shown, created=not dry_run))
        return
    print_lines(text.lines(new, change.shown, written=not dry_run, language=language))
    if dry_run:
        print_lines(((line, ""),) for line in change.diff())


def _say_nothing_done(year: FiscalYear, file: str, shape: str, language: Language) -> None:
    if shape == "json":
        print_machine(json.nothing(year, file))
        return
    sentence = Text(f"{file} はもうあります。何も変えていません", f"{file} is there already; nothing was changed")
    print_lines([((sentence.to(language), ""),)])
