"""A relisting whose action cannot be found."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project, RelistedEntry
from dxplan.spelling import did_you_mean

RULE = Rule("DX203", "broken-relisting")
PAGE = Page(
    what=Text(
        "再掲（relisted）に書かれたIDの事業が計画にありません。別の再掲の項目を指している場合も含みます。",
        "A relisting names an id that is no action in the plan, or one that is itself a relisting.",
    ),
    why=Text(
        "再掲には、元の事業の名称・実施年度・実績が示されます。"
        "元の事業が決まらないと、公表する表のその行に示すものがありません。",
        "A relisting shows the title, schedule and results of the action itself. Without that action, its row in the "
        "published table has nothing to show.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 2
        title: 効果的な情報発信
        actions:
          - {id: 2-1, title: SNSを活用した情報発信, schedule: R7}
      - id: 4
        title: デジタルデバイド対策
        actions:
          - relisted: 2-11
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 2
        title: 効果的な情報発信
        actions:
          - {id: 2-1, title: SNSを活用した情報発信, schedule: R7}
      - id: 4
        title: デジタルデバイド対策
        actions:
          - relisted: 2-1
""",
    fix=Text(
        "再掲には、title と schedule のある元の事業のIDを書きます。",
        "Name the action itself: the one that is written out with `title` and `schedule`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield relistings of nothing, of another relisting, and of themselves in a circle."""
    relistings = {entry.relisted.id: entry for entry in project.relistings if entry.relisted.id}
    for entry in project.relistings:
        meant = entry.relisted.relisted
        spot = entry.spot.at("relisted")
        if meant in project.action_by_id or meant in project.hidden_ids:
            continue
        if meant not in relistings:
            otherwise = Text("再掲する事業のIDを確かめる", "check the id of the action to relist")
            yield Finding(
                spot,
                Text(f"再掲の元「{meant}」がありません", f"there is no action `{meant}` to relist"),
                did_you_mean(meant, project.action_by_id, otherwise),
            )
            continue
        home = _home(entry, relistings)
        note = Note(relistings[meant].spot, Text("ここも再掲です", "this is a relisting itself"))
        if home is None:
            yield Finding(
                spot,
                Text(f"再掲「{meant}」が循環していて、元の事業がありません", f"relisting `{meant}` goes in a circle"),
                Text("どれか1つを、元の事業として書く", "write one of them out as the action itself"),
                (note,),
            )
        else:
            yield Finding(
                spot,
                Text(f"「{meant}」は再掲の項目です", f"`{meant}` is a relisting, not an action"),
                Text(f"元の事業を指定する: {home}", f"name the action itself: {home}")
                if home in project.action_by_id or home in project.hidden_ids
                else Text("元の事業のIDを指定する", "name the action itself"),
                (note,),
            )


def _home(entry: RelistedEntry, relistings: dict[str, RelistedEntry]) -> str | None:
    """Return the id at the end of a chain of relistings, or None where the chain is a circle."""
    seen = set()
    meant = entry.relisted.relisted
    while meant in relistings:
        if meant in seen:
            return None
        seen.add(meant)
        meant = relistings[meant].relisted.relisted
    return meant
