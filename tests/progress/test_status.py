"""The roll-up: what is counted, what is left out, and which year it is about."""

from dxplan.progress.achievement import NoRate, Rate, Reason, Verdict
from dxplan.progress.judgement import indicator_status
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
    assert [(each.title, each.viewpoint.id, each.department) for each in (first, second)] == [
        ("取組", "1", None),
        ("再掲のある取組", "1", None),
    ]
    assert [each.relisted for each in status(project(PLAN, R7=R7), year("R8")).initiatives] == [0, 0]


def test_nothing_is_planned_after_the_last_year() -> None:
    first = status(project(PLAN, R7=R7), year("R9")).initiatives[0]
    assert first.planned_next == 0
    assert first.scheduled == 2


def test_one_viewpoint_leaves_out_what_hangs_on_the_plan() -> None:
    only = status(project(PLAN, R7=R7), year("R7"), viewpoint="1")
    assert [each.indicator.id for each in only.indicators] == ["watched", "later"]


def test_one_viewpoint_of_several_is_its_own() -> None:
    two = (
        PLAN
        + """\
  - id: 2
    title: 別の視点
    indicators: [{id: other, name: 別の値, direction: increase, targets: {R7: 5}}]
    initiatives: [{id: 3, title: 別の取組}, {id: 4, title: 終わった取組, until: R6}]
"""
    )
    for viewpoint, indicators, initiatives in (("1", ["watched", "later"], ["1", "2"]), ("2", ["other"], ["3"])):
        found = status(project(two, R7=R7), year("R7"), viewpoint=viewpoint)
        assert [each.indicator.id for each in found.indicators] == indicators
        assert [each.initiative.id for each in found.initiatives] == initiatives
        assert [section.viewpoint and section.viewpoint.id for section in found.sections()] == [viewpoint]
    everything = status(project(two, R7=R7), year("R7"))
    assert [each.initiative.id for each in everything.initiatives] == ["1", "2", "3"]
    assert [
        (section.viewpoint and section.viewpoint.id, len(section.indicators), len(section.initiatives))
        for section in everything.sections()
    ] == [(None, 1, 0), ("1", 2, 2), ("2", 1, 1)]


def test_history_goes_no_further_than_the_indicator_does() -> None:
    ended = "indicators: [{id: x, name: x, until: R8, direction: increase, targets: {R7: 1, R8: 2}}]\n"
    plan = project(ended, R7="indicators: {x: 1}\n")
    entry = plan.indicators[0]
    years = {
        label: [str(past.year) for past in indicator_status(plan, entry, year(label)).history] for label in ("R7", "R9")
    }
    assert years == {"R7": ["R7", "R8"], "R9": ["R7", "R8", "R9"]}
    assert indicator_status(plan, entry, year("R7")).is_in_plan
    assert not indicator_status(plan, entry, year("R9")).is_in_plan
    assert indicator_status(plan, entry, year("R8")).unreported == (None,)


def test_a_value_of_another_year_is_held_against_that_years_target_where_the_plan_says_so() -> None:
    text = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 50, R8: 60}}]\n"
    late = {"R8": "indicators: {x: {value: 55, data_year: R7}}\n"}
    own = status(project(text, **late), year("R8")).indicators[0].now
    that = status(project("data_year_targets: true\n" + text, **late), year("R8")).indicators[0].now
    assert (own.verdict, own.year, own.terms.aim_year) == (Verdict.NOT_MET, year("R8"), year("R8"))
    assert (that.verdict, that.year, that.terms.aim_year) == (Verdict.MET, year("R8"), year("R7"))
    timely = project("data_year_targets: true\n" + text, R8="indicators: {x: 55}\n")
    assert status(timely, year("R8")).indicators[0].now.verdict is Verdict.NOT_MET


def test_why_there_is_no_change_from_the_baseline() -> None:
    def change_of(fields: str, value: str) -> object:
        text = f"indicators: [{{id: x, name: x, {fields}}}]\n"
        return status(project(text, R7=f"indicators: {{x: {value}}}\n"), year("R7")).indicators[0].change

    stage = "direction: milestone, baseline: {year: R6, text: 未設置}, targets: {R7: 試行}"
    assert change_of("monitoring: true", "pending") == NoRate(Reason.PENDING)
    assert change_of(stage, "{text: 試行}") == NoRate(Reason.MILESTONE)
    assert change_of("monitoring: true", "5") == NoRate(Reason.NO_BASELINE)
    assert change_of("monitoring: true, baseline: {year: R6, text: 未設置}", "5") == NoRate(Reason.NO_BASELINE)


def test_a_pending_value_without_a_target_has_no_target_first() -> None:
    text = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 1, R9: 5}}]\n"
    found = project(text, R7="indicators: {x: pending}\n", R8="indicators: {x: pending}\n")
    assert status(found, year("R7")).indicators[0].now.achievement == NoRate(Reason.PENDING)
    assert status(found, year("R8")).indicators[0].now.achievement == NoRate(Reason.NO_TARGET)


def test_the_mark_for_rounding_is_about_what_is_shown() -> None:
    text = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 48, R8: 50}}, %s]\n"
    other = "{id: z, name: z, direction: increase, targets: {R8: 1}}"
    nearly = status(project(text % other, R7="indicators: {x: 47.98}\n", R8="indicators: {x: 20, z: 2}\n"), year("R8"))
    assert (nearly.rounds_to_whole(before=False), nearly.rounds_to_whole(before=True)) == (False, True)
    now = status(project(text % other, R7="indicators: {x: 47.98}\n"), year("R7"))
    assert now.rounds_to_whole(before=False)


def test_shares_of_grades_have_the_decimals_of_the_plan() -> None:
    text = "grades: [{bands: [{label: A, min: 100}, {label: B}]}]\nindicators:\n"
    text += "".join(f"  - {{id: x{n}, name: x, direction: increase, targets: {{R7: 2}}}}\n" for n in range(3))
    actuals = "indicators: {x0: 2, x1: 1, x2: 1}\n"
    for head, share in (("", "33.3"), ("decimals: 0\n", "33"), ("decimals: 2\n", "33.33")):
        grades = status(project(head + text, R7=actuals), year("R7")).grades
        assert grades is not None
        assert str(grades.shares[0].share) == share


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
    partly = "indicators: {overall: null, watched: 3}\nactions: {1-2: unreported}\n"
    assert latest_reported_year(project(PLAN, R7=R7, R8=partly)) == year("R8")


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


def test_what_hangs_on_an_initiative_is_in_the_plan_no_longer_than_that() -> None:
    text = """\
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 1, title: 取組, until: R7, indicators: [{id: x, name: x, direction: increase, targets: {R7: 1}}]}
"""
    plan = project(text, R7="indicators: {x: 1}\n")
    found = [indicator_status(plan, plan.indicators[0], year(label)).is_in_plan for label in ("R7", "R8")]
    assert found == [True, False]


def test_the_year_of_the_data_matters_only_where_the_plan_says_so() -> None:
    text = "data_year_targets: true\nindicators: [{id: x, name: x, direction: increase, targets: {R7: 50, R8: 60}}]\n"
    now = status(project(text, R8="indicators: {x: 55}\n"), year("R8")).indicators[0].now
    assert (now.terms.aim_year, now.verdict) == (year("R8"), Verdict.NOT_MET)


def test_the_latest_year_is_one_of_the_plan() -> None:
    assert latest_reported_year(project(PLAN, R7=R7, R10="indicators: {overall: 30}\n")) == year("R7")
