"""``dxplan schema``: JSON Schema of the files, for editors, and of the machine forms."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from dxplan.cli.options import Session, choice
from dxplan.cli.output import print_machine


def register(app: typer.Typer, session: Session) -> None:
    """Add the command."""
    _ = session.say
    kinds = " / ".join(SCHEMAS)

    @app.command(
        help=_(
            "JSON Schemaを示す。plan・actuals はエディターの補完に、status・validate はJSON出力の説明に",
            "Print a JSON Schema: plan and actuals for editors, status and validate for JSON output",
        ),
    )
    def schema(
        kind: Annotated[
            str,
            typer.Argument(
                metavar="KIND",
                help=session.say(f"どの書式か: {kinds}（既定は plan）", f"Which one: {kinds} (by default plan)"),
                show_default=False,
            ),
        ] = "plan",
    ) -> int:
        print_machine(document(kind))
        return 0


def document(kind: str) -> str:
    """Return one schema as JSON; raises UsageError where there is none of that kind."""
    return json.dumps(choice("schema", kind, SCHEMAS)(), ensure_ascii=False, indent=2) + "\n"


def _plan() -> dict[str, Any]:
    from dxplan.model.plan import Plan
    from dxplan.model.schema import file_schema

    return file_schema(Plan, "dxplan plan.yaml")


def _actuals() -> dict[str, Any]:
    from dxplan.model.actuals import Actuals
    from dxplan.model.schema import file_schema

    return file_schema(Actuals, "dxplan actuals/R7.yaml")


def _status() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.status.json import StatusJson

    return schema(StatusJson, "dxplan status --format json")


def _status_jsonl() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.overview.status import OverviewJson

    return schema(OverviewJson, "dxplan status --format jsonl")


def _missing() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.missing.json import MissingJson

    return schema(MissingJson, "dxplan status --missing --format json")


def _rollover() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.rollover.json import RolloverJson

    return schema(RolloverJson, "dxplan rollover --format json")


def _import() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.importing.json import ImportJson

    return schema(ImportJson, "dxplan import --format json")


def _diff() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.diff.json import DiffJson

    return schema(DiffJson, "dxplan diff --format json")


def _export() -> dict[str, Any]:
    from dxplan.exchange.json_form import ExportJson
    from dxplan.model.schema import schema

    return schema(ExportJson, "dxplan export --format json")


def _validate() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.problems.json import ValidateJson

    return schema(ValidateJson, "dxplan validate --format json")


def _validate_jsonl() -> dict[str, Any]:
    from dxplan.model.schema import schema
    from dxplan.views.problems.jsonl import PlanJson

    return schema(PlanJson, "dxplan validate --format jsonl")


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "plan": _plan,
    "actuals": _actuals,
    "status": _status,
    "status-jsonl": _status_jsonl,
    "missing": _missing,
    "diff": _diff,
    "rollover": _rollover,
    "import": _import,
    "export": _export,
    "validate": _validate,
    "validate-jsonl": _validate_jsonl,
}
