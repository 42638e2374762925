"""A file that holds no keys."""

from __future__ import annotations

from dxplan.faults import NOT_A_MAPPING as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "ファイルが空か、「キー: 値」の形になっていません。ExcelやPDFなど、ほかの種類のファイルのこともあります。",
        "A file is empty or is no mapping of `key: value`; it may be a file of another kind, such as a workbook.",
    ),
    why=Text(
        "計画や実績として読める内容がありません。空の実績を「すべて未報告」とみなすと、置き忘れに気付けません。",
        "There is nothing to read. To take an empty file for a year with nothing reported would hide a slip.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml (empty)
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators: {passers: 112}
""",
    fix=Text(
        "「format: 1」で始まる内容を書きます。まだ何も報告がない年度のファイルにも、format と fiscal_year は書きます。",
        "Write content that begins with `format: 1`. "
        "A year with nothing reported yet still has `format` and `fiscal_year`.",
    ),
)
