"""A rule's manual page, kept beside the rule and printed by ``dxplan rules CODE``."""

from __future__ import annotations

from typing import NamedTuple

from dxplan.language import Text


class Page(NamedTuple):
    """What a rule looks for, why it matters, and how to mend what it finds.

    ``bad`` and ``good`` are YAML: one or more parts, each headed by a comment with its file's name
    (``# plan.yaml``). A part shows only the top-level keys that matter; a test fills in the rest of a small project
    around it and holds the rule to both.
    """

    what: Text
    why: Text
    bad: str
    good: str
    fix: Text
