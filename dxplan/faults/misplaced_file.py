"""A file that lies where it is not read: actuals, or a second plan."""

from __future__ import annotations

from dxplan.faults import MISPLACED_FILE as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "年度の名前の付いたファイルが、実績として読まれない場所や名前で置かれています"
        "（R8.yaml.txt、actuals の外の R8.yaml、actuals に似た名前のフォルダー）。"
        "または、plan.yaml のほかに、PLAN.YAML や plan.yml があります。",
        "A file named after a year lies where no actuals are read: R8.yaml.txt, R8.yaml outside `actuals`, or a folder "
        "whose name only resembles `actuals`. Or there is a PLAN.YAML or plan.yml beside plan.yaml.",
    ),
    why=Text(
        "読まれないことに気付かないまま、その年度の実績が未報告として公表されます。"
        "2つの計画は、片方だけが直されます。大文字と小文字を区別しないパソコンでは、片方が消えます。",
        "Nobody would notice, and the year would be published as if nothing had been reported. Of two plans one alone "
        "is kept up, and where capitals do not count one of them vanishes.",
    ),
    bad="""\
# actuals/R8.yaml.txt
state: open
""",
    good="""\
# actuals/R8.yaml
state: open
""",
    fix=Text(
        "actuals フォルダーの中に、R8.yaml の形の名前で置きます。"
        "メモ帳では、ファイルの種類を「すべてのファイル」にして保存します。"
        "計画は plan.yaml の1つだけにします。",
        "Put it into the folder `actuals`, named like `R8.yaml`. In Notepad, save it as type *All files*. "
        "Keep one plan, plan.yaml.",
    ),
)
