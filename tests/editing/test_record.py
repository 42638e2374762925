"""``record``: one report in one place, whatever stood there, and every other byte as it was."""

import unicodedata
from pathlib import Path

import pytest

from dxplan.fiscal_year import FiscalYear
from tests.editing.projects import HEAD, Home, open_project

# Before, the command, after: each line by line below the head of R7.yaml.
ENTERED = {
    "into nothing": ("", "passers 5", "\nindicators: {passers: 5}\n"),
    "into nothing but indicators": ("indicators: {}\n", "passers 5", "indicators: {passers: 5}\n"),
    "below the last": ("indicators:\n  online: 1 # 済\n", "passers 5", "indicators:\n  online: 1 # 済\n  passers: 5\n"),
    "below the last, without an end": (
        "indicators:\n  online: 1",
        "passers 5",
        "indicators:\n  online: 1\n  passers: 5",
    ),
    "in its indent": ("indicators:\n    online: 1\n", "passers 5", "indicators:\n    online: 1\n    passers: 5\n"),
    "into a blank": ("indicators:\n  passers:\n  online:\n", "passers 5", "indicators:\n  passers: 5\n  online:\n"),
    "into a blank with a comment": (
        "indicators:\n  passers:   # 目標 10\n",
        "passers 5",
        "indicators:\n  passers: 5   # 目標 10\n",
    ),
    "over a word": ("indicators:\n  passers: pending # 後日\n", "passers 5", "indicators:\n  passers: 5 # 後日\n"),
    "over a number": ("indicators: {passers: 4, online: 1}\n", "passers 5", "indicators: {passers: 5, online: 1}\n"),
    "digits as typed": ("indicators: {passers: 5}\n", "passers 5.0", "indicators: {passers: 5.0}\n"),
    "a negative number": ("indicators: {passers: 5}\n", "passers -5.10", "indicators: {passers: -5.10}\n"),
    "a word": ("indicators: {passers: 5}\n", "passers pending", "indicators: {passers: pending}\n"),
    "a word as a state": ("indicators: {passers: 5}\n", "passers --state pending", "indicators: {passers: pending}\n"),
    "back to nothing": ("indicators: {passers: 5}\n", "passers unreported", "indicators: {passers: unreported}\n"),
    "with more than a value": (
        "indicators:\n  passers:\n",
        "passers 5 --preliminary --as-of 2026-03-31 --note 3月分は速報",
        "indicators:\n  passers: {value: 5, preliminary: true, as_of: 2026-03-31, note: 3月分は速報}\n",
    ),
    "of a month": ("", "passers 5 --as-of 2026-03", "\nindicators: {passers: {value: 5, as_of: 2026-03}}\n"),
    "counts": ("indicators: {online: }\n", "online 54/100", "indicators: {online: {of: [54, 100]} }\n"),
    "counts over a value": (
        "indicators: {online: {value: 54, note: 注}}\n",
        "online 54/100",
        "indicators: {online: {of: [54, 100], note: 注}}\n",
    ),
    "a value over counts": (
        "indicators:\n  online:\n    of: [1, 2] # 件\n    note: 注\n",
        "online 54",
        "indicators:\n  online:\n    value: 54 # 件\n    note: 注\n",
    ),
    "a value over a state": (
        "indicators: {passers: {state: pending, note: 後日}}\n",
        "passers 5",
        "indicators: {passers: {value: 5, note: 後日}}\n",
    ),
    "a state over a value": (
        "indicators: {passers: {value: 5, preliminary: true, as_of: 2026-03, note: 注}}\n",
        "passers pending",
        "indicators: {passers: {state: pending, note: 注}}\n",
    ),
    "preliminary goes with its value": (
        "indicators: {passers: {preliminary: true, as_of: 2026-03, value: 5, note: 注}}\n",
        "passers 6",
        "indicators: {passers: {value: 6, note: 注}}\n",
    ),
    "preliminary goes, line by line": (
        "indicators:\n  passers: # 表\n    value: 5 # 値\n    preliminary: true\n    # 中\n    as_of: 2026-03\n",
        "passers 6",
        "indicators:\n  passers: # 表\n    value: 6 # 値\n    # 中\n",
    ),
    "preliminary stays with the same value": (
        "indicators: {passers: {value: 5, preliminary: true}}\n",
        "passers 5 --note 注",
        "indicators: {passers: {value: 5, note: 注, preliminary: true}}\n",
    ),
    "a note replaces a list of notes": (
        "indicators:\n  passers:\n    value: 5\n    note: # 注\n    - 一\n    - 二\n    source: 課\n",
        "passers 5 --note 三",
        "indicators:\n  passers:\n    value: 5\n    note: 三 # 注\n    source: 課\n",
    ),
    "a note replaces a text of several lines": (
        "indicators:\n  passers:\n    value: 5\n    note: |\n      一\n      二\n    # 次\n    source: 課\n",
        "passers 5 --note 三",
        "indicators:\n  passers:\n    value: 5\n    note: 三\n    # 次\n    source: 課\n",
    ),
    "a grade keeps its reason": (
        "indicators: {passers: {state: pending, grade: A, reason: 質}}\n",
        "passers pending --note 注",
        "indicators: {passers: {state: pending, note: 注, grade: A, reason: 質}}\n",
    ),
    "a stage": ("", "counter 検討", "\nindicators: {counter: {text: 検討}}\n"),
    "a stage that is met": (
        "indicators:\n  counter:\n",
        "counter 検討 --met --reason 方針を決めた",
        "indicators:\n  counter: {text: 検討, met: true, reason: 方針を決めた}\n",
    ),
    "another stage is not judged yet": (
        "indicators: {counter: {text: 検討, met: true, reason: 方針}}\n",
        "counter 試行",
        "indicators: {counter: {text: 試行}}\n",
    ),
    "another verdict": (
        "indicators: {counter: {text: 検討, met: true, reason: 方針}}\n",
        "counter 検討 --not-met --reason 未定",
        "indicators: {counter: {text: 検討, met: false, reason: 未定}}\n",
    ),
    "a part of nothing": ("", "seminars/phone 5", "\nindicators: {seminars: {parts: {phone: 5}}}\n"),
    "a part of a blank": (
        "indicators:\n  seminars: # 講座\n",
        "seminars/phone 5",
        "indicators:\n  seminars: {parts: {phone: 5}} # 講座\n",
    ),
    "a part of a word": (
        "indicators:\n  seminars: pending\n",
        "seminars/phone pending",
        "indicators:\n  seminars: {parts: {phone: pending}}\n",
    ),
    "a part of a state": (
        "indicators:\n  seminars: {state: pending, note: 注}\n",
        "seminars/phone 5",
        "indicators:\n  seminars: {parts: {phone: 5}, note: 注}\n",
    ),
    "a part in its blank": (
        'indicators:\n  seminars:\n    parts:\n      # 目標 200\n      phone:\n      "010": # 目標 100\n',
        "seminars/010 5",
        'indicators:\n  seminars:\n    parts:\n      # 目標 200\n      phone:\n      "010": 5 # 目標 100\n',
    ),
    "a part beside another": (
        "indicators: {seminars: {parts: {phone: 5}}}\n",
        "seminars/010 6 --note 注",
        'indicators: {seminars: {parts: {phone: 5, "010": {value: 6, note: 注}}}}\n',
    ),
    "an id that needs quotes": ("indicators:\n  passers: 1\n", "no 3", 'indicators:\n  passers: 1\n  "no": 3\n'),
    "a result": ("actions:\n  1-1: # 予約\n", "1-1 done", "actions:\n  1-1: done # 予約\n"),
    "another result": (
        "actions:\n  1-1: {result: ongoing, quantity: {value: 95, unit: 件}} # 予約\n",
        "1-1 done",
        "actions:\n  1-1: {result: done, quantity: {value: 95, unit: 件}} # 予約\n",
    ),
    "a result with a note": (
        "",
        "1-1 partial --note 3会場のうち2会場",
        "\nactions: {1-1: {result: partial, note: 3会場のうち2会場}}\n",
    ),
    "a note beside a result": (
        "actions: {1-1: done}\n",
        "1-1 done --note 済",
        "actions: {1-1: {result: done, note: 済}}\n",
    ),
    "an indicator where an action has its id": ("", "online 5 --kind indicator", "\nindicators: {online: 5}\n"),
    "an action where an indicator has its id": ("", "online done --kind action", "\nactions: {online: done}\n"),
}


