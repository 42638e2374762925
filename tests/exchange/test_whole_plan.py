"""A whole plan from one table: what export wrote comes back the same, and what people type is read or told."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from dxplan.editing.merging import Refused
from dxplan.exchange.csv import document
from dxplan.exchange.rows import rows
from dxplan.exchange.table_lines import Lines, lines
from dxplan.exchange.whole_plan import Gathered, gathered
from dxplan.project import Project, load, read_all
from tests.builders import project
from tests.editing.projects import Home
from tests.exchange.test_roundtrip import PLAN, years
from tests.thorough import times

ROOT = Path(__file__).parents[2]
HEAD = "団体名,計画名,対象,種別,和暦年度,視点ID,視点,取組ID,取組,ID,名称,単位,方向,対象の細目,値,状態,注\n"
START = """\
例示市,例示計画,計画,period,R7,,,,,,,,,first,,,
例示市,例示計画,計画,計画期間,令和９年度,,,,,,,,,last,,,
例示市,例示計画,指標,目標値,2025,1,くらし,,,online,申請,%,増やす,,４８％,,
"""


def read(content: bytes) -> Lines:
    found = lines(content)
    assert not isinstance(found, Refused), found
    return found


def plan_of(gathered_: Gathered) -> Project:
    loaded = read_all("", {name: text.encode() for name, text in gathered_.files.items()})
    assert not loaded.faults, loaded.faults
    assert loaded.project is not None
    return loaded.project


def assert_round_trip(there: Project) -> None:
    content = document(rows(there))
    found = gathered(read(content).lines)
    assert found.unusable == ()
    assert document(rows(plan_of(found))) == content


@pytest.mark.parametrize("folder", ["data", "tests/projects/every-kind", "tests/projects/all-means"])
def test_every_project_comes_back_the_same(folder: str) -> None:
    there = load(ROOT / folder, folder).project
    assert there is not None
    assert_round_trip(there)


@settings(max_examples=times(15, 500))
@given(years())
def test_every_value_digit_state_and_note_comes_back(said: str) -> None:
    assert_round_trip(project(PLAN, R7=said, R8="note: '=1+1'\n"))


def test_a_licence_is_text() -> None:
    there = project("licence: 4.0\n".replace("4.0", "'4.0'") + PLAN, R7="")
    assert_round_trip(there)
    assert there.plan.licence == "4.0"


def test_order_is_that_of_the_items_not_of_the_rows() -> None:
    there = load(ROOT / "tests/projects/every-kind", "p").project
    assert there is not None
    content = document(rows(there))
    found = gathered(sorted(read(content).lines, key=lambda line: str(sorted(line.cells.items()))))
    assert document(rows(plan_of(found))) == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_table_as_people_keep_it(encoding: str) -> None:
    more = "例示市,例示計画,事業,事業の実績,R7,1,くらし,1,窓口,1-1,予約,,,,,継続中,'=注\n"
    more += '例示市,例示計画,指標,実績値,R7,1,くらし,,,online,申請,%,増やす,,"1,234",,\n'
    more += "例示市,例示計画,事業,事業の予定,R7,1,くらし,1,窓口,1-1,予約,,,,,,\n"
    found = gathered(read((HEAD + START + more).encode(encoding)).lines)
    assert (found.unusable, found.used) == ((), 6)
    there = plan_of(found)
    actuals = there.actuals[there.plan.period.first]
    assert str(actuals.indicators["online"].value) == "1234"
    assert actuals.actions["1-1"].note == ("=注",)
    target = there.indicators[0].indicator.targets[there.plan.period.first]
    assert str(target.value) == "48"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("例示市,例示計画,指標,実績値,R7,2,新,,,new,新,%,,,約60,,", "「約60」は数として読めません"),
        ("例示市,例示計画,指標,実績値,R7,1,,,,online,,%,,,,たぶん,", "状態（state）に「たぶん」はありません"),
        ("例示市,例示計画,指標,実績値,R7,1,,,,online,,%,,,5,集計中,", "値と状態が食い違っています"),
        ("例示市,例示計画,指標,実績値,,1,,,,online,,%,,,5,,", "年度（fiscal_year）が空です"),
        ("例示市,例示計画,指標,実績値,来年,1,,,,online,,%,,,5,,", "「来年」は年度として読めません"),
        ("例示市,例示計画,指標,目標値,R8,1,,,,online,,%,,,,,", "目標値がありません"),
        ("例示市,例示計画,指標,目標,R8,1,,,,online,,%,,,5,,", "種別（kind）「目標」はありません"),
        ("例示市,例示計画,施策,目標値,R8,1,,,,online,,%,,,5,,", "対象（subject）「施策」はありません"),
        ("例示市,例示計画,事業,目標値,R8,1,,1,,1-1,,,,,5,,", "対象「action」に種別「target」はありません"),
        ("例示市,例示計画,指標,目標値,R8,1,,,,,,%,,,5,,", "ID（id）が空です"),
        (
            "例示市,例示計画,指標,目標値,R8,1,,,,Online,,%,,,5,,",
            "id の「Online」はIDとして使えません（半角の小文字・数字・ハイフン）",
        ),
        ("例示市,例示計画,事業,事業の実績,R7,1,,,,1-1,,,,,,実施,", "initiative_id が空です"),
        ("例示市,例示計画,事業,事業の実績,R7,1,,1,,1-1,,,,,,ほぼ,", "結果に「ほぼ」はありません"),
        ("例示市,例示計画,事業,決算額,R7,1,,1,,1-1,,,,,5,,", "unit が空です"),
        ("例示市,例示計画,指標,目標値,R7,1,,,,online,,%,,,50,,", "R7 について、別のことを述べる行が前にあります"),
        ("例示市,例示計画,指標,目標値,R8,,,,,online,,%,,,50,,", "「online」は、前の行では別の視点か取組にあります"),
        ("別の市,例示計画,指標,目標値,R8,1,,,,online,,%,,,5,,", "別の団体か、別の計画の行です"),
        ("例示市,例示計画,指標,目標値,R8,1,,,,online,,%,前へ,,5,,", "direction に「前へ」はありません"),
    ],
)
def test_rows_that_cannot_be_used_are_told(row: str, message: str) -> None:
    found = gathered(read((HEAD + START + row + "\n").encode()).lines)
    assert [(each.line, each.message.ja) for each in found.unusable] == [(5, message)]
    assert found.files == gathered(read((HEAD + START).encode()).lines).files  # and nothing of it stays


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "列「対象」（subject）がありません"),
        ("名称,値\n".encode(), "列「対象」（subject）がありません"),
        ("対象,値\n".encode("cp932"), "列「種別」（kind）がありません"),
        (b"subject,kind,kind\n", "列「kind」が2つあります"),
        (b'subject,kind\n"a,b\n', "2行目がCSVとして読めません"),
        (b"\x81\x00\xff\xff", "文字コードが分かりません"),
        (b"subject\x00,kind\n", "CSVではありません"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, message: str) -> None:
    found = lines(content)
    assert isinstance(found, Refused)
    assert found.message.ja == message


def test_what_excel_calls_unicode_text() -> None:
    assert gathered(read((HEAD + START).replace(",", "\t").encode("utf-16")).lines) == gathered(
        read((HEAD + START).encode()).lines
    )
    assert read(b"subject,kind,note\nplan,item,a\tb\n").lines[0].get("note") == "a\tb"


def test_columns_of_others_are_passed_over() -> None:
    assert read("subject,kind,担当者,\nplan,item,佐藤,x\n".encode()).unknown == ("担当者",)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_as_a_command(home: Path) -> None:
    good = Home(home / "there", (ROOT / "data/plan.yaml").read_text(), R7="indicators: {it-exam-passers: 112}\n")
    Path("table.csv").write_bytes(document(rows(load(good.data, "there").project or project(PLAN))))
    words = ("import", "--from", "csv", "table.csv", "-o", "new")
    there = Home(home / "other")  # whose --data is of no matter here
    assert there.run(*words, "--dry-run").code == 0
    assert not Path("new").exists()
    assert "new に 2ファイルを書きました" in there.run(*words).out
    assert there.run("validate", "new").code in (0, 2)
    assert load(home / "new", "new").project is not None
    again = there.run(*words)
    assert (again.code, "すでにあります: new/plan.yaml" in again.err) == (1, True)


def test_a_table_of_a_plan_that_is_wrong_writes_nothing(home: Path) -> None:
    Path("table.csv").write_text(HEAD + START.replace("増やす", ""), encoding="utf-8")
    said = Home(home / "other").run("import", "--from", "csv", "table.csv", "-o", "new")
    assert said.code == 1
    assert "DX" in said.err
    assert not Path("new").exists()


def test_what_does_not_go_together(home: Path) -> None:
    there = Home(home / "other")
    assert "--from csv には" in there.wrong("import", "--from", "csv", "a.csv", "--year", "R7")
    assert "-o は --from csv" in there.wrong("import", "a.xlsx", "-o", "b")
    assert "--from" in there.wrong("import", "--from", "tsv", "a.csv")
