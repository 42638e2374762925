"""A municipality code (団体コード) whose check digit is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.project import Project

RULE = Rule("DX408", "organization-code")

_DIGITS = re.compile(r"[0-9]{5}[0-9]?")


def check(project: Project) -> Iterator[Finding]:
    """Yield a code that is not six digits with the right last one."""
    code = project.plan.organization.code
    if code is None or project.is_hidden(project.plan_spot("organization")):
        return
    spot = project.plan_spot("organization", "code")
    if not _DIGITS.fullmatch(code):
        message = Text(
            f"団体コード「{code}」が6桁の数字ではありません", f"municipality code `{code}` is not six digits"
        )
        yield Finding(spot, message, Text("半角の数字6桁で書く", "write six digits"))
        return
    right = code[:5] + check_digit(code[:5])
    if code != right:
        yield Finding(
            spot,
            Text(
                f"団体コード「{code}」の検査数字が合いません", f"the check digit of municipality code `{code}` is wrong"
            ),
            Text(f"はじめの5桁が正しければ {right}", f"if the first five digits are right, it is {right}"),
        )


def check_digit(digits: str) -> str:
    """Return the sixth digit for the first five of a 全国地方公共団体コード.

    総務省「全国地方公共団体コード仕様」: weights 6 to 2; 11 less the sum's remainder by 11, of which the last digit counts.
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(6, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)
