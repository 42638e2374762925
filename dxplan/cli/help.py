"""Help pages in the reader's language; typer's own are English and do not align full-width text."""

import shutil
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from dxplan import __version__
from dxplan.cli.options import Session
from dxplan.cli.output import print_text
from dxplan.views.terminal import cells, wrap

_MAX_WIDTH, _LEAST = 100, 24


def command_class(session: Session) -> type[TyperCommand]:
    """Return the class of commands whose help is in the session's language."""

    class Command(TyperCommand):
        def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer keeps the type to itself
            return _page(self, ctx, session)

        def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
            return _translated(super().get_help_option(ctx), session)

    return Command


def group_class(session: Session) -> type[TyperGroup]:
    """Return the class of the whole program, whose help lists the commands."""

    class Group(TyperGroup):
        def get_help(self, ctx: Any) -> str:  # noqa: ANN401
            return _page(self, ctx, session)

        def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
            return _translated(super().get_help_option(ctx), session)

    return Group


def _translated(option: Any, session: Session) -> Any:  # noqa: ANN401
    if option is not None:
        option.help = session.say("この説明を表示する", "Show this page")
        option.callback = _show
    return option


def _show(context: Any, _option: Any, wanted: bool) -> None:  # noqa: ANN401, FBT001 - as typer calls it
    """Print the page as everything is printed; typer's own way writes UTF-8 where the stream says ASCII."""
    if wanted and not context.resilient_parsing:
        print_text(context.get_help() + "\n")
        raise typer.Exit


def _page(command: TyperCommand | TyperGroup, ctx: Any, session: Session) -> str:  # noqa: ANN401
    width = min(shutil.get_terminal_size().columns, _MAX_WIDTH)
    arguments, options, usage = [], [], ["[OPTIONS]"]
    for parameter in command.get_params(ctx):
        if isinstance(parameter, TyperArgument):
            name = parameter.metavar or ""
            arguments.append((name, parameter.help or ""))
            usage.append((name if parameter.required else f"[{name}]") + ("..." if parameter.nargs < 0 else ""))
        elif record := parameter.get_help_record(ctx):
            options.append(record)
    if isinstance(command, TyperGroup):
        usage.append("COMMAND ...")
    lines = [*wrap(f"{session.say('使い方', 'Usage')}: {ctx.command_path} {' '.join(usage)}", width), ""]
    for paragraph in (command.help or "").strip().split("\n"):
        lines.extend(wrap(paragraph, width))
    if isinstance(command, TyperGroup):
        commands = [(name, (sub.help or "").split("\n")[0]) for name, sub in command.commands.items()]
        lines += _section(session.say("コマンド", "Commands"), commands, width)
    lines += _section(session.say("引数", "Arguments"), arguments, width)
    lines += _section(session.say("オプション", "Options"), options, width)
    everywhere = session.say("どのコマンドでも: --lang ja|en、--debug", "With any command: --lang ja|en, --debug")
    closing = [*(command.epilog or "").split("\n"), *([] if isinstance(command, TyperGroup) else [everywhere])]
    lines += ["", *(part for line in closing if line for part in wrap(line, width))]
    return "\n".join(lines)


def _section(title: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    if not rows:
        return []
    column = max(cells(name) for name, _ in rows) + 4
    lines = ["", f"{title}:"]
    if width - column < _LEAST:  # no room beside the names
        for name, text in rows:
            lines += [f"  {name}", *(f"      {line}" for line in wrap(text, max(width - 6, _LEAST)) if line)]
        return lines
    for name, text in rows:
        first, *rest = wrap(text, width - column)
        lines.append(f"  {name}{' ' * (column - 2 - cells(name))}{first}".rstrip())
        lines.extend(" " * column + line for line in rest)
    return lines


def program_options(app: typer.Typer, session: Session) -> None:
    """Add what stands before or after any command; `main` has read ``--lang`` and ``--debug`` by then."""
    _ = session.say

    @app.callback(invoke_without_command=True)
    def program(
        context: typer.Context,
        lang: Annotated[
            str | None,
            typer.Option(
                metavar="ja|en",
                help=_(
                    "表示の言語。省略すると環境変数 DXPLAN_LANG、英語のロケールなら en、ほかは ja",
                    "Language. By default DXPLAN_LANG, then en in an English locale, else ja",
                ),
            ),
        ] = None,
        debug: Annotated[
            bool, typer.Option("--debug", help=_("内部エラーの詳細を示す", "Show the details of an internal error"))
        ] = False,
        version: Annotated[bool, typer.Option("--version", help=_("版を表示する", "Show the version"))] = False,
    ) -> None:
        del lang, debug
        if version:
            print_text(f"dxplan {__version__}\n")
            raise typer.Exit
        if context.invoked_subcommand is None:
            print_text(context.get_help() + "\n")
