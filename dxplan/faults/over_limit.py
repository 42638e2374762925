"""Something too large, too deep or too long."""

from __future__ import annotations

from dxplan.faults import OVER_LIMIT as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "ファイルの大きさ（4 MiB）、入れ子の深さ（32段）、数値の桁数（15桁）、誤りの数のどれかが上限を超えています。",
        "A limit is exceeded: 4 MiB for a file, 32 levels of nesting, 15 digits for a number, or the number of faults.",
    ),
    why=Text(
        "15桁を超える数値は、表計算ソフトなどで下の桁が変わります。"
        "大きすぎるファイルは、ほとんどの場合、取り違えです。",
        "Beyond 15 digits spreadsheets change the last ones. A file that large is almost always a mistake.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: cost
    name: 効果額
    unit: 円
    direction: increase
    targets: {R7: 1234567890123456}
""",
    good="""\
# plan.yaml
indicators:
  - id: cost
    name: 効果額
    unit: 百万円
    direction: increase
    targets: {R7: 1234567890.12}
""",
    fix=Text(
        "単位を千円や百万円に改めます。大きなファイルや深い入れ子は、置いたファイルが正しいか確かめます。",
        "Use a larger unit, such as thousands. If a file is too large or too deep, check that it is the right one.",
    ),
)
