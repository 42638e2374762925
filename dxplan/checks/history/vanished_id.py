"""An id that the plan once had and has no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dxplan.checks.history.pairs import EARLIER
from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project
from dxplan.spelling import closest

RULE = Rule("DX207", "vanished-id")
PAGE = Page(
    what=Text(
        "比べる版（`dxplan validate --against`）の計画にあった視点・取組・指標・事業のIDが、いまの計画にありません。"
        "まだ何も報告されていなかった計画は、作成中とみなして調べません。",
        "A viewpoint, initiative, indicator or action of the revision compared with (`dxplan validate --against`) is "
        "not in the plan now. A plan of which nothing had been reported is taken for a draft, and is free to change.",
    ),
    why=Text(
        "IDは、年度をまたいで実績を結び付ける唯一の手がかりです。消したり改めたりすると、公表済みの年度の実績が"
        "計画のどこにも出なくなり、推移も途切れます。",
        "The id alone ties the results of one year to those of the next. Where it is removed or renamed, what was "
        "published is in no table any more, and the series breaks off.",
    ),
    bad="""\
# plan.yaml (before)
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: surveys, name: 調査数, direction: increase, targets: {R7: 2}}
# actuals/R7.yaml (before)
indicators: {passers: 112, surveys: 2}
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators: {passers: 112}
""",
    good="""\
# plan.yaml (before)
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: surveys, name: 調査数, direction: increase, targets: {R7: 2}}
# actuals/R7.yaml (before)
indicators: {passers: 112, surveys: 2}
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: surveys, name: 調査数, until: R7, direction: increase, targets: {R7: 2}}
# actuals/R7.yaml
indicators: {passers: 112, surveys: 2}
""",
    fix=Text(
        "終わった取組・指標は消さずに `until` を、まとめたものは `merged_into` も書きます。"
        "名称を改めたときは、IDを変えずに `former_names` を書きます。事業は、`schedule` に実施した年度を残します。",
        "Keep what has ended, with `until`, and with `merged_into` where it was merged. Where the name changed, keep "
        "the id and write `former_names`. Keep an action with the years of its `schedule`.",
    ),
)


class _Known(NamedTuple):
    """Something with an id, in one version of the plan."""

    name: str
    spot: Spot
    above: tuple[str, str] | None = None
    """Kind and id of what it hangs on."""


_KINDS = {
    "viewpoints": Text("視点", "viewpoint"),
    "initiatives": Text("取組", "initiative"),
    "indicators": Text("指標", "indicator"),
    "actions": Text("事業", "action"),
}


def check(before: Project, now: Project) -> Iterator[Finding]:
    """Yield every id of ``before`` that is not in ``now``, nor in a part of it that could not be read."""
    if now.hides_nameless or not before.has_results:
        return
    then, today = _by_kind(before), _by_kind(now)
    gone = {
        (kind, id_): each
        for kind, known in then.items()
        for id_, each in known.items()
        if id_ not in today[kind] and id_ not in now.hidden_ids
    }
    for (kind, id_), each in gone.items():
        new = {other: known for other, known in today[kind].items() if other not in then[kind]}
        successor = _successor(id_, each, new)
        spot = today[kind][successor].spot.at("id") if successor else _nearest(kind, each, today, now)
        word = _KINDS[kind]
        yield Finding(
            spot,
            Text(
                f"{word.ja}「{id_}」（{each.name}）が計画からなくなっています",
                f"{word.en} `{id_}` ({each.name}) is gone from the plan",
            ),
            Text(
                f"IDは変えない。「{successor}」がそれなら、id: {id_} に戻す",
                f"ids never change; if it is `{successor}` now, set it back to `id: {id_}`",
            )
            if successor
            else _WAY_OUT[kind],
            (Note(each.spot, EARLIER),),
        )


def _by_kind(project: Project) -> dict[str, dict[str, _Known]]:
    known: dict[str, dict[str, _Known]] = {kind: {} for kind in _KINDS}
    for n, viewpoint in enumerate(project.plan.viewpoints):
        known["viewpoints"][viewpoint.id] = _Known(viewpoint.title, project.plan_spot("viewpoints", n))
    for initiative, spot, viewpoint in project.initiatives:
        known["initiatives"][initiative.id] = _Known(initiative.title, spot, ("viewpoints", viewpoint.id))
    for entry in project.indicators:
        above = None
        if entry.initiative is not None:
            above = ("initiatives", entry.initiative.id)
        elif entry.viewpoint is not None:
            above = ("viewpoints", entry.viewpoint.id)
        known["indicators"][entry.indicator.id] = _Known(entry.indicator.name, entry.spot, above)
    for each in project.actions:
        known["actions"][each.action.id] = _Known(each.action.title, each.spot, ("initiatives", each.initiative.id))
    return known


def _successor(id_: str, gone: _Known, new: Mapping[str, _Known]) -> str | None:
    """Return the new id under which what is gone most likely goes on: by its name, else by its spelling."""
    same_name = [other for other, known in new.items() if known.name == gone.name]
    return same_name[0] if len(same_name) == 1 else closest(id_, new)


def _nearest(kind: str, gone: _Known, today: Mapping[str, Mapping[str, _Known]], now: Project) -> Spot:
    """Return where it would stand now: in what it hung on, else at the list of its kind."""
    if gone.above is not None:
        above, id_ = gone.above
        if id_ in today[above]:
            return today[above][id_].spot
    return now.plan_spot("indicators" if kind == "indicators" else "viewpoints").as_key()


_KEEP = Text("消さずに残し、until に最後の年度を書く", "keep it, with its last year in `until`")
_WAY_OUT = {
    "viewpoints": Text("視点を消さずに残す", "keep the viewpoint"),
    "initiatives": _KEEP,
    "indicators": _KEEP,
    "actions": Text(
        "消さずに残し、schedule に実施した年度を書く", "keep it, with the years it was due in its `schedule`"
    ),
}