@pytest.mark.parametrize("case", ENTERED)
def test_what_is_entered_and_nothing_else(case: str, tmp_path: Path) -> None:
    before, command, after = ENTERED[case]
    words = command.split()
    if words[0] == "online" and "--kind" not in words:
        words += ["--kind", "indicator"]
    home = Home(tmp_path, R7=before)
    plan = home.files()["plan.yaml"]
    home.done("record", *words)
    expected = after if before else after.removeprefix("\n")
    assert home.text() == expected
    assert home.files() == {"plan.yaml": plan, "actuals/R7.yaml": f"{HEAD}{expected}".encode()}
    assert not home.errors()


CLOSED = 'state: closed\nindicators: {online: 54, passers: 5, counter: {text: 検討}, seminars: pending, "no": 3}\n'
DONE = "actions: {1-1: done, 1-2: done, online: done}\n"
CORRECT = ("--correct", "--reason", "集計の誤り", "--today", "2026-10-01")
ENTRY = "{date: 2026-10-01, id: %s, reason: 集計の誤り}"


@pytest.mark.parametrize(
    ("command", "before", "now", "said"),
    [
        ("passers 6", "passers: 5", "passers: 6", "passers, old: 5, new: 6"),
        ("passers 5.0", "passers: 5", "passers: 5.0", "passers, old: 5, new: 5.0"),
        ("passers pending", "passers: 5", "passers: pending", "passers, old: 5, new: pending"),
        ("counter 試行", "counter: {text: 検討}", "counter: {text: 試行}", "counter, old: 検討, new: 試行"),
        ("no -3", '"no": 3', '"no": -3', '"no", old: 3, new: -3'),
        ("online 1/3 --kind indicator", "online: 54", "online: {of: [1, 3]}", "online, old: 54, new: 1/3"),
        ("1-1 partial", "1-1: done", "1-1: partial", "1-1, old: done, new: partial"),
        ("online partial --kind action", "online: done", "online: partial", "online, old: done, new: partial"),
    ],
)
def test_a_correction_is_written_with_the_value(command: str, before: str, now: str, said: str, tmp_path: Path) -> None:
    text = CLOSED + DONE
    home = Home(tmp_path, R7=text)
    assert "確定しています" in home.refused("record", *command.split())
    home.wrong("record", *command.split(), "--correct")
    home.done("record", *command.split(), *CORRECT)
    assert home.text() == text.replace(before, now) + f"\ncorrections:\n  - {ENTRY % said}\n"
    assert not home.errors()


