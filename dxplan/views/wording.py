"""Words and figures as people read them: years, values with units, rates, reasons, results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text, same
from dxplan.model.department import Department
from dxplan.model.grades import Band, Grading
from dxplan.model.history import FormerName
from dxplan.model.indicator import BaselineValue
from dxplan.model.plan import Plan
from dxplan.model.target import TargetValue
from dxplan.model.values import Direction, GradedBy, Result, Series
from dxplan.progress.achievement import (
    FORMULAS,
    STATE_REASONS,
    Achievement,
    NoRate,
    Rate,
    Reason,
    Verdict,
    only_rounds_to_whole,
    shown,
)
from dxplan.progress.grading import Distribution, Grade, Graded
from dxplan.progress.judgement import IndicatorStatus, YearValue
from dxplan.progress.measured import Measured, Measurement, NotMeasured, Stage
from dxplan.progress.status import InitiativeStatus, Summary
from dxplan.progress.terms import Form, Terms, half_up
from dxplan.views.terminal import on_one_line, visible

NOTHING = "―"


class Style(NamedTuple):
    """In which language, and with which sign for negative figures, a plan is read."""

    language: Language
    negative: str = "-"


def style_of(plan: Plan, language: Language) -> Style:
    """Return how the figures of ``plan`` are written for this reader."""
    return Style(language, plan.negative.value)


ROUNDED = "※"
ROUNDED_NOTE = Text(
    f"{ROUNDED} 100%と示されるが、目標値に届いていない（四捨五入、または「超」「未満」の目標のため）。",
    f"{ROUNDED} Shows as 100%, but falls short of the target (by rounding, or by a strict bound).",
)

REASONS: Mapping[Reason, Text] = {
    Reason.MONITORING: Text("管理指標", "monitoring"),
    Reason.NO_TARGET: Text("目標値なし", "no target"),
    Reason.UNREPORTED: Text("未報告", "unreported"),
    Reason.PENDING: Text("集計中", "pending"),
    Reason.UNPUBLISHED: Text("未公表", "unpublished"),
    Reason.NOT_CONDUCTED: Text("未実施", "not conducted"),
    Reason.NOT_APPLICABLE: Text("対象外", "not applicable"),
    Reason.CANCELLED: Text("中止", "cancelled"),
    Reason.INCOMPLETE_TOTAL: Text("累計不明", "total unknown"),
    Reason.INCOMPLETE_PARTS: Text("内訳不明", "parts unknown"),
    Reason.IN_PARTS: Text("内訳ごと", "by parts"),
    Reason.MILESTONE: Text("文字の目標", "milestone"),
    Reason.RANGE_TARGET: Text("範囲の目標", "range target"),
    Reason.NO_METHOD: Text("計算しない", "not computed"),
    Reason.NO_BASELINE: Text("基準値なし", "no baseline"),
    Reason.ZERO_TARGET: Text("目標値が0", "target is 0"),
    Reason.ZERO_ACTUAL: Text("実績値が0", "actual is 0"),
    Reason.NEGATIVE_VALUE: Text("負の値", "negative value"),
    Reason.TARGET_IS_BASELINE: Text("目標値=基準値", "target = baseline"),
    Reason.TARGET_BEHIND_BASELINE: Text("目標値が基準値より後退", "target behind baseline"),
    Reason.CUMULATIVE_LIMIT: Text("累計の上限", "cumulative limit"),
    Reason.NO_BAND: Text("区分の外", "outside every band"),
}
VERDICTS: Mapping[Verdict, Text] = {
    Verdict.MET: Text("達成", "met"),
    Verdict.NOT_MET: Text("未達", "not met"),
    Verdict.UNDECIDED: same(NOTHING),
}
VERDICT_STYLES: Mapping[Verdict, str] = {Verdict.MET: "green", Verdict.NOT_MET: "red", Verdict.UNDECIDED: ""}
RESULTS: Mapping[Result, Text] = {
    Result.UNREPORTED: Text("未報告", "unreported"),
    Result.DONE: Text("実施", "done"),
    Result.ONGOING: Text("継続中", "ongoing"),
    Result.PARTIAL: Text("一部実施", "partial"),
    Result.NOT_STARTED: Text("未着手", "not started"),
    Result.POSTPONED: Text("延期", "postponed"),
    Result.CANCELLED: Text("中止", "cancelled"),
}
DIRECTIONS: Mapping[Direction, Text] = {
    Direction.INCREASE: Text("増やす", "increase"),
    Direction.DECREASE: Text("減らす", "decrease"),
    Direction.MAINTAIN: Text("保つ", "maintain"),
    Direction.RANGE: Text("範囲に収める", "within a range"),
    Direction.MILESTONE: Text("段階に達する", "milestone"),
}
WORSE = Text("悪化", "worse")
BY_HAND = "＊"
BY_HAND_NOTE = Text(
    f"{BY_HAND} 率によらず、人が理由を書いて付けた評価。",
    f"{BY_HAND} Given by a person, with a reason, not by the rate.",
)
SERIES: Mapping[Series, Text] = {
    Series.POINT: Text("時点の値", "value at a point in time"),
    Series.ANNUAL: Text("年度ごとの量", "amount of each year"),
    Series.CUMULATIVE: Text("計画期間の累計", "total over the plan's period"),
}


def year_name(year: FiscalYear, language: Language) -> str:
    """Return ``令和7年度（2025年度）`` or ``FY2025 (R7)``."""
    return Text(f"{year.ja}（{year.western}年度）", f"{year.en} ({year})").to(language)


def figure(value: Decimal, style: Style) -> str:
    """Return a value with its digits as written, thousands separators for the screen, and the plan's negative sign."""
    return f"{style.negative if value < 0 else ''}{abs(value):,f}"


