"""A value of the wrong kind."""

from __future__ import annotations

from dxplan.faults import WRONG_TYPE as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "値の種類が違います。文字のところに数値や日付、一覧のところに文字、「キー: 値」の組のところに文字、などです。",
        "A value is of the wrong kind: a number where text is due, text where a list or a mapping is due, and so on.",
    ),
    why=Text(
        "種類を推測して変えることはしません。団体コードの 011002 は、数値にすると先頭の 0 が消えます。",
        "Kinds are never converted by guess: as a number, municipality code 011002 would lose its leading zero.",
    ),
    bad="""\
# plan.yaml
title: 2025
""",
    good="""\
# plan.yaml
title: "2025"
""",
    fix=Text(
        "文字にしたい数値や日付は引用符で囲みます。一覧は「- 」で始まる行に、組は「キー: 値」の行に分けます。",
        "Quote numbers and dates that are text; write a list in lines that begin with `- `, a mapping as `key: value`.",
    ),
)
