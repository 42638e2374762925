"""Answers are judged in the words of ``dxplan validate``."""

import pytest

from dxplan.fiscal_year import FiscalYear
from dxplan.starter.answers import Answers, default_last, fault, tidied, told

SOUND = Answers("例示市", "999997", "R8", "R12", "例示市DX推進計画")


@pytest.mark.parametrize(
    ("answers", "message", "hint"),
    [
        (Answers(code="131038"), "団体コード「131038」の検査数字が合いません", "はじめの5桁が正しければ 131032"),
        (Answers(code="13108"), "団体コード「13108」が6桁の数字ではありません", "検査数字を加える: 131083"),
        (Answers(first="banana"), "「banana」は年度として読めません", "R7、令和7年度、2025 のように書く"),
        (Answers(first="8"), "「8」は年度として読めません", "元号を付けて R8 のように書く"),
        (
            Answers(first="R12", last="R8"),
            "計画期間が R12 に始まり R8 に終わっています",
            "from に最初の年度、to に最後の年度を書く",
        ),
        (
            Answers(name="例示\u200b市"),
            "目に見えない、または使えない文字（U+200B ZERO WIDTH SPACE）があります",
            "その文字を消して入力し直す",
        ),
        (
            Answers(name="例示\x1b[31m市"),
            "目に見えない、または使えない文字（U+001B）があります",
            "その文字を消して入力し直す",
        ),
        (
            Answers(title="例示\x85市"),
            "目に見えない、または使えない文字（U+0085）があります",
            "その文字を消して入力し直す",
        ),
        (Answers(name="例示\n市"), "途中に改行かタブがあります", "1行で書く。間を空けるなら空白にする"),
        (Answers(title="a\tb"), "途中に改行かタブがあります", "1行で書く。間を空けるなら空白にする"),
        (Answers(name=""), "空にはできません", "内容を書く"),
        (Answers(name="\udce3"), "文字として読めないバイトがあります", "端末の文字コードをUTF-8にして、入力し直す"),
        (Answers(first="M1"), "計画期間として古すぎます", "M2 から R99 までの年度にする"),
        (
            Answers(first="R8", last="2118"),
            "「2118」は年度として読めません",
            "明治元年度から令和99年度（2117）までを書く",
        ),
    ],
)
def test_what_is_wrong_is_said(answers: Answers, message: str, hint: str) -> None:
    found = fault(answers)
    assert found
    assert found.hint
    assert (found.message.ja, found.hint.ja) == (message, hint)


@pytest.mark.parametrize("field", range(len(SOUND)))
def test_every_answer_is_judged_alone_and_with_the_others(field: int) -> None:
    alone = Answers(*(answer if n == field else None for n, answer in enumerate(SOUND)))
    assert fault(alone) is None
    assert fault(SOUND) is None
    assert fault(Answers(*("" if n == field else answer for n, answer in enumerate(SOUND))))


def test_what_is_typed_is_tidied_not_judged() -> None:
    typed = Answers("　か\u3099例市 ", " １３１０８３", "\tＲ８", "令和12年度 ", None)
    assert tidied(typed) == Answers("が例市", "131083", "Ｒ８", "令和12年度", None)
    assert tidied(Answers(code="　")).code is None
    assert fault(tidied(typed)) is None


def test_what_is_told() -> None:
    said = told(Answers("例示市", None, "Ｒ８", "2030", None))
    assert (said.title, said.code) == ("例示市DX推進計画", None)
    assert (said.first, said.last) == (FiscalYear(2026), FiscalYear(2030))
    with pytest.raises(ValueError, match="missing"):
        told(Answers(name="例示市", first="R8"))


def test_five_years_are_proposed_where_there_are_five() -> None:
    assert default_last("令和8年度") == "R12"
    assert default_last("R97") is None
    assert default_last("2999") is None
    assert default_last("banana") is None
