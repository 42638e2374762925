"""A version of the format that dxplan does not know."""

from __future__ import annotations

from dxplan.faults import UNKNOWN_FORMAT as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "format の値が、この dxplan の知らない版です。",
        "`format` names a version that this dxplan does not know.",
    ),
    why=Text(
        "版が違えば、同じキーでも意味が違うかもしれません。",
        "In another version the same key may mean something else.",
    ),
    bad="""\
# plan.yaml
format: 2
""",
    good="""\
# plan.yaml
format: 1
""",
    fix=Text(
        "format: 1 と書きます。新しい版のファイルなら、dxplan を新しくします。",
        "Write `format: 1`; if the file really is newer, update dxplan.",
    ),
)
