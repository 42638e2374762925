"""A year or schedule that cannot be read."""

from __future__ import annotations

from dxplan.faults import INVALID_YEAR as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "年度や実施年度として読めない書き方です。"
        "終わりの年度が始まりより前のもの、同じ年度を2通りに書いたものも含みます。",
        "Something that is no fiscal year or schedule, a schedule "
        "that ends before it begins, or one year spelled twice.",
    ),
    why=Text(
        "年度が読めないと、どの年度の目標や予定か決められません。",
        "Without the year nobody can tell which year's target or schedule it is.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: {令和7年: 48}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: {令和7年度: 48}
""",
    fix=Text(
        "R7、令和7年度、2025 のように書きます。実施年度は R8、R7-R9、R7-（継続）のように書きます。",
        "Write R7, 令和7年度 or 2025; a schedule is R8, R7-R9 or R7- (continues).",
    ),
)
