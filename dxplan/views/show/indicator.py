"""One indicator: what it is, every year in a table with a chart, what lies ahead, and how its figures were computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as RichText

from dxplan.language import Language, Text, same
from dxplan.model.department import Department
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Plan
from dxplan.model.target import TargetValue
from dxplan.model.values import Method
from dxplan.progress.achievement import Achievement, NoRate, Rate, Reason
from dxplan.progress.explanation import Explanation, exact_text
from dxplan.progress.grading import Grade
from dxplan.progress.judgement import IndicatorStatus, YearValue, rounded_to_whole
from dxplan.progress.measured import Measured, NotMeasured
from dxplan.progress.terms import Against, Form
from dxplan.views.charts import gauge
from dxplan.views.rendering import rendered
from dxplan.views.terminal import Screen, on_one_line, visible
from dxplan.views.wording import (
    BY_HAND_NOTE,
    DIRECTIONS,
    NOTHING,
    REASONS,
    ROUNDED_NOTE,
    SERIES,
    VERDICT_STYLES,
    Style,
    aim_text,
    any_by_hand,
    baseline_text,
    change_text,
    department_text,
    figure,
    grade_cell,
    grade_text,
    history_lines,
    measured_text,
    needed_text,
    pace_text,
    previous_text,
    projection_text,
    rate_text,
    rate_with_method,
    style_of,
    target_text,
    verdict_text,
    year_name,
)

_GAUGE = 24
_LEAST_FOR_GAUGE = 76


class Explained(NamedTuple):
    """How the figures of an indicator were computed, and those of each of its parts."""

    whole: Sequence[Explanation]
    parts: Sequence[Sequence[Explanation]]


def document(plan: Plan, each: IndicatorStatus, explained: Explained, screen: Screen) -> str:
    """Return the whole page."""
    return rendered(_page(each, explained, style_of(plan, screen.language), screen), screen)


def _page(each: IndicatorStatus, explained: Explained, style: Style, screen: Screen) -> Iterator[RenderableType]:
    language, indicator = screen.language, each.indicator
    heading = RichText(visible(each.name), "bold")
    heading.append(f"　{indicator.id}", "dim")
    yield heading
    yield RichText(_what_it_is(each, language))
    for line in _background(indicator, each.department, language):
        yield RichText(line, "dim")
    yield from _figures(each, style, screen)
    for explanation in explained.whole:
        yield RichText("")
        yield from _explained(explanation, each.form, style)
    for part, explanations in zip(each.parts, explained.parts, strict=True):
        yield RichText("")
        name = RichText(f"{Text('内訳', 'Part').to(language)} {visible(part.name)}", "bold")
        name.append(f"　{part.indicator.id}", "dim")
        yield name
        yield from _figures(part, style, screen)
        for explanation in explanations:
            yield RichText("")
            yield from _explained(explanation, part.form, style)
    if any(rounded_to_whole(one, one.history) for one in (each, *each.parts)):
        yield RichText("")
        yield RichText(ROUNDED_NOTE.to(language), "dim")
    if any_by_hand(past for one in (each, *each.parts) for past in one.history):
        yield RichText("")
        yield RichText(BY_HAND_NOTE.to(language), "dim")


def _figures(each: IndicatorStatus, style: Style, screen: Screen) -> Iterator[RenderableType]:
    """Yield the year's answer, all years, what lies ahead, and what was noted."""
    colour = "red" if each.now.worse else VERDICT_STYLES[each.now.verdict]
    yield RichText(_verdict_line(each, style), colour)
    ahead = _ahead(each, style)
    if ahead:
        yield RichText(ahead)
    yield RichText("")
    yield _years(each, style, screen)
    for note in each.indicator.note:
        yield RichText(f"※ {on_one_line(note)}", "dim")
    for said in (*_revisions(each, style), *_said_of_years(each, style)):
        yield RichText(said, "dim")


