"""The PDF form: what readers and archives rely on, that every text is there, and the one line where it cannot be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread

import pylopdf_fonts_jp
import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from dxplan.errors import DxplanError, RefusedError, UsageError
from dxplan.report import pdf
from dxplan.report.document import (
    Block,
    Chart,
    Column,
    Download,
    Fact,
    Facts,
    Items,
    Note,
    Notes,
    Page,
    Paragraph,
    Point,
    Projection,
    Row,
    Section,
    Table,
    Tone,
    Words,
)
from dxplan.report.theme import OwnFile
from tests.report.reading import chart_texts, parts, squeezed

LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosis" * 5
HOSTILE = (
    '#read("/etc/passwd") #panic("x") $x^2$ *a* _b_ `c` \\ \\u{41} @ref <label> // x /* y */ ~ -- "q" \'q\' = t\n'
    "葛\U000e0100飾 [x](y) </svg></style> dxplan-sha256-0 " + LONG_WORD
)


def line(text: str, to: str | None = None, tone: Tone = Tone.PLAIN) -> tuple[Words, ...]:
    return (Words(text, to, tone),)


def cell(text: str, to: str | None = None) -> tuple[tuple[Words, ...], ...]:
    return (line(text, to),)


CHART = Chart(
    "達成率の図",
    "棒は実績値、横線は目標値。",
    (
        Column("R6", Point(Fraction(1, 8), "12.1%"), (), is_baseline=True),
        Column("R7", Point(Fraction(1, 2), "54%"), (Point(Fraction(2, 5), "48%"),)),
        Column("R8", None, (Point(Fraction(1), "92%"),)),
    ),
    Fraction(0),
    Projection(1, 2, Point(Fraction(3, 4), "推計")),
)

YEARS = tuple(f"令和{year}年度 計画" for year in range(7, 12))
BLOCKS: tuple[Block, ...] = (
    Paragraph(
        (Words("段落の文。"), Words("表へ", "#row-3"), Words("外へ", "R8.html#x"), Words("どこへも", "#nowhere"))
    ),
    Facts(
        (
            Fact("将来像", (line("一行目"), line("二行目", tone=Tone.QUIET))),
            Fact("とても長い名前のついた事実", cell("値")),
        )
    ),
    Items((line("項目い", tone=Tone.GOOD), line("項目ろ", tone=Tone.BAD))),
    Table(
        "長い表",
        ("取組項目", *YEARS),
        tuple(
            Row((cell(f"事業{number}"), *(cell(f"{number}.{year}%", "#note-1") for year in range(5))), f"row-{number}")
            for number in range(60)
        ),
    ),
    Notes((Note("note-1", "※1", "注の文"),)),
    CHART,
    Download("R7.csv", "指標の値（CSV）", "text/csv", "a,b\n"),
)

PAGE = Page(
    "ja",
    "例示市DX推進計画の進捗状況",
    ("例示市", "令和7年度（2025年度）", "令和8年4月"),
    (
        Section("overview", "全体の状況", (Paragraph(line("視点へ", "#viewpoint-1")),)),
        Section(
            "results",
            "取組実績",
            (),
            (
                Section(
                    "viewpoint-1", "視点い", BLOCKS, (Section("initiative-1", "取組い", (Paragraph(line("い")),)),)
                ),
                # An id that stands twice, as no page of ours has: the first keeps it.
                Section("viewpoint-1", "視点ろ", (), (Section("initiative-2", HOSTILE, (Paragraph(line(HOSTILE)),)),)),
            ),
        ),
        Section(
            "hostile",
            "怪しい文",
            (Table(HOSTILE, (HOSTILE, "b"), (Row((cell(HOSTILE), (line("上の行"), line("下の行")))),)),),
        ),
    ),
    date="2026-04",
)


def made(page: Page = PAGE, template: str | None = None) -> bytes:
    """Return the page as PDF, in the font of the package that the tests bring along: the same on every machine."""
    own = None if template is None else OwnFile("data/report/report.typ", template)
    return pdf.document(page, own, system_fonts=False)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made()


@pytest.fixture(scope="module")
def reader(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(file))


@pytest.fixture(scope="module")
def text(reader: pypdf.PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def simple(text: str = "文", *, title: str = "題", language: str = "ja") -> Page:
    section = Section("a", "章", (Paragraph(line(text)),))
    return Page("en" if language == "en" else "ja", title, ("例示市",), (section,), date=None)


def entry(holder: PdfObject | None, *names: str) -> DictionaryObject:
    """Return the dictionary that stands in another under these names, one after the other."""
    for name in names:
        assert isinstance(holder, DictionaryObject)
        holder = holder[name].get_object()
    assert isinstance(holder, DictionaryObject)
    return holder


def listed(thing: PdfObject | None) -> list[DictionaryObject]:
    """Return the dictionaries of an array, or what stands in place of one."""
    found = thing.get_object() if thing is not None else None
    each = [one.get_object() for one in found] if isinstance(found, ArrayObject) else [found]
    return [one for one in each if isinstance(one, DictionaryObject)]


def root_of(reader: pypdf.PdfReader) -> DictionaryObject:
    return entry(reader.trailer, "/Root")


def tags(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    """Return the elements of the structure tree, in reading order."""
    found = []
    stack = [entry(root_of(reader), "/StructTreeRoot")]
    while stack:
        element = stack.pop()
        if "/S" in element:
            found.append(element)
        stack += reversed(listed(element.get("/K")))
    return found


# What readers and archives rely on


def test_a4_with_page_numbers(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"{number} / {count}" in page.extract_text()


def test_bookmarks_are_nested_like_the_headings(reader: pypdf.PdfReader) -> None:
    def titles(outline: list[object]) -> list[object]:
        return [titles(each) if isinstance(each, list) else getattr(each, "title", None) for each in outline]

    assert titles([*reader.outline]) == [
        "全体の状況",
        "取組実績",
        ["視点い", ["取組い"], "視点ろ", [HOSTILE]],
        "怪しい文",
    ]


def test_title_language_author_and_date(reader: pypdf.PdfReader) -> None:
    root = root_of(reader)
    assert str(root["/Lang"]) == "ja"
    assert reader.metadata is not None
    assert reader.metadata.title == PAGE.title
    assert reader.metadata.author == "例示市"
    assert str(reader.metadata.creation_date) == "2026-04-01 00:00:00+00:00"
    assert str(entry(root, "/ViewerPreferences")["/DisplayDocTitle"]) == "True"


def test_english() -> None:
    reader = pypdf.PdfReader(BytesIO(made(simple(language="en"))))
    root = root_of(reader)
    assert str(root["/Lang"]) == "en"
    assert "Contents" in reader.pages[1].extract_text()


def test_says_it_is_for_all_readers_and_for_archives(file: bytes, reader: pypdf.PdfReader) -> None:
    root = root_of(reader)
    assert str(entry(root, "/MarkInfo")["/Marked"]) == "True"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in file


def test_tags(reader: pypdf.PdfReader) -> None:
    kinds = [str(element["/S"]) for element in tags(reader)]
    for kind in ("/H1", "/H2", "/H3", "/TOC", "/L", "/LI", "/Table", "/THead", "/TBody", "/TH", "/Caption", "/Figure"):
        assert kind in kinds
    heads = [element for element in tags(reader) if str(element["/S"]) == "/TH"]
    assert len(heads) == 6 + 2
    pictures = [str(element["/Alt"]) for element in tags(reader) if "/Alt" in element]
    assert pictures == [f"{CHART.title}。{CHART.description}"]


def test_every_font_is_embedded(reader: pypdf.PdfReader) -> None:
    fonts = [
        entry(drawn, "/FontDescriptor")
        for page in reader.pages
        for font in entry(page, "/Resources", "/Font").values()
        for drawn in listed(entry(font.get_object())["/DescendantFonts"])
    ]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_same_bytes_for_the_same_page(file: bytes) -> None:
    assert made() == file


# What it says


def test_every_text_of_the_page_is_there(text: str) -> None:
    for part in parts(PAGE):
        for said in (part.heading, *part.texts):
            assert squeezed(said) in text, said
    assert "R7.csv" in text
    assert "このファイルは、HTML版の報告書から保存できます。" in text
    for said in (CHART.title, CHART.description, *chart_texts(CHART)):
        assert squeezed(said) in text, said


def test_headings_of_a_long_table_stand_on_every_page_of_it(reader: pypdf.PdfReader) -> None:
    with_rows = [text for page in reader.pages if "事業" in (text := squeezed(page.extract_text()))]
    assert len(with_rows) > 1
    assert all(squeezed(YEARS[0]) in text for text in with_rows)


def test_links_lead_to_places_in_the_document_and_nowhere_else(reader: pypdf.PdfReader) -> None:
    notes = [note for page in reader.pages for note in listed(page.get("/Annots"))]
    links = [note for note in notes if str(note["/Subtype"]) == "/Link"]
    entries = 7
    assert len(links) == entries + len(("表へ", "視点へ")) + 60 * 5
    assert not [link for link in links if "/URI" in str(link)]
    assert b"R8.html" not in b"".join(str(link).encode() for link in links)


def test_a_word_longer_than_a_line_is_broken(reader: pypdf.PdfReader) -> None:
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    broken = [line for line in lines if "pneumono" in line]
    assert broken
    assert max(map(len, broken)) < 120


def test_a_long_table_begins_below_what_stands_before_it(reader: pypdf.PdfReader) -> None:
    assert "事業0" in next(text for page in reader.pages if "項目ろ" in (text := page.extract_text()))


def test_a_table_of_years_fits_the_page(reader: pypdf.PdfReader) -> None:
    right = 595 - 22 / 25.4 * 72
    seen = []

    def visit(text: str, _: object, matrix: list[float], __: object, ___: object) -> None:
        if text.strip():
            seen.append(matrix[4])

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    assert max(seen) < right


MANY = tuple(f"令和{year}年度" for year in range(1, 31))


def lines_of(page: Page) -> list[str]:
    reader = pypdf.PdfReader(BytesIO(made(page)))
    return [line for each in reader.pages for line in each.extract_text().splitlines()]


def test_a_table_of_many_years_goes_on_below() -> None:
    figures = tuple(cell(f"{number},000人") for number in range(30))
    rows = (Row((cell("実績値"), *figures), "row-1"), Row((cell("目標値"), *figures)))
    table = Table("長い計画", ("年度", *MANY), rows)
    lines = lines_of(simple()._replace(sections=(Section("a", "章", (Paragraph(line("表へ", "#row-1")), table)),)))
    captions = [each for each in lines if each.startswith("長い計画")]
    assert captions[0] == "長い計画"
    assert len(captions) > 3
    assert set(captions[1:]) == {"長い計画（続き）"}
    for year in MANY:
        assert sum(year in each for each in lines) == 1, "no heading is broken, and none stands twice"
    for number in range(30):
        assert sum(bool(re.search(rf"\b{number},000人", each)) for each in lines) == 2
    assert sum("実績値" in each for each in lines) == len(captions)


@pytest.mark.parametrize("count", [5, 6, 7])
def test_a_table_of_few_years_is_one(count: int) -> None:
    rows = tuple(Row((cell("男性　最終目標進捗率"), *(cell("未達・悪化") for _ in range(count)))) for _ in range(3))
    lines = lines_of(simple()._replace(sections=(Section("a", "章", (Table("表", ("年度", *MANY[:count]), rows),)),)))
    assert "表（続き）" not in lines
    for year in MANY[:count]:
        assert sum(year in each for each in lines) == 1
    assert sum(each.count("未達・悪化") for each in lines) == 3 * count


def test_short_columns_keep_their_words_whole_beside_long_ones() -> None:
    head = ("指標", "実績値", "判定", "達成率")
    rows = tuple(
        Row((cell("指標の名" * 9), cell("とても長い実績の値" * 9), cell("未達・悪化"), cell("計算しない")))
        for _ in "ab"
    )
    lines = lines_of(simple()._replace(sections=(Section("a", "章", (Table("表", head, rows),)),)))
    assert sum("未達・悪化" in each for each in lines) == 2
    assert sum("計算しない" in each for each in lines) == 2


# Fingerprint


def test_a_pdf_tells_what_it_was_made_from(file: bytes) -> None:
    assert pdf.fingerprint_in(file) == pdf.fingerprint(PAGE)
    assert pdf.fingerprint(PAGE) != pdf.fingerprint(PAGE._replace(title="別の題"))
    own = OwnFile("x", "#include")
    assert pdf.fingerprint(PAGE, own) != pdf.fingerprint(PAGE)
    assert pdf.fingerprint_in(b"%PDF-1.7 " + PAGE.title.encode()) is None


# A municipality's own template


def test_own_template_with_its_colour_and_words() -> None:
    template = '#import "dxplan.typ": report\n#report(accent: rgb("#00695c"), above: [政策経営部], footer: [足もと])\n'
    reader = pypdf.PdfReader(BytesIO(made(simple(), template)))
    first = reader.pages[0].extract_text()
    assert "政策経営部" in first
    assert "足もと" in first
    assert pdf.fingerprint_in(made(simple(), template)) == pdf.fingerprint(simple(), OwnFile("other name", template))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("文\n#let x = (", "data/report/report.typ:2:9: テンプレートを使えません（unclosed delimiter）"),
        ('#panic("a\\nb")', "data/report/report.typ:1:1: テンプレートを使えません（panicked with: a b）"),
        ('#read("/etc/passwd")', "data/report/report.typ:1:6: テンプレートを使えません（file not found）"),
        ('#read("../../../etc/passwd")', "data/report/report.typ:1:6: テンプレートを使えません（path"),
        ('#import "@pre" + "view/a:0.1.0": x', "data/report/report.typ:1:8: インターネットのパッケージは使えません"),
        ("#set document(keywords: ())", "data/report/report.typ: PDFのキーワードを書き換えています"),
        ("#set document(title: none)", "data/report/report.typ: テンプレートを使えません（PDF/UA-1 error"),
    ],
)
def test_a_fault_of_the_template_is_one_line(template: str, told: str) -> None:
    with pytest.raises(RefusedError) as caught:
        made(simple(), template)
    assert caught.value.message.ja.startswith(told)
    assert "\n" not in caught.value.message.ja
    assert "tmp" not in caught.value.message.ja


def test_a_template_reads_no_file_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("secret.txt", "/secret.txt", str(tmp_path / "secret.txt"), "chart.svg", "/report.css"):
        with pytest.raises(RefusedError, match="not found"):
            made(simple(), f'#read("{name}")')


def test_a_template_asks_nobody_on_the_net(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Proxy(BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    with TCPServer(("127.0.0.1", 0), Proxy) as proxy:
        Thread(target=proxy.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{proxy.server_address[1]}"
        monkeypatch.setenv("https_proxy", address)
        with pytest.raises(RefusedError):
            made(simple(), '#import "@preview/a:0.1.0": x')
        proxy.shutdown()
    assert not asked
    assert os.environ["https_proxy"] == address


# Where it cannot be made


def one_line(error: DxplanError) -> tuple[str, str]:
    assert error.hint is not None
    for words in (*error.message, *error.hint):
        assert words
        assert "\n" not in words
    return error.message.ja, error.hint.ja


def test_no_japanese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_jp", None)
    with pytest.raises(UsageError) as caught:
        made(simple())
    message, hint = one_line(caught.value)
    assert message == "PDFに使う日本語の書体がありません"
    assert "fonts-noto-cjk" in hint
    assert "BIZ UDゴシック" in hint


def test_fonts_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pylopdf_fonts_jp.sans_path().parent
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_jp", None)
    given = pdf.font_folders({"TYPST_FONT_PATHS": str(folder)})
    assert pdf.document(simple(), fonts=given, system_fonts=False).startswith(b"%PDF")
    assert pdf.font_folders({}) == ()


def test_characters_that_no_font_has_are_named_with_their_place() -> None:
    with pytest.raises(UsageError) as caught:
        made(simple("𒍅と👩"))
    message, _ = one_line(caught.value)
    assert message == "PDFに使う書体にない文字があります: 𒍅 (U+12345)「章」、👩 (U+1F469)「章」"
    # Typst brings along a font that has this one: letters of another kind in the middle of a word are no help.
    with pytest.raises(UsageError, match="1F00"):
        made(simple("ἀ"))
    with pytest.raises(UsageError, match=r"and 2 more"):
        made(simple("𒀀𒀁𒀂𒀃𒀄𒀅𒀆"))


def test_typst_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError) as caught:
        made(simple())
    _, hint = one_line(caught.value)
    assert 'pip install "dxplan[pdf]"' in hint


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = "import sys, dxplan.report.pdf; print('typst' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_an_unknown_date_is_a_fixed_one() -> None:
    assert re.search(rb"<xmp:CreateDate>1970-01-01T", made(simple()))
