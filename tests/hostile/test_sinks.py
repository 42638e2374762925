"""Hostile text through every sink: each form of every command says it as it is, and nothing else comes of it."""

from __future__ import annotations

import gc
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
import yaml

from dxplan.cli.completing import VARIABLE, complete
from dxplan.cli.main import main
from dxplan.model.actuals import Actuals
from dxplan.model.plan import Plan
from tests.cli.completion_table import commands, kind
from tests.hostile.sinks import (
    CSV,
    EXPORT,
    FOUND,
    GITHUB,
    GITLAB,
    HERE,
    HTML,
    JSON,
    JSONL,
    JUNIT,
    LINES,
    MARKDOWN,
    PDF,
    SARIF,
    STRATML,
    WORKBOOKS,
    YAML,
    Reader,
    Said,
    Twins,
    payloads,
    printable,
    printed,
    says_a_word,
    words_in,
)
from tests.report.reading import squeezed
from tests.repository import commit, init
from tests.thorough import THOROUGH, times

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no folder can be called so there")

# What is run


def _sound(twins: Twins, home: Path, *, hostile: bool) -> None:
    twins.write("sound", home / twins.pair("name")[hostile], hostile=hostile)


def _two(twins: Twins, home: Path, *, hostile: bool) -> None:
    for number in range(2):
        twins.write("sound", home / f"{twins.pair('name')[hostile]} {number}", hostile=hostile)


def _unsound(twins: Twins, home: Path, *, hostile: bool) -> None:
    twins.write("unsound", home / twins.pair("name")[hostile], hostile=hostile)


_BEFORE = (
    ("R9: {value: 40", "R9: {value: 45"),
    ("value: 19", "value: 17"),
    ("  - {date: 2026-10-01, id: whole, old: 18, new: 19, reason: <was-correction-reason>}\n", ""),
    ("result: partial", "result: done"),
    ("id: watched", "id: watched-before"),
    ("  watched: 5\n", ""),
    ("id: 2\n", "id: 3\n"),
    ("merged_into: 1", "merged_into: 1"),
)


def _before(template: str) -> str:
    """Return what the files said before: other words everywhere, and some other figures."""
    template = re.sub(r"<([a-z0-9-]+)>", r"<was-\1>", template)
    for old, new in _BEFORE:
        template = template.replace(old, new)
    return template


def _changed(twins: Twins, home: Path, *, hostile: bool) -> None:
    init(home)
    folder = home / twins.pair("name")[hostile]
    twins.write("sound", folder, hostile=hostile, edited=_before)
    commit(home)
    twins.write("sound", folder, hostile=hostile)


def _returned(twins: Twins, home: Path, *, hostile: bool) -> None:
    """Have forms come back, filled in."""
    _sound(twins, home, hostile=hostile)
    run(home, ["collect", "--year", "R8", "--data", twins.pair("name")[hostile], "-o", "forms"])
    for number, path in enumerate(sorted((home / "forms").iterdir(), key=lambda form: form.stat().st_mtime_ns)):
        book = openpyxl.load_workbook(path)
        for page in book.worksheets:
            for column in page.iter_cols():
                for cell in column:
                    if column[0].value in ("note", "value") and not cell.protection.locked:
                        cell.value = twins.pair(f"typed-{column[0].value}")[hostile]
                        cell.data_type = "s"
        path.unlink()
        book.save(home / f"forms/{twins.pair('name')[hostile]} {number}.xlsx")


def _table(twins: Twins, home: Path, *, hostile: bool) -> None:
    """Have the table of a plan, to make a plan of."""
    _sound(twins, home, hostile=hostile)
    name = twins.pair("name")[hostile]
    run(home, ["export", "--data", name, "--format", "csv", "-o", f"{name}.csv"])


TEXTS = payloads()
SHORT = [text for text in TEXTS if len(text) <= 36]
"""What is told whole of a value that does not fit."""
IN_PRINT = [text for text in SHORT if text == text.encode("cp932", "ignore").decode("cp932") and "\n" not in text]
"""What every Japanese font has, on one line."""


