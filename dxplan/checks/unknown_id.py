"""An id in the actuals that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project
from dxplan.spelling import closest, did_you_mean

RULE = Rule("DX202", "unknown-id")
PAGE = Page(
    what=Text(
        "実績のファイルに、計画にない指標・事業・取組のIDが書かれています。",
        "The actuals name an indicator, an action or an initiative that the plan does not have.",
    ),
    why=Text(
        "IDの合わない実績は計画のどこにも結び付かず、公表する表に出ません。報告した部署の値が、未報告のまま載ります。",
        "A result whose id matches nothing is in no table. The department has answered, and is still published as "
        "unreported.",
    ),
    bad="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators:
  passer: 112
""",
    good="""\
# plan.yaml
indicators:
  - {id: passers, name: 合格者数, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators:
  passers: 112
""",
    fix=Text(
        "計画のIDと同じつづりに直します。再掲の項目の実績は、元の事業のIDに書きます。"
        "計画に書き漏れた事業なら、計画に加えます。",
        "Spell the id as in the plan. Report a relisting under the id of the action itself. If the plan lacks the "
        "action, add it there.",
    ),
)


_VERY_CLOSE = 0.8
"""How alike an id has to be that has a result already: `onlin` and `online` are, `1-3` and `1-2` are not."""
_PROPOSALS = 100
"""Ids for which the one that was meant is looked for: where hundreds are unknown, it is another plan's file."""
_LOOK = Text("計画のIDを確かめる", "check the ids in the plan")
_KINDS = {
    "indicators": Text("指標", "indicator"),
    "actions": Text("事業", "action"),
    "initiatives": Text("取組", "initiative"),
}


def check(project: Project) -> Iterator[Finding]:
    """Yield every result whose id is neither in the plan nor in a part of it that could not be read."""
    if project.hides_nameless:
        return  # what is missing may be what could not be read
    known: Mapping[str, AbstractSet[str]] = {
        "indicators": project.indicator_by_id.keys(),
        "actions": project.action_by_id.keys(),
        "initiatives": {entry.initiative.id for entry in project.initiatives},
    }
    proposed = 0
    for year_file in project.year_files:
        actuals = year_file.actuals
        for key, reported in (
            ("indicators", actuals.indicators.keys()),
            ("actions", actuals.actions.keys()),
            ("initiatives", actuals.initiatives.keys()),
        ):
            if reported <= known[key]:
                continue
            for id_ in reported:
                if id_ not in known[key] and id_ not in project.hidden_ids:
                    kind = _KINDS[key]
                    proposed += 1
                    yield Finding(
                        Spot(year_file.file, (key, id_)).as_key(),
                        Text(f"計画に{kind.ja}「{id_}」がありません", f"the plan has no {kind.en} `{id_}`"),
                        _way_out(id_, key, known, reported, project) if proposed <= _PROPOSALS else _LOOK,
                    )


def _way_out(
    id_: str, key: str, known: Mapping[str, AbstractSet[str]], reported: AbstractSet[str], project: Project
) -> Text:
    if other := next((other for other in known if id_ in known[other]), None):
        kind = _KINDS[other]
        return Text(f"{kind.ja}のIDです。{other} に書く", f"this is the id of an {kind.en}; write it under `{other}`")
    if key == "actions" and (home := project.home_of(id_)):
        return Text(f"再掲のIDです。元の事業「{home}」に書く", f"this is a relisting; report under its home, `{home}`")
    missing = [meant for meant in known[key] if meant not in reported]
    likely = missing if closest(id_, missing) else [meant for meant in known[key] if closest(id_, [meant], _VERY_CLOSE)]
    return did_you_mean(id_, likely, _LOOK)
