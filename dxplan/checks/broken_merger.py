"""Something merged into what is not there to take it up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import IndicatorEntry, InitiativeEntry, Project
from dxplan.spelling import did_you_mean

RULE = Rule("DX206", "broken-merger")
PAGE = Page(
    what=Text(
        "指標や取組の統合先（merged_into）が、たどれません。"
        "統合先のIDが計画にない、種類が違う、自分自身である、たどると元に戻る、"
        "終了年度（until）がない、統合先が翌年度の計画にない、のどれかです。",
        "What an indicator or initiative was merged into cannot be followed: the id in `merged_into` is not in the "
        "plan, is of another kind, is its own or leads back to it, there is no `until`, or the successor is not part "
        "of the plan in the year after.",
    ),
    why=Text(
        "統合した指標は、終了した年度の次から統合先で示されます。"
        "たどれないと、年度を追って読む人には、指標が黙って消えたように見えます。",
        "From the year after its last, something merged is shown as its successor. Where that cannot be followed, it "
        "has silently vanished for whoever compares the years.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: web, name: Web予約の件数, direction: increase, targets: {R7: 100}, until: R7, merged_into: reservation}
  - {id: reservations, name: オンライン予約の件数, direction: increase, targets: {R8: 300}, from: R8}
""",
    good="""\
# plan.yaml
indicators:
  - {id: web, name: Web予約の件数, direction: increase, targets: {R7: 100}, until: R7, merged_into: reservations}
  - {id: reservations, name: オンライン予約の件数, direction: increase, targets: {R8: 300}, from: R8}
""",
    fix=Text(
        "merged_into に統合先のID（指標なら指標、取組なら取組）を、until に統合前の最後の年度を書きます。"
        "統合先の from は、その翌年度までの年度にします。",
        "Name the successor, of the same kind, in `merged_into`, and the last year before the merger in `until`. The "
        "successor's `from` is the year after that or an earlier one.",
    ),
)


class _Merged(NamedTuple):
    """An indicator or initiative, as far as mergers go."""

    id: str
    spot: Spot
    into: str | None
    until: FiscalYear | None
    """Its last year, or that of the initiative it hangs on."""
    lasts: Callable[[FiscalYear], bool]


def check(project: Project) -> Iterator[Finding]:
    """Yield mergers into nothing, into the wrong thing, without an end, and those that come back to themselves."""
    indicators = [_indicator(entry) for entry in project.indicators if entry.indicator.merged_into is not None]
    if indicators:
        known = {id_: _indicator(entry) for id_, entry in project.indicator_by_id.items()}
        for merged in indicators:
            yield from _follow(project, _INDICATOR, merged, known)
    initiatives = [_initiative(entry) for entry in project.initiatives if entry.initiative.merged_into is not None]
    if initiatives:
        known = {entry.initiative.id: _initiative(entry) for entry in reversed(project.initiatives)}
        for merged in initiatives:
            yield from _follow(project, _INITIATIVE, merged, known)


def _indicator(entry: IndicatorEntry) -> _Merged:
    indicator = entry.indicator
    ends = [year for year in (indicator.until, entry.initiative and entry.initiative.until) if year]
    return _Merged(indicator.id, entry.spot, indicator.merged_into, min(ends, default=None), entry.lasts)


def _initiative(entry: InitiativeEntry) -> _Merged:
    initiative = entry.initiative
    return _Merged(initiative.id, entry.spot, initiative.merged_into, initiative.until, initiative.lasts)


_INDICATOR = Text("指標", "indicator")
_INITIATIVE = Text("取組", "initiative")


def _follow(project: Project, kind: Text, merged: _Merged, known: Mapping[str, _Merged]) -> Iterator[Finding]:
    spot, into = merged.spot.at("merged_into"), merged.into or ""
    if into == merged.id:
        yield Finding(
            spot,
            Text(f"{kind.ja}「{into}」の統合先が自分自身です", f"{kind.en} `{into}` is merged into itself"),
            Text("統合先のIDを書くか、merged_into を消す", "name what it was merged into, or remove `merged_into`"),
        )
    elif into not in known:
        if into not in project.hidden_ids and not project.hides_nameless:
            yield Finding(
                spot,
                Text(f"統合先の{kind.ja}「{into}」がありません", f"there is no {kind.en} `{into}` to be merged into"),
                _way_out(project, kind, into, [id_ for id_ in known if id_ != merged.id]),
            )
    elif _comes_back(merged.id, known):
        yield Finding(
            spot,
            Text(f"統合先をたどると、この{kind.ja}に戻ります", f"this {kind.en} is merged into itself in the end"),
            Text(f"残る{kind.ja}から merged_into を消す", f"remove `merged_into` from the {kind.en} that remains"),
        )
    else:
        yield from _in_time(project, kind, merged, known[into])


def _way_out(project: Project, kind: Text, into: str, known: list[str]) -> Text:
    others = (
        (_INDICATOR, into in project.indicator_by_id),
        (_INITIATIVE, any(entry.initiative.id == into for entry in project.initiatives)),
        (Text("事業", "action"), into in project.action_by_id),
    )
    for other, is_one in others:
        if is_one:
            return Text(
                f"これは{other.ja}のIDです。統合先の{kind.ja}のIDを書く",
                f"this is the id of an {other.en}; name an {kind.en}",
            )
    return did_you_mean(into, known, Text(f"統合先の{kind.ja}のIDを確かめる", f"check the id of the {kind.en}"))


def _comes_back(start: str, known: Mapping[str, _Merged]) -> bool:
    seen: set[str] = set()
    at = known[start].into
    while at is not None and at in known and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = known[at].into
    return False


def _in_time(project: Project, kind: Text, merged: _Merged, successor: _Merged) -> Iterator[Finding]:
    """Yield a merger that has no date, or whose successor is not there in the year after."""
    until = merged.until
    if until is None:
        if not project.is_hidden(merged.spot.at("until")):
            yield Finding(
                merged.spot.at("merged_into").as_key(),
                Text(
                    f"統合した{kind.ja}「{merged.id}」に、終了年度（until）がありません",
                    f"{kind.en} `{merged.id}` was merged, but has no `until`",
                ),
                Text("統合前の最後の年度を until: R8 のように書く", "write the last year before it, like until: R8"),
            )
        return
    if not project.knows_period or not project.plan.period.first <= until < project.plan.period.last:
        return
    if not successor.lasts(until + 1):
        yield Finding(
            merged.spot.at("merged_into"),
            Text(
                f"統合先の{kind.ja}「{successor.id}」は、{until} の翌年度の計画にありません",
                f"`{successor.id}` is not part of the plan in the year after {until}",
            ),
            Text(
                "この until か、統合先の from・until を直す",
                "mend this `until`, or the successor's `from` or `until`",
            ),
            (Note(successor.spot.at("id"), Text("統合先はここ", "merged into this")),),
        )
