"""What `dxplan export` writes, held against 行政データにおける機械可読性に関するルール (2026-03-31), rule by rule.

The rules are those of machine-readability-rules.json in digital-go-jp/machine_readability_rule on GitHub, by their ids
and names. The files are read with other programs than wrote them: the standard library's csv and openpyxl.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dxplan.cli.main import main
from dxplan.exchange.table import CODES, COLUMNS, KINDS, SUBJECTS, Type
from tests.exchange.sources import ROOT, project

BOM = b"\xef\xbb\xbf"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
NUMERIC = {column.name for column in COLUMNS if column.type in (Type.NUMBER, Type.INTEGER)}
CODED = set(CODES)
DATED = {column.name for column in COLUMNS if column.type is Type.DATE}


class Files(NamedTuple):
    """Everything one run of the command wrote, and the same of one year."""

    folder: str
    names: list[str]
    raw: bytes
    """The CSV."""
    table: list[list[str]]
    codebook: list[dict[str, str]]
    metadata: dict[str, Any]
    book: Workbook
    parts: dict[str, bytes]
    """What the workbook is made of."""
    of_one_year: list[list[str]]

    @property
    def heading(self) -> list[str]:
        return self.table[0]

    @property
    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.heading, row, strict=True)) for row in self.table[1:]]

    def cells(self, columns: set[str]) -> Iterator[tuple[str, str]]:
        for record in self.records:
            for name in columns:
                if record[name]:
                    yield name, record[name]


YEARS = {"tests/projects/all-means": "R1"}
"""The projects tried, each with a year to write alone."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Files]:
    @cache
    def make(folder: str) -> Files:
        home = tmp_path_factory.mktemp("export")
        whole = ["export", "-o", str(home), "--data", str(ROOT / folder), "--licence", "CC-BY-4.0"]
        assert main(whole) == 0
        one = home / "year" / "R.csv"
        assert main([*whole, "--format", "csv", "-o", str(one), "--year", YEARS[folder]]) == 0
        sheet = (home / "dx-plan.xlsx").read_bytes()
        with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        return Files(
            folder,
            sorted(path.name for path in home.iterdir() if path.is_file()),
            (home / "dx-plan.csv").read_bytes(),
            read_csv(home / "dx-plan.csv"),
            list(csv.DictReader(io.StringIO((home / "dx-plan-codebook.csv").read_text("utf-8-sig"), newline=""))),
            json.loads((home / "dx-plan-metadata.json").read_text("utf-8")),
            openpyxl.load_workbook(io.BytesIO(sheet)),
            parts,
            read_csv(one),
        )

    return make


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def file_form(files: Files) -> None:
    assert {Path(name).suffix for name in files.names} == {".csv", ".xlsx", ".json", ".xml"}


def one_table(files: Files) -> None:
    assert {len(row) for row in files.table} == {len(files.heading)}
    assert sum(row == files.heading for row in files.table) == 1
    for sheet in files.book:
        headings = [cell.value for cell in sheet[1]]
        assert sum([cell.value for cell in row] == headings for row in sheet.iter_rows()) == 1


def not_divided(files: Files) -> None:
    assert all(files.heading)
    assert all(any(row) for row in files.table)
    for sheet in files.book:
        assert all(cell.value for cell in sheet[1])
        assert all(any(cell.value is not None for cell in row) for row in sheet.iter_rows())


def nothing_else(files: Files) -> None:
    data, codes = files.book.worksheets
    assert (data.max_row, data.max_column) == (len(files.table), len(files.heading))
    assert (codes.max_row, codes.max_column) == (len(files.codebook) + 1, len(files.codebook[0]))
    assert not [name for name, content in files.parts.items() if b"<headerFooter" in content]


def named_columns(files: Files) -> None:
    assert {entry["column"] for entry in files.codebook} == set(files.heading)
    assert all(entry["title_ja"] and entry["meaning_ja"] for entry in files.codebook)


def no_layout_by_blanks(files: Files) -> None:
    for row in files.table:
        for cell in row:
            assert cell == cell.strip(), cell
            assert not re.search(r"[\r\n\t]|[ 　]{2}", cell), cell


