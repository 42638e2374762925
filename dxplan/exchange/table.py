"""The one long table that a plan and its actuals go out as and come in from: its columns, codes and cells.

One row says one thing of one subject: a value of one kind for one fiscal year, or one text. There is one table, not
one for indicators and one for actions: what is published is one file to find, its columns stay the same whatever is
added, and ``subject`` and ``kind`` choose what is wanted. What belongs to a subject (its name, unit, department) is
repeated on each of its rows, so that rows can be sorted and filtered and still be read.

``subject`` is the kind of thing a row is about, and ``id`` its id, in the columns below. A part of an indicator is the
subject ``indicator`` with ``part_id``. ``kind`` is what is said of it, and which columns say it:

============================ ===============================================================================
``item``                     that it exists, once for each subject (also ``plan``, ``viewpoint``, each part and each
                             relisting); a relisting's ``id`` is the action's, ``other_id`` its own if it has one,
                             ``text`` its own title if it has one, and it stands under the initiative that shows it
``period``                   of the plan: ``about`` is ``first``, ``last`` or ``horizon``, ``fiscal_year`` the year
``adopted``                  of the plan: ``date``
``vision`` ``summary``       ``text``; ``theme`` one row each, numbered by ``line``
``outlook`` ``theme``
``definition`` ``source``
``related_department``       ``text``, one row each, numbered by ``line``: who takes part beside ``department``
``former_name``              ``text``, until and including ``fiscal_year``
``joined`` ``left``          first and last ``fiscal_year`` of what is not part of the plan all the time; of ``left``
                             ``other_id`` is what it was merged into
``continues``                ``other_id``: the action that this one takes up
``setting``                  ``about`` is a key of the plan or of an indicator as the files write it (``licence``,
                             ``decimals``, ``rates``, ``negative``, ``methods.increase``, …, ``progress``,
                             ``data_year_targets``, ``judged``), ``text`` its value; only where the files say so
``band``                     of the plan: one band of a grading from ``fiscal_year`` on (blank: from the beginning), in
                             order of ``line``: ``grade`` the label, ``min`` or ``over`` the bound, ``value`` the
                             ``full_target``, ``text`` the meaning, ``about`` what is graded (``rate``, ``final``, …),
                             ``state`` ``by_hand`` where only a person gives it
``baseline``                 ``value`` or ``text`` of ``fiscal_year``, ``label``, ``estimate``, ``reference``,
                             ``in_period``, ``note``
``baseline_before``          the same as it was before the change of ``date`` for ``reason``, numbered by ``line``;
                             ``state`` ``absent`` and no ``fiscal_year`` where there was none
``per_year``                 ``value``: the same amount for every year, said once, without a ``fiscal_year``
``target``                   ``value``, or bounds (``min`` or ``over``, ``max`` or ``under``), or ``text``; and
                             ``words`` as printed, or these alone; ``state`` ``dropped`` where only its history is left
``target_before``            the same as it was before the change of ``date`` for ``reason``, numbered by ``line``;
                             ``state`` ``absent`` where there was none
``expected``                 ``value``; ``state`` is ``interpolated`` where the plan says ``linear``
``actual``                   as entered: ``value``, or ``count_part`` and ``count_whole``, or ``text``, or the ``state``
                             that says why there is none (``unreported``, ``pending``, …; ``in_parts`` where only its
                             parts are entered, in rows of their own); ``preliminary``, ``as_of``,
                             ``data_year_western``, ``label``, ``source``, ``note``; ``met``, ``grade`` and ``reason``
                             where a person decided
``measured``                 computed: ``value`` comparable with the target: a total where totals are compared, a
                             percentage from counts rounded as shown; ``text`` of a stage; else ``state`` is the reason
``achievement``              computed: ``value`` is the rate as the plan shows it, in ``unit`` ``%`` or ``比``, by
                             ``method``, ``against`` a target or an expected value; else ``state`` is the reason; and
                             ``met`` and ``grade`` as they are judged
``progress``                 computed: ``value`` is the progress to the final target, likewise
``schedule``                 an action is due in ``fiscal_year``; ``text`` a stage or place, one row each, numbered by
                             ``line``; ``open_ended`` where it goes on with no end stated (rows to the period's end)
``result``                   ``state`` is the result's word (``done``, …); ``note``
``quantity`` ``budget``      ``value`` in ``unit``, of an action; ``budget`` and ``settled`` also of an initiative
``settled``
``year``                     of the plan: ``state`` of the year's actuals (``open``, ``closed``), ``date`` published
``correction``               ``date``, ``before``, ``after``, ``reason``; of the plan where ``date`` published was
                             corrected; numbered by ``line`` in the order of the file
``note``                     a note. The first note of an ``item``, ``actual``, ``result``, ``year`` stands in its own
                             row, further ones in a row each, numbered by ``line`` from 2, with that kind as ``about``.
                             What an initiative's year says has no other row: ``about`` is ``result``, from 1
============================ ===============================================================================

Reading it back, `COMPUTED` kinds are passed over, and so is an ``expected`` row that is ``interpolated`` but for the
word ``linear``. A blank cell says nothing at all; it is never a 0, and where a number is due ``state`` says why there
is none. Numbers have the digits of the files (``0.30``). A line break within a text becomes a blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.values import Direction, Entered, Method, Result, Series, ValueState, YearState
from dxplan.progress.achievement import Reason, Verdict
from dxplan.progress.terms import Against
from dxplan.views.wording import DIRECTIONS, REASONS, RESULTS, SERIES

VERSION = 1
"""Of the columns and codes; a column is only ever added at the end, and with that this number."""


class Subject(StrEnum):
    """What a row is about."""

    PLAN = "plan"
    VIEWPOINT = "viewpoint"
    INITIATIVE = "initiative"
    ACTION = "action"
    RELISTING = "relisting"
    INDICATOR = "indicator"


class Kind(StrEnum):
    """What a row says."""

    ITEM = "item"
    PERIOD = "period"
    ADOPTED = "adopted"
    VISION = "vision"
    SUMMARY = "summary"
    OUTLOOK = "outlook"
    THEME = "theme"
    DEFINITION = "definition"
    SOURCE = "source"
    RELATED_DEPARTMENT = "related_department"
    FORMER_NAME = "former_name"
    JOINED = "joined"
    LEFT = "left"
    CONTINUES = "continues"
    SETTING = "setting"
    BAND = "band"
    BASELINE = "baseline"
    BASELINE_BEFORE = "baseline_before"
    PER_YEAR = "per_year"
    TARGET = "target"
    TARGET_BEFORE = "target_before"
    EXPECTED = "expected"
    ACTUAL = "actual"
    MEASURED = "measured"
    ACHIEVEMENT = "achievement"
    PROGRESS = "progress"
    SCHEDULE = "schedule"
    RESULT = "result"
    QUANTITY = "quantity"
    BUDGET = "budget"
    SETTLED = "settled"
    YEAR = "year"
    CORRECTION = "correction"
    NOTE = "note"


COMPUTED = frozenset((Kind.MEASURED, Kind.ACHIEVEMENT, Kind.PROGRESS))
"""What dxplan computes from the other rows."""


class Said(StrEnum):
    """The state of a row that is no value, result or year, which have words of their own."""

    STATED = "stated"
    INTERPOLATED = "interpolated"
    DROPPED = "dropped"
    ABSENT = "absent"
    IN_PARTS = "in_parts"
    BY_HAND = "by_hand"
    COMPUTED = "computed"


State = Said | ValueState | Result | YearState | Reason


class Type(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    """``2026-04`` or ``2026-04-01``."""


class Row(NamedTuple):
    """One row; fields are the columns in their order, and None is a blank cell."""

    organization_code: str | None
    organization: str
    plan: str
    subject: Subject
    kind: Kind
    western_year: int | None = None
    fiscal_year: FiscalYear | None = None
    viewpoint_id: str | None = None
    viewpoint: str | None = None
    initiative_id: str | None = None
    initiative: str | None = None
    id: str | None = None
    name: str | None = None
    part_id: str | None = None
    part: str | None = None
    department: str | None = None
    monitoring: bool | None = None
    direction: Direction | None = None
    series: Series | None = None
    entered: Entered | None = None
    method: Method | None = None
    state: State = Said.STATED
    value: Decimal | None = None
    unit: str | None = None
    count_part: Decimal | None = None
    count_whole: Decimal | None = None
    min: Decimal | None = None
    over: Decimal | None = None
    max: Decimal | None = None
    under: Decimal | None = None
    text: str | None = None
    words: str | None = None
    estimate: bool | None = None
    reference: bool | None = None
    in_period: bool | None = None
    preliminary: bool | None = None
    as_of: str | None = None
    data_year_western: int | None = None
    label: str | None = None
    source: str | None = None
    against: Against | None = None
    met: Verdict | None = None
    grade: str | None = None
    reason: str | None = None
    open_ended: bool | None = None
    date: str | None = None
    before: str | None = None
    after: str | None = None
    about: str | None = None
    other_id: str | None = None
    line: int = 1
    note: str | None = None


Cell = str | Decimal | int | bool | FiscalYear | None


class Column(NamedTuple):
    """One column."""

    name: str
    type: Type
    title: Text
    meaning: Text


def _column(name: str, type_: Type, title: tuple[str, str], meaning: tuple[str, str]) -> Column:
    return Column(name, type_, Text(*title), Text(*meaning))


COLUMNS: tuple[Column, ...] = (
    _column(
        "organization_code",
        Type.TEXT,
        ("団体コード", "organization code"),
        (
            "全国地方公共団体コード（検査数字を含む6桁）",
            "The local government's 6 digits with the check digit",
        ),
    ),
    _column("organization", Type.TEXT, ("団体名", "organization"), ("計画を定めた団体", "Whose plan it is")),
    _column("plan", Type.TEXT, ("計画名", "plan"), ("計画の正式な名称", "The plan's official title")),
    _column("subject", Type.CODE, ("対象", "subject"), ("何についての行か", "What the row is about")),
    _column("kind", Type.CODE, ("種別", "kind"), ("何を述べる行か", "What the row says of it")),
    _column(
        "western_year",
        Type.INTEGER,
        ("西暦年度", "western year"),
        (
            "年度（4月1日から翌年3月31日まで）が始まる年の西暦。空欄は年度によらない行",
            "The western year in which the fiscal year (1 April to 31 March) begins; blank where no year matters",
        ),
    ),
    _column(
        "fiscal_year",
        Type.TEXT,
        ("和暦年度", "era year"),
        ("同じ年度の和暦（R7 は令和7年度）", "The same fiscal year by its era: R7 is 令和7年度"),
    ),
    _column("viewpoint_id", Type.TEXT, ("視点ID", "viewpoint id"), ("視点の識別子", "Id of the viewpoint")),
    _column("viewpoint", Type.TEXT, ("視点", "viewpoint"), ("視点の名称", "Title of the viewpoint")),
    _column("initiative_id", Type.TEXT, ("取組ID", "initiative id"), ("取組の識別子", "Id of the initiative")),
    _column("initiative", Type.TEXT, ("取組", "initiative"), ("取組の名称", "Title of the initiative")),
    _column(
        "id",
        Type.TEXT,
        ("ID", "id"),
        (
            "対象の識別子（変わらない）。再掲の行では、元の事業の識別子",
            "Id of the subject, which never changes; of a relisting that of the action it shows",
        ),
    ),
    _column("name", Type.TEXT, ("名称", "name"), ("対象の現在の名称", "Today's name of the subject")),
    _column("part_id", Type.TEXT, ("内訳ID", "part id"), ("指標の内訳の識別子", "Id of a part of the indicator")),
    _column("part", Type.TEXT, ("内訳", "part"), ("指標の内訳の名称", "Name of the part")),
    _column(
        "department",
        Type.TEXT,
        ("主担当部署", "lead department"),
        ("報告する部署", "Which department answers"),
    ),
    _column(
        "monitoring",
        Type.BOOLEAN,
        ("管理指標", "monitoring"),
        ("true は、目標値を置かない指標", "true: an indicator without targets, on purpose"),
    ),
    _column("direction", Type.CODE, ("方向", "direction"), ("どちらがよいか", "Which way is better")),
    _column(
        "series", Type.CODE, ("系列", "series"), ("値の並び方", "How a year's value relates to that of the year before")
    ),
    _column(
        "entered",
        Type.CODE,
        ("入力の仕方", "entered"),
        ("累計の指標の、実績値（actual）の単位期間", "What is entered as the actual of a cumulative indicator"),
    ),
    _column(
        "method",
        Type.CODE,
        ("計算方法", "method"),
        (
            "率の計算方法。率の行では用いた方法、ほかでは指標に定めた方法。A は実績値、T は目標値、B は基準値",
            "How a rate was computed, or in other rows is to be; A actual, T target, B baseline",
        ),
    ),
    _column(
        "state",
        Type.CODE,
        ("状態", "state"),
        ("値の有無とその理由、結果、年度の状態。空欄はない", "Whether there is a value and if not why; never blank"),
    ),
    _column("value", Type.NUMBER, ("値", "value"), ("数値。単位は unit", "The number, in `unit`")),
    _column(
        "unit",
        Type.TEXT,
        ("単位", "unit"),
        (
            "value・min・over・max・under の単位。空欄は単位のない数",
            "Unit of value, min, over, max and under; blank: a number without a unit",
        ),
    ),
    _column(
        "count_part",
        Type.NUMBER,
        ("内数", "part of a count"),
        ("割合の分子。単位は指標の定義による", "What a share counts; its unit is as the indicator is defined"),
    ),
    _column(
        "count_whole",
        Type.NUMBER,
        ("総数", "whole of a count"),
        ("割合の分母。単位は内数と同じ", "Of how many, in the same unit"),
    ),
    _column("min", Type.NUMBER, ("以上", "at least"), ("目標値の下限（含む）", "Lower bound, included")),
    _column("over", Type.NUMBER, ("超", "over"), ("目標値の下限（含まない）", "Lower bound, not included")),
    _column("max", Type.NUMBER, ("以下", "at most"), ("目標値の上限（含む）", "Upper bound, included")),
    _column("under", Type.NUMBER, ("未満", "under"), ("目標値の上限（含まない）", "Upper bound, not included")),
    _column("text", Type.TEXT, ("文字の値", "text"), ("段階、説明などの文字", "A stage, a description, a text")),
    _column(
        "words",
        Type.TEXT,
        ("印刷された目標", "printed target"),
        ("計画に印刷されたとおりの目標", "The target in the plan's own words"),
    ),
    _column("estimate", Type.BOOLEAN, ("見込み", "estimate"), ("基準値が見込みの値か", "An estimated baseline")),
    _column(
        "reference",
        Type.BOOLEAN,
        ("参考", "for reference"),
        ("基準値が参考で、計算に使わないか", "A baseline only for reference, not computed with"),
    ),
    _column(
        "in_period",
        Type.BOOLEAN,
        ("計画期間中", "in period"),
        ("計画期間中の年度の値を基準とするか", "A baseline of a year within the plan's period"),
    ),
    _column("preliminary", Type.BOOLEAN, ("速報", "preliminary"), ("確定前の値か", "Not final yet")),
    _column("as_of", Type.DATE, ("時点", "as of"), ("値の時点", "The day or month that the value is of")),
    _column(
        "data_year_western",
        Type.INTEGER,
        ("値の西暦年度", "data year"),
        (
            "前の年度の値で報告するときの、値の年度",
            "The fiscal year of the value, where it is an earlier one",
        ),
    ),
    _column(
        "label",
        Type.TEXT,
        ("期間の表示", "period label"),
        ("年度でない期間や時点", "A period or time that is no fiscal year"),
    ),
    _column(
        "source",
        Type.TEXT,
        ("値の出典", "source"),
        ("指標の出典と異なるときの、この値の出典", "Source of this value, where not the indicator's"),
    ),
    _column("against", Type.CODE, ("判定の基準", "against"), ("何と比べたか", "What it was held against")),
    _column(
        "met",
        Type.CODE,
        ("達成", "met"),
        (
            "達成か未達か。actual の行では人の判定、achievement の行では判定の結果",
            "Whether met: in a row `actual` as a person decided, in a row `achievement` as it is judged",
        ),
    ),
    _column(
        "grade",
        Type.TEXT,
        ("評価", "grade"),
        (
            "評価の表示。actual の行では人が付けたもの、achievement の行では結果。区分は band の行",
            "The grade: in a row `actual` as a person gave it, in `achievement` as it is; rows `band` define it",
        ),
    ),
    _column("reason", Type.TEXT, ("理由", "reason"), ("判定・改定・訂正の理由", "Why it was decided or changed")),
    _column(
        "open_ended",
        Type.BOOLEAN,
        ("終わりを定めない", "open-ended"),
        ("事業が、終わりを定めず続くか", "Whether the action goes on with no end stated"),
    ),
    _column(
        "date",
        Type.DATE,
        ("年月日", "date"),
        ("策定・改定・公表・訂正の年月または年月日", "When it was adopted, revised, published or corrected"),
    ),
    _column("before", Type.TEXT, ("訂正前", "before"), ("訂正する前の値か語", "What was published before")),
    _column("after", Type.TEXT, ("訂正後", "after"), ("訂正した後の値か語", "What it was corrected to")),
    _column(
        "about",
        Type.TEXT,
        ("対象の細目", "about"),
        (
            "note では注の付く種別、setting では設定の名称、period では first・last・horizon、band では評価する率",
            "Of a note the kind it belongs to, of a setting its key, of a period which end, of a band what it grades",
        ),
    ),
    _column(
        "other_id",
        Type.TEXT,
        ("関係するID", "other id"),
        ("統合先、継続元、再掲自身の識別子", "What it merged into, what it takes up, or a relisting's own id"),
    ),
    _column(
        "line",
        Type.INTEGER,
        ("行の順番", "line"),
        ("同じ対象・種別・年度の行の順番。1 から", "Order among rows of one subject, kind and year, from 1"),
    ),
    _column("note", Type.TEXT, ("注", "note"), ("注記", "A note")),
)
NAMES: tuple[str, ...] = Row._fields
"""The names of the columns, in their order."""

SUBJECTS: Mapping[Subject, Text] = {
    Subject.PLAN: Text("計画", "the plan"),
    Subject.VIEWPOINT: Text("視点", "a viewpoint"),
    Subject.INITIATIVE: Text("取組", "an initiative"),
    Subject.ACTION: Text("事業", "an action"),
    Subject.RELISTING: Text("再掲（数に入れない）", "an action relisted under a further initiative, not counted again"),
    Subject.INDICATOR: Text("指標。part_id があればその内訳", "an indicator, or with a part_id a part of it"),
}
KINDS: Mapping[Kind, Text] = {
    Kind.ITEM: Text("対象そのもの", "that the subject exists"),
    Kind.PERIOD: Text("計画期間", "the plan's period"),
    Kind.ADOPTED: Text("策定", "when the plan was adopted"),
    Kind.VISION: Text("目指す姿", "vision"),
    Kind.SUMMARY: Text("概要、取組内容", "summary"),
    Kind.OUTLOOK: Text("将来像", "outlook"),
    Kind.THEME: Text("取組の柱", "theme"),
    Kind.DEFINITION: Text("指標の定義", "definition of the indicator"),
    Kind.SOURCE: Text("指標の出典", "source of the indicator"),
    Kind.RELATED_DEPARTMENT: Text("関係部署", "a department that takes part"),
    Kind.FORMER_NAME: Text("旧名称と、使った最後の年度", "a former name and the last year of its use"),
    Kind.JOINED: Text("途中から加わった最初の年度", "the first year of what joined the plan later"),
    Kind.LEFT: Text("途中で終わった最後の年度", "the last year of what left the plan"),
    Kind.CONTINUES: Text("継続元の事業", "the action that this one takes up"),
    Kind.SETTING: Text("計算と表示の設定、ライセンス", "how figures are computed and shown, and the licence"),
    Kind.BAND: Text("評価の区分", "a band of grades"),
    Kind.BASELINE: Text("基準値", "baseline"),
    Kind.BASELINE_BEFORE: Text("改定前の基準値", "baseline before it was revised"),
    Kind.PER_YEAR: Text("毎年度の量", "the plan's amount for every year"),
    Kind.TARGET: Text("目標値", "target"),
    Kind.TARGET_BEFORE: Text("改定前の目標値", "target before it was revised"),
    Kind.EXPECTED: Text("目安値", "expected value"),
    Kind.ACTUAL: Text("実績値（報告されたとおり）", "actual, as reported"),
    Kind.MEASURED: Text("目標値と比べる実績値（計算した値）", "actual as compared with the target (computed)"),
    Kind.ACHIEVEMENT: Text("達成率と判定（計算した値）", "achievement rate and verdict (computed)"),
    Kind.PROGRESS: Text("最終目標進捗率（計算した値）", "progress to the final target (computed)"),
    Kind.SCHEDULE: Text("事業の予定", "an action is due"),
    Kind.RESULT: Text("事業の実績", "what came of an action"),
    Kind.QUANTITY: Text("事業の数量", "amount of an action"),
    Kind.BUDGET: Text("予算額", "budget"),
    Kind.SETTLED: Text("決算額", "settled amount"),
    Kind.YEAR: Text("年度の状態と公表", "state of the year, and when it was published"),
    Kind.CORRECTION: Text("公表後の訂正", "correction of what was published"),
    Kind.NOTE: Text("注記（2つ目から）", "a note (after the first)"),
}
_SAID: Mapping[Said, Text] = {
    Said.STATED: Text("記載あり", "stated"),
    Said.INTERPOLATED: Text("直線で補った値", "interpolated on a straight line"),
    Said.DROPPED: Text("取り下げた目標", "a target that was dropped"),
    Said.ABSENT: Text("改定前はなかった", "there was none before"),
    Said.IN_PARTS: REASONS[Reason.IN_PARTS],
    Said.BY_HAND: Text("人が付ける評価", "a grade that only a person gives"),
    Said.COMPUTED: Text("計算した値", "computed"),
}
_YEAR_STATES: Mapping[YearState, Text] = {
    YearState.OPEN: Text("受付中（確定前）", "open: not final"),
    YearState.CLOSED: Text("確定", "closed: final"),
}
_METHODS: Mapping[Method, Text] = {
    Method.RATIO: Text("A / T", "A / T"),
    Method.MIRROR: Text("(2T - A) / T", "(2T - A) / T"),
    Method.INVERSE: Text("T / A", "T / A"),
    Method.BASELINE: Text("(A - B) / (T - B)", "(A - B) / (T - B)"),
    Method.NONE: Text("計算しない", "not computed"),
}
_BOOLEANS: Mapping[str, Text] = {"true": Text("はい", "yes"), "false": Text("いいえ", "no")}


def _codes(*lists: Mapping[StrEnum, Text]) -> Mapping[str, Text]:
    return {code.value: meaning for each in lists for code, meaning in each.items()}


CODES: Mapping[str, Mapping[str, Text]] = {
    "subject": {each.value: SUBJECTS[each] for each in Subject},
    "kind": {each.value: KINDS[each] for each in Kind},
    "direction": {each.value: DIRECTIONS[each] for each in Direction},
    "series": {each.value: SERIES[each] for each in Series},
    "entered": {
        Entered.YEARLY.value: Text("年度ごとの量", "each year's own amount"),
        Entered.RUNNING.value: Text("累計", "the running total"),
    },
    "method": {each.value: _METHODS[each] for each in Method},
    "state": {
        **{each.value: _SAID[each] for each in Said},
        ValueState.REPORTED.value: Text("報告あり", "reported"),
        **{each.value: REASONS[each] for each in Reason},
        **{each.value: RESULTS[each] for each in Result},
        **{each.value: _YEAR_STATES[each] for each in YearState},
    },
    "against": {
        Against.TARGET.value: Text("目標値", "target"),
        Against.EXPECTED.value: Text("目安値", "expected value"),
        Against.INTERPOLATED.value: Text("直線で補った目安値", "interpolated expected value"),
    },
    "met": {
        Verdict.MET.value: Text("達成", "met"),
        Verdict.NOT_MET.value: Text("未達", "not met"),
        Verdict.UNDECIDED.value: Text("判定なし", "not judged"),
    },
    **{column.name: _BOOLEANS for column in COLUMNS if column.type is Type.BOOLEAN},
}
"""The codes of each column that holds such, with what they mean; as in the files, never translated."""


def cells(row: Row) -> tuple[str, ...]:
    """Return the row as texts: no thousands separators, digits as they are, ``true`` and ``false``, blanks empty.

    A text cell is on one line and disarmed (`disarmed`); a number never is.
    """
    return tuple(map(_cell, row))


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int() | FiscalYear():
            return str(value)
        case StrEnum():
            return value.value
    return disarmed(value)


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def disarmed(text: str) -> str:
    """Return ``text`` on one line, with ``'`` before what a spreadsheet would compute; `rearmed` undoes that.

    Any number of ``'`` may stand before the sign already: one more is put there, so that nothing is ambiguous.
    """
    line = on_one_line(text)
    return f"'{line}" if is_formula_like(line.lstrip("'")) else line


def rearmed(cell: str) -> str:
    """Return the text that `disarmed` made this cell of."""
    return cell[1:] if cell.startswith("'") and is_formula_like(cell.lstrip("'")) else cell


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet may compute ``text`` where it is typed or read."""
    return text.startswith(_FORMULA_STARTS)


def on_one_line(text: str) -> str:
    """Return ``text`` with a blank for each line break: a row is one line (L1-14)."""
    return " ".join(text.splitlines())
