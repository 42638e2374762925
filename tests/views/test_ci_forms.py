"""The forms for CI services, read by programs that are not ours."""

import json
from pathlib import Path

import pytest
from junitparser import Failure, JUnitXml
from sarif_pydantic import Sarif

from dxplan.checks import examine
from dxplan.cli.main import main
from dxplan.cli.rules import every_page
from dxplan.diagnostics import Report
from dxplan.views.problems import gitlab, junit, sarif
from dxplan.views.problems.fingerprints import fingerprints

FAULTY = Path(__file__).parents[1] / "projects/faulty"


@pytest.fixture(scope="module")
def report() -> Report:
    return examine(FAULTY, "tests/projects/faulty").report


def test_sarif_is_read(report: Report) -> None:
    log = Sarif.model_validate_json(sarif.document([report], every_page(), "1.2.3", "ja"))
    assert log.version == "2.1.0"
    run = log.runs[0]
    assert run.tool.driver.name == "dxplan"
    results, rules = run.results or [], run.tool.driver.rules or []
    assert len(results) == len(report.diagnostics)
    for result, each in zip(results, report.diagnostics, strict=True):
        assert result.rule_id == each.rule.code
        assert result.rule_index is not None
        assert rules[result.rule_index].id == each.rule.code
        place = (result.locations or [])[0].physical_location
        assert place is not None
        assert place.region is not None
        assert place.artifact_location is not None
        assert (place.region.start_line, place.region.start_column) == (each.place.line, each.place.column)
        assert place.artifact_location.uri == each.place.file


def test_the_parts_of_sarif_that_a_service_needs(report: Report) -> None:
    run = json.loads(sarif.document([report], every_page(), "1.2.3", "en"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning"}
    related = [result for result in run["results"] if "relatedLocations" in result]
    assert related
    assert all(each["message"]["text"] for result in related for each in result["relatedLocations"])


def test_a_file_name_is_an_address_in_sarif(tmp_path: Path) -> None:
    folder = tmp_path / "計画 100%"
    folder.mkdir()
    (folder / "plan.yaml").write_text("format: 1\n", encoding="utf-8")
    log = sarif.document([examine(folder, "計画 100%").report], every_page(), "1", "ja")
    assert '"uri": "%E8%A8%88%E7%94%BB%20100%25/plan.yaml"' in log


def test_junit_is_read(report: Report) -> None:
    clean = Report((), 2)
    for strict, failing in ((False, 5), (True, 6)):
        text = junit.document([("faulty", report), ("clean", clean)], "ja", strict=strict)
        suites = list(JUnitXml.fromstring(text.encode()))
        faulty, fine = suites
        assert (faulty.name, faulty.tests, faulty.failures) == ("faulty", 6, failing)
        assert sum(isinstance(result, Failure) for case in faulty for result in case.result) == failing
        assert (fine.tests, fine.failures) == (1, 0)


def test_gitlab_is_what_its_documents_ask_for(report: Report) -> None:
    issues = json.loads(gitlab.document([report], "ja"))
    assert len(issues) == len(report.diagnostics)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(issue["location"]["lines"]["begin"], int)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_fingerprints_stay_where_lines_move(tmp_path: Path) -> None:
    plan = (FAULTY / "plan.yaml").read_text(encoding="utf-8")

    def marks(text: str) -> list[str]:
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        return fingerprints(examine(tmp_path, "x").report.diagnostics)

    before = marks(plan)
    assert marks(f"# a line more\n\n{plan}") == before
    assert marks(plan.replace('code: "131084"', 'code: "131085"'))[0] != before[0]
    assert marks(plan.replace('code: "131084"', 'code: "131085"'))[1:] == before[1:]
    assert len(set(before)) == len(before)


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--strict"], 1), (["--strict", "--format", "junit"], 1)])
def test_warnings_count_where_asked(words: list[str], code: int) -> None:
    only_warned = Path(__file__).parents[1] / "checks/wrong_scale/bad-over-100"
    assert main(["validate", str(only_warned), *words]) == code
