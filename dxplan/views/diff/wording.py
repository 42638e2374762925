"""Differences in words: shared by the forms for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from dxplan.language import Language, Text
from dxplan.model.indicator import BaselineValue
from dxplan.model.schedule import Schedule
from dxplan.model.target import TargetValue
from dxplan.model.values import Direction, Result, Series, ValueState
from dxplan.progress.achievement import STATE_REASONS, Rate, Verdict
from dxplan.progress.comparison.changes import (
    Because,
    Change,
    Comparison,
    Kind,
    Outcome,
    Section,
    Share,
    Side,
    Version,
    What,
)
from dxplan.progress.grading import Grade
from dxplan.views.terminal import on_one_line, visible
from dxplan.views.wording import (
    DIRECTIONS,
    NOTHING,
    REASONS,
    RESULTS,
    SERIES,
    VERDICTS,
    Style,
    baseline_text,
    grade_text,
    measured_text,
    rate_text,
    target_text,
    with_unit,
)

SECTIONS: Mapping[Section, Text] = {
    Section.PLAN: Text("計画", "Plan"),
    Section.INITIATIVES: Text("取組と事業", "Initiatives and actions"),
    Section.INDICATORS: Text("指標", "Indicators"),
    Section.TARGETS: Text("目標値と基準値", "Targets and baselines"),
    Section.YEARS: Text("年度", "Fiscal years"),
    Section.RESULTS: Text("実績", "Results"),
    Section.OUTCOMES: Text("達成率と評価", "Rates and grades"),
}
WHATS: Mapping[What, Text] = {
    What.ADDED: Text("追加", "added"),
    What.GONE: Text("削除", "removed"),
    What.ENDED: Text("終了", "ended"),
    What.MERGED: Text("統合", "merged"),
    What.RENAMED: Text("改称", "renamed"),
    What.MOVED: Text("移動", "moved"),
    What.RELISTED: Text("再掲", "relisted"),
    What.UNLISTED: Text("再掲の取りやめ", "no longer relisted"),
    What.CHANGED: Text("変更", "changed"),
    What.RAISED: Text("引き上げ", "raised"),
    What.LOWERED: Text("引き下げ", "lowered"),
    What.NEW: Text("設定", "new"),
    What.DROPPED: Text("取り下げ", "dropped"),
    What.OPENED: Text("開始", "opened"),
    What.CLOSED: Text("確定", "closed"),
    What.REOPENED: Text("確定の取り消し", "set back to open"),
    What.REPORTED: Text("報告", "reported"),
    What.WITHDRAWN: Text("報告の取り消し", "withdrawn"),
    What.UP: Text("向上", "improved"),
    What.DOWN: Text("低下", "declined"),
}
_KINDS: Mapping[Kind, Text] = {
    Kind.VIEWPOINT: Text("視点", "viewpoint "),
    Kind.INITIATIVE: Text("取組", "initiative "),
    Kind.ACTION: Text("事業", "action "),
    Kind.INDICATOR: Text("", ""),
    Kind.YEAR: Text("", ""),
}
_FIELDS: Mapping[str, Text] = {
    "title": Text("名称", "title"),
    "name": Text("名称", "name"),
    "organization": Text("団体", "organization"),
    "period": Text("計画期間", "period"),
    "vision": Text("目指す姿", "vision"),
    "licence": Text("ライセンス", "licence"),
    "methods": Text("共通の計算方法", "methods"),
    "progress": Text("最終目標進捗率の計算", "progress"),
    "data_year_targets": Text("値の年度の目標と比べる", "held against the target of the data's year"),
    "rates": Text("率の示し方", "form of rates"),
    "grades": Text("評価の区分", "grades"),
    "home": Text("置き場所", "place"),
    "initiative": Text("取組", "initiative"),
    "schedule": Text("実施年度", "schedule"),
    "budget": Text("予算額", "budget"),
    "department": Text("担当", "department"),
    "continues": Text("継続元", "continues"),
    "from": Text("追加年度", "from"),
    "until": Text("終了年度", "until"),
    "merged_into": Text("統合先", "merged into"),
    "unit": Text("単位", "unit"),
    "direction": Text("方向", "direction"),
    "series": Text("系列", "series"),
    "entered": Text("入力の仕方", "entered"),
    "method": Text("計算方法", "method"),
    "monitoring": Text("管理指標", "monitoring"),
    "judged": Text("内訳の判定", "judged"),
    "per_year": Text("毎年度の量", "per year"),
    "definition": Text("定義", "definition"),
    "target": Text("目標値", "target"),
    "expected": Text("目安値", "expected value"),
    "baseline": Text("基準値", "baseline"),
    "published": Text("公表", "published"),
    "value": Text("実績値", "actual"),
    "preliminary": Text("速報値", "preliminary"),
    "result": Text("実績", "result"),
    "actions": Text("事業の実施", "actions carried out"),
    "met": Text("判定", "verdict"),
    "grade": Text("評価", "grade"),
    "quantity": Text("数量", "quantity"),
    "settled": Text("決算額", "settled amount"),
}
_YES_OR_NO = {"true": Text("はい", "yes"), "false": Text("いいえ", "no")}
_WORDS: Mapping[str, Mapping[str, Text]] = {
    "direction": {each.value: DIRECTIONS[each] for each in Direction},
    "series": {each.value: SERIES[each] for each in Series},
    "result": {each.value: RESULTS[each] for each in Result},
    "value": {each.value: REASONS[STATE_REASONS[each]] for each in ValueState if each in STATE_REASONS},
    "met": {each.value: VERDICTS[each] for each in Verdict},
    "monitoring": _YES_OR_NO,
    "data_year_targets": _YES_OR_NO,
    "preliminary": _YES_OR_NO,
}
"""What words of the files mean to people, by the property that holds them."""
_SAYS_ALL = frozenset((What.RELISTED, What.UNLISTED, What.MOVED))
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


def version_name(version: Version, language: Language) -> str:
    """Return what one of the two versions is called."""
    if version.year is not None:
        return str(version.year)
    if version.revision is not None:
        return visible(version.revision)
    return Text("今のファイル", "the files as they are").to(language)


def versions(comparison: Comparison, language: Language) -> str:
    """Return ``HEAD → 今のファイル``."""
    return f"{version_name(comparison.before, language)} → {version_name(comparison.after, language)}"


def nothing(comparison: Comparison, language: Language) -> str:
    """Return the one line that says that nothing changed."""
    between = versions(comparison, language)
    return Text(f"変わったところはありません（{between}）", f"nothing changed ({between})").to(language)


def counts(comparison: Comparison, language: Language) -> str:
    """Return how much changed: ``変更 12件（目標値と基準値 3、実績 9）``."""
    each = [(SECTIONS[section].to(language), len(comparison.section(section))) for section in Section]
    total = len(comparison.changes)
    said = [f"{name} {number}" for name, number in each if number]
    return Text(
        f"変更 {total}件（{'、'.join(said)}）", f"{total} change{'' if total == 1 else 's'} ({', '.join(said)})"
    ).to(language)


def subject(change: Change, language: Language) -> str:
    """Return what changed: ``事業1-1 書かない窓口の導入``, ``leave 育児休業の取得率（男性）``."""
    item = change.item
    if item.kind is Kind.PLAN:
        return on_one_line(item.name)
    if change.what is What.RENAMED and item.part is None:
        return f"{_KINDS[item.kind].to(language)}{visible(item.id)}"  # the names follow
    name = on_one_line(item.name)
    if item.part is not None:
        part = on_one_line(item.part_name or item.part)
        name = f"{name}（{part}）" if language == "ja" else f"{name} ({part})"
    return f"{_KINDS[item.kind].to(language)}{visible(item.id)} {name}".rstrip()


def detail(change: Change, style: Style) -> str:
    """Return how it changed: ``R9の目標値 90% → 95%``; nothing where the first word says everything."""
    language = style.language
    if change.item.kind is Kind.YEAR and change.field is None:
        return ""
    if change.what is What.ADDED:
        return "" if change.year is None else Text(f"{change.year} から", f"from {change.year}").to(language)
    if change.what in (What.ENDED, What.MERGED):
        return _ended(change, language)
    if change.field is None:
        return ""
    label = _FIELDS[change.field].to(language) if change.field in _FIELDS else ""
    if change.year is not None and change.item.kind is not Kind.YEAR:
        label = Text(f"{change.year}の{label}" if label else str(change.year), f"{change.year} {label}".rstrip()).to(
            language
        )
    if change.what in _SAYS_ALL:
        before, after = (_home(side, change, language) for side in change.sides)
        return after if before == NOTHING else before if after == NOTHING else f"{before} → {after}"
    before, after = (side_text(side, change, style) for side in change.sides)
    if change.what is What.RENAMED:
        return f"{before} → {after}"
    return f"{label} {after if change.what is What.REPORTED else f'{before} → {after}'}".strip()


def _ended(change: Change, language: Language) -> str:
    into = change.sides[1] if change.what is What.MERGED else None
    said = []
    if change.year is not None:
        said.append(Text(f"{change.year} まで", f"after {change.year}").to(language))
    if isinstance(into, str):
        kind = _KINDS[change.item.kind]
        said.append(Text(f"{kind.ja}{into} に統合", f"into {kind.en}{into}").to(language))
    return ("、" if language == "ja" else ", ").join(said)


def _home(side: Side, change: Change, language: Language) -> str:
    """Return where something hangs: a viewpoint or an initiative by its number."""
    if not isinstance(side, str):
        return NOTHING if change.what is not What.MOVED else Text("計画全体", "the plan").to(language)
    kind = Kind.VIEWPOINT if change.item.kind is Kind.INITIATIVE else Kind.INITIATIVE
    if change.item.kind is Kind.INDICATOR:
        return visible(side)
    return f"{_KINDS[kind].to(language)}{visible(side)}"


def side_text(side: Side, change: Change, style: Style) -> str:
    """Return what stood on one side."""
    match side:
        case None:
            return REASONS_UNREPORTED.to(style.language) if change.section is Section.RESULTS else NOTHING
        case TargetValue():
            return target_text(side, change.unit, style)
        case BaselineValue():
            return baseline_text(side, change.unit, style)
        case Schedule():
            return visible(side.written)
        case Share():
            return f"{side.carried_out}/{side.scheduled}"
        case Outcome():
            return _outcome(side, style)
    field = change.field or ""
    if field in _WORDS and side in _WORDS[field]:
        return _WORDS[field][side].to(style.language)
    if field == "value" and _NUMBER.fullmatch(side):
        return with_unit(Decimal(side), change.unit, style)
    return on_one_line(side)


REASONS_UNREPORTED = Text("未報告", "unreported")


def _outcome(outcome: Outcome, style: Style) -> str:
    """Return ``54%（112.5%・達成・A）``."""
    value = outcome.value
    said = []
    if isinstance(value.achievement, Rate):
        said.append(rate_text(value.achievement, outcome.form, style))
    if value.verdict is not Verdict.UNDECIDED:
        said.append(VERDICTS[value.verdict].to(style.language))
    if isinstance(value.grade, Grade):
        said.append(grade_text(value.grade, style))
    actual = measured_text(value.measured, value.unit, style)
    if not said:
        return actual
    return f"{actual}（{'・'.join(said)}）" if style.language == "ja" else f"{actual} ({', '.join(said)})"


def because_text(because: Because) -> str:
    """Return when and why: ``2026-10 国の計画の改定``."""
    return f"{because.date} {on_one_line(because.reason)}"
