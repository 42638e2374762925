"""dxplan/cli/completions.json, made from the commands themselves: ``pytest --update-golden`` writes it."""

from __future__ import annotations

import json
import re
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from dxplan.cli.main import COMMANDS, _program
from dxplan.cli.options import Session
from dxplan.cli.rules import every_page
from dxplan.language import LANGUAGES, Language
from dxplan.model.values import Result, ValueState

_FILES = frozenset(("DIR", "FILE|DIR", "PATHS", "FILES..."))
_OF_PLAN = {"YEAR": "year", "REV1": "year", "REV2": "year", "VALUE": "value"}
_NO_REASON = (ValueState.REPORTED, ValueState.UNREPORTED)
_IDS = {"show": "id", "record": "entry", "status": "viewpoint"}


def commands(language: Language) -> dict[str, TyperCommand]:
    """Return every command, whose help is in ``language``."""
    group = typer.main.get_command(_program(Session(language), COMMANDS))
    assert isinstance(group, TyperGroup)
    return {name: each for name, each in group.commands.items() if isinstance(each, TyperCommand)}


def render() -> str:
    """Return the whole file."""
    table = {
        "commands": {name: _command(name, command) for name, command in commands("en").items()},
        "results": [each.value for each in Result],
        "states": [each.value for each in ValueState if each not in _NO_REASON],
        "texts": {language: _texts(language) for language in LANGUAGES},
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _command(name: str, command: TyperCommand) -> dict[str, Any]:
    arguments = [each for each in command.params if isinstance(each, TyperArgument)]
    options = [each for each in command.params if isinstance(each, TyperOption)]
    return {
        "arguments": [kind(name, each) for each in arguments],
        "endless": any(each.nargs < 0 for each in arguments),
        "options": {
            spelling: None if each.is_flag else kind(name, each)
            for each in options
            for spelling in (*each.opts, *each.secondary_opts)
        },
    }


def kind(command: str, parameter: TyperArgument | TyperOption) -> str | list[str]:
    """Return what is to be offered: words, or what of the plan, or files; nothing where anything may be written."""
    name = parameter.metavar or ""
    if name in _FILES:
        return "files"
    if name == "ID":
        return _IDS[command]
    if name == "STATE":
        return [each.value for each in ValueState if each not in _NO_REASON]
    if (command, name) == ("rules", "CODE"):
        return [word for rule in every_page() for word in (rule.code, rule.name)]
    if name in _OF_PLAN and command != "init":  # whose plan is not there yet
        return _OF_PLAN[name]
    if re.fullmatch(r"[a-z]+(\|[a-z]+)*", name):
        return name.split("|")
    return named_in(parameter.help or "")


def named_in(text: str) -> list[str] | str:
    """Return the choices that a help names, as in ``Output form: text / json (by default text)``."""
    match = re.search(
        r"(?<![\w/])[a-z_-]+(?: / [a-z_-]+)+(?!\w)", re.sub(r"[（(][^（()）]*[）)]", "", text).replace("  ", " ")
    )
    return match[0].split(" / ") if match else ""


def _texts(language: Language) -> dict[str, Any]:
    texts: dict[str, Any] = {"": {"--help": Session(language).say("この説明を表示する", "Show this page")}}
    for name, command in commands(language).items():
        texts[name] = _short(command.help or "")
        texts[f"{name} options"] = {
            spelling: _short(each.help or "")
            for each in command.params
            if isinstance(each, TyperOption)
            for spelling in (*each.opts, *each.secondary_opts)
            if spelling.startswith("--")
        }
    return texts


def _short(text: str) -> str:
    return re.split(r"[。（(]|\. ", text.partition("\n")[0], maxsplit=1)[0].strip()
