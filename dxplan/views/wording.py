"""Words and figures as people read them: years, values with units, rates, reasons, results."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Language, Text, same
from dxplan.model.plan import Baseline, Range, Target
from dxplan.model.values import Direction, Result, Series
from dxplan.progress.achievement import (
    FORMULAS,
    Achievement,
    NoRate,
    Rate,
    Reason,
    Verdict,
    only_rounds_to_whole,
    percent,
)
from dxplan.progress.measured import Measured, NotMeasured
from dxplan.progress.status import IndicatorStatus, InitiativeStatus, Summary
from dxplan.views.terminal import visible

NOTHING = "―"
ROUNDED = "※"
ROUNDED_NOTE = Text(
    f"{ROUNDED} 四捨五入で100%と表示されるが、目標値に届いていない。",
    f"{ROUNDED} Rounds to 100%, but falls short of the target.",
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
    Reason.RANGE_TARGET: Text("範囲の目標", "range target"),
    Reason.NO_METHOD: Text("計算しない", "not computed"),
    Reason.NO_BASELINE: Text("基準値なし", "no baseline"),
    Reason.ZERO_TARGET: Text("目標値が0", "target is 0"),
    Reason.ZERO_ACTUAL: Text("実績値が0", "actual is 0"),
    Reason.NEGATIVE_VALUE: Text("負の値", "negative value"),
    Reason.TARGET_IS_BASELINE: Text("目標値=基準値", "target = baseline"),
    Reason.TARGET_BEHIND_BASELINE: Text("目標値が基準値より後退", "target behind baseline"),
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
    Direction.MAINTAIN: Text("下回らない", "maintain"),
    Direction.RANGE: Text("範囲に収める", "within a range"),
}
SERIES: Mapping[Series, Text] = {
    Series.POINT: Text("時点の値", "value at a point in time"),
    Series.ANNUAL: Text("年度ごとの量", "amount of each year"),
    Series.CUMULATIVE: Text("計画期間の累計", "total over the plan's period"),
}


def year_name(year: FiscalYear, language: Language) -> str:
    """Return ``令和7年度（2025年度）`` or ``FY2025 (R7)``."""
    return Text(f"{year.ja}（{year.western}年度）", f"{year.en} ({year})").to(language)


def figure(value: Decimal) -> str:
    """Return a value with its digits as written, and thousands separators for the screen."""
    return f"{value:,f}"


_CLOSE_UNITS = frozenset("%％")


def with_unit(value: Decimal, unit: str, language: Language) -> str:
    """Return ``54%``, ``470台``, ``470 台``: English sets units apart, except for per cent."""
    shown = visible(unit)
    gap = " " if language == "en" and shown and shown[0] not in _CLOSE_UNITS else ""
    return f"{figure(value)}{gap}{shown}"


def target_text(target: Target | None, unit: str, language: Language) -> str:
    """Return a target; a range as ``40%以上60%以下``."""
    if target is None:
        return NOTHING
    if not isinstance(target, Range):
        return with_unit(target, unit, language)
    low = with_unit(target.min, unit, language) if target.min is not None else ""
    high = with_unit(target.max, unit, language) if target.max is not None else ""
    if language == "ja":
        return f"{low}以上" * bool(low) + f"{high}以下" * bool(high)
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"


def baseline_text(baseline: Baseline | None, unit: str, language: Language) -> str:
    """Return a baseline with its year and what it is worth: ``69人（R6・見込み・参考）``."""
    if baseline is None:
        return NOTHING
    marks = [str(baseline.year)]
    if baseline.estimate:
        marks.append(Text("見込み", "estimate").to(language))
    if baseline.reference:
        marks.append(Text("参考", "for reference").to(language))
    value = with_unit(baseline.value, unit, language)
    return f"{value}（{'・'.join(marks)}）" if language == "ja" else f"{value} ({', '.join(marks)})"


def measured_text(value: Measured | NotMeasured, unit: str, language: Language) -> str:
    """Return an actual, or why there is none; a preliminary one says so."""
    if isinstance(value, NotMeasured):
        return REASONS[value.reason].to(language)
    text = with_unit(value.value, unit, language)
    if value.preliminary:
        text += Text("（速報）", " (preliminary)").to(language)
    return text


def rate_text(result: Achievement, decimals: int, language: Language) -> str:
    """Return ``112.5%``, or why there is no rate; what is 100.0% only by rounding is marked ``※``."""
    if isinstance(result, NoRate):
        return REASONS[result.reason].to(language)
    mark = ROUNDED if only_rounds_to_whole(result, decimals) else ""
    return f"{percent(result.value, decimals):f}%{mark}"


def rate_with_method(result: Achievement, decimals: int, language: Language) -> str:
    """Return ``112.5% A/T``: the rate with the formula that it comes from."""
    text = rate_text(result, decimals, language)
    return f"{text} {FORMULAS[result.method].replace(' ', '')}" if isinstance(result, Rate) else text


def signed(value: Decimal, unit: str, language: Language) -> str:
    """Return a change: ``+112台``, ``-0.08回/月``, ``±0``."""
    sign = "+" if value > 0 else "-" if value < 0 else "±"
    return sign + with_unit(abs(value), unit, language)


def change_text(each: IndicatorStatus, language: Language) -> str:
    """Return how far the value is from the baseline, or nothing where that cannot be told."""
    change = each.change
    return NOTHING if isinstance(change, NoRate) else signed(change, each.indicator.unit, language)


def answer(summary: Summary, language: Language) -> str:
    """Return the one line that comes first: how many targets are met, and how many values are missing."""
    parts = [
        Text(f"目標達成 {summary.met}/{summary.judged}", f"Targets met: {summary.met} of {summary.judged}"),
        Text(f"未報告 {summary.unreported}", f"unreported: {summary.unreported}"),
    ]
    further = (
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
