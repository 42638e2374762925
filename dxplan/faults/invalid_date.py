"""A month or day that cannot be read."""

from __future__ import annotations

from dxplan.faults import INVALID_DATE as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "年月・年月日として読めない書き方か、暦にない日付です。",
        "Something that is neither a month nor a day, or a day that the calendar does not have.",
    ),
    why=Text(
        "公表の年月や値の時点が読めないと、いつの資料か示せません。",
        "Without it nobody can tell when a figure was published, or as of when it holds.",
    ),
    bad="""\
# plan.yaml
adopted: 令和7年3月
""",
    good="""\
# plan.yaml
adopted: 2025-03
""",
    fix=Text(
        "2025-03 または 2025-03-31 のように、西暦で書きます。",
        "Write it with the western year, as 2025-03 or 2025-03-31.",
    ),
)
