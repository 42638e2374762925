"""``continues`` that names no other action."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project
from dxplan.spelling import did_you_mean

RULE = Rule("DX205", "broken-continuation")
PAGE = Page(
    what=Text(
        "continues（継続元）に書かれたIDの事業が計画にありません。継続元をたどると自分に戻る場合も含みます。",
        "`continues` names an id that is no action in the plan, or leads back to the action itself.",
    ),
    why=Text(
        "継続元は、名称の変わった事業を前の年度から続けて見るためのものです。"
        "たどれないと、前の年度の経過が切れて見えなくなります。",
        "`continues` lets a renamed action be followed from the years before. Where it leads nowhere, what was done in "
        "those years drops out of sight.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 4
        title: デジタルデバイド対策
        actions:
          - {id: 4-1, title: スマートフォン教室の拡充, schedule: R7}
          - id: 4-4
            title: スマートフォン教室の継続
            schedule: R8
            continues: 4-11
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 4
        title: デジタルデバイド対策
        actions:
          - {id: 4-1, title: スマートフォン教室の拡充, schedule: R7}
          - id: 4-4
            title: スマートフォン教室の継続
            schedule: R8
            continues: 4-1
""",
    fix=Text(
        "後の事業の continues に、先に始まった事業のIDを書きます。先に始まった事業には continues を書きません。",
        "In the later action, name the one that began before it. The one that began first has no `continues`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield continuations of nothing, and those that come back to themselves."""
    continues = {entry.action.id: entry.action.continues for entry in project.actions if entry.action.continues}
    for entry in project.actions:
        before = entry.action.continues
        if before is None or before in project.hidden_ids:
            continue
        spot = entry.spot.at("continues")
        if before not in project.action_by_id:
            yield Finding(
                spot,
                Text(f"継続元の事業「{before}」がありません", f"there is no action `{before}` to continue"),
                _way_out(before, project),
            )
        elif _comes_back(entry.action.id, continues):
            yield Finding(
                spot,
                Text("継続元をたどると、この事業に戻ります", "this action continues itself in the end"),
                Text("先に始まる事業から continues を消す", "remove `continues` from the action that begins first"),
            )


def _way_out(before: str, project: Project) -> Text:
    if home := project.home_of(before):
        return Text(f"再掲のIDです。元の事業を指定する: {home}", f"this is a relisting; name the action itself: {home}")
    otherwise = Text("引き継ぐ事業のIDを確かめる", "check the id of the action it continues")
    return did_you_mean(before, project.action_by_id, otherwise)


def _comes_back(start: str, continues: dict[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = continues.get(start)
    while at is not None and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = continues.get(at)
    return False
