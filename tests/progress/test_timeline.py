"""An initiative's actions against the years."""

from dxplan.model.values import Result
from dxplan.progress.timeline import Due, Row, timeline
from tests.builders import project, year

PLAN = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - id: 1
        title: 取組
        actions:
          - {id: once, title: 1年だけ, schedule: R7}
          - {id: open, title: 続く, schedule: R7-}
          - {id: later, title: 後で, schedule: R8-R9, continues: once}
          - {id: stages, title: 段階, schedule: {R7: 検討, R9: [実施, 拡大]}}
      - id: 2
        title: 再掲
        actions:
          - {relisted: open, title: 別の言い方}
"""


def rows(number: int = 0, **actuals: str) -> dict[str, Row]:
    reported = {label: f"actions: {{{text}}}\n" for label, text in actuals.items()}
    loaded = project(PLAN, **reported)
    return {row.id: row for row in timeline(loaded, loaded.initiatives[number], year("R7")).rows}


def test_nothing_reported_yet() -> None:
    found = rows()
    assert found["once"].years == (Due.PLANNED, Due.NO, Due.NO)
    assert found["open"].years == (Due.PLANNED, Due.CONTINUES, Due.CONTINUES)
    assert found["later"].years == (Due.NO, Due.PLANNED, Due.PLANNED)
    assert found["stages"].years == (Due.PLANNED, Due.NO, Due.PLANNED)


def test_results_take_the_place_of_what_was_due() -> None:
    found = rows(R7="once: postponed, open: ongoing", R8="once: done")
    assert found["once"].years == (Result.POSTPONED, Result.DONE, Due.NO)
    assert found["open"].years == (Result.ONGOING, Result.UNREPORTED, Due.CONTINUES)


def test_a_year_with_a_file_that_says_nothing_is_unreported() -> None:
    assert rows(R7="once: done")["stages"].years[0] is Result.UNREPORTED


def test_a_relisting_shows_the_results_of_its_home() -> None:
    shown = rows(1, R7="open: ongoing")["open"]
    assert shown.title == "別の言い方"
    assert shown.home is not None
    assert shown.home.id == "1"
    assert shown.years[0] is Result.ONGOING


def test_what_is_said_of_a_year_stands_beside_it() -> None:
    found = rows(R7="stages: {result: done, quantity: {value: 12, unit: 回}, note: 前倒し}")
    first, last = found["stages"].details
    assert (str(first.year), first.stages, first.notes) == ("R7", ("検討",), ("前倒し",))
    assert first.quantity is not None
    assert f"{first.quantity.value}{first.quantity.unit}" == "12回"
    assert last.stages == ("実施", "拡大")
    assert found["later"].continues is not None
    assert found["later"].continues.id == "once"
