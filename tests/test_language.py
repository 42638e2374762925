import pytest

from dxplan.language import Text, language_of


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [
        (None, {}, "ja"),
        ("en", {"DXPLAN_LANG": "ja"}, "en"),
        (None, {"DXPLAN_LANG": "en", "LANG": "ja_JP.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, "ja"),
        (None, {"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "ja"),
        ("ja", {"LANG": "en_US.UTF-8"}, "ja"),
    ],
)
def test_language_comes_from_option_then_variable_then_locale(
    option: str | None, environment: dict[str, str], language: str
) -> None:
    assert language_of(option, environment) == language


def test_a_text_speaks_both() -> None:
    text = Text("達成", "met")
    assert (text.to("ja"), text.to("en")) == ("達成", "met")