def _each(texts: list[str], number: int) -> str:
    """Return another text for each place."""
    again, number = divmod(number, len(texts))
    return f"{texts[number]} {again}" if again else texts[number]


def _several(texts: list[str], number: int) -> str:
    """Return several texts, beginning with another one in each place; in a long run all of them in every place."""
    first = number % len(texts) + 1
    return " ".join((_each(texts, number), *(texts[first:] + texts[: first - 1])[: times(1, len(texts))]))


def _command(number: int) -> str:
    return f"::add-mask::{number} ##[add-mask]{number}"


def _broken(number: int) -> str:
    return f"x{number}\n\tfine\n'`:\\$(x)"


Make = Callable[..., None]


class Row(NamedTuple):
    """A command line, its reader, and what it is run on."""

    words: str
    reader: Reader
    make: Make = _sound
    texts: Callable[[int], str] = partial(_several, TEXTS)
    out: str = "out"
    """The folder that it writes into; where that is the project, nothing else is run on it."""


_short = partial(_each, SHORT)
_marks = partial(_several, [*payloads("Markdown"), *payloads("HTML")])
_formulas = partial(_several, payloads("spreadsheets"))
ROWS = [
    Row("status --data <name>", LINES),
    Row("status --data <name> --format json", JSON),
    Row("status --data <name> --format jsonl", JSONL),
    Row("status --data <name> --format csv", CSV),
    Row("status --data <name> --format csv", CSV, texts=_formulas),
    Row("status --data <name> --format markdown", MARKDOWN, texts=_marks),
    Row("status --data <name> --missing", LINES),
    Row("status --data <name> --missing --format json", JSON),
    Row("status --data <name> --missing --format csv", CSV, texts=_formulas),
    Row("status --data <name> --missing --format markdown", MARKDOWN, texts=_marks),
    Row("status .", LINES, _two),
    Row("status . --format jsonl", JSONL, _two),
    Row("show whole --data <name> --year R7", LINES),
    Row("show stages --data <name> --year R7", LINES),
    Row("show parted --data <name> --year R7", LINES),
    Row("show 1 --data <name> --year R7", LINES),
    Row("diff --data <name>", LINES, _changed),
    Row("diff --data <name> --format markdown", MARKDOWN, _changed),
    Row("diff --data <name> --format json", JSON, _changed),
    Row("diff R6 R7 --data <name>", LINES),
    Row("diff R6 R7 --data <name> --format markdown", MARKDOWN, texts=_marks),
    Row("validate --data <name>", FOUND, _unsound, _short),
    Row("validate --data <name> --format json", JSON, _unsound, _short),
    Row("validate --data <name> --format jsonl", JSONL, _unsound, _short),
    Row("validate --data <name> --format github", GITHUB, _unsound, _short),
    Row("validate --data <name> --format sarif", SARIF, _unsound, _short),
    Row("validate --data <name> --format junit", JUNIT, _unsound, _short),
    Row("validate --data <name> --format gitlab", GITLAB, _unsound, _short),
    Row("validate --data <name> --against HEAD", FOUND, _changed, _short),
    Row("validate --data <name> --against HEAD --format github", GITHUB, _changed, _short),
    Row("status --data <name>", FOUND, _unsound, _short),
    Row("rollover --data <name> --dry-run", LINES),
    Row("rollover --data <name> --dry-run --format json", JSON),
    Row("rollover --data <name>", YAML, out="<name>"),
    Row("record whole 5 --data <name> --note <arg>", YAML, out="<name>"),
    Row("record stages <arg> --data <name> --dry-run", FOUND),
    Row("close --data <name> --year R8 --dry-run", LINES),
    Row("collect --data <name> --year R8 -o out", WORKBOOKS, texts=_formulas),
    Row("import --data <name> FORMS --dry-run", FOUND, _returned),
    Row("import --data <name> FORMS --dry-run --format json", JSON, _returned),
    Row("import --from csv <name>.csv -o out", YAML, _table),
    Row("report --data <name> --year R7 --format html -o out", HTML),
    Row("report --data <name> --all-years -o out", HTML),
    Row("report --data <name> --year R7 --format markdown -o -", MARKDOWN, texts=_marks),
    Row("report --data <name> --year R7 --format pdf -o out", PDF, texts=partial(_each, IN_PRINT)),
    Row("export --data <name> --format csv -o out", EXPORT),
    Row("export --data <name> --format csv -o out", EXPORT, texts=_formulas),
    Row("export --data <name> --format xlsx -o out", WORKBOOKS, texts=_formulas),
    Row("export --data <name> --format json -o -", JSON),
    Row("export --data <name> --format stratml -o out", STRATML),
    Row("init out --name <arg> --title <title> --from R8 --to R9", YAML, texts=_short),
]
TYPED = [
    *("status <name>/x", "status --year <name> DATA", "status --viewpoint <name> DATA", "validate <name>/x"),
    *("status --format <name>", "status --only <name>", "status --lang <name>", "status --<name>", "<name>"),
    *("show <name> DATA", "show whole <name> DATA", "diff <name> DATA", "validate --against <name> DATA"),
    *("record <name> 1 DATA", "record whole <arg> DATA", "record whole 1 --as-of <arg> DATA"),
    *("close --published <name> DATA", "close --year <name> DATA", "rollover --to <name> DATA"),
    *("import <name>.xlsx DATA", "import --from csv <name>/x", "import --from <name> x", "import --prefer <name> x"),
    *(
        "collect --year <name> DATA",
        "collect -o <name>/plan.yaml/x DATA",
        "export -o <name>/plan.yaml/x DATA",
    ),
    *("report --today <name> DATA", "report -o x/<name>.pdf --format html DATA", "rules <name>", "rules x <name>"),
    *(
        "schema <name>",
        "completion <name>",
        "init --name x --from <arg> --to R9",
    ),
]
"""What somebody may type, or have typed for them."""


