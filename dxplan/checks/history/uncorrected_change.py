"""What a closed year had published, changed without a correction or a revision that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dxplan.checks.history.pairs import EARLIER, Pair, pairs
from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actuals, Correction, is_recorded_as
from dxplan.model.corrections import ABSENT, MAIN, PUBLISHED, Aspects, Thing, things
from dxplan.model.indicator import BaselineValue
from dxplan.model.target import Target, TargetValue, is_same_target, tells_of
from dxplan.page import Page
from dxplan.project import Project, YearFile

RULE = Rule("DX312", "uncorrected-change")
PAGE = Page(
    what=Text(
        "比べる版（`dxplan validate --against`）で確定していた年度の実績値・実績・判定・評価・数量・決算・公表年月が、"
        "訂正（corrections）に書かれずに変わっているか、書かれていた訂正が消えています。"
        "または、その年度の目標値・基準値が、改定（revisions）に書かれずに変わっています。"
        "年度を受付中（open）に戻すこと、確定した年度のファイルをなくすことも含みます。",
        "A figure, result, verdict, grade, quantity, settled amount or date of publication of a year that was closed "
        "at the revision compared with (`dxplan validate --against`) differs now, and no entry in `corrections` says "
        "so; or an entry there is gone. Or the target or baseline in force at the end of that year differs, and no "
        "`revisions` say so. Setting the year back to open, or removing its file, is the same.",
    ),
    why=Text(
        "確定した年度は公表した年度です。跡を残さずに値が変わると、公表した資料と計画のデータが食い違い、"
        "いつ、なぜ変わったのかを説明できません。",
        "A closed year has been published. Where its figures change without a trace, the data and what was published "
        "disagree, and nobody can say when and why.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml (before)
state: closed
indicators:
  passers: 112
# actuals/R7.yaml
state: closed
indicators:
  passers: 113
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml (before)
state: closed
indicators:
  passers: 112
# actuals/R7.yaml
state: closed
indicators:
  passers: 113
corrections:
  - {date: 2026-10-01, id: passers, old: 112, new: 113, reason: 1人の報告が漏れていたため}
""",
    fix=Text(
        "値を直すときは `dxplan record ID 値 --correct --reason 理由` を使うと、訂正も一緒に書かれます。"
        "手で書くときは、`old` に前の値、`new` にいまの値を書きます。値がなかったときは、`unreported` と書きます。"
        "達成・未達は `met`・`not_met`、公表年月の訂正の `id` は `published` です。"
        "目標値と基準値は、改定の日付を、実際に改めた日にします。誤って変えたものは、元に戻します。",
        "Use `dxplan record ID VALUE --correct --reason WHY`, which writes the correction with the value. By hand, "
        "give what it was in `old` and what it is in `new`, and `unreported` for what was not there. Verdicts are "
        "`met` and `not_met`; for the date of publication the `id` is `published`. Give a target's or baseline's "
        "revision the date on which it was decided. What changed by mistake, set back.",
    ),
)


def check(before: Project, now: Project) -> Iterator[Finding]:
    """Yield what differs from what was closed ``before``."""
    closed = {year: file for year, file in before.certain_years.items() if file.actuals.is_closed}
    for year, then in closed.items():
        today = now.files_by_year.get(year)
        if today is None:
            if not now.may_hold(year):
                yield _vanished(year, then, now)
        else:
            yield from _year(before, now, year, then, today)
    if closed:
        yield from _plan(before, now, sorted(closed))


def _vanished(year: FiscalYear, then: YearFile, now: Project) -> Finding:
    name = then.file.rpartition("/")[2]
    return Finding(
        now.plan_spot(),
        Text(
            f"確定した {year} の実績のファイル（{name}）がなくなっています",
            f"the actuals of {year} ({name}), which was closed, are gone",
        ),
        Text("ファイルを元に戻す", "put the file back"),
        (Note(Spot(then.file), EARLIER),),
    )


# The actuals of a year.


def _year(before: Project, now: Project, year: FiscalYear, then: YearFile, today: YearFile) -> Iterator[Finding]:
    state = Spot(today.file, ("state",))
    if not today.actuals.is_closed and not now.is_hidden(state):
        yield Finding(
            state,
            Text(f"確定した {year} が、受付中（open）に戻されています", f"{year} was closed, and is open again"),
            Text(
                "state: closed に戻し、直す値は訂正（corrections）に書く",
                "set it back to `state: closed`, and write what has to change into `corrections`",
            ),
            (Note(Spot(then.file, ("state",)), EARLIER),),
        )
    if now.is_hidden_below(Spot(today.file, ("corrections",))):
        return  # what tells of the changes may be what could not be read
    new = [each for each in today.actuals.corrections if _key(each) not in set(map(_key, then.actuals.corrections))]
    yield from _lost(year, then, today)
    yield from _publication(year, then, today, new)
    was, is_ = things(then.actuals), things(today.actuals)
    for thing in {**was, **is_}:
        spot, earlier = Spot(today.file, thing.keys), Spot(then.file, thing.keys)
        if now.is_hidden_below(spot) or before.is_hidden_below(earlier):
            continue
        changes = _untold(thing, was.get(thing, {}), is_.get(thing, {}), new)
        if changes:
            keys = _keys(thing, changes[0].aspect, today.actuals)
            place = Spot(today.file, (*thing.keys, *keys)) if thing in is_ else spot.as_key()
            yield _finding(year, thing, changes, place, earlier)


