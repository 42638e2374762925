"""One indicator: what it is, every year in a table with a chart, and how the year's figures were computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as RichText

from dxplan.language import Language, Text
from dxplan.progress.achievement import NoRate, Reason
from dxplan.progress.explanation import Explanation
from dxplan.progress.measured import Measured, NotMeasured
from dxplan.progress.status import IndicatorStatus, YearValue, rounded_to_whole
from dxplan.views.charts import gauge
from dxplan.views.rendering import rendered
from dxplan.views.terminal import Screen, on_one_line, visible
from dxplan.views.wording import (
    DIRECTIONS,
    NOTHING,
    REASONS,
    ROUNDED_NOTE,
    SERIES,
    VERDICT_STYLES,
    VERDICTS,
    baseline_text,
    change_text,
    measured_text,
    rate_text,
    rate_with_method,
    target_text,
    year_name,
)

_GAUGE = 24
_LEAST_FOR_GAUGE = 76


def document(each: IndicatorStatus, explanations: Sequence[Explanation], decimals: int, screen: Screen) -> str:
    """Return the whole page."""
    return rendered(_page(each, explanations, decimals, screen), screen)


def _page(
    each: IndicatorStatus, explanations: Sequence[Explanation], decimals: int, screen: Screen
) -> Iterator[RenderableType]:
    language, indicator = screen.language, each.indicator
    heading = RichText(visible(indicator.name), "bold")
    heading.append(f"　{indicator.id}", "dim")
    yield heading
    yield RichText(_what_it_is(each, language))
    yield RichText(_verdict_line(each, decimals, language), VERDICT_STYLES[each.now.verdict])
    yield RichText("")
    yield _years(each, decimals, screen)
    for note in indicator.note:
        yield RichText(f"※ {on_one_line(note)}", "dim")
    for said in _said_of_years(each, language):
        yield RichText(said, "dim")
    for explanation in explanations:
        yield RichText("")
        yield from _explained(explanation, decimals, language)
    if rounded_to_whole(each, decimals, each.history):
        yield RichText("")
        yield RichText(ROUNDED_NOTE.to(language), "dim")


def _what_it_is(each: IndicatorStatus, language: Language) -> str:
    indicator = each.indicator
    parts = []
    if each.viewpoint is not None:
        label = Text("視点", "Viewpoint ").to(language)
        parts.append(f"{label}{each.viewpoint.id} {visible(each.viewpoint.title)}")
    if each.initiative is not None:
        label = Text("取組", "Initiative ").to(language)
        parts.append(f"{label}{each.initiative.id} {visible(each.initiative.title)}")
    if indicator.monitoring:
        parts.append(REASONS[Reason.MONITORING].to(language))
    elif indicator.direction is not None:
        parts.append(DIRECTIONS[indicator.direction].to(language))
    parts.append(SERIES[indicator.series].to(language))
    return ("・" if language == "ja" else ", ").join(parts)


def _verdict_line(each: IndicatorStatus, decimals: int, language: Language) -> str:
    now, unit = each.now, each.indicator.unit
    year = year_name(now.year, language)
    if isinstance(now.measured, NotMeasured):
        missing = REASONS[now.measured.reason]
        return Text(f"{year}: {missing.ja}", f"{year}: {missing.en}").to(language)
    actual = measured_text(now.measured, unit, language)
    if each.indicator.monitoring:
        change = change_text(each, language)
        return Text(f"{year}: {actual}（基準値から {change}）", f"{year}: {actual} ({change} from the baseline)").to(
            language
        )
    rate = rate_with_method(now.achievement, decimals, language)
    target = target_text(now.target, unit, language)
    judged = VERDICTS[now.verdict].to(language)
    return Text(
        f"{year}: {judged}　実績値 {actual} / 目標値 {target}　達成率 {rate}",
        f"{year}: {judged}   actual {actual} / target {target}   rate {rate}",
    ).to(language)


def _years(each: IndicatorStatus, decimals: int, screen: Screen) -> Table:
    language, indicator = screen.language, each.indicator
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column(Text("年度", "Year").to(language), no_wrap=True)
    for title in (Text("目標値", "Target"), Text("実績値", "Actual"), Text("達成率", "Rate")):
        table.add_column(title.to(language), justify="right", overflow="fold")
    table.add_column(Text("判定", "Met").to(language), no_wrap=True)
    scale = _scale(each)
    draws = screen.width >= _LEAST_FOR_GAUGE and scale > 0
    if draws:
        table.add_column(Text("実績（┃ 目標）", "Actual (┃ target)").to(language), no_wrap=True)
    if indicator.baseline is not None:
        start = RichText(baseline_text(indicator.baseline, indicator.unit, language))
        drawn = [RichText(gauge(_share(indicator.baseline.value, scale), None, _GAUGE), "dim")]
        label = RichText(Text("基準", "Baseline").to(language), "dim")
        table.add_row(label, RichText(""), start, RichText(""), RichText(""), *(drawn if draws else []))
    for past in each.history:
        table.add_row(*_year_row(past, each, decimals, screen, scale if draws else None))
    return table


def _said_of_years(each: IndicatorStatus, language: Language) -> Iterator[str]:
    """Yield what was noted beside single values: of the baseline, and of each year as of when it holds."""
    baseline = each.indicator.baseline
    if baseline is not None and baseline.note:
        yield f"{Text('基準', 'Baseline').to(language)} ※ {on_one_line(baseline.note)}"
    for past in each.history:
        actual = past.measured.actual
        if actual.as_of:
            yield Text(f"{past.year} ※ {actual.as_of} 時点", f"{past.year} ※ as of {actual.as_of}").to(language)
        for note in actual.note:
            yield f"{past.year} ※ {on_one_line(note)}"


def _year_row(
    past: YearValue, each: IndicatorStatus, decimals: int, screen: Screen, scale: Decimal | None
) -> Iterator[RichText]:
    language, unit = screen.language, each.indicator.unit
    current = "bold" if past.year == each.now.year else ""
    yield RichText(str(past.year), current)
    yield RichText(target_text(past.target, unit, language), current)
    unreported = isinstance(past.measured, NotMeasured) and past.measured.reason is Reason.UNREPORTED
    yield RichText(NOTHING if unreported else measured_text(past.measured, unit, language), current)
    silent = isinstance(past.achievement, NoRate) and past.achievement.reason in (
        Reason.MONITORING,
        Reason.UNREPORTED,
        Reason.NO_TARGET,
    )
    yield RichText(NOTHING if silent else rate_text(past.achievement, decimals, language), current)
    yield RichText(VERDICTS[past.verdict].to(language), VERDICT_STYLES[past.verdict])
    if scale is not None:
        value = _share(past.measured.value, scale) if isinstance(past.measured, Measured) else Fraction(0)
        mark = _share(past.target, scale) if isinstance(past.target, Decimal) else None
        yield RichText(gauge(value, mark, _GAUGE), VERDICT_STYLES[past.verdict])


def _scale(each: IndicatorStatus) -> Decimal:
    """Return the value that fills the chart: the largest there is."""
    values = [past.measured.value for past in each.history if isinstance(past.measured, Measured)]
    values += [past.target for past in each.history if isinstance(past.target, Decimal)]
    if each.indicator.baseline is not None:
        values.append(each.indicator.baseline.value)
    return max(values, default=Decimal(0))


def _share(value: Decimal, scale: Decimal) -> Fraction:
    return Fraction(value) / Fraction(scale)


def _explained(explanation: Explanation, decimals: int, language: Language) -> Iterator[RichText]:
    yield RichText(explanation.name.to(language), "bold")
    result = explanation.result
    exact = f"{result.value.numerator}/{result.value.denominator}"
    shown = rate_text(result, decimals, language)
    rounding = Text(f"（小数第{decimals + 1}位を四捨五入）", f" (rounded half up, decimals: {decimals})")
    computed = f"  {explanation.formula} = {explanation.filled_in} = {exact} = {shown}"
    yield RichText(computed + rounding.to(language))
    for each in explanation.inputs:
        symbol = each.symbol or " +"
        text = RichText(f"  {symbol:<2} {each.name.to(language)} {each.value:f}")
        if each.place is not None:
            text.append(f"  {visible(each.place.file)}:{each.place.line}", "dim")
        yield text
