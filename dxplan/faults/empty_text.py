"""Text that is empty."""

from __future__ import annotations

from dxplan.faults import EMPTY_TEXT as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "文字を書くところが空です。",
        "Text is due and there is none.",
    ),
    why=Text(
        "空の名称や注記は、公表資料に空欄として出ます。",
        "An empty name or note would be published as a blank.",
    ),
    bad="""\
# plan.yaml
title: ""
""",
    good="""\
# plan.yaml
title: 例示市DX推進計画
""",
    fix=Text(
        "内容を書きます。書くことがない項目は、行ごと消します。",
        "Fill it in; if there is nothing to say, remove the line.",
    ),
)
