"""Words and figures as people read them."""

import pytest

from dxplan.model.grades import Grading
from dxplan.views.wording import Style, bands_text
from tests.builders import project

JAPANESE, ENGLISH = Style("ja"), Style("en")


def grading(bands: str) -> Grading:
    return project(f"grades: [{{bands: {bands}}}]\n").plan.grades[0]


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ('[{label: "5", over: 105}, {label: "4", min: 100}, {label: "3"}]', "5 105%超、4 100%以上、3 それ未満"),
        ("[{label: ①, min: 100, meaning: 順調}, {label: ②}]", "① 100%以上 順調、② それ未満"),
        ("[{label: 80%以上, min: 80}, {label: ８０％未満}]", "80%以上、８０％未満"),
        ("[{label: S, by_hand: true}, {label: A}]", "S（人が付ける）、A それ未満"),
        ("[{label: A, min: 110, full_target: 100}, {label: B}]", "A 110%以上（目標値が100%なら100%以上）、B それ未満"),
    ],
)
def test_bands_say_their_bounds_unless_their_label_does(bands: str, said: str) -> None:
    assert bands_text(grading(bands), JAPANESE) == f"評価（達成率）: {said}"


def test_bands_in_english() -> None:
    bands = "[{label: S, by_hand: true}, {label: A, over: 110}, {label: B, min: 95}, {label: C}]"
    assert bands_text(grading(bands), ENGLISH) == ("Grades (by rate): S (by hand), A over 110%, B 95% or more, C below")
