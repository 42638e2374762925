"""Something else where a number is due."""

from __future__ import annotations

from dxplan.faults import NOT_A_NUMBER as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "数値を書くところに、数値でないものがあります。"
        "全角の数字、単位や「%」、桁区切り、「▲」の付いた数字も数値ではありません。",
        "A number is due, and something else stands there: full-width digits, a unit or %, separators, or ▲ for minus.",
    ),
    why=Text(
        "単位や桁区切りの付いた値は文字なので、計算できません。"
        "推測で数値にすると、1,5 を 15 と読むような誤りが起きます。",
        "With a unit or separators the value is text. To convert it by guess would read 1,5 as 15.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    unit: "%"
    direction: increase
    targets: {R7: ４８％}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    unit: "%"
    direction: increase
    targets: {R7: 48}
""",
    fix=Text(
        "半角の数字だけで書き、単位は unit に書きます。負の値は -3 のように書きます。",
        "Write plain digits and put the unit into `unit`; a negative value is written like -3.",
    ),
)
