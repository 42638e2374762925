"""What the JSON form says of a value beside its figure, of the next target, and of money."""

import json
from typing import Any

from dxplan.progress.status import status
from dxplan.views.status.json import document
from tests.builders import project, year

PLAN = """\
indicators:
  - {id: x, name: x, direction: increase, targets: {R7: 50, R8: {words: 前年度より増加}, R9: {value: 90, words: 9割}}}
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 窓口, budget: {R7: {value: 12000, unit: 千円}}}
      - {id: 2, title: 情報}
"""
R7 = """\
indicators:
  x: {value: 5, as_of: 2026-03, label: 令和7年中, source: 国の統計, note: 注1}
initiatives:
  1: {settled: {value: 11500.5, unit: 千円}}
"""


def said(label: str) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(document(status(project(PLAN, R7=R7), year(label))))


def test_what_is_said_beside_a_value() -> None:
    figure = said("R7")["indicators"][0]
    assert [figure[key] for key in ("as_of", "label", "source", "note")] == [
        "2026-03",
        "令和7年中",
        "国の統計",
        ["注1"],
    ]
    bare = said("R8")["indicators"][0]
    assert [bare[key] for key in ("as_of", "label", "source", "note")] == [None, None, None, []]


def test_the_next_target_in_words() -> None:
    assert said("R7")["indicators"][0]["next_words"] == "前年度より増加"
    following = said("R8")["indicators"][0]
    assert (following["next_target"], following["next_words"]) == (90, "9割")
    assert said("R9")["indicators"][0]["next_words"] is None


def test_money_of_the_year() -> None:
    one, other = said("R7")["initiatives"]
    assert (one["budget"], one["settled"]) == ({"value": 12000, "unit": "千円"}, {"value": 11500.5, "unit": "千円"})
    assert (other["budget"], other["settled"]) == (None, None)
    assert said("R8")["initiatives"][0]["budget"] is None
