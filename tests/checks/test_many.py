"""Odd but possible projects that a rule, a count or a reading once stumbled over."""

from pathlib import Path

import pytest

from dxplan import checks
from dxplan.cli.main import main
from dxplan.diagnostics import Severity
from dxplan.progress.status import latest_reported_year, status

HEAD = "format: 1\ntitle: 例示市DX推進計画\norganization: {name: 例示市}\n"
PERIOD = "period: {from: R7, to: R9}\n"


def codes(folder: Path, plan: str, **actuals: str) -> list[str]:
    (folder / "actuals").mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    for label, text in actuals.items():
        (folder / f"actuals/{label}.yaml").write_text(f"format: 1\nfiscal_year: {label}\n{text}", encoding="utf-8")
    return [diagnostic.rule.code for diagnostic in checks.examine(folder, "data").report.diagnostics]


@pytest.mark.parametrize("key", ["id: koto", "fiscal_year: R7"])
def test_a_key_that_belongs_elsewhere_in_the_plan(key: str, tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD + key) == ["DX102"]


@pytest.mark.parametrize("key", ["title: R7の実績", "period: {from: R7}", "id: x"])
def test_a_key_that_belongs_elsewhere_in_the_actuals(key: str, tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD, R7=key) == ["DX102"]


def test_a_fault_elsewhere_does_not_silence_unknown_ids(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD + PERIOD + "note: {a: b}\n", R7="indicators: {onlin: 3}\n") == ["DX103", "DX202"]


def test_an_action_without_an_id_may_be_the_one_reported(tmp_path: Path) -> None:
    plan = "viewpoints: [{id: 1, title: v, initiatives: [{id: 1, title: i, actions: [{title: a, schedule: R7}]}]}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7="actions: {1-1: done}\n") == ["DX101"]


def test_an_id_that_could_not_be_read_is_not_a_duplicate(tmp_path: Path) -> None:
    plan = "viewpoints: [{title: v}, {id: unread, title: w}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan) == ["DX101"]


def test_format_is_a_number(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD.replace("format: 1", "format: true") + PERIOD) == ["DX110"]


@pytest.mark.parametrize("period", ["{from: M1, to: M3}", "{from: R97, to: R99}"])
def test_years_at_the_edge(period: str, tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, monitoring: true, baseline: {year: M1, value: 1}}]\n"
    found = codes(tmp_path, HEAD + f"period: {period}\n" + indicator)
    assert found == (["DX304"] if "M1" in period else [])
    for year in ["M3"] if "M1" in period else ["2117"]:
        assert main(["status", "--data", str(tmp_path), "--year", year]) == (1 if found else 0)


def test_a_year_outside_the_plan_is_not_the_default(tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, direction: increase, targets: {R9: 5}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + indicator, R12="indicators: {a: 3}\n") == ["DX301"]
    project = checks.examine(tmp_path, "data").project
    assert project is not None
    assert str(latest_reported_year(project)) == "R7"


def test_nothing_reported_counts_even_without_a_target(tmp_path: Path) -> None:
    indicator = "indicators: [{id: a, name: 指標, direction: increase, targets: {R9: 5}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + indicator) == []
    project = checks.examine(tmp_path, "data").project
    assert project is not None
    summary = status(project, project.plan.period.first).summary
    assert (summary.unreported, summary.without_target) == (1, 1)


def test_many_projects_are_validated_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = []
    for n in range(25):
        home = tmp_path / f"{n:02}"
        codes(home, HEAD + ("period: {from: R9, to: R7}\n" if n % 10 == 3 else PERIOD))
        folders.append(str(home))
    assert main(["validate", *folders]) == 1
    out = capsys.readouterr().out
    assert [line.split("/plan.yaml")[0][-2:] for line in out.splitlines() if "DX308" in line and "/" in line] == [
        "03",
        "13",
        "23",
    ]
    assert "3件" in out


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    assert codes(tmp_path, HEAD.replace("例示市DX推進計画", '"例示市 "') + PERIOD) == ["DX010"]
    assert checks.examine(tmp_path, "data").report.number_of(Severity.ERROR) == 0
    assert main(["validate", str(tmp_path)]) == 0


