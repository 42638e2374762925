"""What becomes of the rest of an entry where one piece of it is answered anew."""

import pytest

from dxplan.editing.answers import Aspect, Said
from dxplan.editing.entries import with_answers
from dxplan.fiscal_year import FiscalYear
from dxplan.model.corrections import Thing
from tests.builders import project

PLAN = "indicators: [{id: x, name: x, unit: 人, monitoring: true, parts: [{id: a, name: a}, {id: b, name: b}]}]\n"
R7 = FiscalYear.parse("R7")


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("{value: 5, data_year: R6, source: 統計}", {"value": "6"}, "{value: 6, source: 統計}"),
        (
            "{value: 5, data_year: R6}",
            {"value": "5", "preliminary": "true"},
            "{value: 5, preliminary: true, data_year: R6}",
        ),
        ("{value: 5, data_year: R6}", {"state": "pending"}, "{state: pending}"),
        ("{value: 5, note: 注}", {}, "{state: unreported, note: 注}"),
        ("{value: 5, note: 注, parts: {a: 1}}", {}, "{note: 注, parts: {a: 1}}"),
        ("5", {}, "unreported"),
        ("{of: [54, 100], note: 注}", {"value": "54.0"}, "{value: 54.0, note: 注}"),
    ],
)
def test_a_figure_answered_anew(before: str, said: Said, after: str) -> None:
    there = project(PLAN, R7=f"indicators: {{x: {before}}} # 注\n")
    year_file = there.files_by_year[R7]
    content = year_file.reading.document.text.encode()
    found = with_answers(there, year_file, content, {Thing("indicators", "x"): {Aspect.FIGURE: said}})
    assert found.decode().endswith(f"indicators: {{x: {after}}} # 注\n")