_CLOSE_UNITS = frozenset("%％")


def with_unit(value: Decimal, unit: str, style: Style) -> str:
    """Return ``54%``, ``470台``, ``470 台``: English sets units apart, except for per cent."""
    printed = visible(unit)
    gap = " " if style.language == "en" and printed and printed[0] not in _CLOSE_UNITS else ""
    return f"{figure(value, style)}{gap}{printed}"


def final_text(terms: Terms, unit: str, style: Style) -> str:
    """Return the plan's last target with its year, ``100%（R11）``; nothing where it is the year's own."""
    if terms.final_year is None or terms.final_year == terms.year:
        return NOTHING
    return _marked(target_text(terms.final, unit, style), [str(terms.final_year)], style)


def target_text(target: TargetValue | None, unit: str, style: Style) -> str:
    """Return a target: the plan's own words where they are kept, else a figure, a stage, or ``40%以上60%未満``."""
    if target is None or not target.is_stated:
        return NOTHING
    if target.words is not None:
        return visible(target.words)
    if target.text is not None:
        return visible(target.text)
    if target.value is not None:
        return with_unit(target.value, unit, style)
    bounds = ((target.min, _AT_LEAST), (target.over, _OVER), (target.max, _AT_MOST), (target.under, _UNDER))
    said = [(with_unit(bound, unit, style), words) for bound, words in bounds if bound is not None]
    if style.language == "ja":
        return "".join(f"{value}{words.ja}" for value, words in said)
    return " and ".join(f"{words.en} {value}" for value, words in said)


_AT_LEAST, _OVER = Text("以上", "at least"), Text("超", "over")
_AT_MOST, _UNDER = Text("以下", "at most"), Text("未満", "under")


def aim_text(value: YearValue, unit: str, style: Style) -> str:
    """Return the year's target, or where it has none its expected value, which is called so: ``目安48%（直線）``.

    What is of another year than the one reported for is marked: ``48%（R6）``.
    """
    expected, marks = value.terms.expected, []
    if value.target is not None or expected is None:
        text = target_text(value.target, unit, style)
    else:
        figure_ = with_unit(expected.shown, unit, style)
        text = Text(f"目安{figure_}", f"expected {figure_}").to(style.language)
        if expected.interpolated:
            marks.append(Text("直線", "interpolated").to(style.language))
    if value.terms.aim_year != value.year and text != NOTHING:
        marks.append(str(value.terms.aim_year))
    return _marked(text, marks, style)