SEVERAL = {
    "corrections: []\n": "corrections:\n  - A\n  - B\n",
    "corrections: # 訂正\n": None,  # blank: an error of its own
    "corrections: [OLD]\n": "corrections: [OLD, A, B]\n",
    "corrections:\n- OLD # 済\n": "corrections:\n- OLD # 済\n- A\n- B\n",
    "corrections:\n    - OLD\n": "corrections:\n    - OLD\n    - A\n    - B\n",
    "corrections:\n  - OLD\nnote: 注\n": "corrections:\n  - OLD\n  - A\n  - B\nnote: 注\n",
    "corrections:\n  - date: 2026-09-01\n    id: passers\n    old: 4\n    new: 5\n    reason: |\n      誤り\n# 終\n": (
        "corrections:\n  - LONG\n  - A\n  - B\n# 終\n"
    ),
}


@pytest.mark.parametrize("before", SEVERAL)
def test_corrections_follow_one_another(before: str, tmp_path: Path) -> None:
    after = SEVERAL[before]
    old = "{date: 2026-09-01, id: passers, old: 4, new: 5, reason: 誤り}"
    home = Home(tmp_path, R7=CLOSED + DONE + before.replace("OLD", old))
    if after is None:
        home.refused("record", "passers", "6", *CORRECT)
        return
    home.done("record", "passers", "6", *CORRECT)
    home.done("record", "passers", "7", *CORRECT)
    one, other = (ENTRY % f"passers, old: {n}, new: {n + 1}" for n in (5, 6))
    after = after.replace(
        "LONG", "date: 2026-09-01\n    id: passers\n    old: 4\n    new: 5\n    reason: |\n      誤り"
    )
    after = after.replace("OLD", old).replace("A\n", f"{one}\n").replace("B\n", f"{other}\n")
    after = after.replace("A, B]", f"{one}, {other}]")
    assert home.text() == CLOSED.replace("passers: 5", "passers: 7") + DONE + after
    assert not home.errors()


