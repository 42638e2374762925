"""Whatever `init` accepts becomes a project that nothing is wrong with."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example as such_as
from hypothesis import given
from hypothesis import strategies as st

import dxplan
from dxplan.checks.organization_code import check_digit
from dxplan.fiscal_year import LAST, FiscalYear
from dxplan.model.values import ValueState, YearState
from dxplan.project import Project
from dxplan.starter.answers import Answers, fault, tidied, told
from dxplan.starter.files import File, example, new_project, places
from tests.starter.builders import findings

ROOT = Path(__file__).parents[2]
SCHEMAS = {"plan": "{}\n", "actuals": "{}\n"}
HOSTILE = (
    'a"b', "it's", "a: b", "a # b", "#", ":", "- a", "? a", "no", "on", "null", "~", "true", "123", "010", "1e3",
    "12:30", "2026-04-01", "R8", "<<", "=", "&a", "*a", "!a", "%a", "@a", "`a", "[a", "]", "{a", "}", "a, b", "|", ">",
    "\\", "\\n", "⟪title⟫", "🏯市", "葛󠄀城市", "市" * 5000, "---", "...", "${{ secrets.X }}", "<b>", "C:\\", "'",
    '"', "－", "a　b",
)  # fmt: skip


def project_of(answers: Answers) -> tuple[Project, dict[str, str]]:
    files = new_project(told(answers), SCHEMAS)
    project, found = findings(files)
    assert not found, found
    return project, {file.path: file.content.decode() for file in files}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_legal_yaml(name: str) -> None:
    project, texts = project_of(Answers(name, "131083", "R8", "R12", None))
    assert project.plan.organization.name == name
    assert project.plan.title == f"{name}DX推進計画"
    project, texts = project_of(Answers("例示市", None, "R8", "R12", name))
    assert project.plan.title == name
    assert yaml.safe_load(texts["data/plan.yaml"])["title"] == name


def test_the_readme_shows_a_name_as_it_is() -> None:
    readme = project_of(Answers("<b>*例示*市", None, "R8", "R12", None))[1]["README.md"]
    assert readme.startswith("# \\<b\\>\\*例示\\*市DX推進計画\n")
    assert "これは、\\<b\\>\\*例示\\*市の計画（令和8年度～令和12年度）" in readme


names = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=40), st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)
)
codes = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(0, 99999).map(lambda number: f"{number:05}").map(lambda digits: digits + check_digit(digits)),
)
western = st.integers(1867, LAST + 1)
years = st.one_of(
    western.map(str),
    western.map(lambda year: f"{year}年度"),
    st.builds(lambda era, year: f"{era}{year}", st.sampled_from("MTSHR"), st.integers(0, 99)),
    st.sampled_from(["令和元年度", "Ｒ８", "R08", "banana", "8", "no"]),
)


@given(names, codes, years, years, st.one_of(st.none(), names))
@such_as("例示市", "999997", "R8", "R8", None)
@such_as("例示市", None, "M2", "R99", None)
@such_as("0?", None, "R8", "R9", None)
@such_as("例示市", None, "H31", "令和元年度", "no")
def test_what_is_accepted_validates(name: str, code: str | None, first: str, last: str, title: str | None) -> None:
    answers = tidied(Answers(name, code, first, last, title))
    if fault(answers) is not None:
        return
    project, texts = project_of(answers)
    assert project.plan.organization.name == answers.name
    assert project.plan.organization.code == answers.code
    assert project.plan.title == told(answers).title
    assert list(project.actuals) == [project.plan.period.first] == [FiscalYear.parse(first)]
    assert yaml.safe_load(texts["data/plan.yaml"])["organization"]["name"] == answers.name


@pytest.mark.parametrize(("first", "last"), [("R8", "R8"), ("R8", "R9"), ("R8", "R12"), ("R8", "R40")])
def test_the_first_year_asks_for_what_is_due_and_nothing_is_reported(first: str, last: str) -> None:
    project, _ = project_of(Answers("例示市", "999997", first, last, None))
    year = FiscalYear.parse(first)
    actuals = project.actuals[year]
    assert list(actuals.indicators) == [entry.indicator.id for entry in project.indicators if entry.lasts(year)]
    assert list(actuals.actions) == [entry.action.id for entry in project.actions if entry.is_due(year)]
    assert {actual.state for actual in actuals.indicators.values()} == {ValueState.UNREPORTED}
    assert actuals.state is YearState.OPEN


def test_targets_end_where_the_plan_ends() -> None:
    for last in ("R8", "R9", "R12", "R40"):
        project, _ = project_of(Answers("例示市", "999997", "R8", last, None))
        for entry in project.indicators:
            targets = entry.indicator.targets
            if not entry.indicator.monitoring:
                assert [min(targets), max(targets)] == [FiscalYear.parse("R8"), FiscalYear.parse(last)]
                assert len(targets) <= 10


def test_comments_of_the_first_year_say_the_targets_of_the_plan() -> None:
    project, texts = project_of(Answers("例示市", "999997", "R8", "R12", None))
    lines = texts["data/actuals/R8.yaml"].split("\n")
    for entry in project.indicators:
        comment = lines[lines.index(f"  {entry.indicator.id}:") - 1]
        assert entry.indicator.name in comment
        target = entry.indicator.targets.get(FiscalYear.parse("R8"))
        assert (f"目標 {target.value}{entry.indicator.unit}" if target else "目標 なし") in comment
    for action in project.actions:
        assert any(action.action.title in line for line in lines if line.startswith(f"  {action.action.id}: #"))


def test_what_stands_in_comments_can_be_used() -> None:
    files = new_project(told(Answers("例示市", None, "R8", "R12", None)), SCHEMAS)
    plan = files[-1].content.decode()
    used = re.sub(r"^# (?=adopted:|grades:|  - bands:|      - \{)", "", plan, flags=re.MULTILINE)
    assert used.count("\n# ") == plan.count("\n# ") - 6
    project, found = findings((*files[:-1], files[-1]._replace(content=used.encode())))
    assert not found
    assert project.plan.adopted == "2026-03"
    assert [band.label for band in project.plan.grades[0].bands] == ["A", "B", "C"]


def test_every_kind_of_thing_is_shown() -> None:
    plan = yaml.safe_load(project_of(Answers("例示市", "999997", "R8", "R12", None))[1]["data/plan.yaml"])
    text = json.dumps(plan, ensure_ascii=False)
    for key in (
        "viewpoints",
        "initiatives",
        "actions",
        "relisted",
        "indicators",
        "monitoring",
        "baseline",
        "department",
    ):
        assert f'"{key}"' in text
    assert {"increase", "decrease"} <= {entry["direction"] for entry in plan["viewpoints"][0]["indicators"]}


def test_nothing_is_left_blank_and_the_version_is_pinned() -> None:
    for path, text in project_of(Answers("例示市", "999997", "R8", "R12", None))[1].items():
        assert "⟪" not in text, path
        assert "\r" not in text, path
        assert "\t" not in text, path
        assert text.endswith("\n"), path
    files = project_of(Answers("例示市", "999997", "R8", "R12", None))[1]
    for path in (".github/workflows/dxplan.yml", ".pre-commit-config.yaml", "README.md"):
        assert f"dxplan=={dxplan.__version__}" in files[path]


def test_the_workflow_may_only_read() -> None:
    texts = project_of(Answers("${{ secrets.X }}", "999997", "R8", "R12", None))[1]
    workflow = yaml.load(texts[".github/workflows/dxplan.yml"], Loader=yaml.BaseLoader)  # noqa: S506 - text alone
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request" in workflow["on"]
    assert "secrets" not in texts[".github/workflows/dxplan.yml"]
    steps = workflow["jobs"]["validate"]["steps"]
    assert steps[0]["with"] == {"fetch-depth": "2", "persist-credentials": "false"}
    assert steps[-1]["run"] == "dxplan validate --format github --against HEAD^1 data"
    hook = yaml.safe_load(texts[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    assert hook["entry"] == "dxplan validate data"
    assert re.search(hook["files"], "data/actuals/R8.yaml")


def modelines(files: tuple[File, ...]) -> list[str]:
    """Return where the lines for editors lead, from the project's home."""
    found = []
    for file in files:
        if file.path.endswith(".yaml") and file.path.startswith("data/"):
            for line in file.content.decode().split("\n")[:2]:
                place = (ROOT / file.path).parent / line.replace("=", " ").split()[-1]
                found.append(place.resolve().relative_to(ROOT).as_posix())
    return found


def test_lines_for_editors_lead_to_the_schemas() -> None:
    for files in (new_project(told(Answers("例示市", None, "R8", "R12", None)), SCHEMAS), example(SCHEMAS)):
        leads = modelines(files)
        assert len(leads) == 4
        assert set(leads) <= {file.path for file in files}


def test_the_places_are_those_of_the_files() -> None:
    files = new_project(told(Answers("例示市", None, "R8", "R12", None)), SCHEMAS)
    assert {file.path for file in files} - set(places(SCHEMAS)) == {"data/actuals/R8.yaml"}
    assert set(places(SCHEMAS)) < {file.path for file in files}
    assert files[-1].path == "data/plan.yaml"


def test_the_example_is_the_plan_of_this_repository_to_the_byte() -> None:
    files = {file.path: file.content for file in example(SCHEMAS)}
    for path in ("data/plan.yaml", "data/actuals/R7.yaml"):
        assert files[path] == (ROOT / path).read_bytes()
    assert list(files)[-1] == "data/plan.yaml"
