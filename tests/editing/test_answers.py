"""When two pieces of an answer say the same, and what a file says of a part."""

import pytest

from dxplan.editing.answers import Aspect, Said, is_same, recorded
from dxplan.fiscal_year import FiscalYear
from dxplan.model.corrections import Thing
from tests.builders import project

PARTS = "indicators: [{id: x, name: x, monitoring: true, parts: [{id: a, name: a}, {id: b, name: b}]}]\n"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"value": "54"}, {"value": "54.0"}, True),
        ({"of": "54/100"}, {"of": "54.0/100"}, True),
        ({"value": "54"}, {"of": "54/100"}, False),
        ({"text": "54"}, {"text": "54.0"}, False),
        ({"note": "一 \n\n二"}, {"note": "一\n二\n"}, True),
        ({"note": "か\u3099"}, {"note": "が"}, True),
        ({"note": " 一"}, {"note": "一"}, True),
        ({"note": "一\n 二"}, {"note": "一\n二"}, False),
        ({}, {"value": "0"}, False),
    ],
)
def test_what_is_the_same(one: Said, other: Said, same: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_same(one, other) is same
    assert is_same(other, one) is same


@pytest.mark.parametrize(
    ("entry", "figures"),
    [
        ("pending", ({"state": "pending"}, {"state": "pending"})),
        ("{parts: {a: 1}}", ({"value": "1"}, {})),
        ("3", ({}, {})),
    ],
)
def test_a_part_says_what_the_whole_says_only_where_no_part_says_anything(
    entry: str, figures: tuple[Said, Said]
) -> None:
    actuals = project(PARTS, R7=f"indicators: {{x: {entry}}}\n").actuals[FiscalYear.parse("R7")]
    assert tuple(recorded(actuals, Thing("indicators", "x", part))[Aspect.FIGURE] for part in "ab") == figures
