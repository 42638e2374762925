"""The program: language, commands, and the one place where errors become a line and an exit code.

Nothing heavy is imported before Ctrl-C and a closed pipe are looked after, and only the command that was asked for.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from dxplan.language import Text, language_of

if TYPE_CHECKING:
    import typer

    from dxplan.cli.options import Session
    from dxplan.errors import DxplanError

COMMANDS = (
    *("init", "status", "show", "diff", "validate"),
    *("rollover", "collect", "import", "record", "close", "report", "export"),
    *("rules", "schema", "completion"),
)
"""In the order of the help page; each is a module beside this one."""

_OK, _BUG, _REFUSED, _USAGE, _INTERRUPTED = 0, 1, 1, 2, 130
_CANNOT_WRITE = frozenset((errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EBADF))


def run() -> NoReturn:
    """Run the program as its own process, and leave at once.

    One run makes hardly any garbage: not looking for it, and not taking the interpreter down piece by piece, is a
    fifth of the time of a short command.
    """
    gc.disable()
    # Pydantic asks every installed package for plugins; none has a say here, and asking takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if "_DXPLAN_COMPLETE" in os.environ:  # the shell asks, at every TAB
        from dxplan.cli.completing import run_from_shell

        code = run_from_shell()
    else:
        code = _main_or_traceback()
    sys.stderr.flush()
    os._exit(code)


def _main_or_traceback() -> int:
    """Run one command; the traceback of a bug, which ``--debug`` asks for, may hold untrusted text."""
    try:
        return main()
    except Exception:  # noqa: BLE001 - any bug
        import traceback

        from dxplan.cli.output import without_commands
        from dxplan.views.terminal import visible

        for line in traceback.format_exc().splitlines():
            print(without_commands(visible(line)), file=sys.stderr)
        return _BUG


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 problems found, 2 wrong usage, 130 interrupted."""
    words = _Words(list(sys.argv[1:] if arguments is None else arguments))
    try:
        return _run(words)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough: `| head`
        _discard_output()
        return _OK
    except Exception as error:
        if words.debug:
            raise
        _talk(
            Text(f"内部エラー（{type(error).__name__}）", f"internal error ({type(error).__name__})").to(words.language)
        )
        report = Text(
            "--debug を付けて実行し、その出力をこのプロジェクトのIssueで知らせてください",
            "please run it again with --debug, and report the output in this project's issues",
        )
        _talk(report.to(words.language))
        return _BUG


class _Words:
    """The words of the command line, without the options that may stand anywhere."""

    def __init__(self, words: list[str]) -> None:
        self.debug = False
        self.command_words: list[str] = []
        given: str | None = None
        rest = iter(words)
        for word in rest:
            if word == "--":
                self.command_words += [word, *rest]
            elif word == "--debug":
                self.debug = True
            elif word == "--lang":
                given = next(rest, "")
            elif word.startswith("--lang="):
                given = word.removeprefix("--lang=")
            else:
                self.command_words.append(word)
        self.given_language = given
        self.language = language_of(given, os.environ)


def _run(words: _Words) -> int:
    from dxplan.cli.options import Session
    from dxplan.cli.output import prepare_streams
    from dxplan.errors import DxplanError, RefusedError
    from dxplan.language import LANGUAGES

    prepare_streams()
    session = Session(words.language)
    try:
        if words.given_language is not None and words.given_language not in LANGUAGES:
            raise _no_such_language(words.given_language)
        code = _invoke(words.command_words, session)
        sys.stdout.flush()
    except DxplanError as error:
        sys.stdout.flush()
        _say(error, session)
        return _REFUSED if isinstance(error, RefusedError) else _USAGE
    except OSError as error:
        if error.errno not in _CANNOT_WRITE:
            raise
        _discard_output()
        _talk(
            session.say(
                "結果を書き出せません（出力先に空きがないか、書き込めません）",
                "the result cannot be written (no room left, or the target is not writable)",
            )
        )
        return _USAGE
    return code


def _invoke(words: list[str], session: Session) -> int:
    import typer

    from dxplan.cli.usage import as_usage_error

    named = [word for word in words if not word.startswith("-")][:1]
    modules = named if named and named[0] in COMMANDS else COMMANDS
    command = typer.main.get_command(_program(session, modules))
    try:  # not command.main, which makes its own of a reader that has seen enough
        with command.make_context("dxplan", words) as context:
            code = command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        raise as_usage_error(error, COMMANDS) from error
    return code if isinstance(code, int) else _OK


def _program(session: Session, modules: Sequence[str]) -> typer.Typer:
    import typer

    from dxplan.cli.help import command_class, group_class, program_options

    app = typer.Typer(
        cls=group_class(session),
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=session.say(
            "自治体のDX推進計画をYAMLで確かめ、どこまで進んだかを計算する",
            "Check a municipality's DX promotion plan kept as YAML, and compute how far it has come",
        ),
        epilog=session.say("はじめに: dxplan status", "To begin with: dxplan status"),
    )
    program_options(app, session)
    for name in modules:
        import_module(f"dxplan.cli.{name}").register(app, session)
    for info in app.registered_commands:
        info.cls = command_class(session)
    return app


def _no_such_language(given: str) -> DxplanError:
    from dxplan.errors import UsageError

    return UsageError(
        Text(f"--lang に「{given}」はありません", f"--lang has no `{given}`"),
        Text("ja か en を指定する", "choose ja or en"),
    )


def _say(error: DxplanError, session: Session) -> None:
    from dxplan.cli.output import without_commands
    from dxplan.views.terminal import visible

    _talk(without_commands(visible(error.message.to(session.language))))
    if error.hint:
        label = session.say("直し方", "help")
        hint = without_commands(visible(error.hint.to(session.language)))
        print(f"  {label}: {hint}", file=sys.stderr)


def _talk(sentence: str) -> None:
    print(f"dxplan: {sentence}", file=sys.stderr)


def _discard_output() -> None:
    """Keep the interpreter from flushing into a pipe or disk that takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
