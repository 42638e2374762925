"""Two things of one kind with the same id."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import ActionEntry, Project

RULE = Rule("DX201", "duplicate-id")
PAGE = Page(
    what=Text(
        '同じ種類のもの（視点・取組・事業・指標）に、同じIDが2回使われています。数字の 1 と文字の "1" は同じIDです。',
        'Two viewpoints, initiatives, actions or indicators share one id. The number 1 and the text "1" are one id.',
    ),
    why=Text(
        "実績はIDで計画と結び付きます。IDが重なると、どちらの実績か決められません。",
        "Actuals find their place in the plan by id. With an id used twice, nobody can tell whose result it is.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: passers, name: 受験者数, direction: increase, targets: {R7: 90}}
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
  - {id: examinees, name: 受験者数, direction: increase, targets: {R7: 90}}
""",
    fix=Text(
        "後から加えたほうに、まだ使っていないIDを付けます。すでに実績のあるIDは変えません。",
        "Give the one added later an id of its own. Never change an id that already has actuals.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield the second and every further use of an id, per kind."""
    viewpoints = [(each.id, project.plan_spot("viewpoints", n)) for n, each in enumerate(project.plan.viewpoints)]
    initiatives = [(entry.initiative.id, entry.spot) for entry in project.initiatives]
    actions = [
        (id_, entry.spot)
        for entry in project.listings
        if (id_ := entry.action.id if isinstance(entry, ActionEntry) else entry.relisted.id) is not None
    ]
    indicators = [(entry.indicator.id, entry.spot) for entry in project.indicators]
    for kind, holders in (
        (Text("視点", "viewpoint"), viewpoints),
        (Text("取組", "initiative"), initiatives),
        (Text("事業", "action"), actions),
        (Text("指標", "indicator"), indicators),
    ):
        if len({id_ for id_, _ in holders}) == len(holders):
            continue
        first: dict[str, Spot] = {}
        for id_, holder in holders:
            if project.is_hidden(holder.at("id")) or first.setdefault(id_, holder) is holder:
                continue
            yield Finding(
                holder.at("id"),
                Text(f"{kind.ja}のID「{id_}」が重なっています", f"{kind.en} id `{id_}` is used twice"),
                Text("後から加えたほうのIDを変える", "change the id of the one added later"),
                (Note(first[id_].at("id"), Text("最初はここ", "first used here")),),
            )
