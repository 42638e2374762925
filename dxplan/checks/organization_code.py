"""A municipality code (団体コード) whose check digit is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX408", "organization-code")
PAGE = Page(
    what=Text(
        "団体コード（organization の code）が6桁の数字でないか、最後の1桁（検査数字）が合いません。",
        "The municipality's `code` is not six digits, or its last one, the check digit, is wrong.",
    ),
    why=Text(
        "団体コードは、公開したデータをほかの団体のデータと結び付けるものです。"
        "1桁違えば、別の団体の実績として扱われるか、どことも結び付きません。",
        "The code links published data to that of other bodies. One wrong digit gives your figures to another "
        "municipality, or to none.",
    ),
    bad="""\
# plan.yaml
organization: {name: 江東区, code: "131038"}
""",
    good="""\
# plan.yaml
organization: {name: 江東区, code: "131083"}
""",
    fix=Text(
        "総務省の「全国地方公共団体コード」の6桁を、引用符で囲んで書きます。5桁のコードには検査数字を加えます。",
        "Write the six digits of 総務省's list of municipality codes, in quotes. A code of five digits lacks its check "
        "digit.",
    ),
)

_DIGITS = re.compile(r"[0-9]{6}")
_WITHOUT_CHECK_DIGIT = re.compile(r"[0-9]{5}")


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
        hint = Text("半角の数字6桁で書く", "write six digits")
        if _WITHOUT_CHECK_DIGIT.fullmatch(code):
            whole = code + check_digit(code)
            hint = Text(f"検査数字を加える: {whole}", f"add the check digit: {whole}")
        yield Finding(spot, message, hint)
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

    総務省「全国地方公共団体コード仕様」: weights 6 to 2; the last digit of 11 less the sum's remainder by 11.
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(6, 1, -1), strict=True))
    return str((11 - weighted % 11) % 10)
