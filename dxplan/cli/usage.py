"""Typer's usage errors in our own words, with the way out."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Sequence

import typer

from dxplan.errors import UsageError
from dxplan.language import Text
from dxplan.spelling import did_you_mean

_NO_SUCH_COMMAND = re.compile(r"""No such command ('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
"""What was given stands there as Python writes it."""


def as_usage_error(error: typer.TyperException, commands: Sequence[str]) -> UsageError:
    """Return what typer found wrong with the command line; an error it never raised here keeps its English words."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "dxplan"
    see_help = Text(f"使い方を見る: {path} --help", f"see {path} --help")
    match type(error).__name__:
        case "NoSuchOption":
            option = getattr(error, "option_name", "")
            close = getattr(error, "possibilities", None) or []
            hint = Text(f"「{close[0]}」ではありませんか", f"did you mean {close[0]}?") if close else see_help
            return UsageError(Text(f"オプション「{option}」はありません", f"there is no option {option}"), hint)
        case "BadOptionUsage":
            option = getattr(error, "option_name", "")
            if "does not take" in str(error):
                return UsageError(
                    Text(f"オプション「{option}」に値は付けません", f"option {option} takes no value"), see_help
                )
            return UsageError(
                Text(f"オプション「{option}」に値がありません", f"option {option} needs a value"), see_help
            )
        case "MissingParameter":
            parameter = getattr(error, "param", None)
            name = getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
            return UsageError(Text(f"引数「{name}」がありません", f"argument {name} is missing"), see_help)
    message = str(getattr(error, "message", error))
    if unknown := _NO_SUCH_COMMAND.match(message):
        given = str(literal_eval(unknown[1]))
        otherwise = Text(f"使えるコマンド: {'、'.join(commands)}", f"commands: {', '.join(commands)}")
        return UsageError(
            Text(f"コマンド「{given}」はありません", f"there is no command `{given}`"),
            did_you_mean(given, commands, otherwise),
        )
    if message.startswith("Got unexpected extra argument"):
        extra = message.partition(" (")[2].removesuffix(")")
        return UsageError(Text(f"余分な引数があります: {extra}", f"unexpected argument: {extra}"), see_help)
    return UsageError(Text(f"使い方が正しくありません（{message}）", message), see_help)
