"""A key that has to be there and is not."""

from __future__ import annotations

from dxplan.faults import MISSING_KEY as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "なくてはならないキーがありません。",
        "A key that cannot be left out is missing.",
    ),
    why=Text(
        "それがないと、何の計画か、どの年度か、いつ行う事業かが決まりません。",
        "Without it nobody can tell which plan, which year, or when an action is due.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 施設予約システムの導入}
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 施設予約システムの導入, schedule: R8}
""",
    fix=Text(
        "示された場所に、そのキーの行を加えます。キーの意味は docs/format.md にあります。",
        "Add a line with the key at the place named; docs/format.md says what it means.",
    ),
)
