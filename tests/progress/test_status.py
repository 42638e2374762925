"""The roll-up: what is counted, what is left out, and which year it is about."""

from dxplan.progress.achievement import NoRate, Rate, Reason, Verdict
from dxplan.progress.status import latest_reported_year, status
from tests.builders import project, year

PLAN = """\
indicators:
  - {id: overall, name: 全体, direction: increase, baseline: {year: R6, value: 10}, targets: {R7: 20, R9: 40}}
viewpoints:
  - id: 1
    title: 視点
    indicators:
      - {id: watched, name: 見守る値, monitoring: true, baseline: {year: R6, value: 5}}
      - {id: later, name: 後から, direction: increase, targets: {R9: 3}}
    initiatives:
      - id: 1
        title: 取組
        actions:
          - {id: 1-1, title: 事業1, schedule: R7}
          - {id: 1-2, title: 事業2, schedule: R7-}
          - {id: 1-3, title: 事業3, schedule: R8-R9}
      - id: 2
        title: 再掲のある取組
        actions:
          - {relisted: 1-1}
"""
R7 = "indicators: {overall: 19, watched: 7, later: 1}\nactions: {1-1: done, 1-2: ongoing}\n"


def test_counts_met_and_not_met_apart_from_what_has_no_value() -> None:
    now = status(project(PLAN, R7=R7), year("R7"))
    assert (now.summary.met, now.summary.not_met, now.summary.judged) == (0, 1, 1)
    assert (now.summary.monitoring, now.summary.without_target, now.summary.unreported) == (1, 1, 0)
    pending = status(project(PLAN, R7="indicators: {overall: pending}\n"), year("R7"))
    assert (pending.summary.judged, pending.summary.without_value, pending.summary.unreported) == (0, 1, 2)


def test_a_monitoring_indicator_has_a_change_and_no_rate() -> None:
    watched = status(project(PLAN, R7=R7), year("R7")).indicators[1]
    assert watched.now.achievement == NoRate(Reason.MONITORING)
    assert watched.progress == NoRate(Reason.MONITORING)
    assert watched.now.verdict is Verdict.UNDECIDED
    assert watched.change == 2


def test_a_year_without_a_target_is_no_error() -> None:
    later = status(project(PLAN, R7=R7), year("R7")).indicators[2]
    assert later.now.achievement == NoRate(Reason.NO_TARGET)
    assert later.now.verdict is Verdict.UNDECIDED


def test_initiatives_count_their_own_actions_once() -> None:
    first, second = status(project(PLAN, R7=R7), year("R7")).initiatives
    assert (first.scheduled, first.carried_out, first.planned_next) == (2, 2, 2)
    assert (second.scheduled, second.relisted) == (0, 1)


def test_nothing_is_planned_after_the_last_year() -> None:
    first = status(project(PLAN, R7=R7), year("R9")).initiatives[0]
    assert first.planned_next == 0
    assert first.scheduled == 2


def test_one_viewpoint_leaves_out_what_hangs_on_the_plan() -> None:
    only = status(project(PLAN, R7=R7), year("R7"), viewpoint="1")
    assert [each.indicator.id for each in only.indicators] == ["watched", "later"]


def test_history_holds_every_year_and_the_next_target() -> None:
    overall = status(project(PLAN, R7=R7), year("R8")).indicators[0]
    assert [str(past.year) for past in overall.history] == ["R7", "R8", "R9"]
    assert isinstance(overall.history[0].achievement, Rate)
    assert overall.next_target is not None
    assert overall.next_target.value == 40


def test_the_latest_year_is_the_last_with_something_reported() -> None:
    assert latest_reported_year(project(PLAN)) == year("R7")
    assert latest_reported_year(project(PLAN, R7=R7, R8="indicators: {overall: null}\n")) == year("R7")
    assert latest_reported_year(project(PLAN, R7=R7, R8="actions: {1-2: ongoing}\n")) == year("R8")


def test_order_of_files_is_irrelevant() -> None:
    files = {"R7": R7, "R8": "indicators: {overall: 30}\n"}
    one = status(project(PLAN, **files), year("R8"))
    other = status(project(PLAN, **dict(reversed(files.items()))), year("R8"))
    assert one == other


def test_relisting_never_changes_totals() -> None:
    with_relisting = status(project(PLAN, R7=R7), year("R7"))
    without = status(project(PLAN.replace("          - {relisted: 1-1}\n", "          []\n"), R7=R7), year("R7"))
    assert sum(each.scheduled for each in with_relisting.initiatives) == sum(
        each.scheduled for each in without.initiatives
    )
    assert with_relisting.summary == without.summary
