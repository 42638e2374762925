"""A form as an Excel workbook: what is asked, open cells with lists and checks, everything else locked.

The same form gives the same bytes. Text from the plan is never a formula, a link or a number.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from dxplan.editing.answers import NOTHING, Aspect, Said
from dxplan.errors import UsageError
from dxplan.exchange.excel_cells import DIGITS
from dxplan.exchange.form import FORM, Field, Form, Question, fingerprint
from dxplan.exchange.sheets import (
    KEY,
    MET_WORDS,
    META,
    META_MARK,
    PRELIMINARY,
    RESULT_WORDS,
    STATE_WORDS,
    WORDS_OF_MET,
    WORDS_OF_RESULTS,
    WORDS_OF_STATES,
    Column,
    Sheet,
    key_of,
    sheets,
)
from dxplan.language import Text
from dxplan.views.terminal import cells

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NEEDS_EXCEL = UsageError(
    Text("Excelのファイルを扱う部品がありません", "what reads and writes Excel files is not installed"),
    Text('pip install "dxplan[excel]" で入れる', 'install it: pip install "dxplan[excel]"'),
)
_TITLE_ROW, _HINT_ROW, _HEADER_ROW, _FIRST_ROW = 1, 2, 3, 4
"""Rows from 0; the row before the title is hidden, and says by code what each column is."""
_FONT = "BIZ UDゴシック"


def document(form: Form) -> bytes:
    """Return the workbook; raises UsageError where xlsxwriter is not installed."""
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise NEEDS_EXCEL from error
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": _FONT, "font_size": 10},
    }
    book = xlsxwriter.Workbook(target, options)
    opening = dt.datetime(form.year.western, 4, 1)  # noqa: DTZ001 - a fixed day, so that nothing depends on the clock
    book.set_properties({"title": _title(form), "created": opening})
    look = _Look.of(book)
    _explain(book.add_worksheet("使い方"), form, look)
    for n, sheet in enumerate(sheets(form)):
        page = book.add_worksheet(sheet.name)
        _draw(page, form, sheet, look)
        if n == 0:
            page.activate()
    _remember(book.add_worksheet(META), form)
    book.close()
    return target.getvalue()


def _title(form: Form) -> str:
    kind = "入力票（未報告の分）" if form.only_missing else "入力票"
    return f"{form.plan.title}　{form.year.ja}　{kind}　{form.lead or '担当の記載なし'}"


class _Look(NamedTuple):
    """The formats of the cells."""

    title: Format
    hint: Format
    header: Format
    header_answer: Format
    locked: Format
    closed: Format
    open_text: Format
    open_numbers: Mapping[int, Format]
    """By the number of decimals to show; 0 shows what there is."""
    plain: Format
    bold: Format

    @classmethod
    def of(cls, book: Workbook) -> _Look:
        cell = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter", "text_wrap": True}
        open_ = {**cell, "bg_color": "#FFF9DB", "locked": False}
        head = {**cell, "bold": True, "align": "center"}
        numbers = {n: f"0.{'0' * n}" if n else "General" for n in range(16)}
        return cls(
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"font_color": "#404040"}),
            book.add_format({**head, "bg_color": "#E7E6E6"}),
            book.add_format({**head, "bg_color": "#FFE699"}),
            book.add_format(cell),
            book.add_format({**cell, "bg_color": "#D9D9D9"}),
            book.add_format({**open_, "num_format": "@"}),
            {n: book.add_format({**open_, "num_format": form}) for n, form in numbers.items()},
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"bold": True, "valign": "top"}),
        )


def _draw(page: Worksheet, form: Form, sheet: Sheet, look: _Look) -> None:
    rows = form.indicators if sheet.kind == "indicators" else form.actions
    last_row, last_column = _FIRST_ROW + len(rows) - 1, len(sheet.columns) - 1
    page.set_row(0, None, None, {"hidden": True})
    page.write_string(_TITLE_ROW, 1, _title(form), look.title)
    page.write_string(
        _HINT_ROW, 1, f"黄色のセルに書いてください。ほかは「使い方」のとおりです。{len(rows)}件", look.hint
    )
    page.set_row(_HEADER_ROW, 30)
    for c, column in enumerate(sheet.columns):
        page.write_string(0, c, sheet.mark if c == 0 else column.key)
        page.set_column(c, c, column.width, None, {"hidden": True} if c == 0 else {})
        page.write_string(_HEADER_ROW, c, column.header, look.header_answer if column.field else look.header)
        for r, row in enumerate(rows, _FIRST_ROW):
            _fill(page, (r, c), column, row, look)
        if column.field is not None:
            _check(page, c, column.field, rows, form)
    for r, row in enumerate(rows, _FIRST_ROW):
        if (lines := _lines_of(row, sheet)) > 1:  # a row of one line is left to grow with what is typed
            page.set_row(r, 13.5 * lines + 3)
    page.freeze_panes(_FIRST_ROW, 3)
    page.autofilter(_HEADER_ROW, 1, last_row, last_column)
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADER_ROW)
    page.print_area(_TITLE_ROW, 1, last_row, last_column)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_footer(f"&L{_plain(_title(form)[:_LONGEST_FOOT])}&R&P / &N")


_LONGEST_FOOT = 100
"""Characters of the title at the foot of a page, where there is room for 255 with ``&`` doubled."""


def _plain(text: str) -> str:
    """Return text as a footer shows it, where ``&`` begins a code; xlsxwriter takes ``&&G`` for a picture too."""
    return text.replace("&G", "＆G").replace("&", "&&")


def _text(row: Question, column: Column) -> str:
    """Return what stands in a cell when the form goes out."""
    if column.field is not None:
        return written(row, column.field) if column.field in row.fields else ""
    texts = {
        "key": key_of(row.thing),
        "heading": row.heading,
        "name": row.name,
        "aim": row.aim,
        "last": row.last,
        "unit": row.unit,
        "last_note": row.last_note,
    }
    return texts[column.key]


def _lines_of(row: Question, sheet: Sheet) -> int:
    """Return how many lines the tallest cell of a row takes."""
    shown = [column for column in sheet.columns if column.key != KEY]
    tall = (
        sum(-(-max(cells(line), 1) // int(each.width - 1)) for line in _text(row, each).split("\n")) for each in shown
    )
    return min(max(tall), _MOST_LINES)


_MOST_LINES = 25
"""A row may be 409 points high; what is longer is read in the cell."""


def _fill(page: Worksheet, at: tuple[int, int], column: Column, row: Question, look: _Look) -> None:
    field, text = column.field, _text(row, column)
    if field is None:
        page.write_string(*at, text, look.locked)
    elif field not in row.fields:
        page.write_blank(*at, None, look.closed)
    else:
        is_number = field in _NUMBERS and not (field is Field.VALUE and row.is_milestone)
        if not is_number:
            _write_text(page, at, text, look.open_text)
        elif not text:
            page.write_blank(*at, None, look.open_numbers[0])
        elif _fits(number := Decimal(text)):
            page.write_number(*at, float(number), look.open_numbers[_decimals(number)])
        else:
            page.write_string(*at, text, look.open_text)


_NUMBERS = frozenset((Field.VALUE, Field.COUNT, Field.WHOLE, Field.QUANTITY, Field.SETTLED))


def _write_text(page: Worksheet, at: tuple[int, int], text: str, look: Format) -> None:
    if text:
        page.write_string(*at, text, look)
    else:
        page.write_blank(*at, None, look)


def _fits(number: Decimal) -> bool:
    """Whether a number has fewer than the 15 digits that a spreadsheet keeps; with 15 it may be one without end."""
    return len(number.as_tuple().digits) < DIGITS


def _decimals(number: Decimal) -> int:
    """Return how many decimals to show, where the last of them is a zero that would be lost; else 0."""
    _, digits, exponent = number.as_tuple()
    return -exponent if isinstance(exponent, int) and exponent < 0 and digits[-1] == 0 else 0


def written(row: Question, field: Field) -> str:
    """Return what stands in an open cell when the form goes out."""
    figure, judged = _said(row, Aspect.FIGURE), _said(row, Aspect.JUDGEMENT)
    quantity, settled = _said(row, Aspect.QUANTITY), _said(row, Aspect.SETTLED)
    count, _, whole = figure.get("of", "").partition("/")
    texts = {
        Field.VALUE: figure.get("value") or figure.get("text"),
        Field.COUNT: count,
        Field.WHOLE: whole,
        Field.STATE: PRELIMINARY if "preliminary" in figure else WORDS_OF_STATES.get(figure.get("state", "")),
        Field.AS_OF: figure.get("as_of"),
        Field.MET: WORDS_OF_MET.get(judged.get("met", "")),
        Field.GRADE: judged.get("grade"),
        Field.REASON: judged.get("reason"),
        Field.RESULT: WORDS_OF_RESULTS.get(_said(row, Aspect.RESULT).get("result", "")),
        Field.QUANTITY: quantity.get("value"),
        Field.QUANTITY_UNIT: quantity.get("unit") or row.suggested_units.get(field),
        Field.SETTLED: settled.get("value"),
        Field.SETTLED_UNIT: settled.get("unit") or row.suggested_units.get(field),
        Field.NOTE: _said(row, Aspect.NOTE).get("note"),
    }
    return texts[field] or ""


def _said(row: Question, aspect: Aspect) -> Said:
    return row.said.get(aspect, NOTHING)


_ALL_NUMBERS = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
_LISTS: Mapping[Field, tuple[str, ...]] = {
    Field.STATE: (PRELIMINARY, *STATE_WORDS),
    Field.MET: tuple(MET_WORDS),
    Field.RESULT: tuple(RESULT_WORDS),
}
_PROMPTS: Mapping[Field, tuple[str, str]] = {
    Field.VALUE: (
        "実績値",
        "数字だけを入れます。単位は要りません。値がまだないとき、ないときは、「状態」から選びます。",
    ),
    Field.COUNT: ("内数", "54%を 54人／100人 のように数えたときは、内数に 54、総数に 100 を入れ、実績値は空けます。"),
    Field.WHOLE: ("総数", "内数とともに入れます。割合は計算されます。"),
    Field.STATE: ("状態", "値が確定しているなら空けます。速報の値なら「速報」、値がないならその理由を選びます。"),
    Field.AS_OF: ("時点", "いつの値かを 2026-03-31 のように書きます。年度末の値なら空けます。"),
    Field.MET: ("判定", "段階に達したかを選び、理由を書きます。"),
    Field.GRADE: ("評価", "率によらずに評価を付けるときだけ選び、理由を書きます。"),
    Field.RESULT: ("結果", "結果を選びます。"),
    Field.QUANTITY: ("数量", "数えられる結果があれば、数字だけを入れます。"),
    Field.SETTLED: ("決算額", "数字だけを入れます。"),
}


def _check(page: Worksheet, c: int, field: Field, rows: tuple[Question, ...], form: Form) -> None:
    """Have a spreadsheet check what is typed into a column, and say what belongs there."""
    title, prompt = _PROMPTS.get(field, ("", ""))
    said = {"input_title": title, "input_message": prompt} if title else {}
    words = _LISTS.get(field, form.grades if field is Field.GRADE else ())
    is_list = bool(words) and len(",".join(words)) < 255 and not any(set(word) & set(',"') for word in words)  # noqa: PLR2004
    stages = "達した段階を、文字で書きます。値がまだないとき、ないときは、「状態」から選びます。"
    for r, row in enumerate(rows, _FIRST_ROW):
        if field not in row.fields:
            continue
        if is_list:
            wrong = {"error_title": title, "error_message": f"一覧から選んでください: {'、'.join(words)}"[:255]}
            page.data_validation(r, c, r, c, {"validate": "list", "source": list(words), **said, **wrong})
        elif field is Field.VALUE and row.is_milestone:
            page.data_validation(r, c, r, c, {"validate": "any", "input_title": title, "input_message": stages})
        elif field in _NUMBERS:
            wrong = {"error_title": title, "error_message": "数字だけを入れてください。単位や「約」は要りません。"}
            page.data_validation(r, c, r, c, {**_ALL_NUMBERS, **said, **wrong})
        elif said:
            page.data_validation(r, c, r, c, {"validate": "any", **said})


def _explain(page: Worksheet, form: Form, look: _Look) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 84)
    page.write_string(0, 0, _title(form), look.title)
    for r, (head, text) in enumerate(_lines(form), 2):
        page.write_string(r, 0, head, look.bold)
        page.write_string(r, 1, text, look.plain)
    page.protect()
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _lines(form: Form) -> Iterator[tuple[str, str]]:
    used = {field for row in form.questions for field in row.fields}
    names = "・".join(f"「{sheet.name}」" for sheet in sheets(form))
    yield "書くところ", f"{names}の黄色のセルだけです。ほかのセルは変えられません。"
    if form.only_missing:
        yield "この票", "まだ報告のないものだけを載せています。"
    else:
        yield "報告済みの値", "すでに報告されている値は、入れてあります。変わったときだけ書き換えてください。"
    if Field.VALUE in used:
        yield (
            "実績値",
            "数字だけを書きます（単位、カンマ、「約」は要りません）。段階の指標には、達した段階を文字で書きます。",
        )
    if Field.COUNT in used:
        yield "内数・総数", "割合を人数などから求めたときは、実績値を空け、内数と総数を書きます。割合は計算されます。"
    if Field.STATE in used:
        yield "状態", "確定した値なら空けます。確定前の値なら「速報」を選びます。値がないときは、理由を選びます。"
        yield "", "集計中: これから出る　未公表: あるが公表できない　未実施: 調査などをしなかった"
        yield "", "対象外: この年度は対象でない　中止: 取りやめた"
    if Field.AS_OF in used:
        yield "時点", "年度末でない時点の値なら、2026-03-31 または 2026-03 のように書きます。"
    if Field.MET in used or Field.GRADE in used:
        yield "判定・評価", "人が判定するとき、または率によらずに評価を付けるときだけ選び、理由を書きます。"
    if Field.RESULT in used:
        yield "結果", "実施: 済んだ　継続中: 来年度も続く　一部実施: 一部だけ済んだ"
        yield "", "未着手: まだ始めていない　延期: 後の年度に行う　中止: 取りやめた"
    yield "注記", "公表のときに添える注があれば書きます。行を改めると、別の注になります（セルの中の改行は Alt+Enter）。"
    yield "できあがったら", "上書き保存して、そのまま返してください。ファイル名は変えてもかまいません。"


def _remember(page: Worksheet, form: Form) -> None:
    """Write the sheet that nobody sees: which form this is, and what each row said when it went out."""
    essences = {row.thing: row.essence for row in form.questions}
    about = {
        META_MARK: str(FORM),
        "organization": form.plan.organization.code or form.plan.organization.name,
        "organization_name": form.plan.organization.name,
        "fiscal_year": str(form.year),
        "department": form.lead or "",
        "fingerprint": fingerprint(form.plan, form.year, essences),
    }
    for r, (key, value) in enumerate(about.items()):
        page.write_string(r, 0, key)
        page.write_string(r, 1, value)
    for r, row in enumerate(form.questions, len(about)):
        page.write_string(r, 0, key_of(row.thing))
        page.write_string(r, 1, _json(row.essence))
        for c, aspect in enumerate(Aspect, 2):
            if aspect in row.said:
                page.write_string(r, c, _json(dict(row.said[aspect])))
    page.very_hidden()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
