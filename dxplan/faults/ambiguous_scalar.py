"""A value that two programs read differently."""

from __future__ import annotations

from dxplan.faults import AMBIGUOUS_SCALAR as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "引用符のない値のうち、ソフトによって読み方が変わるもの（no、on、010、12:30、1e3、1_000 など）です。",
        "An unquoted value that programs read differently: no, on, 010, 12:30, 1e3, 1_000 and the like.",
    ),
    why=Text(
        "たとえば 12:30 は、750 と読むソフトと文字と読むソフトがあります。"
        "公表する数値が、使うソフトで変わってしまいます。",
        "12:30 is 750 to some programs and text to others, so that a published figure would depend on the program.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: waiting
    name: 待ち時間
    direction: decrease
    method: mirror
    targets: {R7: 010}
""",
    good="""\
# plan.yaml
indicators:
  - id: waiting
    name: 待ち時間
    direction: decrease
    method: mirror
    targets: {R7: 10}
""",
    fix=Text(
        '数値なら 10 のように普通の形で書きます。文字なら引用符で囲みます（"no"）。',
        'Write numbers plainly, like 10; put text in quotes ("no").',
    ),
)
