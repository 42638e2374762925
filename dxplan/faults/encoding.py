"""A file that is not UTF-8."""

from __future__ import annotations

from dxplan.faults import ENCODING as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "ファイルの文字コードがUTF-8ではありません。CP932（Shift_JIS）やUTF-16で保存したファイルに多い誤りです。",
        "A file is not in UTF-8; most often it was saved as CP932 (Shift_JIS) or UTF-16.",
    ),
    why=Text(
        "文字コードが違うと、名称が文字化けしたり、別の文字として読まれたりします。推測して読むことはしません。",
        "In another encoding names turn into other characters. Nothing is guessed.",
    ),
    bad="""\
# plan.yaml (CP932)
title: 例示市デジタル計画
""",
    good="""\
# plan.yaml
title: 例示市デジタル計画
""",
    fix=Text(
        "エディターの「名前を付けて保存」で、文字コードにUTF-8を選んで保存し直します。BOMの有無は問いません。",
        "Save the file again with the encoding set to UTF-8; a BOM does no harm.",
    ),
)