def _what_it_is(each: IndicatorStatus, language: Language) -> str:
    indicator = each.indicator
    parts = []
    if each.viewpoint is not None:
        label = Text("視点", "Viewpoint ").to(language)
        parts.append(f"{label}{each.viewpoint.id} {visible(each.viewpoint.title)}")
    if each.initiative is not None:
        label = Text("取組", "Initiative ").to(language)
        parts.append(f"{label}{each.initiative.id} {visible(each.initiative.title_in(each.now.year))}")
    if indicator.monitoring:
        parts.append(REASONS[Reason.MONITORING].to(language))
    elif indicator.direction is not None:
        parts.append(DIRECTIONS[indicator.direction].to(language))
    parts.append(SERIES[indicator.series].to(language))
    return ("・" if language == "ja" else ", ").join(parts)


def _background(indicator: Indicator, department: Department | None, language: Language) -> Iterator[str]:
    """Yield what the plan says of the indicator besides its figures, where it does."""
    if department is not None:
        yield department_text(department, language)
    if indicator.definition:
        yield f"{Text('定義', 'Definition').to(language)}: {on_one_line(indicator.definition)}"
    if indicator.source:
        yield f"{Text('出典', 'Source').to(language)}: {on_one_line(indicator.source)}"
    history = history_lines(indicator.first, indicator.until, indicator.merged_into, indicator.former_names)
    yield from (line.to(language) for line in history)


def _verdict_line(each: IndicatorStatus, style: Style) -> str:
    """Return the year's answer: the verdict with what it follows from, or why there is none."""
    now, language = each.now, style.language
    year = year_name(now.year, language)
    if not each.is_in_plan:
        return Text(f"{year}: 計画に含まれない", f"{year}: not part of the plan").to(language)
    if isinstance(now.measured, NotMeasured) and now.measured.reason is not Reason.IN_PARTS:
        said = [REASONS[now.measured.reason], *_grade_said(each, style)]
    elif each.indicator.monitoring:
        actual, change = measured_text(now.measured, each.indicator.unit, style), change_text(each, style)
        said = [Text(f"{actual}（基準値から {change}）", f"{actual} ({change} from the baseline)")]
    else:
        said = [same(verdict_text(now, style)), _values_said(each, style), *_rate_said(each, style)]
        said += [*_grade_said(each, style), *_year_before_said(each, style)]
    gap = "　" if language == "ja" else "   "
    return f"{year}: {gap.join(part.to(language) for part in said)}"


def _values_said(each: IndicatorStatus, style: Style) -> Text:
    """Return the actual and what it is held against: ``実績値 54% / 目標値 48%``."""
    now, unit = each.now, each.indicator.unit
    actual, aim = measured_text(now.measured, unit, style), aim_text(now, unit, style)
    said = Text(f"実績値 {actual}", f"actual {actual}")
    if aim == NOTHING:
        return said
    if now.target is None:
        return Text(f"{said.ja} / {aim}", f"{said.en} / {aim}")
    return Text(f"{said.ja} / 目標値 {aim}", f"{said.en} / target {aim}")


def _rate_said(each: IndicatorStatus, style: Style) -> Iterator[Text]:
    result = each.now.achievement
    if not (isinstance(result, NoRate) and result.reason in _SILENT):
        rate = rate_with_method(result, each.form, style)
        yield Text(f"達成率 {rate}", f"rate {rate}")


def _grade_said(each: IndicatorStatus, style: Style) -> Iterator[Text]:
    """Yield the grade, with the figure it follows from where that is another than the year's rate."""
    grade = each.now.grade
    if not isinstance(grade, Grade):
        return
    text = grade_text(grade, style)
    if grade.figure is not None and grade.figure != _value(each.now.achievement):
        figure = rate_text(Rate(grade.figure, Method.NONE), each.form, style)
        text = Text(f"{text}（{figure}）", f"{text} ({figure})").to(style.language)
    yield Text(f"評価 {text}", f"grade {text}")


def _year_before_said(each: IndicatorStatus, style: Style) -> Iterator[Text]:
    before = previous_text(each, style)
    if before != NOTHING:
        yield Text(f"（前年度 {before}）", f"(year before: {before})")


