"""Text that looks like other text."""

from __future__ import annotations

from dxplan.faults import CONFUSABLE_TEXT as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "文字の前後に空白があるか、濁点などが2文字に分かれた符号（NFD）が使われています。"
        "読むときは取り除き、まとめます。",
        "Text has blanks at its ends, or is in decomposed form (NFD). It is read without the blanks and composed.",
    ),
    why=Text(
        "見た目が同じ名称どうしが、検索や他のソフトでは一致しません。macOSのファイル名から写した文字に多く見られます。",
        "Names that look alike do not match in a search or in other programs. "
        "Text copied from macOS file names is often so.",
    ),
    bad="""\
# plan.yaml
title: "例示市DX推進計画 "
""",
    good="""\
# plan.yaml
title: 例示市DX推進計画
""",
    fix=Text(
        "空白を取り除きます。NFDの文字は、示された文字を入力し直します。",
        "Remove the blanks; type decomposed text again.",
    ),
)
