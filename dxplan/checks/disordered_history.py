"""A history of changes that does not tell what held when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.history import FormerName
from dxplan.model.indicator import Aim, BaselineValue, Indicator
from dxplan.model.target import TargetValue
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX310", "disordered-history")
PAGE = Page(
    what=Text(
        "目標値や基準値の改定（revisions）が日付の順でないか、同じ日付が2つあるか、改定の前後が同じです。"
        "または、旧名称（former_names）の最終年度が2つ同じか、名称が前後で変わらないか、"
        "終わりまで旧名称のままになっています。",
        "The `revisions` of a target or baseline are not in order of date, two have one date, or one changes nothing. "
        "Or two `former_names` end in the same year, one equals the name that follows it, or one is in use to the very "
        "end.",
    ),
    why=Text(
        "過去の年度は、その年度の終わりに有効だった目標値と名称で示します。"
        "履歴の順や年度が合わないと、公表済みの年度の判定と名称が、後から変わってしまいます。",
        "A past year is shown with the target and the name then in force. Where the history is out of order, the "
        "verdict or the name of a published year changes afterwards.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    unit: "%"
    direction: increase
    targets:
      R9:
        value: 90
        revisions:
          - {date: 2026-10, from: 95, reason: 対象手続の見直し}
          - {date: 2025-10, from: 100, reason: 国の計画の改定}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    unit: "%"
    direction: increase
    targets:
      R9:
        value: 90
        revisions:
          - {date: 2025-10, from: 100, reason: 国の計画の改定}
          - {date: 2026-10, from: 95, reason: 対象手続の見直し}
""",
    fix=Text(
        "改定は古い順に並べ、from に改める前の値を書きます。変わっていない改定は消します。"
        "旧名称の until には、その名称を使った最後の年度を書きます。",
        "List revisions from the oldest on, each with the value before it in `from`, and remove one that changed "
        "nothing. A former name's `until` is the last year in which it was used.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield revisions and former names that contradict each other."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.former_names:
            end = _earliest(indicator.until, entry.initiative.until if entry.initiative else None)
            yield from _names(project, entry.spot, indicator.name, indicator.former_names, end)
        for aim in indicator.aims if indicator.parts else (indicator,):
            home = entry.spot.at(*aim.keys) if isinstance(aim, Aim) else entry.spot
            for spot, changes, now in _histories(project, home, aim):
                yield from _revisions(spot, changes, now)
    for initiative, spot, _ in project.initiatives:
        if initiative.former_names:
            yield from _names(project, spot, initiative.title, initiative.former_names, initiative.until)
    for action in project.actions:
        if action.action.former_names:
            end = action.initiative.until
            yield from _names(project, action.spot, action.action.title, action.action.former_names, end)


def _histories(
    project: Project, home: Spot, aim: Indicator | Aim
) -> Iterator[tuple[Spot, list[_Change], _Value | None]]:
    """Yield where revisions stand, what they say, and what holds now."""
    baseline = aim.baseline
    if baseline is not None and baseline.revisions:
        changes = [_Change(each.date, _baseline(each.before)) for each in baseline.revisions]
        yield home.at("baseline", "revisions"), changes, _baseline(baseline)
    for year, target in aim.targets.items():
        if target.revisions:
            changes = [_Change(each.date, _target(each.before)) for each in target.revisions]
            yield project.year_value(home.at("targets"), year).at("revisions"), changes, _target(target)


def _earliest(*years: FiscalYear | None) -> FiscalYear | None:
    return min((year for year in years if year is not None), default=None)


_Value = tuple[object, ...]
"""Everything that makes up a target or baseline."""


class _Change(NamedTuple):
    """A revision: when, and what held before; None where nothing did."""

    date: str
    before: _Value | None


def _target(target: TargetValue | None) -> _Value | None:
    """Return what makes up a target; None where it was not set, or dropped."""
    values = None if target is None else tuple(getattr(target, key) for key in TargetValue.model_fields)
    return values if values and any(value is not None for value in values) else None


def _baseline(baseline: BaselineValue | None) -> _Value | None:
    return None if baseline is None else tuple(getattr(baseline, key) for key in BaselineValue.model_fields)


def _revisions(spot: Spot, changes: Sequence[_Change], now: _Value | None) -> Iterator[Finding]:
    dates = [change.date for change in changes]
    for n, (before, after) in enumerate(pairwise(dates)):
        if after <= before:
            same = after == before
            yield Finding(
                spot.at(n + 1, "date"),
                Text(f"改定 {after} が2つあります", f"two revisions are of {after}")
                if same
                else Text(
                    f"改定 {after} が {before} より後に書かれています", f"revision {after} stands after {before}"
                ),
                Text("1つにまとめるか、日まで書き分ける", "make them one, or tell them apart by the day")
                if same
                else Text("改定を古い順に並べる", "list revisions from the oldest on"),
                (Note(spot.at(n, "date"), Text("前の改定", "the one before")),),
            )
    if dates != sorted(set(dates)):
        return  # nobody can tell what each of them led to
    became = [*(each.before for each in changes[1:]), now]
    for n, (change, value) in enumerate(zip(changes, became, strict=True)):
        if change.before == value:
            yield Finding(
                spot.at(n),
                Text(f"{change.date} の改定の前と後が同じです", f"the revision of {change.date} changes nothing"),
                Text(
                    "from に改める前の値を書く。変わっていなければ改定を消す",
                    "write the value before it in `from`, or remove the revision",
                ),
            )


def _names(
    project: Project, spot: Spot, name: str, former: Sequence[FormerName], end: FiscalYear | None
) -> Iterator[Finding]:
    if project.is_hidden_below(spot.at("former_names")):
        return  # the name between may be what could not be read
    if project.knows_period:
        end = _earliest(end, project.plan.period.last)
    in_order = sorted(enumerate(former), key=lambda item: item[1].until)
    for (first, one), (second, other) in pairwise(in_order):
        if one.until == other.until:
            yield Finding(
                spot.at("former_names", second, "until"),
                Text(
                    f"旧名称「{one.name}」と「{other.name}」の最終年度が、どちらも {one.until} です",
                    f"former names `{one.name}` and `{other.name}` both end in {one.until}",
                ),
                Text("それぞれの名称を使った最後の年度を書く", "write the last year in which each was used"),
                (Note(spot.at("former_names", first, "until"), Text("もう1つはここ", "the other is here")),),
            )
    following = [*(each.name for _, each in in_order[1:]), name]
    for (n, each), after in zip(in_order, following, strict=True):
        if each.name == after:
            yield Finding(
                spot.at("former_names", n, "name"),
                Text(
                    f"旧名称「{each.name}」が、その後の名称と同じです",
                    f"former name `{each.name}` is the same as the name after it",
                ),
                Text("改める前の名称を書くか、この旧名称を消す", "write the name before the change, or remove it"),
            )
        elif end is not None and each.until >= end:
            yield Finding(
                spot.at("former_names", n, "until"),
                Text(
                    f"旧名称「{each.name}」を最後の年度 {end} まで使うため、その後の名称が示されません",
                    f"former name `{each.name}` is in use to the last year, {end}; the name after it never shows",
                ),
                Text(f"until に {end} より前の年度を書く", f"write a year before {end} in `until`"),
            )