def target_cell(each: IndicatorStatus, style: Style) -> str:
    """Return what a table shows as the year's target: also why there is none of the whole's own."""
    if each.indicator.monitoring:
        return REASONS[Reason.MONITORING].to(style.language)
    text = aim_text(each.now, each.indicator.unit, style)
    if text == NOTHING and any(part.now.terms.against is not None for part in each.parts):
        return REASONS[Reason.IN_PARTS].to(style.language)
    return text


def _marked(text: str, marks: Sequence[str], style: Style) -> str:
    """Return ``text`` with what has to be said beside it: ``69人（R6・見込み）``, ``69 人 (R6, estimate)``."""
    if not marks:
        return text
    return f"{text}（{'・'.join(marks)}）" if style.language == "ja" else f"{text} ({', '.join(marks)})"


def baseline_text(baseline: BaselineValue | None, unit: str, style: Style) -> str:
    """Return a baseline with its year and what it is worth: ``69人（R6・見込み・参考）``."""
    if baseline is None:
        return NOTHING
    marks = [visible(baseline.label) if baseline.label else str(baseline.year)]
    if baseline.estimate:
        marks.append(Text("見込み", "estimate").to(style.language))
    if baseline.reference:
        marks.append(Text("参考", "for reference").to(style.language))
    value = visible(baseline.text or "") if baseline.value is None else with_unit(baseline.value, unit, style)
    return _marked(value, marks, style)


def measured_text(value: Measurement, unit: str, style: Style) -> str:
    """Return an actual, or why there is none: ``累計515人（うち当年度255人・速報）``."""
    if isinstance(value, NotMeasured):
        return REASONS[value.reason].to(style.language)
    marks = _marks(value, unit, style)
    if isinstance(value, Stage):
        text = visible(value.text)
    else:
        text = with_unit(value.value, unit, style)
        if value.own is not None:
            text = Text(f"累計{text}", f"total {text}").to(style.language)
    return _marked(text, [mark.to(style.language) for mark in marks], style)


def _marks(value: Measured | Stage, unit: str, style: Style) -> list[Text]:
    """Return what has to be said beside a value: its own year's amount, that it is preliminary, or of another time."""
    marks = []
    if isinstance(value, Measured) and value.own is not None and value.own != value.value:
        own = with_unit(value.own, unit, style)
        marks.append(Text(f"うち当年度{own}", f"{own} this year"))
    if value.preliminary if isinstance(value, Measured) else value.actual.preliminary:
        marks.append(Text("速報", "preliminary"))
    if value.actual.data_year is not None:
        marks.append(Text(f"{value.actual.data_year}の値", f"of {value.actual.data_year}"))
    if value.actual.label is not None:
        marks.append(same(visible(value.actual.label)))
    return marks


def rate_text(result: Achievement, form: Form, style: Style) -> str:
    """Return ``112.5%`` or ``1.13``, or why there is no rate; what is whole only by rounding is marked ``※``."""
    if isinstance(result, NoRate):
        return REASONS[result.reason].to(style.language)
    mark = ROUNDED if only_rounds_to_whole(result, form) else ""
    value = shown(result.value, form)
    return f"{style.negative if value < 0 else ''}{abs(value):f}{'' if form.ratio else '%'}{mark}"


def rate_with_method(result: Achievement, form: Form, style: Style) -> str:
    """Return ``112.5% A/T``: the rate with the formula that it comes from."""
    text = rate_text(result, form, style)
    return f"{text} {FORMULAS[result.method].replace(' ', '')}" if isinstance(result, Rate) else text