def run(home: Path, words: list[str], out: str = "out") -> Said:
    """Run a command in this process; a bug is a traceback."""
    streams, here = (sys.stdout, sys.stderr), Path.cwd()
    both = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in streams]
    os.chdir(home)
    sys.stdout, sys.stderr = both
    try:
        code = main(["--debug", *words])
    finally:
        sys.stdout, sys.stderr = streams
        os.chdir(here)
    for stream in both:
        stream.flush()
    output, talk = (stream.buffer.getvalue() for stream in both)
    return Said(code, output, talk.decode(), home / out)


Homes = Callable[[Row], tuple[Twins, Path, Path]]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """Return where a row's project stands with ordinary words and with hostile ones, made once for all rows like it."""
    made: dict[object, tuple[Twins, Path, Path]] = {}

    def home_of(row: Row) -> tuple[Twins, Path, Path]:
        key = (row.make, row.texts, row if row.out != "out" else None)
        if key not in made:
            home = tmp_path_factory.mktemp("home")
            made[key] = Twins(row.texts, len(SHORT)), home / "harmless", home / "hostile"
            for hostile, folder in enumerate(made[key][1:]):
                folder.mkdir()
                row.make(made[key][0], folder, hostile=bool(hostile))
        return made[key]

    return home_of


def words_of(row: Row, twins: Twins, home: Path, *, hostile: bool) -> list[str]:
    """Return the words of a row, typed in the home of one of the twins."""
    words = [twins.filled(word, hostile=hostile, quoted=False) for word in shlex.split(row.words)]
    forms = sorted(f"forms/{path.name}" for path in (home / "forms").glob("*"))
    return [each for word in words for each in (forms if word == "FORMS" else [word])]


def both(row: Row, homes: Homes) -> tuple[Twins, Said, Said]:
    """Return what a row comes to with ordinary words and with hostile ones."""
    twins, *places = homes(row)
    said = []
    for home in places:
        shutil.rmtree(home / "out", ignore_errors=True)
        is_hostile = home is places[1]
        out = twins.filled(row.out, hostile=is_hostile, quoted=False)
        said.append(run(home, words_of(row, twins, home, hostile=is_hostile), out))
    return twins, said[0], said[1]


