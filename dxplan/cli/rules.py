"""``dxplan rules``: the list of rules, or one rule's page."""

from typing import Annotated

import typer

from dxplan import checks
from dxplan.checks import history
from dxplan.cli.options import Session
from dxplan.cli.output import print_lines, screen
from dxplan.diagnostics import Rule
from dxplan.errors import UsageError
from dxplan.faults.pages import FAULTS
from dxplan.language import Text
from dxplan.page import Page
from dxplan.spelling import did_you_mean
from dxplan.views import manual


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say

    @app.command(
        help=_("規則の一覧、または1つの規則の説明を示す", "List the rules, or show one rule's page"),
        epilog=_(
            "例: dxplan rules DX202、dxplan rules unknown-id", "Examples: dxplan rules DX202, dxplan rules unknown-id"
        ),
    )
    def rules(
        code: Annotated[
            str | None,
            typer.Argument(metavar="CODE", help=_("規則の番号か名前", "A rule's code or name"), show_default=False),
        ] = None,
    ) -> int:
        pages = every_page()
        shown_on = screen(session.language)
        if code is None:
            print_lines(manual.overview(pages, shown_on))
        else:
            rule = _named(code, pages)
            print_lines(manual.page(rule, pages[rule], shown_on))
        return 0


def every_page() -> dict[Rule, Page]:
    """Return every rule with its page, in the order of their codes."""
    modules = sorted((*FAULTS, *checks.RULES, *history.HISTORY), key=lambda module: module.RULE.code)
    return {module.RULE: module.PAGE for module in modules}


def _named(given: str, pages: dict[Rule, Page]) -> Rule:
    for rule in pages:
        if given.upper() == rule.code or given.lower().replace("_", "-") == rule.name:
            return rule
    names = [rule.name for rule in pages]
    otherwise = Text("一覧を見る: dxplan rules", "see the list: dxplan rules")
    message = Text(f"規則「{given}」はありません", f"there is no rule `{given}`")
    is_code = given[:2].upper() == "DX" and given[2:].isdigit()
    raise UsageError(message, otherwise if is_code else did_you_mean(given.lower(), names, otherwise))
