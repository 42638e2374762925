"""A key that the format does not have."""

from __future__ import annotations

from dxplan.faults import UNKNOWN_KEY as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "書式にないキーがあります。つづりの誤りか、置く場所の誤りです。",
        "A key that the format does not have: a slip in its spelling, or in its place.",
    ),
    why=Text(
        "知らないキーを黙って読み飛ばすと、書いたつもりの値が使われません。",
        "If unknown keys were passed over, a value somebody wrote would silently not count.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    monitering: false
    targets: {R7: 48}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    monitoring: false
    targets: {R7: 48}
""",
    fix=Text(
        "つづりを直すか、正しい場所に移します。書き留めておきたいことは、note か「#」の注釈に書きます。",
        "Correct the spelling or the place; what is only a remark goes into `note` or a comment (`#`).",
    ),
)
