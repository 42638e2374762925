"""``dxplan init``: the files of a new plan, or of the example; nothing that is there is touched."""

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dxplan.cli import asking
from dxplan.cli.changing import cannot_write
from dxplan.cli.options import Session, shown
from dxplan.cli.output import print_lines
from dxplan.cli.schema import document
from dxplan.errors import UsageError
from dxplan.language import Text
from dxplan.starter import files as starter
from dxplan.starter.answers import Answers, tidied, told
from dxplan.starter.writing import InTheWayError, in_the_way, write
from dxplan.views.terminal import cells, visible


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_(
            "新しい計画のファイル一式を作る。端末では、必要なことを順に尋ねる",
            "Write the files of a new plan; on a terminal, ask for what is needed",
        ),
        epilog=_(
            "終了コード: 0 作った、1 同じ名前のファイルがあるので作らなかった、2 使い方の誤り",
            "Exit codes: 0 written, 1 not written because a file is there already, 2 wrong usage",
        ),
    )
    def init(  # noqa: PLR0913, PLR0917 - one for each option
        folder: Annotated[
            str,
            typer.Argument(
                metavar="DIR",
                help=_("作る場所。省略するとこの場所", "Where to write them; by default here"),
                show_default=False,
            ),
        ] = ".",
        name: Annotated[
            str | None,
            typer.Option(metavar="NAME", help=_("団体の名称（例: 例示市）", "The municipality (such as 例示市)")),
        ] = None,
        code: Annotated[
            str | None,
            typer.Option(
                metavar="CODE",
                help=_(
                    "全国地方公共団体コード。検査数字を含む6桁（例: 131083）。省略できる",
                    "Its 全国地方公共団体コード of six digits (such as 131083); optional",
                ),
            ),
        ] = None,
        first: Annotated[
            str | None,
            typer.Option("--from", metavar="YEAR", help=_("計画の最初の年度（例: R8）", "First year (such as R8)")),
        ] = None,
        last: Annotated[
            str | None,
            typer.Option("--to", metavar="YEAR", help=_("計画の最後の年度（例: R12）", "Last year (such as R12)")),
        ] = None,
        title: Annotated[
            str | None,
            typer.Option(
                metavar="TITLE",
                help=_(
                    "計画の名称。省略すると、団体の名称に「DX推進計画」を付ける",
                    "The plan's title; by default the name followed by DX推進計画",
                ),
            ),
        ] = None,
        example: Annotated[
            bool,
            typer.Option(
                "--example",
                help=_("試すための、実在の計画（江東区）を作る", "Write a real plan (Koto City), to try things on"),
            ),
        ] = False,
    ) -> int:
        home, given = _home(folder), Answers(name, code, first, last, title)
        if example:
            return _example(home, given, session)
        return _new(home, tidied(given), session)


def _home(given: str) -> Path:
    home = Path(given)
    nearest = next((place for place in (home, *home.parents) if os.path.lexists(place)), home.parent)
    if os.path.lexists(nearest) and not os.path.isdir(nearest):  # noqa: PTH112 - pathlib raises where it may not enter
        raise UsageError(
            Text(f"「{nearest}」はフォルダーではありません", f"`{nearest}` is not a folder"),
            Text("フォルダーか、まだない名前を指定する", "name a folder, or one that is not there yet"),
        )
    return home


def _example(home: Path, given: Answers, session: Session) -> int:
    if any(answer is not None for answer in given):
        raise UsageError(
            Text("--example は、場所のほかには何も取りません", "--example takes nothing but a folder"),
            Text("dxplan init --example フォルダー", "dxplan init --example FOLDER"),
        )
    return _write(home, starter.example(_schemas()), ["dxplan status", "dxplan show online-procedures"], session)


def _new(home: Path, given: Answers, session: Session) -> int:
    asking.check(given)
    schemas = _schemas()
    answers = given
    if asking.lacks(given):
        if names := in_the_way(home, starter.places(schemas)):  # before anybody answers in vain
            return _refuse(home, names, session)
        try:
            answers = asking.ask(given, shown(home), session)
        except (EOFError, KeyboardInterrupt):
            _talk("", session.say("中止しました。何も書いていません", "Stopped; nothing was written"))
            return _INTERRUPTED
    return _write(home, starter.new_project(told(answers), schemas), ["dxplan validate", "dxplan status"], session)


_INTERRUPTED = 130


def _schemas() -> dict[str, str]:
    return {kind: document(kind) for kind in ("plan", "actuals")}


def _write(home: Path, files: Sequence[starter.File], then: list[str], session: Session) -> int:
    try:
        written = write(home, files)
    except InTheWayError as error:
        return _refuse(home, error.names, session)
    except OSError as error:
        raise cannot_write(error, shown(Path(error.filename or home))) from error
    place = shown(home)
    column = max(cells(file.path) for file in written) + 4
    _talk(session.say(f"作ったファイル（場所: {visible(place)}）", f"Files written (in {visible(place)}):"))
    for file in reversed(written):  # the plan first
        _talk(f"  {file.path}{' ' * (column - 2 - cells(file.path))}{file.purpose.to(session.language)}")
    for kept in (file.path for file in files if file not in written):
        _talk(
            session.say(
                f"{kept} はもとからあるので、そのままにしました", f"{kept} was there already and is left as it is"
            )
        )
    _talk("", *_next(place, then, session))
    return 0


def _next(place: str, then: list[str], session: Session) -> Iterable[str]:
    if elsewhere := os.environ.get("DXPLAN_DATA"):
        yield session.say(
            f"環境変数 DXPLAN_DATA があるので、ほかのコマンドは {visible(elsewhere)} の計画を読みます",
            f"DXPLAN_DATA is set, so other commands read the plan in {visible(elsewhere)}",
        )
    steps = [*([] if place == "." else [f"cd {shlex.quote(visible(place))}"]), *then]
    yield session.say(f"次の手順: {'、'.join(steps)}", f"Next: {', '.join(steps)}")


def _refuse(home: Path, names: Sequence[str], session: Session) -> int:
    place = shown(home)
    names = [name if place == "." else f"{place}/{name}" for name in names]
    _talk(
        session.say(
            "dxplan: 次のものがすでにあるので、何も書いていません",
            "dxplan: nothing was written, because these are there already",
        ),
        *(f"  {visible(name)}" for name in names),
        session.say(
            "  直し方: 別のフォルダーを指定する: dxplan init フォルダー",
            "  help: name another folder: dxplan init FOLDER",
        ),
    )
    return 1


def _talk(*lines: str) -> None:
    print_lines([((line, ""),) for line in lines], sys.stderr)