def verdict_text(value: YearValue, style: Style) -> str:
    """Return 達成 or 未達; a value worse than the baseline is called so (悪化)."""
    judged = VERDICTS[value.verdict].to(style.language)
    if not value.worse:
        return judged
    worse = WORSE.to(style.language)
    if value.verdict is Verdict.UNDECIDED:
        return worse
    return Text(f"{judged}・{worse}", f"{judged}, {worse}").to(style.language)


def grade_text(grade: Graded | None, style: Style) -> str:
    """Return a grade, with a mark where a person gave it; or why there is none."""
    if grade is None:
        return NOTHING
    if isinstance(grade, Grade):
        return f"{visible(grade.label)}{BY_HAND if grade.by_hand else ''}"
    return REASONS[grade.reason].to(style.language)


def any_by_hand(years: Iterable[YearValue | None]) -> bool:
    """Whether a person gave any of the grades of these years."""
    return any(year is not None and isinstance(year.grade, Grade) and year.grade.by_hand for year in years)


def previous_text(each: IndicatorStatus, style: Style) -> str:
    """Return last year's rate and grade: ``85.7% B``; nothing where there was neither."""
    if each.previous is None:
        return NOTHING
    parts = []
    if isinstance(each.previous.achievement, Rate):
        parts.append(rate_text(each.previous.achievement, each.form, style))
    if isinstance(each.previous.grade, Grade):
        parts.append(grade_text(each.previous.grade, style))
    return " ".join(parts) or NOTHING


_SAID_ALREADY = frozenset(
    (
        *STATE_REASONS.values(),
        Reason.INCOMPLETE_TOTAL,
        Reason.INCOMPLETE_PARTS,
        Reason.IN_PARTS,
        Reason.NO_TARGET,
        Reason.MILESTONE,
    )
)
"""Reasons that stand in place of the actual or the target already."""


def rate_cell(each: IndicatorStatus, style: Style) -> str:
    """Return what a table shows as the year's rate: the rate with its formula, a reason that stands nowhere else."""
    result = each.now.achievement
    if each.indicator.monitoring:
        return change_text(each, style)
    if isinstance(result, NoRate) and result.reason in _SAID_ALREADY:
        return NOTHING
    return rate_with_method(result, each.form, style)


def progress_cell(each: IndicatorStatus, style: Style) -> str:
    """Return what a table shows as the progress to the final target."""
    return NOTHING if isinstance(each.progress, NoRate) else rate_text(each.progress, each.form, style)


def grade_cell(grade: Graded | None, style: Style) -> str:
    """Return what a table shows as the grade."""
    return grade_text(grade, style) if isinstance(grade, Grade) else NOTHING


def signed(value: Decimal, unit: str, style: Style) -> str:
    """Return a change: ``+112台``, ``-0.08回/月``, ``±0``, ``+41.9ポイント`` between percentages."""
    sign = "+" if value > 0 else style.negative if value < 0 else "±"
    if unit in _CLOSE_UNITS:
        unit = Text("ポイント", "points").to(style.language)
    return sign + with_unit(abs(value), unit, style)


def change_text(each: IndicatorStatus, style: Style) -> str:
    """Return how far the value is from the baseline, or nothing where that cannot be told."""
    change = each.change
    return NOTHING if isinstance(change, NoRate) else signed(change, each.indicator.unit, style)


def needed_text(each: IndicatorStatus, style: Style) -> str:
    """Return the change a year that leads to the final target, or that it is reached already."""
    if each.outlook is None:
        return NOTHING
    goal = each.now.terms.final_goal
    may_still_pass = each.now.terms.cumulative and goal is not None and goal.lower_is_better
    reached = goal is not None and isinstance(each.now.measured, Measured) and goal.reached(each.now.measured.exact)
    if reached and not may_still_pass:
        return Text("到達済み", "reached").to(style.language)
    return _a_year(half_up(each.outlook.needed, _digits(each)), each, style)


