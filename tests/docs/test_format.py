"""docs/format.md says what the models say, and every example in it is read without a fault.

A fenced block headed ``# data/plan.yaml`` or ``# data/actuals/R7.yaml`` is a whole file, and those files are one
project. A block headed ``# plan.yaml``, with the blocks headed ``# actuals/R7.yaml`` that follow it, is sound in a
small project, as the snippets of the rules' pages are. Any block is also an excerpt: each of its top-level keys is one
that some part of the format takes as it stands.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import ValidationError

from dxplan import careful, faults, scalars, source
from dxplan.checks import examine
from dxplan.fiscal_year import FiscalYear
from dxplan.model import values
from dxplan.model.actuals import ActionResult, Actual, Actuals, Correction, InitiativeResult
from dxplan.model.department import Department, Quantity
from dxplan.model.grades import Band, Grading
from dxplan.model.history import FormerName
from dxplan.model.indicator import Baseline, BaselineRevision, Indicator, Part
from dxplan.model.plan import Action, Initiative, Methods, Organization, Period, Plan, Relisted, Viewpoint
from dxplan.model.reading import read
from dxplan.model.target import Revision, Target
from dxplan.model.values import (
    YEAR_PATTERN,
    Direction,
    Entered,
    GradedBy,
    Interpolation,
    Judged,
    Method,
    Model,
    NegativeSign,
    ProgressBy,
    RateForm,
    Result,
    Series,
    ValueState,
    YearState,
)
from dxplan.progress.achievement import FORMULAS, STATE_REASONS
from dxplan.views.wording import DIRECTIONS, REASONS, RESULTS, SERIES
from tests import snippets
from tests.docs import markdown

PAGE = markdown.read("format.md")
TABLES = markdown.tables(PAGE)
FENCES = markdown.fences(PAGE, "yaml")

MODELS: dict[str, type[Model]] = {
    "計画の全体": Plan,
    "団体 `organization`": Organization,
    "計画期間 `period`": Period,
    "視点 `viewpoints`": Viewpoint,
    "取組 `initiatives`": Initiative,
    "事業 `actions`": Action,
    "再掲 `relisted`": Relisted,
    "指標 `indicators`": Indicator,
    "目標値 `targets`": Target,
    "目標値の改定 `revisions`": Revision,
    "基準値 `baseline`": Baseline,
    "基準値の改定 `revisions`": BaselineRevision,
    "内訳 `parts`": Part,
    "計画に共通の計算方法 `methods`": Methods,
    "評価 `grades`": Grading,
    "評価の区分 `bands`": Band,
    "担当 `department`": Department,
    "旧名称 `former_names`": FormerName,
    "実績のファイルの全体": Actuals,
    "指標の実績値 `indicators`": Actual,
    "事業の実績 `actions`": ActionResult,
    "取組の決算と注記 `initiatives`": InitiativeResult,
    "訂正 `corrections`": Correction,
    "数量と金額": Quantity,
}
"""The model that each heading's table of keys describes."""

WORDS: dict[type[StrEnum], dict[str, str]] = {
    Direction: {word.value: text.ja for word, text in DIRECTIONS.items()},
    Series: {word.value: text.ja for word, text in SERIES.items()},
    ValueState: {state: REASONS[reason].ja for state, reason in STATE_REASONS.items()},
    Result: {word.value: text.ja for word, text in RESULTS.items()},
}
"""What dxplan itself calls each word."""


def rows(heading: str, first: str) -> list[tuple[str, ...]]:
    """Return the rows of the tables under ``heading`` whose first column is called ``first``."""
    return [row for table in TABLES if table.heading == heading and table.header[0] == first for row in table.rows]


def document(text: str) -> source.Document:
    found = source.read("format.md", text.encode())
    assert isinstance(found, source.Document), found
    assert not found.faults, found.faults
    return found


