"""A correction that does not fit what the year says now."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.model.actuals import Actuals, Correction, is_recorded_as
from dxplan.model.corrections import ABSENT, PUBLISHED, Spellings, things
from dxplan.page import Page
from dxplan.project import Project, YearFile
from dxplan.spelling import did_you_mean

RULE = Rule("DX421", "stale-correction")
PAGE = Page(
    what=Text(
        "訂正（corrections）が、いまの実績と合いません。`id` か `part` が計画にない、"
        "同じものの最後の訂正の `new` がいまの値でない、または確定していない年度に訂正がある場合です。",
        "A correction does not fit the actuals as they are: its `id` or `part` is not in the plan, the `new` of the "
        "last correction of one thing is not what the file says now, or the year is not closed.",
    ),
    why=Text(
        "訂正は、公表した値がいつ、なぜ変わったかを示す記録です。いまの値と合わない記録からは、"
        "どちらが正しいのかが分かりません。",
        "Corrections tell when and why a published figure changed. From a record that does not end at the figure "
        "there is now, nobody can tell which of the two is right.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
state: closed
indicators:
  passers: 112
corrections:
  - {date: 2026-10-01, id: passers, old: 110, new: 111, reason: 集計の誤りのため}
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
state: closed
indicators:
  passers: 112
corrections:
  - {date: 2026-10-01, id: passers, old: 110, new: 111, reason: 集計の誤りのため}
  - {date: 2026-12-01, id: passers, old: 111, new: 112, reason: 1人の報告が漏れていたため}
""",
    fix=Text(
        "`new` と実績のうち、誤っている方を直します。`id` は、計画の指標・事業・取組のIDと同じつづりにします。"
        "公表の年月（published）の訂正では `published` と書きます。値がなかったときは、`unreported` と書きます。"
        "確定していない年度では、訂正を消して、値だけを直します。",
        "Mend `new` or the figure, whichever is wrong. Spell `id` as in the plan; for the date of publication it is "
        "`published`. Where there was no value, write `unreported`. In a year that is not closed, remove the "
        "correction and just change the value.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield corrections of what there is not, of a year that is not closed, or that do not end at what there is."""
    for year_file in project.year_files:
        if not year_file.actuals.corrections:
            continue
        spot = Spot(year_file.file, ("corrections",))
        if not year_file.actuals.is_closed:
            if not project.is_hidden(Spot(year_file.file, ("state",))):
                yield Finding(
                    spot.as_key(),
                    Text("確定していない年度に訂正があります", "there are corrections, but the year is not closed"),
                    Text(
                        "訂正を消して値だけを直す。公表した年度なら state: closed と書く",
                        "remove them and just change the values; if the year is published, write `state: closed`",
                    ),
                )
            continue
        unknown = dict(_unknown(project, year_file.actuals, spot))
        yield from unknown.values()
        if not project.is_hidden_below(spot):  # the last of them may be what could not be read
            yield from _stale(project, year_file, spot, set(unknown))


def _unknown(project: Project, actuals: Actuals, spot: Spot) -> Iterator[tuple[int, Finding]]:
    """Yield the number of each correction that names what the plan does not have, and what is wrong with it."""
    if project.hides_nameless:
        return
    known = {*project.indicator_by_id, *project.action_by_id, *(each.initiative.id for each in project.initiatives)}
    for n, correction in enumerate(actuals.corrections):
        id_, part = correction.id, correction.part
        if id_ not in known:
            if id_ != PUBLISHED and id_ not in project.hidden_ids:
                message = Text(
                    f"計画に、訂正された「{id_}」がありません", f"the plan has no `{id_}`, which was corrected"
                )
                otherwise = Text("計画のIDを確かめる", "check the ids in the plan")
                yield n, Finding(spot.at(n, "id"), message, did_you_mean(id_, sorted(known), otherwise))
        elif part is not None:
            entry = project.indicator_by_id.get(id_)
            parts = [each.id for each in entry.indicator.parts] if entry else []
            if part not in parts and not (entry and project.is_hidden_below(entry.spot.at("parts"))):
                message = Text(f"「{id_}」に内訳「{part}」はありません", f"`{id_}` has no part `{part}`")
                otherwise = Text("計画の内訳のIDを確かめる", "check the ids of its parts in the plan")
                yield n, Finding(spot.at(n, "part"), message, did_you_mean(part, parts, otherwise))


def _stale(project: Project, year_file: YearFile, spot: Spot, unknown: set[int]) -> Iterator[Finding]:
    """Yield the last correction of each thing that does not end at what the file says."""
    corrections = year_file.actuals.corrections
    last = {(each.id, each.part): n for n, each in enumerate(corrections)}
    for n in last.values():
        if n in unknown:
            continue
        correction = corrections[n]
        said, stands = _said(year_file, correction)
        hidden = project.is_hidden_below(stands)
        if not hidden and not any(is_recorded_as(correction.new, word) for words in said for word in words):
            title = correction.id if correction.part is None else f"{correction.id}/{correction.part}"
            fullest = [words[0] for words in said]
            yield Finding(
                spot.at(n, "new"),
                Text(
                    f"「{title}」はいま {'、'.join(fullest)} ですが、最後の訂正では {correction.new} です",
                    f"`{title}` is {', '.join(fullest)} now, but its last correction says {correction.new}",
                ),
                Text(
                    "new か値を直すか、後の訂正を書き加える",
                    "mend `new` or the value, or add the correction that followed",
                ),
                (Note(stands, Text("いまの値はここ", "the value now")),),
            )


def _said(year_file: YearFile, correction: Correction) -> tuple[list[Spellings], Spot]:
    """Return what the file says of what was corrected, and where."""
    actuals = year_file.actuals
    if correction.id == PUBLISHED and correction.part is None:
        return [(actuals.published or ABSENT,)], Spot(year_file.file, (PUBLISHED,))
    meant = {
        thing: aspects
        for thing, aspects in things(actuals).items()
        if (thing.id, thing.part) == (correction.id, correction.part)
    }
    said = [words for aspects in meant.values() for words in aspects.values()]
    keys = next((thing.keys for thing in meant), ("indicators",))
    return said or [(ABSENT,)], Spot(year_file.file, keys)
