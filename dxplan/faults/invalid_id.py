"""An id that cannot be one."""

from __future__ import annotations

from dxplan.faults import INVALID_ID as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "IDに使えない文字があります。IDは半角の小文字・数字・ハイフンで、文字か数字で始まり、63字までです。",
        "An id holds characters it may not: ids are a-z, 0-9 and `-`, begin with a letter or digit, and have up to 63.",
    ),
    why=Text(
        "IDは何年も変えずに、ファイル名やURL、Excelの列でも使います。"
        "全角の「１」と半角の「1」は、見分けにくい別の文字です。",
        "Ids stay for years and appear in file names, addresses and sheets; "
        "full-width １ and ASCII 1 are hard to tell apart.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: ＩＴ合格者, name: 合格者数, direction: increase, targets: {R7: 70}}
""",
    good="""\
# plan.yaml
indicators:
  - {id: it-passers, name: 合格者数, direction: increase, targets: {R7: 70}}
""",
    fix=Text(
        "半角の小文字・数字・ハイフンに直します。実績の側も、同じIDにそろえます。",
        "Use a-z, 0-9 and `-`, and the same id in the actuals.",
    ),
)
