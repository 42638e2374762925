import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxplan.views.terminal import cells, visible, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("区民にやさしい", "区民にやさしい"),
        ("全角　空白", "全角　空白"),
        ("葛󠄀城市", "葛󠄀城市"),
        ("\x1b[31m赤", "\\x1b[31m赤"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("右から\u202e左", "右から\\u202e左"),
        ("[red]x[/red] :x:", "[red]x[/red] :x:"),
    ],
)
def test_what_does_not_print_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_full_width_text_breaks_anywhere_but_before_what_closes() -> None:
    assert wrap("区民に、やさしい。", 6) == ["区民", "に、や", "さし", "い。"]
    for line in wrap("窓口（書かない窓口）の改革、推進。", 10):
        assert line[0] not in "、。）"
        assert not line.endswith("（")


def test_words_stay_whole() -> None:
    assert wrap("two words here", 9) == ["two words", "here"]


@given(st.text(alphabet="あ漢aZ 、。（）-", max_size=60), st.integers(8, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="あ漢字a ", max_size=80), st.integers(8, 40))
def test_lines_fit_unless_one_word_does_not(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert cells(line) <= width or " " not in line.strip()