GRADES = "grades: [{bands: [{label: A, min: 100}, {label: B}]}]\n"
MANY_FAULTS = """\
grades: [{bands: [{label: A, min: 80}, {label: B, min: 90}]}]
indicators:
  - {id: online, name: 電子申請, unit: "%", direction: increase, targets: {R7: 48}}
  - {id: fees, name: 電子納付, unit: "%", direction: increase, targets: {R7: 48}}
  - {id: passers, name: 合格者, unit: 人, direction: increase, targets: {R7: 48}}
  - {id: incidents, name: 事故, unit: 件, direction: maintain, targets: {R7: 0}}
  - {id: chatbot, name: 自動応答, direction: milestone, targets: {R9: 実施}, expected: {R7: 1}}
  - id: screening
    name: 受診率
    unit: "%"
    direction: increase
    targets: {R7: 60}
    parts: [{id: male, name: 男性, targets: {R7: 60}}, {id: female, name: 女性}]
viewpoints:
  - id: 1
    title: 視点
    initiatives:
      - {id: 4, title: 取組, budget: {R7: {value: 5, unit: 千円}}}
"""
MANY_FAULTS_IN_ACTUALS = """\
indicators:
  online: {text: 半分, met: true, grade: Z}
  fees: {value: 50, grade: A}
  passers: {of: [54, 100]}
  incidents: 3
  chatbot: {text: 検討, met: false, reason: 検討にとどまった}
  screening: {value: 61, parts: {male: 60, femal: 62}}
initiatives: {4: {settled: {value: 4800, unit: 円}}}
"""


def test_each_of_many_faults_is_reported_once(tmp_path: Path) -> None:
    found = codes(tmp_path, HEAD + PERIOD + MANY_FAULTS, R7=MANY_FAULTS_IN_ACTUALS)
    in_plan = ["DX416", "DX418", "DX417", "DX413"]
    in_actuals = ["DX412", "DX415", "DX414", "DX415", "DX419", "DX412", "DX420"]
    assert found == in_plan + in_actuals


def test_faults_upon_faults_are_reported_once(tmp_path: Path) -> None:
    """One indicator that does everything wrong: a part of one id twice, targets in both places, a line to nowhere."""
    plan = """\
indicators:
  - id: x
    name: 指標
    unit: 人
    direction: increase
    judged: apart
    targets: {R9: 5}
    expected: linear
    parts:
      - {id: a, name: 男性, direction: milestone, targets: {R9: 実施}, expected: {R8: 3}}
      - {id: a, name: 女性, direction: maintain, targets: {R9: 0}}
"""
    assert codes(tmp_path, HEAD + PERIOD + plan, R7="indicators: {x: {text: 試行, parts: {a: 1, b: 2}}}\n") == [
        "DX413",  # targets in both places
        "DX417",  # a line from nowhere
        "DX417",  # expected values of a milestone
        "DX413",  # one id twice
        "DX418",
        "DX412",  # the text
        "DX412",  # the number for the stage
        "DX412",  # the unknown part
    ]


@pytest.mark.parametrize(
    "plan",
    [
        "grades: [{bands: [{label: A, min: 100%}, {label: B}]}]\n",  # the whole is unread
        "grades: [{bands: []}]\n",
        "grades: [{from: R7, bands: [{label: A}]}, {from: R7, bands: [{label: Z}]}]\n",
    ],
)
def test_a_grade_may_be_one_of_those_that_are_at_fault(plan: str, tmp_path: Path) -> None:
    actual = "indicators: {x: {value: 3, grade: Z, reason: 理由}}\n"
    indicator = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 3}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan + indicator, R7=actual) in (["DX104"], ["DX416"])


def test_a_grade_in_a_file_of_doubtful_year(tmp_path: Path) -> None:
    indicator = "indicators: [{id: x, name: x, direction: increase, targets: {R7: 3}}]\n"
    actual = "indicators: {x: {value: 3, grade: Z, reason: 理由}}\n"
    assert codes(tmp_path, HEAD + PERIOD + GRADES + indicator, R10=actual) == ["DX301"]
    (tmp_path / "actuals/R10.yaml").rename(tmp_path / "actuals/R8.yaml")
    (tmp_path / "actuals/R8.yaml").write_text(f"format: 1\nfiscal_year: R7\n{actual}", encoding="utf-8")
    assert codes(tmp_path, HEAD + PERIOD + GRADES + indicator) == ["DX302"]


def test_actuals_without_a_home_are_only_unknown(tmp_path: Path) -> None:
    """What the plan does not have is judged by no direction, unit or part; a grade and a reason need none."""
    entries = "{a: {of: [1, 2]}, b: {text: 試行, met: true}, c: {parts: {m: 1}}, d: {value: 1, grade: Z}}"
    found = codes(tmp_path, HEAD + PERIOD + GRADES, R7=f"indicators: {entries}\n")
    assert found == ["DX202", "DX202", "DX415", "DX202", "DX202", "DX415", "DX414"]


def test_a_word_that_could_not_be_read_hides_what_hangs_on_it(tmp_path: Path) -> None:
    plan = """\
indicators:
  - {id: a, name: a, direction: milstone, targets: {R7: 検討}}
  - {id: b, name: b, unit: 3, direction: increase, targets: {R7: 3}}
  - {id: c, name: c, direction: increase, targets: {R9: 3}, baseline: {year: R6, value: 3人}, expected: linear}
  - {id: d, name: d, direction: maintain, targets: {R7: 0}, baseline: {year: R6, value: ▲3}}
  - {id: e, name: e, direction: maintain, targets: {R7: 0}}
"""
    actuals = "indicators: {a: {text: 検討, met: true, reason: 理由}, b: {of: [1, 2]}, e: ▲3}\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7=actuals) == ["DX105", "DX103", "DX104", "DX104", "DX104"]


