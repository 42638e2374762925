"""A character that cannot be seen or printed."""

from __future__ import annotations

from dxplan.faults import FORBIDDEN_CHARACTER as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "目に見えない文字や制御文字（幅のない空白、文字の向きを変える記号、エスケープ文字など）があります。",
        "An invisible or control character: zero-width blanks, "
        "marks that turn the direction of text, escape characters.",
    ),
    why=Text(
        "見た目は同じでも別の文字として扱われ、IDが一致しません。画面や公表資料の表示を書き換えることもできます。",
        "Text looks the same and is not, so ids do not match; such characters can also change what a screen shows.",
    ),
    bad="""\
# plan.yaml
title: "例示市\\u200BDX計画"
""",
    good="""\
# plan.yaml
title: 例示市DX計画
""",
    fix=Text(
        "示された位置の文字を消し、必要なら入力し直します。Webページや文書から貼り付けたときに入りやすい文字です。",
        "Delete the character at the place named and type the text again; it often comes with pasted text.",
    ),
)
