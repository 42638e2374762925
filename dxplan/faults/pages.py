"""The pages of every fault, in the order of their codes; only ``dxplan rules`` and the docs read them."""

from __future__ import annotations

from typing import Protocol

from dxplan.diagnostics import Rule
from dxplan.page import Page


class FaultPage(Protocol):
    """What each module listed in `FAULTS` provides."""

    RULE: Rule
    PAGE: Page


FAULTS: tuple[FaultPage, ...] = ()
