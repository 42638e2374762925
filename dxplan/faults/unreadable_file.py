"""A file that is missing or cannot be opened."""

from __future__ import annotations

from dxplan.faults import UNREADABLE_FILE as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "plan.yaml がないか、ファイルを開けません（フォルダーや特殊なファイル、"
        "権限がない、プロジェクトの外を指すリンク）。",
        "There is no plan.yaml, or a file cannot be opened: "
        "a folder or device, no permission, a link that leaves the project.",
    ),
    why=Text(
        "読めないファイルを飛ばすと、その年度の実績がないものとして公表されます。",
        "To pass over a file that cannot be read would publish its year as if nothing had been reported.",
    ),
    bad="""\
# actuals/R7.yaml (folder)
""",
    good="""\
# actuals/R7.yaml
state: open
""",
    fix=Text(
        "ファイルの場所と名前、読み取りの権限を確かめ、通常のファイルを置きます。",
        "Check where the file is, its name and its permissions, and put a regular file there.",
    ),
)
