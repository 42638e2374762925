"""A coming target that changed without a revision that says so."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.checks.history.pairs import EARLIER, Pair, pairs
from dxplan.diagnostics import Finding, Note, Rule
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.target import TargetValue, is_same_target, tells_of
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX313", "unrevised-target")
PAGE = Page(
    what=Text(
        "まだ確定していない年度の目標値が、比べる版（`dxplan validate --against`）と違うのに、"
        "改定（revisions）に改める前の目標値が書かれていません。新しい指標と、終わった指標の後の年度は除きます。"
        "まだ何も報告されていなかった計画は、作成中とみなして調べません。",
        "The target of a year not closed yet differs from the revision compared with (`dxplan validate --against`), "
        "and none of its `revisions` says what it was. A new indicator, and the years after an indicator has ended, "
        "are free. A plan of which nothing had been reported is taken for a draft, and is free to change.",
    ),
    why=Text(
        "公表した目標値を黙って書き換えると、届かなかった目標が、届いたように見えます。"
        "改定として残せば、いつ、なぜ改めたかを報告書で説明でき、過ぎた年度はその時の目標値で判定されます。",
        "A published target that is rewritten in silence makes what was missed look met. Kept as a revision, the "
        "report can say when and why it changed, and past years are judged by the target of their time.",
    ),
    bad="""\
# plan.yaml (before)
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70, R9: 210}}
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70, R9: 180}}
# actuals/R7.yaml
indicators: {passers: 60}
""",
    good="""\
# plan.yaml (before)
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70, R9: 210}}
# plan.yaml
indicators:
  - id: passers
    name: 合格者数
    direction: increase
    targets:
      R7: 70
      R9: {value: 180, revisions: [{date: 2026-10, from: 210, reason: 試験の回数が減ったため}]}
# actuals/R7.yaml
indicators: {passers: 60}
""",
    fix=Text(
        "`revisions` に、改めた年月、改める前の目標値（from）、理由を書き加えます。なかった目標値を定めたときは、"
        "from を書きません。取り下げたときは、revisions だけを残します。誤って変えたものは、元に戻します。",
        "Add when it was revised, what it was (`from`) and why to its `revisions`. Leave out `from` where there was no "
        "target; keep only `revisions` where it was dropped. What changed by mistake, set back.",
    ),
)


def check(before: Project, now: Project) -> Iterator[Finding]:
    """Yield every target of an open year that differs from ``before`` without a revision that says so."""
    if not before.has_results:
        return
    closed = {year for year, file in before.certain_years.items() if file.actuals.is_closed}
    for pair in pairs(before, now):
        yield from _targets(pair, closed)


def _targets(pair: Pair, closed: set[FiscalYear]) -> Iterator[Finding]:
    spots = pair.spots("targets")
    if spots is None:
        return
    for year in sorted({*pair.then.targets, *pair.aim.targets} - closed):
        was, is_ = pair.then.targets.get(year), pair.aim.targets.get(year)
        old, new = (each.standing if each else None for each in (was, is_))
        if is_same_target(old, new) or tells_of(is_, was) or not pair.entry.lasts(year):
            continue
        title, before, now = pair.aim.title, _said(old), _said(new)
        yield Finding(
            pair.now.year_value(spots[1], year) if is_ else spots[1].as_key(),
            Text(
                f"{title.ja}の {year} の目標値が、改定に書かれずに変わっています（{before.ja} → {now.ja}）",
                f"the {year} target of {title.en} changed without a revision ({before.en} → {now.en})",
            ),
            _revise(year, old, new),
            (Note(pair.before.year_value(spots[0], year), EARLIER),) if was else (),
        )


def _said(target: TargetValue | None) -> Text:
    return Text("なし", "none") if target is None else Text(target.written, target.written)


def _revise(year: FiscalYear, old: TargetValue | None, new: TargetValue | None) -> Text:
    """Return the entry that says so, as it is to be written."""
    origin = "" if old is None else f"from: {old.written}, "
    if new is None:
        stands = ""
    elif new.value is not None:
        stands = f"value: {new.written}, "
    elif new.text is not None:
        stands = f"text: {new.written}, "
    else:
        stands = f"{new.written.strip('{}')}, "
    return Text(
        f"改定として書くか、元に戻す: {year}: {{{stands}revisions: [{{date: 改めた年月, {origin}reason: 理由}}]}}",
        f"write it as a revision, or set it back: {year}: {{{stands}revisions: [{{date: DATE, {origin}reason: WHY}}]}}",
    )
