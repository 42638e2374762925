"""Something entered for a year in which what it belongs to is not part of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear, span
from dxplan.language import Text
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Initiative
from dxplan.model.values import Result, ValueState
from dxplan.page import Page
from dxplan.project import Project, YearFile

RULE = Rule("DX309", "outside-own-years")
PAGE = Page(
    what=Text(
        "指標や取組が計画にない年度（from より前、until より後）に、実績や予算が、"
        "または加わる前の年度に目標値や目安値が書かれています。あるいは、from が until より後か、計画期間の外です。",
        "A result or a budget is for a year in which the indicator or initiative is not part of the plan (before "
        "`from`, after `until`), or a target or an expected value is for a year before it joined. Or `from` lies after "
        "`until`, or either lies outside the plan's period.",
    ),
    why=Text(
        "計画にない年度の値は、表にも集計にも出ません。年度の書き間違いなら、目標や実績が黙って公表から抜け落ちます。",
        "What belongs to a year outside is neither shown nor counted. If a year is a slip, a target or a result is "
        "silently missing from what is published.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: terminals
    name: テレワーク端末の配備数
    unit: 台
    direction: increase
    from: R8
    targets: {R7: 400, R8: 450, R9: 500}
""",
    good="""\
# plan.yaml
indicators:
  - id: terminals
    name: テレワーク端末の配備数
    unit: 台
    direction: increase
    from: R8
    targets: {R8: 450, R9: 500}
""",
    fix=Text(
        "年度を書き間違えていれば直します。途中で終わったものからは、終了した後の予算を消します。"
        "終了した後の目標値は、終わるまでの年度を判定した目標なので、残します。"
        "指標は、属する取組の期間の外でも計画にありません。",
        "Correct the year if it is a slip. Remove budgets after the end of what was ended. Targets after the end stay: "
        "the years before it were judged by them. An indicator is not part of the plan outside the years of its "
        "initiative either.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield years that contradict each other, and what is entered outside of them."""
    for thing in _with_own_years(project):
        contradiction = next(_contradictions(project, thing), None)
        if contradiction:
            yield contradiction
        elif thing.is_sound:
            for key, what, years in thing.by_year:
                yield from _in_the_plan(project, thing, thing.spot.at(*key), what, years)
            yield from _in_actuals(project, thing)


class _Thing(NamedTuple):
    """An indicator, initiative or action whose years are limited, by itself or by its initiative."""

    title: Text
    spot: Spot
    own: Indicator | Initiative | None
    """What has years of its own; None of an action."""
    lasts: Callable[[FiscalYear], bool]
    is_sound: bool
    """Whether the years of the initiative it hangs on do not contradict each other."""
    by_year: Iterable[tuple[tuple[str | int, ...], Text, Iterable[FiscalYear]]]
    kind: str
    id: str


def _with_own_years(project: Project) -> Iterator[_Thing]:
    for home in project.indicators:
        indicator, initiative = home.indicator, home.initiative
        if _is_limited(indicator) or (initiative is not None and _is_limited(initiative)):
            title = Text(f"指標「{indicator.id}」", f"indicator `{indicator.id}`")
            sound = initiative is None or not _reversed(initiative)
            yield _Thing(
                title, home.spot, indicator, home.lasts, sound, _years_of(indicator), "indicators", indicator.id
            )
    for entry in project.initiatives:
        initiative = entry.initiative
        if _is_limited(initiative):
            title = Text(f"取組「{initiative.id}」", f"initiative `{initiative.id}`")
            budget = [(("budget",), _BUDGET, initiative.budget)]
            yield _Thing(title, entry.spot, initiative, initiative.lasts, True, budget, "initiatives", initiative.id)
    for due in project.actions:
        if _is_limited(due.initiative):
            action = due.action
            title = Text(
                f"取組「{due.initiative.id}」（事業「{action.id}」）",
                f"initiative `{due.initiative.id}` (with action `{action.id}`)",
            )
            budget = [(("budget",), _BUDGET, action.budget)]
            sound = not _reversed(due.initiative)
            yield _Thing(title, due.spot, None, due.initiative.lasts, sound, budget, "actions", action.id)


def _is_limited(own: Indicator | Initiative) -> bool:
    return own.first is not None or own.until is not None


def _years_of(indicator: Indicator) -> Iterator[tuple[tuple[str | int, ...], Text, Iterable[FiscalYear]]]:
    for aim in indicator.aims:
        yield (*aim.keys, "targets"), _TARGETS, aim.targets
        if isinstance(aim.expected, dict):
            yield (*aim.keys, "expected"), _EXPECTED, aim.expected


_TARGETS = Text("目標値", "targets")
_EXPECTED = Text("目安値", "expected values")
_BUDGET = Text("予算", "budgets")


def _reversed(own: Indicator | Initiative) -> bool:
    return own.first is not None and own.until is not None and own.until < own.first


def _contradictions(project: Project, thing: _Thing) -> Iterator[Finding]:
    """Yield what is wrong with the first and last year themselves."""
    own = thing.own
    if own is None:
        return
    if _reversed(own):
        yield Finding(
            thing.spot.at("until"),
            Text(
                f"{thing.title.ja}の終了年度 {own.until} が、追加年度 {own.first} より前です",
                f"`until` {own.until} of {thing.title.en} is before its `from`, {own.first}",
            ),
            Text("from に早い年度、until に遅い年度を書く", "write the earlier year in `from`, the later in `until`"),
            (Note(thing.spot.at("from"), Text("追加年度", "its first year")),),
        )
    if not project.knows_period:
        return
    period = project.plan.period
    for key, name, year in (("from", "追加年度", own.first), ("until", "終了年度", own.until)):
        if year is not None and not period.holds(year):
            yield Finding(
                thing.spot.at(key),
                Text(
                    f"{thing.title.ja}の{name} {year} は計画期間（{period.first}-{period.last}）の外です",
                    f"`{key}` {year} of {thing.title.en} lies outside the plan's period ({period.first}-{period.last})",
                ),
                _FROM_THE_START if key == "from" else _TO_THE_END,
            )


_FROM_THE_START = Text(
    "年度を直す。計画の初めからあるなら from を消す", "mend the year; remove `from` if it is there from the start"
)
_TO_THE_END = Text(
    "年度を直す。計画の終わりまであるなら until を消す", "mend the year; remove `until` if it stays to the end"
)


def _in_the_plan(
    project: Project, thing: _Thing, spot: Spot, what: Text, years: Iterable[FiscalYear]
) -> Iterator[Finding]:
    """Yield one finding for all the years of ``spot`` that lie outside."""
    outside = sorted(year for year in years if not thing.lasts(year))
    if what is not _BUDGET:  # what was aimed at after the end is history: years before the end were judged by it
        outside = [year for year in outside if not _has_ended(project, thing, year)]
    if project.knows_period:
        outside = [year for year in outside if project.plan.period.holds(year)]  # the others are DX301
    if outside:
        names = "・".join(map(str, outside))
        yield Finding(
            project.year_key(spot, outside[0]),
            Text(
                f"{thing.title.ja}は {names} の計画にありませんが、{what.ja}があります",
                f"{thing.title.en} is not part of the plan in {', '.join(map(str, outside))}, but has {what.en}",
            ),
            Text(f"{what.ja}を消すか、from・until を直す", f"remove {what.en}, or mend `from` or `until`"),
        )


def _has_ended(project: Project, thing: _Thing, year: FiscalYear) -> bool:
    return any(thing.lasts(earlier) for earlier in span(project.plan.period.first, year))


def _in_actuals(project: Project, thing: _Thing) -> Iterator[Finding]:
    for year, year_file in project.certain_years.items():
        if not thing.lasts(year) and _says_something(year_file, thing):
            yield Finding(
                Spot(year_file.file, (thing.kind, thing.id)).as_key(),
                Text(
                    f"{thing.title.ja}は {year} の計画にありませんが、実績があります",
                    f"{thing.title.en} is not part of the plan in {year}, but has a result",
                ),
                Text(
                    "IDか年度の誤りなら直し、そうでなければ消す。計画にあるなら from・until を直す",
                    "mend the id or the year, or remove it; if it is part of the plan, mend `from` or `until`",
                ),
                (Note(thing.spot.at("id"), Text("計画ではここ", "planned here")),),
            )


def _says_something(year_file: YearFile, thing: _Thing) -> bool:
    """Whether there is a result other than that there is none."""
    actuals = year_file.actuals
    if thing.kind == "indicators":
        actual = actuals.indicators.get(thing.id)
        return actual is not None and actual.state not in _NOTHING
    if thing.kind == "actions":
        result = actuals.actions.get(thing.id)
        return result is not None and result.result not in _NO_RESULT
    return thing.id in actuals.initiatives


_NOTHING = frozenset((ValueState.UNREPORTED, ValueState.NOT_APPLICABLE, ValueState.CANCELLED))
_NO_RESULT = frozenset((Result.UNREPORTED, Result.CANCELLED))
