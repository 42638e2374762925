"""A municipality's own look, beside the plan."""

import os
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from dxplan.cli.main import main

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/report.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```(css|jinja|typst)\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for a look of one's own, beside the shipped plan."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data/report").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data/report"


def page() -> str:
    assert main(["report", "-o", "a.html"]) == 0
    return Path("a.html").read_text(encoding="utf-8")


def test_the_examples_of_the_docs(own: Path) -> None:
    plain = page()
    (own / "report.css").write_text(EXAMPLES["css"], encoding="utf-8")
    (own / "report.html").write_text(EXAMPLES["jinja"], encoding="utf-8")
    mine = page()
    assert EXAMPLES["css"] in mine
    assert "<footer><p>問い合わせ: デジタル戦略課</p></footer>" in mine
    assert re.findall(r"<main.*</main>", mine, re.DOTALL) == re.findall(r"<main.*</main>", plain, re.DOTALL)
    assert main(["validate"]) == 0


@pytest.mark.parametrize(
    "template",
    [
        "{{ 1 / 0 }}",
        "{% if %}",
        "{{ page.nothing.at }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% extends 'dxplan/../../../../../../etc/passwd' %}",
        "{% for i in range(999999999) %}{% endfor %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% extends 'report.html' %}",
    ],
)
def test_a_template_that_cannot_be_used_is_one_line(
    own: Path, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "report.html").write_text(template, encoding="utf-8")
    assert main(["report", "-o", "a.html"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("dxplan: data/report/report.html")
    assert len(said) == 2
    assert not Path("a.html").exists()


def test_text_in_a_template_of_ones_own_is_escaped(own: Path) -> None:
    plan = own.parent / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title: 江東区", "title: <b>江東区"), encoding="utf-8")
    (own / "report.html").write_text("{{ page.title }}", encoding="utf-8")
    assert page() == "&lt;b&gt;江東区DX推進計画の進捗状況"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.write_text("/* </style> */", encoding="utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe:root"),
        lambda path: path.write_text("x" * 300_000, encoding="utf-8"),
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.mkdir(),
        make_pipe,
    ],
)
def test_a_style_that_cannot_be_used_is_one_line(own: Path, put: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(put)
    put(own / "report.css")
    assert main(["report", "-o", "a.html"]) == 1
    assert capsys.readouterr().err.startswith("dxplan: data/report/report.css")
    assert not Path("a.html").exists()


def test_a_folder_outside_the_project_is_not_looked_into(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.rmdir()
    (tmp_path / "elsewhere").mkdir()
    own.symlink_to(tmp_path / "elsewhere")
    assert main(["report", "-o", "a.html"]) == 1
    assert capsys.readouterr().err.startswith("dxplan: data/report: プロジェクトの外")


def test_a_pdf_in_ones_own_colours(own: Path) -> None:
    assert main(["report", "-o", "a.pdf"]) == 0
    (own / "report.typ").write_text(EXAMPLES["typst"], encoding="utf-8")
    assert main(["report", "-o", "a.pdf", "--check"]) == 1
    assert main(["report", "-o", "a.pdf"]) == 0
    assert main(["report", "-o", "a.pdf", "--check"]) == 0
    said = "".join(page.extract_text() for page in PdfReader("a.pdf").pages)
    assert "みどり市DX推進計画" in said
