"""Jinja as the report uses it: everything is escaped, and a municipality's own template stays in its sandbox."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment; the package's own templates are called ``dxplan/…``."""
    jinja = ImmutableSandboxedEnvironment(
        loader=PrefixLoader({"dxplan": FileSystemLoader(_TEMPLATES)}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters["kind"] = lambda block: type(block).__name__
    return jinja