@pytest.mark.parametrize(("heading", "model"), MODELS.items(), ids=[model.__name__ for model in MODELS.values()])
def test_every_key_is_described_in_order(heading: str, model: type[Model]) -> None:
    described = [(markdown.code(key), required == "○") for key, required, _ in rows(heading, "キー")]
    assert described == [(info.alias or name, info.is_required()) for name, info in model.model_fields.items()]


def test_no_model_is_left_out() -> None:
    """A model's table also describes the keys that it takes over from another."""
    described = {base for model in MODELS.values() for base in model.__mro__ if issubclass(base, Model)}
    assert described == {Model, *below(Model)}
    assert len(set(MODELS.values())) == len(MODELS)


def below(model: type[Model]) -> Iterator[type[Model]]:
    for direct in model.__subclasses__():
        yield direct
        yield from below(direct)


WORDED = (
    Direction,
    Series,
    Entered,
    Method,
    RateForm,
    NegativeSign,
    ProgressBy,
    Interpolation,
    Judged,
    GradedBy,
    ValueState,
    Result,
    YearState,
)
"""Every set of words that the format has."""


def test_no_set_of_words_is_left_out() -> None:
    assert set(WORDED) == {kind for kind in StrEnum.__subclasses__() if kind.__module__ == values.__name__}


@pytest.mark.parametrize("kind", WORDED)
def test_every_word_is_explained(kind: type[StrEnum]) -> None:
    words = {word.value for word in kind} - {ValueState.REPORTED}
    tabled = [{markdown.code(row[0]) for row in table.rows} for table in TABLES if table.header[0] in {"語", "書き方"}]
    assert any(words <= each for each in tabled)
    assert all(f"`{word.value}`" in PAGE for word in kind)


@pytest.mark.parametrize("kind", WORDS)
def test_words_have_the_japanese_that_is_printed(kind: type[StrEnum]) -> None:
    tables = [
        {markdown.code(row[0]): row[1] for row in table.rows}
        for table in TABLES
        if table.header[:2] == ("語", "日本語")
    ]
    assert WORDS[kind] in tables


def test_formulas_are_those_that_are_printed() -> None:
    printed = {method.value: formula.replace("-", "−") for method, formula in FORMULAS.items()}
    tabled = next(table for table in TABLES if table.header[:2] == ("語", "式"))
    assert {markdown.code(row[0]): row[1] for row in tabled.rows} == {**printed, "none": "計算しない"}


def test_the_small_plan_is_sound(tmp_path: Path) -> None:
    files = [match for text in FENCES if (match := re.match(r"# (data/\S+)\n", text))]
    assert [match[1] for match in files] == ["data/plan.yaml", "data/actuals/R7.yaml"]
    for match in files:
        path = tmp_path / match[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match.string, encoding="utf-8")
    examined = examine(tmp_path / "data", "data")
    assert examined.report.diagnostics == ()
    assert examined.report.files == len(files)


def examples() -> list[str]:
    """Return the blocks that are parts of a plan, each with the actuals that belong to it."""
    found: list[str] = []
    for text in FENCES:
        if text.startswith("# plan.yaml\n"):
            found.append(text)
        elif text.startswith("# actuals/"):
            found[-1] += text
    return found


@pytest.mark.parametrize("text", examples())
def test_examples_are_sound(text: str, tmp_path: Path) -> None:
    snippets.write(text, tmp_path / "data")
    assert examine(tmp_path / "data", "data").report.diagnostics == ()


@pytest.mark.parametrize("text", FENCES)
def test_excerpts_are_read_without_fault(text: str) -> None:
    for key, value in document(text).value.items():
        assert any(takes(model, key, value) for model in MODELS.values()), key


def takes(model: type[Model], key: str, value: source.Value) -> bool:
    """Whether ``model`` has this key and finds nothing wrong with what stands there."""
    if key not in {info.alias or name for name, info in model.model_fields.items()}:
        return False
    try:
        model.model_validate({key: value})
    except ValidationError as error:
        return all(details["loc"][:1] != (key,) for details in error.errors())
    return True


