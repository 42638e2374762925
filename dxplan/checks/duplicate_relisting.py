"""An action that one initiative shows twice."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX204", "duplicate-relisting")
PAGE = Page(
    what=Text(
        "1つの取組に、同じ事業が2回並んでいます。元の事業と再掲、または再掲どうしの重なりです。",
        "One initiative lists the same action twice: the action and a relisting of it, or two relistings.",
    ),
    why=Text(
        "公表する表に同じ事業が2行出ます。読む人は別の事業が2つあると受け取り、数え違えます。",
        "The published table shows the action in two rows. Readers take them for two actions, and count one too many.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 3
    title: DX基盤の整備
    initiatives:
      - id: 14
        title: DX推進体制の強化
        actions:
          - {id: 14-2, title: CIO補佐官の任用, schedule: R7}
          - relisted: 14-2
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 3
    title: DX基盤の整備
    initiatives:
      - id: 14
        title: DX推進体制の強化
        actions:
          - {id: 14-2, title: CIO補佐官の任用, schedule: R7}
      - id: 15
        title: DX人材の確保・育成
        actions:
          - relisted: 14-2
""",
    fix=Text(
        "余分な再掲を消します。別の事業を再掲するつもりだったなら、IDを直します。",
        "Remove the relisting that is one too many, or correct its id if another action was meant.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield every relisting of an action that the same initiative lists already."""
    shown = {(id(entry.initiative), entry.action.id): entry.spot for entry in project.actions}
    for entry in project.relistings:
        key = (id(entry.initiative), entry.relisted.relisted)
        if entry.relisted.relisted not in project.action_by_id:
            continue
        if key in shown:
            title = entry.initiative.title
            yield Finding(
                entry.spot.at("relisted"),
                Text(
                    f"事業「{entry.relisted.relisted}」は取組「{title}」にもうあります",
                    f"action `{entry.relisted.relisted}` already stands in initiative 「{title}」",
                ),
                Text("この再掲を消す", "remove this relisting"),
                (Note(shown[key], Text("ここにあります", "it stands here")),),
            )
        else:
            shown[key] = entry.spot