def one_datum_a_cell(files: Files) -> None:
    assert all(NUMBER.fullmatch(cell) for _, cell in files.cells(NUMERIC))
    ids = {"id", "part_id", "viewpoint_id", "initiative_id", "other_id"}
    assert all(re.fullmatch("[a-z0-9-]+", cell) for _, cell in files.cells(ids))
    assert all(cell in CODES[name] for name, cell in files.cells(CODED))


PLATFORM = re.compile("[①-⑳Ⅰ-ⅿ㈠-㉃㊀-㋿㌀-㏿︰-﹏〜～０-９Ａ-Ｚａ-ｚ\ue000-\uf8ff]")


def no_platform_characters(files: Files) -> None:
    """Of ours there are none; names and notes of the plan are as printed, which the rule allows (固有名詞)."""
    ours = [*files.heading, *(word for codes in CODES.values() for word in codes)]
    ours += [entry[key] for entry in files.codebook for key in ("title_ja", "meaning_ja")]
    ours += [entry["code_ja"] for entry in files.codebook if entry["column"] != "grade"]
    ours += [text["ja"] for text in files.metadata["notes"]]
    assert not [text for text in ours if PLATFORM.search(text)]
    printed = {indicator.indicator.name for indicator in project(files.folder).indicators}
    assert printed == {each["name"] for each in files.records if each["subject"] == "indicator"}


def blank_is_not_zero(files: Files) -> None:
    made, actuals = project(files.folder), [each for each in files.records if each["kind"] == "actual"]
    zeros = sum(
        actual.value == 0
        for year in made.actuals.values()
        for whole in year.indicators.values()
        for actual in (whole, *whole.parts.values())
    )
    assert sum(each["value"] == "0" for each in actuals) == zeros
    for each in actuals:
        blank = not (each["value"] or each["count_part"] or each["text"])
        assert blank == (each["state"] != "reported"), each


def no_objects(files: Files) -> None:
    assert not [
        name for name in files.parts if re.search("drawing|media|comment|embed|chart|vba|external", name, re.IGNORECASE)
    ]


def nothing_said_by_looks(files: Files) -> None:
    for sheet in files.book:
        looks = {(cell.row == 1, cell.style_id): cell for row in sheet.iter_rows() for cell in row}
        for (heading, _), cell in looks.items():
            assert cell.fill.fill_type is None
            assert bool(cell.font.bold) == heading
            assert cell.font.color is None or cell.font.color.type == "theme"


def no_merged_cells(files: Files) -> None:
    assert not [sheet.merged_cells.ranges for sheet in files.book if sheet.merged_cells.ranges]


def nothing_hidden(files: Files) -> None:
    for sheet in files.book:
        assert sheet.sheet_state == "visible"
        dimensions = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
        assert not [each for each in dimensions if each.hidden or each.outlineLevel]


def one_line_a_record(files: Files) -> None:
    assert files.raw.count(b"\r\n") == len(files.table)
    assert files.raw.count(b"\n") == files.raw.count(b"\r") == files.raw.count(b"\r\n")


def commas_are_quoted(files: Files) -> None:
    text = files.raw.decode("utf-8-sig")
    for row in files.table:
        for cell in row:
            if "," in cell or '"' in cell:
                assert '"' + cell.replace('"', '""') + '"' in text


def numbers_are_numbers(files: Files) -> None:
    data = files.book["data"]
    for row in data.iter_rows(min_row=2):
        for name, cell in zip(files.heading, row, strict=True):
            if name in NUMERIC and cell.value is not None:
                assert cell.data_type == "n", (name, cell.value)
    for record, row in zip(files.records, data.iter_rows(min_row=2), strict=True):
        value = row[files.heading.index("value")]
        decimals = len(record["value"].partition(".")[2])
        assert not record["value"] or value.number_format == ("0." + "0" * decimals if decimals else "0")
        assert not record["value"] or float(record["value"]) == value.value