def _value(result: Achievement) -> Fraction | None:
    return result.value if isinstance(result, Rate) else None


def _ahead(each: IndicatorStatus, style: Style) -> str:
    """Return what lies between now and the final target, or nothing."""
    if each.outlook is None:
        return ""
    final = each.outlook.final
    target = target_text(each.now.terms.final, each.indicator.unit, style)
    needed, pace, projection = needed_text(each, style), pace_text(each, style), projection_text(each, style)
    language = style.language
    parts = [
        Text(f"最終目標 {final.year} {target} まで", f"To the final target, {target} in {final.year}"),
        Text(f"必要な増減 {needed}", f"needed: {needed}"),
    ]
    if pace != NOTHING:
        parts.append(Text(f"これまで {pace}", f"so far {pace}"))
        parts.append(Text(f"このままなら {projection}", f"at this pace {projection}"))
    return ("　" if language == "ja" else "   ").join(part.to(language) for part in parts)


def _years(each: IndicatorStatus, style: Style, screen: Screen) -> Table:
    language = style.language
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column(Text("年度", "Year").to(language), no_wrap=True)
    for title in (Text("目標値", "Target"), Text("実績値", "Actual"), Text("達成率", "Rate")):
        table.add_column(title.to(language), justify="right", overflow="fold")
    table.add_column(Text("判定", "Met").to(language), no_wrap=True)
    graded = any(past.grade is not None for past in each.history)
    if graded:
        table.add_column(Text("評価", "Grade").to(language), no_wrap=True)
    scale = _scale(each)
    draws = screen.width >= _LEAST_FOR_GAUGE and scale > 0
    if draws:
        table.add_column(Text("実績（┃ 目標）", "Actual (┃ target)").to(language), no_wrap=True)
    baseline = each.now.terms.baseline
    if baseline is not None:
        start = RichText(baseline_text(baseline, each.indicator.unit, style))
        drawn = [RichText(gauge(Fraction(baseline.value or 0) / scale, None, _GAUGE), "dim")] if draws else []
        label = RichText(Text("基準", "Baseline").to(language), "dim")
        empty = [RichText("")] * (3 if graded else 2)
        table.add_row(label, RichText(""), start, *empty, *drawn)
    for past in each.history if each.is_in_plan else (past for past in each.history if past is not each.now):
        table.add_row(*_year_row(past, each, style, scale if draws else None, graded=graded))
    return table


def _revisions(each: IndicatorStatus, style: Style) -> Iterator[str]:
    """Yield how targets and the baseline were revised."""
    language, unit = style.language, each.indicator.unit
    for year, target in sorted(each.indicator.targets.items()):
        after: list[TargetValue | None] = [*(revision.before for revision in target.revisions[1:]), target]
        for revision, then in zip(target.revisions, after, strict=False):
            before, now = target_text(revision.before, unit, style), target_text(then, unit, style)
            reason = on_one_line(revision.reason)
            yield Text(
                f"{year} の目標値 {before} → {now}（{revision.date} 改定: {reason}）",
                f"target for {year}: {before} → {now} (revised {revision.date}: {reason})",
            ).to(language)
    if each.indicator.baseline is None:
        return
    for rebased in each.indicator.baseline.revisions:
        earlier, reason = baseline_text(rebased.before, unit, style), on_one_line(rebased.reason)
        yield Text(
            f"基準値 {earlier}を {rebased.date} に改定: {reason}",
            f"baseline revised {rebased.date} from {earlier}: {reason}",
        ).to(language)


def _said_of_years(each: IndicatorStatus, style: Style) -> Iterator[str]:
    """Yield what was noted beside single values: of the baseline, and of each year what it is a value of."""
    language, baseline = style.language, each.indicator.baseline
    if baseline is not None and baseline.note:
        yield f"{Text('基準', 'Baseline').to(language)} ※ {on_one_line(baseline.note)}"
    for past in each.history:
        for said in _said_of_year(past, style):
            yield f"{past.year} ※ {said.to(language)}"


