"""A word that is not among the choices."""

from __future__ import annotations

from dxplan.faults import UNKNOWN_WORD as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "決まった言葉から選ぶところに、それ以外の言葉があります。",
        "A word stands where one of a few has to be chosen, and it is none of them.",
    ),
    why=Text(
        "「done」と「doen」を別の結果として数えると、集計が合わなくなります。",
        "If `doen` counted as a result of its own, the totals would be wrong.",
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
          - {id: 1-1, title: 施設予約システムの導入, schedule: R7}
# actuals/R7.yaml
actions: {1-1: doen}
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
          - {id: 1-1, title: 施設予約システムの導入, schedule: R7}
# actuals/R7.yaml
actions: {1-1: done}
""",
    fix=Text(
        "示された言葉の中から選びます。",
        "Choose one of the words named.",
    ),
)
