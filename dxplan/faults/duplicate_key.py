"""A key that is written twice in one place."""

from __future__ import annotations

from dxplan.faults import DUPLICATE_KEY as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        '同じ場所に、同じキーが2回書かれています。1 と "1" も同じキーです。',
        'One mapping holds the same key twice; 1 and "1" are the same key.',
    ),
    why=Text(
        "多くのソフトは黙って後の値を使います。どちらが正しい値か分からないまま、一方が消えます。",
        "Most programs silently take the later value, and one of the two figures is lost.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: {R7: 48, R8: 92, R7: 50}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: {R7: 48, R8: 92}
""",
    fix=Text(
        "正しいほうを残し、もう一方を消します。",
        "Keep the right one and remove the other.",
    ),
)