_HINT = re.compile(r"(直し方: |\.hint: ).*", re.DOTALL)


def assert_alike(twins: Twins, reader: Reader, harmless: Said, hostile: Said) -> int:
    """Hold the twins to each other, and return in how many places they say something of the plan."""
    assert harmless.code == hostile.code, hostile
    ordinary, found = [*reader.read(harmless)], [*reader.read(hostile)]
    for one, other in zip(ordinary, found, strict=False):
        hint = _HINT.search(one)
        own = "" if hint is None or says_a_word(hint[0]) else hint[1]  # what to do may differ with the text
        told = reader.whole(twins.told(one, reader.text)) if says_a_word(one) else one
        expected, fact = (reader.alike(text.partition(own)[0] if own else text) for text in (told, other))
        if expected != fact:
            at = next((n for n, signs in enumerate(zip(expected, fact, strict=False)) if len({*signs}) > 1), 0)
            due, there = (text[max(0, at - 40) : at + 40] for text in (expected, fact))
            pytest.fail(f"not as it is: {due!r}, but {there!r}")
    assert len(found) == len(ordinary)
    return sum(map(says_a_word, ordinary))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_text_stays_text(row: Row, homes: Homes) -> None:
    twins, harmless, hostile = both(row, homes)
    assert assert_alike(twins, row.reader, harmless, hostile) or row.reader is JSON
    assert b"\x1b" not in hostile.output
    for home in homes(row)[1:]:
        assert not list(home.rglob("hacked"))


_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


def on_a_terminal(lines: list[tuple[Path, list[str]]]) -> list[bytes]:
    """Return what each command line shows on a terminal with colours, run one after the other in a child."""
    controller, terminal = os.openpty()
    number = os.fork()
    if number == 0:
        try:
            gc.disable()
            os.dup2(terminal, 1)
            os.dup2(terminal, 2)
            sys.stdout, sys.stderr = (open(stream, "w", encoding="utf-8") for stream in (1, 2))  # noqa: PTH123, SIM115
            for home, words in lines:
                os.chdir(home)
                main(["--debug", *words])
                sys.stdout.flush()
                sys.stderr.flush()
                os.write(1, b"\x04")
        finally:
            os._exit(0)
    os.close(terminal)
    said = b""
    with suppress(OSError):  # which is how a terminal says that nobody has it open any more
        while piece := os.read(controller, 65536):
            said += piece
    os.close(controller)
    os.waitpid(number, 0)
    *screens, rest = said.replace(b"\r\n", b"\n").split(b"\x04")
    assert rest == b"", rest
    return screens


def test_text_stays_text_on_a_terminal(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in ROWS if row.reader in (LINES, FOUND) and row.out == "out"]
    rows = [*{row.words.split()[0]: row for row in reversed(rows)}.values()]  # the first of each command
    monkeypatch.setenv("COLUMNS", "100000")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR")
    lines = []
    for row in rows:
        twins, *places = homes(row)
        lines += [(home, words_of(row, twins, home, hostile=home is places[1])) for home in places]
    screens = on_a_terminal(lines)
    assert len(screens) == len(lines)
    for row, harmless, hostile in zip(rows, screens[::2], screens[1::2], strict=True):
        assert _COLOUR.findall(harmless) == _COLOUR.findall(hostile), row.words
        said = [Said(0, _COLOUR.sub(b"", screen), "", HERE) for screen in (harmless, hostile)]
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", said[1].output), row.words
        assert_alike(homes(row)[0], row.reader, *said)
    assert sum(b"\x1b[" in screen for screen in screens) > len(rows)