def _said_of_year(past: YearValue, style: Style) -> Iterator[Text]:
    actual = past.measured.actual
    if isinstance(past.measured, Measured) and past.measured.counts is not None:
        part, whole = (figure(count, style) for count in past.measured.counts)
        yield Text(f"{whole} のうち {part}", f"{part} of {whole}")
    if past.terms.expected is not None and past.terms.against is Against.TARGET:
        value = figure(past.terms.expected.shown, style)
        yield Text(f"目安値 {value}", f"expected value {value}")
    if actual.label and isinstance(past.measured, NotMeasured):
        yield same(visible(actual.label))
    if actual.as_of:
        yield Text(f"{actual.as_of} 時点", f"as of {actual.as_of}")
    if actual.source:
        source = on_one_line(actual.source)
        yield Text(f"出典: {source}", f"source: {source}")
    if actual.reason:
        reason = on_one_line(actual.reason)
        given = Text("評価の", " for the grade") if actual.grade is not None else Text("", "")
        given = Text("判定の", " for the verdict") if actual.met is not None else given
        yield Text(f"{given.ja}理由: {reason}", f"reason{given.en}: {reason}")
    for note in actual.note:
        yield Text(on_one_line(note), on_one_line(note))


def _year_row(
    past: YearValue, each: IndicatorStatus, style: Style, scale: Fraction | None, *, graded: bool
) -> Iterator[RichText]:
    unit = each.indicator.unit
    current = "bold" if past.year == each.now.year else ""
    yield RichText(str(past.year), current)
    yield RichText(aim_text(past, unit, style), current)
    yield RichText(NOTHING if _is_blank(past) else measured_text(past.measured, unit, style), current)
    silent = isinstance(past.achievement, NoRate) and past.achievement.reason in _SILENT
    yield RichText(NOTHING if silent else rate_text(past.achievement, each.form, style), current)
    yield RichText(verdict_text(past, style), "red" if past.worse else VERDICT_STYLES[past.verdict])
    if graded:
        yield RichText(grade_cell(past.grade, style), current)
    if scale is not None:
        value = past.measured.exact / scale if isinstance(past.measured, Measured) else Fraction(0)
        mark = _aim(past)
        yield RichText(gauge(value, None if mark is None else mark / scale, _GAUGE), VERDICT_STYLES[past.verdict])


_SILENT = frozenset((Reason.MONITORING, Reason.UNREPORTED, Reason.NO_TARGET, Reason.MILESTONE, Reason.IN_PARTS))
"""Reasons that stand in place of the target or the actual already."""


def _is_blank(past: YearValue) -> bool:
    return isinstance(past.measured, NotMeasured) and past.measured.reason is Reason.UNREPORTED


def _aim(past: YearValue) -> Fraction | None:
    goal = past.terms.goal
    return None if goal is None else goal.number


def _scale(each: IndicatorStatus) -> Fraction:
    """Return the value that fills the chart: the largest there is."""
    values = [past.measured.exact for past in each.history if isinstance(past.measured, Measured)]
    values += [aim for past in each.history if (aim := _aim(past)) is not None]
    if each.now.terms.baseline is not None and each.now.terms.baseline.value is not None:
        values.append(Fraction(each.now.terms.baseline.value))
    return max(values, default=Fraction(0))


def _explained(explanation: Explanation, form: Form, style: Style) -> Iterator[RichText]:
    language = style.language
    yield RichText(explanation.name.to(language), "bold")
    result = explanation.result
    exact = f"{result.value.numerator}/{result.value.denominator}"
    shown = rate_text(result, form, style)
    rounding = Text(f"（小数第{form.decimals + 1}位を四捨五入）", f" (rounded half up, decimals: {form.decimals})")
    computed = f"  {explanation.formula} = {explanation.filled_in} = {exact} = {shown}"
    yield RichText(computed + rounding.to(language))
    for each in explanation.inputs:
        symbol = each.symbol or " +"
        text = RichText(f"  {symbol:<2} {each.name.to(language)} {exact_text(each.value)}")
        if each.place is not None:
            text.append(f"  {visible(each.place.file)}:{each.place.line}", "dim")
        yield text