def projection_text(each: IndicatorStatus, style: Style) -> str:
    """Return where the straight line leads in the final target's year, marked as arithmetic: ``推計134.2%（R11）``."""
    if each.outlook is None or each.outlook.projection is None:
        return NOTHING
    value, year = projected(each.outlook.projection, each, style), each.outlook.final.year
    return Text(f"推計{value}（{year}）", f"{value} ({year}, projected)").to(style.language)


def projected(value: Fraction, each: IndicatorStatus, style: Style) -> str:
    """Return a value that a straight line leads to, as precise as the indicator's own: ``134.2%``."""
    return with_unit(half_up(value, _digits(each)), each.indicator.unit, style)


def pace_text(each: IndicatorStatus, style: Style) -> str:
    """Return the change a year since the start."""
    if each.outlook is None or each.outlook.pace is None:
        return NOTHING
    return _a_year(half_up(each.outlook.pace, _digits(each)), each, style)


def _a_year(change: Decimal, each: IndicatorStatus, style: Style) -> str:
    text = signed(change, each.indicator.unit, style)
    return Text(f"{text}/年", f"{text} a year").to(style.language)


def _digits(each: IndicatorStatus) -> int:
    """Return how many decimals a computed value of this indicator is shown with: as its value has, but at least one."""
    value = each.now.measured.value if isinstance(each.now.measured, Measured) else Decimal(0)
    exponent = value.as_tuple().exponent
    return max(-exponent, 1) if isinstance(exponent, int) else 1


def grades_line(grades: Distribution, language: Language) -> str:
    """Return how many indicators have each grade, with shares: ``評価 A 3（75.0%）　B 1（25.0%）　評価なし 2``."""
    name = Text("評価", "Grades").to(language)
    gap = "　" if language == "ja" else "   "
    parts = [
        Text(f"{label} {number}（{share:f}%）", f"{label}: {number} ({share:f}%)").to(language)
        for label, number, share in ((visible(each.label), each.number, each.share) for each in grades.shares)
    ]
    if grades.not_graded:
        parts.append(Text(f"評価なし {grades.not_graded}", f"not graded: {grades.not_graded}").to(language))
    return f"{name} {gap.join(parts)}"


GRADED_BY: Mapping[GradedBy, Text] = {
    GradedBy.RATE: Text("達成率", "rate"),
    GradedBy.FINAL: Text("最終目標に対する率", "rate against the final target"),
    GradedBy.PROGRESS: Text("最終目標進捗率", "progress to the final target"),
    GradedBy.PRO_RATA: Text("経過年数で割り戻した進捗率", "progress for the time gone"),
}


def bands_text(grading: Grading, style: Style) -> str:
    """Return which rates earn which grade: ``評価（達成率）: A 110%超、B 95%以上、C それ未満``."""
    on = GRADED_BY[grading.by]
    bands = [_band_text(band, style).to(style.language) for band in grading.bands]
    listed = ("、" if style.language == "ja" else ", ").join(bands)
    return Text(f"評価（{on.ja}）: {listed}", f"Grades (by {on.en}): {listed}").to(style.language)


_SAYS_ITS_BOUND = re.compile(r"[0-9０-９][%％]")
"""A label such as 80%以上; that of 5 or ① says nothing of the rates that earn it."""


def _band_text(band: Band, style: Style) -> Text:
    label = visible(band.label)
    meaning = f" {visible(band.meaning)}" if band.meaning else ""
    if band.by_hand:
        bound = Text("（人が付ける）", "(by hand)")
    elif _SAYS_ITS_BOUND.search(label):
        return Text(f"{label}{meaning}", f"{label}{meaning}")
    elif band.bound is None:
        bound = Text("それ未満", "below")
    else:
        value = with_unit(band.bound, "%", style)
        bound = (
            Text(f"{value}超", f"over {value}") if band.over is not None else Text(f"{value}以上", f"{value} or more")
        )
    if band.full_target is not None and band.full_target != band.min:
        full = with_unit(band.full_target, "%", style)
        bound = Text(
            f"{bound.ja}（目標値が100%なら{full}以上）", f"{bound.en} ({full} or more where the target is 100%)"
        )
    return Text(f"{label}{'' if band.by_hand else ' '}{bound.ja}{meaning}", f"{label} {bound.en}{meaning}")


