"""Text that is not YAML."""

from __future__ import annotations

from dxplan.faults import SYNTAX as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "YAMLとして読めない箇所があります。タブの字下げ、全角コロン、"
        "閉じていない引用符や括弧、残ったマージの競合の印などです。",
        "A place that is not YAML: an indent by tab, a full-width "
        "colon, a quote or bracket left open, a merge conflict mark.",
    ),
    why=Text(
        "そこから先は、どの値がどのキーのものか決められません。ファイル全体を読めないものとして扱います。",
        "From there on nobody can tell which value belongs to which key, so the whole file counts as unread.",
    ),
    bad="""\
# plan.yaml
organization: {name: 例示市
""",
    good="""\
# plan.yaml
organization: {name: 例示市}
""",
    fix=Text(
        "示された行と、その前の行を見て、字下げ（半角の空白）、「: 」、引用符、括弧を直します。",
        "Look at the line named and the one before: indent (spaces), `: `, quotes, brackets.",
    ),
)