@pytest.mark.parametrize(
    ("keys", "actual", "found"),
    [
        ("targets: {R7: 3}, parts: [{id: m, name: m, targets: {R7: 3}}, {id: w, name: w}]", "3", ["DX413"]),
        ("expected: {R7: 3}, parts: [{id: m, name: m, targets: {R7: 3}}, {id: w, name: w}]", "3", ["DX413"]),
        ("judged: apart, parts: [{id: m, name: m}, {id: w, name: w}]", "3", ["DX401"]),
        ("targets: {R7: 3}", "{text: 半分, met: true}", ["DX412"]),
        ("direction: milestone, targets: {R7: 試行}", "{state: pending, met: true}", ["DX412"]),
        ("direction: milestone, targets: {R7: 試行}, unit: 人", "{of: [1, 2]}", ["DX412"]),
        ("direction: milstone, monitoring: true", "{text: 試行, met: true, reason: 理由}", ["DX105"]),
        ("monitoring: true, targets: {R7: 0}, direction: maintain", "3", ["DX402"]),
        ("expected: linear", "3", ["DX401"]),
        ("monitoring: true, targets: {R9: 3}, expected: linear", "3", ["DX402"]),
        (
            "targets: {R7: {min: 1, max: 5}, R9: {min: 3, max: 5}}, direction: maintain, expected: linear",
            "3",
            ["DX417"],
        ),
        ("parts: [{id: m, name: m, expected: linear}, {id: w, name: w}]", "pending", ["DX401"]),
        ("parts: [{id: m, name: m, expected: linear}, {id: w, name: w, targets: {R7: 3}}]", "pending", ["DX417"]),
    ],
)
def test_what_one_rule_says_is_not_said_by_another(keys: str, actual: str, found: list[str], tmp_path: Path) -> None:
    direction = "" if "direction" in keys.partition("parts")[0] else "direction: increase, "
    plan = f"indicators: [{{id: x, name: x, {direction}{keys}}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7=f"indicators: {{x: {actual}}}\n") == found


@pytest.mark.parametrize(
    ("whole", "part", "actual", "found"),
    [
        ("direction: increase", "direction: milestone, targets: {R7: 試行}", "{text: 試行, met: true}", ["DX415"]),
        ("direction: milestone", "direction: increase, targets: {R7: 3}", "{text: 試行, met: true}", ["DX412"]),
        ("direction: increase", "direction: milstone, targets: {R7: 3}", "{text: 試行}", ["DX105"]),
        ("direction: milstone, monitoring: true", "unit: 件", "{text: 試行}", ["DX105"]),
        ("direction: increase, unit: 人", "unit: 3, targets: {R7: 3}", "{of: [1, 2]}", ["DX103"]),
    ],
)
def test_a_part_goes_by_what_it_says_itself(
    whole: str, part: str, actual: str, found: list[str], tmp_path: Path
) -> None:
    parts = f"[{{id: m, name: m, {part}}}, {{id: w, name: w}}]"
    plan = f"indicators: [{{id: x, name: x, {whole}, parts: {parts}}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7=f"indicators: {{x: {{parts: {{m: {actual}}}}}}}\n") == found


def test_years_are_not_held_against_a_period_that_could_not_be_read(tmp_path: Path) -> None:
    plan = """\
period: {from: R7, to: 未定}
grades: [{bands: [{label: A}]}, {from: R20, bands: [{label: A}]}]
indicators: [{id: x, name: x, direction: increase, targets: {R9: 3}, expected: linear}]
"""
    assert codes(tmp_path, HEAD + plan) == ["DX107"]


def test_gradings_outside_the_period_are_only_that(tmp_path: Path) -> None:
    band = "bands: [{label: A}]"
    plan = f"grades: [{{from: R3, {band}}}, {{from: R3, {band}}}, {{{band}}}]\n"
    assert codes(tmp_path, HEAD + PERIOD + plan) == ["DX416", "DX416"]


def test_money_of_an_id_used_twice(tmp_path: Path) -> None:
    action = "{id: a, title: a, schedule: R7, budget: {R7: {value: 1, unit: %s}}}"
    actions = f"[{action % '千円'}, {action % '円'}]"
    plan = f"viewpoints: [{{id: 1, title: v, initiatives: [{{id: 1, title: i, actions: {actions}}}]}}]\n"
    actuals = "actions: {a: {result: done, settled: {value: 1, unit: 千円}}}\n"
    assert codes(tmp_path, HEAD + PERIOD + plan, R7=actuals) == ["DX201"]