EXPECTED_NOTE = Text(
    "目標値のない年度は、目安値と比べる（目標達成の数には入れない）。",
    "A year without a target is held against its expected value (not counted among the targets met).",
)
PROJECTION_NOTE = Text(
    "「このままなら」は、これまでの増減を最終目標の年度まで直線で延ばした計算で、予測ではない。",
    '"At this pace" prolongs the change so far in a straight line to the final target\'s year; it is no forecast.',
)
SHARES_NOTE = Text(
    "割合は四捨五入しているため、合計が100%にならない。", "Shares are rounded, so that they do not add up to 100%."
)


def department_text(department: Department, language: Language) -> str:
    """Return who answers: ``担当: 情報システム課（関係: 総務課、区民課）``."""
    lead, related = visible(department.lead), [visible(each) for each in department.related]
    if not related:
        return Text(f"担当: {lead}", f"Department: {lead}").to(language)
    return Text(
        f"担当: {lead}（関係: {'、'.join(related)}）", f"Department: {lead} (related: {', '.join(related)})"
    ).to(language)


def history_lines(
    first: FiscalYear | None, until: FiscalYear | None, merged_into: str | None, former: Iterable[FormerName]
) -> Iterator[Text]:
    """Yield how something came into the plan, ended, or was called before."""
    if first is not None:
        yield Text(f"{first} に追加", f"Added in {first}")
    if until is not None and merged_into:
        yield Text(f"{until} で終了し、{merged_into} に統合", f"Ended after {until}, merged into {merged_into}")
    elif until is not None:
        yield Text(f"{until} で終了", f"Ended after {until}")
    for each in former:
        name = on_one_line(each.name)
        yield Text(f"旧名称: {name}（{each.until} まで）", f"Formerly: {name} (until {each.until})")


def answer(summary: Summary, language: Language) -> str:
    """Return the one line that comes first: how many targets are met, and how many values are missing."""
    parts = [
        Text(f"目標達成 {summary.met}/{summary.judged}", f"Targets met: {summary.met} of {summary.judged}"),
        Text(f"未報告 {summary.unreported}", f"unreported: {summary.unreported}"),
    ]
    if summary.expected_judged:
        reached, judged = summary.expected_met, summary.expected_judged
        parts.insert(1, Text(f"目安達成 {reached}/{judged}", f"expected values met: {reached} of {judged}"))
    further = (
        (summary.unjudged, Text("未判定", "not judged yet")),
        (summary.without_value, Text("値なし（集計中など）", "without a value")),
        (summary.without_target, Text("この年度の目標値なし", "no target this year")),
        (summary.monitoring, Text("管理指標", "monitoring")),
    )
    parts += [Text(f"{label.ja} {count}", f"{label.en}: {count}") for count, label in further if count]
    return ("　" if language == "ja" else "   ").join(part.to(language) for part in parts)


def remarks(each: InitiativeStatus, language: Language) -> str:
    """Return what a pair of numbers cannot say: results other than done, and relisted actions."""
    others = [result for result in Result if result is not Result.DONE]
    counts = [(RESULTS[result], each.results.count(result)) for result in others]
    counts.append((Text("再掲", "relisted"), each.relisted))
    said = [Text(f"{label.ja} {count}", f"{count} {label.en}") for label, count in counts if count]
    return "、".join(text.ja for text in said) if language == "ja" else ", ".join(text.en for text in said)


def due_next(year: FiscalYear | None) -> Text:
    """Return the heading over what is due in the following year; None after the plan's last."""
    name = Text("次年度", "next year") if year is None else same(str(year))
    return Text(f"{name.ja}予定", f"Due {name.en}")