@pytest.mark.parametrize(("form", "_meaning"), rows("事業 `actions`", "実施年度"))
def test_schedules_are_read(form: str, _meaning: str) -> None:
    assert takes(Action, "schedule", document(f"schedule: {markdown.code(form)}").value["schedule"])


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(("form", "_meaning", "directions"), rows("目標値 `targets`", "書き方"))
def test_targets_go_with_directions(
    direction: Direction, form: str, _meaning: str, directions: str, tmp_path: Path
) -> None:
    """A target in each form of the table is sound for the directions named there, and for no other."""
    indicator = f"id: x, name: 指標, direction: {direction}, method: none, targets: {{R7: {markdown.code(form)}}}"
    snippets.write(f"# plan.yaml\nindicators: [{{{indicator}}}]\n", tmp_path / "data")
    sound = examine(tmp_path / "data", "data").report.diagnostics == ()
    assert sound == (f"`{direction}`" in directions)


@pytest.mark.parametrize(("form", "_meaning"), rows("目安値 `expected`", "書き方"))
def test_expected_values_are_read(form: str, _meaning: str) -> None:
    assert takes(Indicator, "expected", document(f"expected: {markdown.code(form)}").value["expected"])


@pytest.mark.parametrize(("wrong", "right"), rows("数値", "こう書くと誤り"))
def test_numbers_are_refused_and_taken_as_the_table_says(wrong: str, right: str) -> None:
    assert not is_number(markdown.code(wrong))
    assert is_number(markdown.code(right))


def is_number(text: str) -> bool:
    found = source.read("format.md", f"value: {text}".encode())
    return isinstance(found, source.Document) and not found.faults and isinstance(found.value["value"], Decimal)


@pytest.mark.parametrize(("bare", "why", "quoted"), rows("引用符で囲む文字", "囲まないと誤り"))
def test_texts_have_to_be_quoted_as_the_table_says(bare: str, why: str, quoted: str) -> None:
    same, also, _ = why.partition("も同じ")
    for text in (markdown.code(bare), *(re.findall(r"`([^`]+)`", same) if also else ())):
        assert not is_text(text), text
    assert is_text(markdown.code(quoted))


def is_text(text: str) -> bool:
    found = source.read("format.md", f"unit: {text}".encode())
    return isinstance(found, source.Document) and not found.faults and isinstance(found.value["unit"], str)


@pytest.mark.parametrize(("spelling", "year"), rows("年度の書き方", "書き方"))
def test_years_are_read_as_the_table_says(spelling: str, year: str) -> None:
    text = markdown.code(spelling)
    assert str(FiscalYear.parse(text)) == year
    assert re.fullmatch(YEAR_PATTERN, text)
    assert takes(Period, "from", document(f"from: {text}").value["from"])
    assert takes(Action, "schedule", document(f"schedule: {text}").value["schedule"])
    assert takes(Indicator, "targets", document(f"targets: {{{text}: 1}}").value["targets"])


def test_limits_are_those_of_the_reader() -> None:
    limits = {row[0]: row[1] for row in rows("文字コードと上限", "項目")}
    assert f"{source.MAX_BYTES // 1024**2} MiB" in limits["ファイルの大きさ"]
    assert f"{careful.MAX_DEPTH} 段" in limits["入れ子の深さ"]
    assert f"{scalars.MAX_DIGITS} 桁" in limits["数値の桁"]


@pytest.mark.parametrize(
    ("key", "text"),
    [("adopted", "2025-03"), ("published", "2026-04-01"), ("as_of", "2026-03-31"), ("date", "2026-10")],
)
def test_dates_are_written_bare(key: str, text: str) -> None:
    value = document(f"{key}: {text}").value[key]
    assert any(takes(model, key, value) for model in MODELS.values())


def test_a_comma_inside_braces_is_a_fault() -> None:
    (targets,) = re.findall(r"`(\{[^`]+\})` のように波括弧の中に桁区切り", PAGE)
    found = read(Plan, document(f"indicators: [{{id: x, name: x, direction: increase, targets: {targets}}}]")).faults
    assert faults.INVALID_YEAR in {fault.rule for fault in found}