def _key(correction: Correction) -> tuple[str | None, ...]:
    return (correction.date, correction.id, correction.part, correction.old, correction.new)


def _lost(year: FiscalYear, then: YearFile, today: YearFile) -> Iterator[Finding]:
    still = set(map(_key, today.actuals.corrections))
    for n, correction in enumerate(then.actuals.corrections):
        if _key(correction) not in still:
            yield Finding(
                Spot(today.file, ("corrections",)).as_key(),
                Text(
                    f"{year} の「{correction.id}」の訂正（{correction.date}、{correction.old} → {correction.new}）"
                    "の記録が変わったか、消えています",
                    f"the correction of `{correction.id}` in {year} ({correction.date}, {correction.old} → "
                    f"{correction.new}) was changed or removed",
                ),
                Text("訂正は消さず、後の訂正を書き加える", "keep corrections, and add those that follow"),
                (Note(Spot(then.file, ("corrections", n)), EARLIER),),
            )


def _publication(year: FiscalYear, then: YearFile, today: YearFile, new: Sequence[Correction]) -> Iterator[Finding]:
    was, is_ = then.actuals.published, today.actuals.published
    if was is None or was == is_ or _told([each for each in new if each.id == PUBLISHED], (was,), (is_ or ABSENT,)):
        return
    yield Finding(
        Spot(today.file, (PUBLISHED,)),
        Text(
            f"確定した {year} の公表年月が、訂正に書かれずに変わっています（{was} → {is_ or 'なし'}）",
            f"the date of publication of {year}, which was closed, changed without a correction "
            f"({was} → {is_ or 'none'})",
        ),
        _correct(PUBLISHED, None, was, is_ or ABSENT),
        (Note(Spot(then.file, (PUBLISHED,)), EARLIER),),
    )


class _Change(NamedTuple):
    aspect: str
    was: tuple[str, ...]
    """In every spelling, the fullest first."""
    is_: tuple[str, ...]


def _untold(thing: Thing, was: Aspects, is_: Aspects, new: Sequence[Correction]) -> list[_Change]:
    """Return what changed of one thing without a correction that says so."""
    nothing = (ABSENT,)
    changes = [_Change(each, was.get(each, nothing), is_.get(each, nothing)) for each in {MAIN: (), **was, **is_}]
    differing = [each for each in changes if not is_recorded_as(each.was[0], each.is_[0])]
    entries = [each for each in new if (each.id, each.part) == (thing.id, thing.part)]
    if not differing or (thing.kind != "initiatives" and _told(entries, changes[0].was, changes[0].is_)):
        return []  # a correction of the figure is one of everything that goes with it
    return [each for each in differing if not _told(entries, each.was, each.is_)]


def _told(entries: Sequence[Correction], was: Sequence[str], is_: Sequence[str]) -> bool:
    """Whether the entries lead from what was to what is, by one step or several."""
    first = next((n for n, each in enumerate(entries) if any(is_recorded_as(each.old, word) for word in was)), None)
    return first is not None and any(is_recorded_as(each.new, word) for each in entries[first:] for word in is_)


def _keys(thing: Thing, aspect: str, actuals: Actuals) -> tuple[str, ...]:
    """Return the key of an aspect within its entry; nothing where the entry is no more than a number or word."""
    if aspect != MAIN:
        return (aspect,)
    if thing.kind == "actions":
        return ("result",)
    whole = actuals.indicators.get(thing.id)
    figure = whole.parts.get(thing.part) if whole and thing.part is not None else whole
    given = {} if figure is None else {"value": figure.value, "of": figure.of, "text": figure.text}
    return (next((key for key, value in given.items() if value is not None), "state"),)


_ASPECTS = {
    MAIN: Text("実績", "result"),
    "met": Text("判定", "verdict"),
    "grade": Text("評価", "grade"),
    "quantity": Text("数量", "quantity"),
    "settled": Text("決算額", "settled amount"),
}


_KINDS = {
    "indicators": Text("指標", "indicator"),
    "actions": Text("事業", "action"),
    "initiatives": Text("取組", "initiative"),
}


