"""The pages of every fault, in the order of their codes; only ``dxplan rules`` and the docs read them."""

from __future__ import annotations

from typing import Protocol

from dxplan.diagnostics import Rule
from dxplan.faults import (
    ambiguous_scalar,
    confusable_text,
    duplicate_key,
    empty_text,
    encoding,
    forbidden_character,
    invalid_date,
    invalid_id,
    invalid_year,
    misplaced_file,
    missing_key,
    not_a_mapping,
    not_a_number,
    over_limit,
    syntax,
    unknown_format,
    unknown_key,
    unknown_word,
    unreadable_file,
    wrong_type,
    yaml_feature,
)
from dxplan.page import Page


class FaultPage(Protocol):
    """What each module listed in `FAULTS` provides."""

    RULE: Rule
    PAGE: Page


FAULTS: tuple[FaultPage, ...] = (
    encoding,
    syntax,
    duplicate_key,
    ambiguous_scalar,
    yaml_feature,
    forbidden_character,
    over_limit,
    not_a_mapping,
    unreadable_file,
    confusable_text,
    misplaced_file,
    missing_key,
    unknown_key,
    wrong_type,
    not_a_number,
    unknown_word,
    invalid_id,
    invalid_year,
    invalid_date,
    empty_text,
    unknown_format,
)