def nothing_left_out(files: Files) -> None:
    for each in files.records:
        assert all(each[name] for name in ("organization", "plan", "subject", "kind", "name", "state", "line")), each
        assert each["subject"] == "plan" or each["id"]
        assert each["subject"] != "initiative" or each["viewpoint"]
        assert bool(each["part_id"]) == bool(each["part"])


def unique_headings(files: Files) -> None:
    assert len(set(files.heading)) == len(files.heading)


def standard_choices(files: Files) -> None:
    listed = {(entry["column"], entry["code"]) for entry in files.codebook}
    assert all((name, cell) in listed for name, cell in files.cells(CODED))


def no_other(files: Files) -> None:
    """There is no choice その他; what is said freely has columns of its own."""
    assert not [entry for entry in files.codebook if "その他" in entry["code_ja"] or entry["code"] == "other"]
    assert not CODED & {"text", "reason", "note", "words", "label"}


def no_formulas(files: Files) -> None:
    assert not [name for name, content in files.parts.items() if re.search(rb"<f[ >/]", content)]
    assert not [cell for sheet in files.book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def headings_first(files: Files) -> None:
    assert files.raw.startswith(BOM + ",".join(files.heading).encode() + b"\r\n")
    assert [cell.value for cell in files.book["data"][1]] == files.heading
    assert any(files.table[1])


def code_book(files: Files) -> None:
    used = set(files.cells(CODED))
    meanings = {(entry["column"], entry["code"]): entry["code_ja"] for entry in files.codebook}
    assert all(meanings.get(each) for each in used)
    grades = {cell for _, cell in files.cells({"grade"})}
    assert grades <= {entry["code"] for entry in files.codebook if entry["column"] == "grade"}


def no_symbols_among_numbers(files: Files) -> None:
    """No sign stands in for a number: `state` says why there is none, and the code book what it means."""
    assert all(NUMBER.fullmatch(cell) for _, cell in files.cells(NUMERIC))
    states = {entry["code"] for entry in files.codebook if entry["column"] == "state"}
    assert {each["state"] for each in files.records} <= states


def units(files: Files) -> None:
    without = {each.indicator.id for each in project(files.folder).indicators if not each.indicator.unit}
    for each in files.records:
        if any(each[name] for name in ("value", "min", "over", "max", "under")) and each["id"] not in without:
            assert each["unit"], each


def times(files: Files) -> None:
    for each in files.records:
        assert bool(each["western_year"]) == bool(each["fiscal_year"])
        assert not each["western_year"] or re.fullmatch("[0-9]{4}", each["western_year"])
    assert all(re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", cell) for _, cell in files.cells(DATED))
    assert all(re.fullmatch("[0-9]{4}", cell) for _, cell in files.cells({"data_year_western"}))


def place(files: Files) -> None:
    organization = project(files.folder).plan.organization
    said = {(each["organization_code"], each["organization"]) for each in files.records}
    assert said == {(organization.code, organization.name)}
    assert re.fullmatch("[0-9]{6}", organization.code or "")
    assert files.metadata["spatial"] == {"name": organization.name, "code": organization.code}


def same_every_year(files: Files) -> None:
    assert files.of_one_year[0] == files.heading == [column.name for column in COLUMNS]
    assert files.metadata["columns_version"] == 1


def defined(files: Files) -> None:
    metadata = files.metadata
    assert [each["name"] for each in metadata["columns"]] == files.heading
    assert all(re.fullmatch("[a-z_]+", name) for name in files.heading)
    assert all(metadata[key] for key in ("title", "publisher", "temporal", "license", "accrual_periodicity", "source"))
    assert metadata["temporal"]["start_date"] < metadata["temporal"]["end_date"]
    (main_file,) = [each for each in metadata["distribution"] if each["file"] == "dx-plan.csv"]
    assert (main_file["encoding"], main_file["byte_order_mark"], main_file["line_ending"]) == ("UTF-8", True, "CRLF")
    assert main_file["rows"] == len(files.records)
    assert sorted([*(each["file"] for each in metadata["distribution"]), "dx-plan-metadata.json"]) == files.names
    closed = [each["published"] for each in metadata["years"] if each["published"]]
    assert [each["date"] for each in metadata["history"]] == sorted(each["date"] for each in metadata["history"])
    assert set(closed) <= {each["date"] for each in metadata["history"]}
    assert not closed or metadata["modified"] >= max(closed)


def long_form(files: Files) -> None:
    assert not [name for name in files.heading if re.search(r"[0-9]", name)]
    years = {each["fiscal_year"] for each in files.records if each["kind"] == "target"}
    assert len(years) > 1
    assert set(KINDS) >= {each["kind"] for each in files.records} >= {"target", "actual", "result"}
    assert set(SUBJECTS) >= {each["subject"] for each in files.records}


class Rule(NamedTuple):
    """One rule: its name as published, and what holds a file to it."""

    name: str
    check: Callable[[Files], None]


RULES = {
    "L1-01": Rule("ファイル形式は機械が直接読み取れるExcelやCSV等となっているか", file_form),
    "L1-02": Rule("１シート（ファイル）に複数の表が掲載されていないか", one_table),
    "L1-03": Rule("データが分断されていないか", not_divided),
    "L1-04": Rule("データ本体と無関係な情報がないか", nothing_else),
    "L1-05": Rule("すべての列に意味が推測できる項目名が存在するか", named_columns),
    "L1-06": Rule("スペースや改行等で体裁を整えていないか", no_layout_by_blanks),
    "L1-07": Rule("１セル１データとなっているか", one_datum_a_cell),
    "L1-08": Rule("機種依存文字を使用していないか", no_platform_characters),
    "L1-09": Rule("空白とゼロが明確に区別されているか", blank_is_not_zero),
    "L1-10": Rule("【Excel】オブジェクトを使用していないか", no_objects),
    "L1-11": Rule("【Excel】書式でデータの違いを表現していないか", nothing_said_by_looks),
    "L1-12": Rule("【Excel】セルの結合をしていないか", no_merged_cells),
    "L1-13": Rule("【Excel】不要な行や列が非表示のまま残されていないか", nothing_hidden),
    "L1-14": Rule("【CSV】１行１データで表現されているか", one_line_a_record),
    "L1-15": Rule(
        "【CSV】文字列にカンマが含まれているフィールドの値はダブルコーテーション（“）で囲んでいるか",
        commas_are_quoted,
    ),
    "L2-01": Rule("数値データは数値属性とし、文字列を含まないこと", numbers_are_numbers),
    "L2-02": Rule("データ内での項目名等の省略をしていないか", nothing_left_out),
    "L2-03": Rule("各列が一意に識別可能な項目名を持っているか", unique_headings),
    "L2-04": Rule("選択肢回答が標準化されているか", standard_choices),
    "L2-05": Rule("選択肢列と「その他」の詳細記入が分離されているか", no_other),
    "L2-06": Rule("【Excel】数式を使用している場合は、数値データに修正しているか", no_formulas),
    "L3-01": Rule("項目名行から始まり、次行からデータ入力がされているか", headings_first),
    "L3-02": Rule("回答のコード表が別添されているか", code_book),
    "L3-03": Rule(
        "数値データの同一列内に特殊記号（秘匿等）を使用する場合は、その定義を明記しているか", no_symbols_among_numbers
    ),
    "L3-04": Rule("データの単位を記載しているか", units),
    "L3-05": Rule("時間軸の表記が標準化されているか", times),
    "L3-06": Rule("地域コード又は正式な地域名称が表記されているか", place),
    "L3-07": Rule("年によってフォーマットが著しく異なっていないか", same_every_year),
    "L3-08": Rule("データの定義や更新履歴が記載されているか", defined),
    "L3-09": Rule("データが縦持ち形式になっているか", long_form),
}
"""All thirty apply to one or other of the files; none is left out."""


def test_every_rule_is_here() -> None:
    assert list(RULES) == [
        f"L{level}-{number:02}" for level, last in ((1, 15), (2, 6), (3, 9)) for number in range(1, last + 1)
    ]


@pytest.mark.parametrize("folder", YEARS)
@pytest.mark.parametrize("rule", RULES)
def test_rule(exported: Callable[[str], Files], rule: str, folder: str) -> None:
    RULES[rule].check(exported(folder))