def test_a_log_holds_no_command_for_the_runner(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    rows = [row for row in ROWS if row.reader in (LINES, FOUND) and row.out == "out" and row.make is not _returned]
    for row in (*rows, Row("show <arg> --data <name>", LINES), Row("diff <arg> --data <name>", LINES)):
        log = row._replace(words=row.words.replace("validate", "validate --format text"), texts=_command)
        twins, _, home = homes(log)
        said = run(home, words_of(log, twins, home, hostile=True))
        for line in f"{said.output.decode()}\n{said.talk}".split("\n"):
            assert not re.match(r"\s*::|.*##\[", line), (row.words, line)


@pytest.mark.parametrize("words", TYPED)
def test_what_is_typed_is_told_as_it_was_typed(words: str, homes: Homes) -> None:
    row = Row(words.replace("DATA", "--data <name>"), FOUND, texts=_short)
    twins, harmless, hostile = both(row, homes)
    assert harmless.code in (1, 2), harmless
    assert assert_alike(twins, FOUND, harmless, hostile)


@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_completion_shows_names_on_their_line(shell: str, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("", LINES, texts=_broken)
    twins, *places = homes(row)
    said = []
    for home in places:
        words = words_of(Row("show --data <name> ''", LINES), twins, home, hostile=home is places[1])
        monkeypatch.chdir(home)
        with io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") as stdout:
            monkeypatch.setattr(sys, "stdout", stdout)
            complete(words, {VARIABLE: shell})
            said.append(Said(0, stdout.buffer.getvalue(), "", home))
    assert assert_alike(twins, LINES, *said) > 10


def test_there_is_a_row_for_every_form_and_every_command() -> None:
    lines = [shlex.split(row.words) for row in ROWS]
    for name, command in commands("en").items():
        (forms,) = [kind(name, each) for each in command.params if "--format" in each.opts] or [[]]  # type: ignore[arg-type]
        for form in forms:
            whole = [name] if form == forms[0] and name not in ("report", "export") else [name, "--format", form]
            own = [words for words in lines if words[0] == name]
            assert any(set(whole) <= set(words) for words in own), whole
        assert any(words.split()[0] == name for words in (*TYPED, *(row.words for row in ROWS)))


def _free(schema: object, key: str = "") -> Iterator[str]:
    """Yield the keys of a JSON Schema that take any text."""
    match schema:
        case {"type": "string", **rest} if key and not rest.keys() & {"pattern", "enum", "const"}:
            yield key
        case dict():
            for name, each in schema.items():
                if name in ("properties", "$defs"):
                    for inside, one in each.items():
                        yield from _free(one, inside if name == "properties" else "")
                elif name != "$ref":
                    yield from _free(each, key)
        case list():
            for each in schema:
                yield from _free(each, key)


def _filled(value: object, key: str = "") -> Iterator[str]:
    """Yield the keys under which a template has a place."""
    match value:
        case dict():
            for name, each in value.items():
                yield from _filled(each, name if name in FREE or not key else key)
        case list():
            for each in value:
                yield from _filled(each, key)
        case str() if re.fullmatch("<[a-z0-9-]+>", value):
            yield key


DATED = {"adopted", "code", "date", "as_of", "published"}
"""Text to the schema, but read as a day, a month or a code."""
FREE = {*_free(Plan.model_json_schema()), *_free(Actuals.model_json_schema())} - DATED


def test_every_free_text_of_the_format_is_hostile() -> None:
    templates = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in HERE.glob("sound/**/*.yaml")]
    filled = {key for template in templates for key in _filled(template)}
    assert FREE - filled == set()


def test_the_hostile_project_is_sound(homes: Homes) -> None:
    _, harmless, hostile = both(Row("validate --data <name>", FOUND), homes)
    assert (harmless.code, hostile.code) == (0, 0)


@pytest.mark.skipif(not THOROUGH, reason="reading a PDF takes long; tests/report/test_pdf.py reads a small one")
def test_each_text_is_printed_whole(homes: Homes) -> None:
    """In a PDF lines and pages break as they like."""
    twins, harmless, hostile = both(next(row for row in ROWS if row.reader is PDF), homes)
    (ordinary,), (found,) = (map(printed, said.folder.iterdir()) for said in (harmless, hostile))
    words = words_in(ordinary)
    assert len(words) > len(IN_PRINT)
    assert [text for text in (twins.told(word, printable) for word in words) if squeezed(text) not in found] == []