def _finding(year: FiscalYear, thing: Thing, changes: Sequence[_Change], spot: Spot, earlier: Spot) -> Finding:
    kind = _KINDS[thing.kind]
    part = Text("", "") if thing.part is None else Text(f"の内訳「{thing.part}」", f", part `{thing.part}`,")
    said_ja = "、".join(f"{_ASPECTS[each.aspect].ja} {each.was[0]} → {each.is_[0]}" for each in changes)
    said_en = ", ".join(f"{_ASPECTS[each.aspect].en} {each.was[0]} → {each.is_[0]}" for each in changes)
    return Finding(
        spot,
        Text(
            f"確定した {year} の{kind.ja}「{thing.id}」{part.ja}が、訂正に書かれずに変わっています（{said_ja}）",
            f"{kind.en} `{thing.id}`{part.en} changed in {year}, which was closed, without a correction ({said_en})",
        ),
        _correct(thing.id, thing.part, changes[0].was[0], changes[0].is_[0]),
        (Note(earlier, EARLIER),),
    )


def _correct(id_: str, part: str | None, was: str, is_: str) -> Text:
    which = id_ if part is None else f"{id_}, part: {part}"
    entry = f"id: {which}, old: {was}, new: {is_}"
    return Text(
        f"訂正を書き加えるか、元に戻す: corrections の {{date: 訂正日, {entry}, reason: 理由}}",
        f"add the correction, or set it back: {{date: DATE, {entry}, reason: WHY}} under `corrections`",
    )


# The targets and baselines that those years are judged by.


def _plan(before: Project, now: Project, closed: Sequence[FiscalYear]) -> Iterator[Finding]:
    for pair in pairs(before, now):
        lasting = [year for year in closed if pair.then_entry.lasts(year)]
        yield from _baseline(pair, lasting)
        if spots := pair.spots("targets"):
            for year in sorted({*pair.then.targets, *pair.aim.targets}):
                was, is_ = pair.then.targets.get(year), pair.aim.targets.get(year)
                if year in closed or is_same_target(_standing(was), _standing(is_)) or tells_of(is_, was):
                    yield from _target(pair, year, lasting, spots)  # else a rule of its own


def _baseline(pair: Pair, lasting: Sequence[FiscalYear]) -> Iterator[Finding]:
    spots = pair.spots("baseline")
    for year in lasting if spots else ():
        was, is_ = (each.in_force(year) if each else None for each in (pair.then.baseline, pair.aim.baseline))
        if spots and (was and was.essence) != (is_ and is_.essence):
            title = Text(f"{pair.aim.title.ja}の基準値", f"the baseline of {pair.aim.title.en}")
            yield _rejudged(title, year, (was, is_), spots)
            return


def _target(
    pair: Pair, target_year: FiscalYear, lasting: Sequence[FiscalYear], spots: tuple[Spot, Spot]
) -> Iterator[Finding]:
    """Yield the first year that is judged by another target than it was."""
    targets = pair.then.targets.get(target_year), pair.aim.targets.get(target_year)
    for year in lasting:
        was, is_ = (each.in_force(year) if each else None for each in targets)
        if not is_same_target(was, is_):
            title = Text(
                f"{pair.aim.title.ja}の {target_year} の目標値", f"the {target_year} target of {pair.aim.title.en}"
            )
            there = pair.now.year_value(spots[1], target_year) if targets[1] else spots[1].as_key()
            yield _rejudged(title, year, (was, is_), (pair.before.year_value(spots[0], target_year), there))
            return


def _standing(target: Target | None) -> TargetValue | None:
    return None if target is None else target.standing


def _rejudged(
    title: Text,
    year: FiscalYear,
    values: tuple[TargetValue | BaselineValue | None, TargetValue | BaselineValue | None],
    spots: tuple[Spot, Spot],
) -> Finding:
    old, new = values
    was = Text("なし", "none") if old is None else Text(old.written, old.written)
    is_ = Text("なし", "none") if new is None else Text(new.written, new.written)
    day = f"{year.western + 1}-04"
    origin = Text("", "") if old is None else Text(f"from: {old.written}, ", f"from: {old.written}, ")
    return Finding(
        spots[1],
        Text(
            f"確定した {year} の終わりに有効だった、{title.ja}が変わっています（{was.ja} → {is_.ja}）",
            f"{title.en} in force at the end of {year}, which was closed, changed ({was.en} → {is_.en})",
        ),
        Text(
            f"元に戻すか、{year} より後に改めたのなら revisions に "
            f"{{date: {day} 以後の年月, {origin.ja}reason: 理由}} と書く",
            f"set it back; or, if it was revised after {year}, write {{date: {day} or later, {origin.en}reason: WHY}} "
            "into its `revisions`",
        ),
        (Note(spots[0], EARLIER),),
    )