def test_a_part_is_corrected(tmp_path: Path) -> None:
    closed = CLOSED.replace("seminars: pending", 'seminars: {parts: {phone: 5, "010": pending}}') + DONE
    home = Home(tmp_path, R7=closed)
    home.done("record", "seminars/010", "6", *CORRECT)
    entry = ENTRY % 'seminars, part: "010", old: pending, new: 6'
    assert home.text() == closed.replace('"010": pending', '"010": 6') + f"\ncorrections:\n  - {entry}\n"
    assert not home.errors()


NOTES = [
    "no",
    "注: 速報",
    "# 見出し",
    'いわゆる"DX"',
    "it's",
    "a, b} ]",
    "12:30",
    "- x",
    "*",
    "54",
    "改\n行",
    "葛\U000e0100城区",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_is_what_was_typed(note: str, tmp_path: Path) -> None:
    home = Home(tmp_path, R7="indicators: {passers: 5}\n")
    home.done("record", "passers", "6", "--note", f" {note} ")
    assert not home.errors()
    project = open_project(home.data)
    assert project.actuals[FiscalYear.parse("R7")].indicators["passers"].note == (note,)


def test_a_note_from_a_mac_is_composed(tmp_path: Path) -> None:
    home = Home(tmp_path, R7="indicators: {passers: 5}\n")
    home.done("record", "passers", "6", "--note", unicodedata.normalize("NFD", "ガイド"))
    assert home.text() == "indicators: {passers: {value: 6, note: ガイド}}\n"


@pytest.mark.parametrize("note", ["a\x1b[31m", "a\u202eb", "\u200b", "\x00", "a\x85b", "\udc80", "a\u2028b"])
def test_what_no_file_may_hold_is_refused(note: str, tmp_path: Path) -> None:
    home = Home(tmp_path, R7="indicators: {passers: 5}\n")
    for words in (("passers", "6", "--note", note), ("passers", f"{note}5"), ("counter", f"試行{note}")):
        said = home.wrong("record", *words)
        assert "書けない文字" in said
        assert said.replace("\n", "").replace("\ufffd", "").isprintable()


WRONG = {
    "an unknown id": ("pasers 5", 2, "passers"),
    "an unknown part": ("seminars/tablet 5", 2, "内訳: phone"),
    "a part of a thing without": ("passers/phone 5", 2, "内訳「phone」はありません"),
    "an id of two things": ("online 5", 2, "--kind indicator"),
    "an unknown kind": ("online 5 --kind part", 2, "indicator / action"),
    "nothing": ("passers", 2, "--state"),
    "a value and a state": ("passers 5 --state pending", 2, "どちらか一方"),
    "a year that is none": ("passers 5 --year R77x", 2, "年度として読めません"),
    "a year without a file": ("passers 5 --year R8", 1, "dxplan rollover"),
    "a date that is none": ("passers 5 --as-of 2026-13", 1, "何も書いていません"),
    "a day that is none": ("passers 5 --as-of 2026-02-30", 1, "何も書いていません"),
    "text for a number": ("passers 五人", 1, "何も書いていません"),
    "a number with a unit": ("passers 5人", 1, "何も書いていません"),
    "a percentage": ("passers 54%", 1, "何も書いていません"),
    "an octal number": ("passers 010", 1, "何も書いていません"),
    "an exponent": ("passers 1e3", 1, "何も書いていません"),
    "too many digits": ("passers 1234567890123456", 1, "何も書いていません"),
    "a list": ("passers [1,2]", 1, "何も書いていません"),
    "a mapping": ("passers {value:5}", 1, "何も書いていません"),
    "another key smuggled in": ("passers 5,online:6", 1, "何も書いていません"),
    "counts of nothing": ("online 5/0 --kind indicator", 1, "何も書いていません"),
    "counts that are none": ("online 5/. --kind indicator", 1, "何も書いていません"),
    "counts of a stage": ("counter 1/2", 1, "何も書いていません"),
    "a word for a result": ("1-1 finished", 1, "何も書いていません"),
    "a result not scheduled": ("1-1 done --year R8", 1, ""),
    "a verdict on a number": ("passers 5 --met", 1, "何も書いていません"),
    "a whole of parts with targets": ("seminars 5", 1, "何も書いていません"),
    "a preliminary state": ("passers 5 --correct --reason x", 2, "まだ確定していません"),
    "a day that is no day": ("passers 5 --today 2026-99-01", 2, ""),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_entered(case: str, tmp_path: Path) -> None:
    command, code, said = WRONG[case]
    home = Home(tmp_path, R7="indicators: {passers: 4}\n")
    before = home.files()
    result = home.run("record", *command.split())
    assert result.code == code, result
    assert said in result.err
    assert home.files() == before


def test_without_any_year(tmp_path: Path) -> None:
    assert "dxplan rollover" in Home(tmp_path).refused("record", "passers", "5")


def test_the_oldest_open_year_is_meant(tmp_path: Path) -> None:
    home = Home(tmp_path, R7=CLOSED + DONE, R8="indicators: {passers: 1}\n", R9="indicators: {passers: 1}\n")
    home.done("record", "passers", "5")
    assert home.text("R8") == "indicators: {passers: 5}\n"
    home.done("record", "passers", "6", "--year", "令和9年度")
    assert home.text("R9") == "indicators: {passers: 6}\n"


def test_a_dry_run_shows_the_lines_and_writes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path, R7="indicators:\n  online: 1\n  passers: 4 # 済\n")
    before = home.files()
    shown = home.run("record", "passers", "5", "--dry-run")
    assert shown.code == 0
    assert "-  passers: 4 # 済\n+  passers: 5 # 済\n" in shown.out
    assert home.files() == before


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_bytes_of_other_editors_stay(mark: str, newline: str, end: str, tmp_path: Path) -> None:
    text = f"{mark}# 区民\nformat: 1\nfiscal_year: R7\n\n\nindicators:\n  passers:   \n\n  # 終わり{end}".replace(
        "\n", newline
    )
    home = Home(tmp_path, R7=text)
    home.done("record", "passers", "5")
    home.done("record", "1-1", "done")
    now = f"  passers: 5   {newline}actions: {{1-1: done}}{newline}"
    assert home.content().decode() == text.replace(f"  passers:   {newline}", now)
    assert not home.errors()


def test_a_file_with_a_warning_is_edited_as_any_other(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "ガイド")
    text = f'note: "{decomposed}"\nindicators:\n  passers: {{value: 4, note: " 前後 "}}\n'
    home = Home(tmp_path, R7=text)
    home.done("record", "passers", "5")
    assert home.text() == text.replace("value: 4", "value: 5")


@pytest.mark.parametrize(
    "fault", ["indicators: {passers: 4, passers: 4}\n", "indicators: {passers: &a 4}\n", "indicators:\n"]
)
def test_a_faulty_file_is_mended_first(fault: str, tmp_path: Path) -> None:
    home = Home(tmp_path, R7=fault)
    assert "誤り" in home.refused("record", "passers", "5")


def test_what_was_wrong_before_is_no_hindrance(tmp_path: Path) -> None:
    home = Home(tmp_path, R7="indicators: {passers: 4}\n", R8="actions: {1-1: done}\n")
    assert home.errors()
    home.done("record", "passers", "5", "--year", "R7")


def test_odd_ways_of_writing_are_edited_or_refused(tmp_path: Path) -> None:
    odd = Home(tmp_path / "1", R7="? indicators\n: ? passers\n  : value: 4\n    note: 注\n")
    odd.done("record", "passers", "5")
    assert odd.text() == "? indicators\n: ? passers\n  : value: 5\n    note: 注\n"
    ended = Home(tmp_path / "2", R7="indicators: {passers: 4}\n...\n# 終わり\n")
    ended.done("record", "1-1", "done")
    assert ended.text() == "indicators: {passers: 4}\nactions: {1-1: done}\n...\n# 終わり\n"
    without_colon = Home(tmp_path / "3", R7="indicators:\n  ? passers\n")
    assert "エディターで" in without_colon.refused("record", "passers", "5")
