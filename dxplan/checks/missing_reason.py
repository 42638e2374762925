"""A verdict or grade given by a person who does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.model.actuals import PartActual
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX415", "missing-reason")
PAGE = Page(
    what=Text(
        "人が付けた達成の判定（met）や評価（grade）に、理由（reason）が書かれていません。",
        "A verdict (`met`) or a `grade` given by a person has no `reason`.",
    ),
    why=Text(
        "数値から決まらない判定は、理由がなければ確かめようがありません。担当者が替わると、なぜ達成としたのか説明できません。",
        "Nobody can check a judgement that follows from no figure and gives no reason, nor defend it once whoever "
        "made it has moved on.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: chatbot
    name: AIチャットボットの導入
    direction: milestone
    targets: {R7: 試行, R8: 本格導入}
# actuals/R7.yaml
indicators:
  chatbot: {text: 2課で試行, met: true}
""",
    good="""\
# plan.yaml
indicators:
  - id: chatbot
    name: AIチャットボットの導入
    direction: milestone
    targets: {R7: 試行, R8: 本格導入}
# actuals/R7.yaml
indicators:
  chatbot: {text: 2課で試行, met: true, reason: 予定した2課で10月から試行した}
""",
    fix=Text(
        "何を見てそう判定したのかを reason に1文で書きます。達成としなかったとき（met: false）も同じです。",
        "Say in one sentence of `reason` what the judgement rests on; of `met: false` too.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield verdicts and grades without a reason."""
    for year_file in project.year_files:
        for id_, actual in year_file.actuals.indicators.items():
            if actual.met is None and actual.grade is None and not actual.parts:
                continue
            spot = Spot(year_file.file, ("indicators", id_))
            yield from _unreasoned(project, actual, spot, _direction(project, id_, None))
            for part, entered in actual.parts.items():
                yield from _unreasoned(project, entered, spot.at("parts", part), _direction(project, id_, part))


def _direction(project: Project, id_: str, part: str | None) -> Direction | None:
    entry = project.indicator_by_id.get(id_)
    aims = entry.indicator.aims if entry is not None else ()
    return next((aim.direction for aim in aims if aim.part == part), None)


def _unreasoned(project: Project, actual: PartActual, spot: Spot, direction: Direction | None) -> Iterator[Finding]:
    judged = actual.met is not None and actual.text is not None and direction in (Direction.MILESTONE, None)
    key = "met" if judged else "grade"  # a verdict where none belongs is DX412's
    if actual.reason is not None or not (judged or actual.grade is not None) or project.is_hidden(spot.at("reason")):
        return
    kind = Text("達成の判定（met）", "verdict (`met`)") if judged else Text("評価（grade）", "`grade`")
    yield Finding(
        spot.at(key).as_key(),
        Text(f"人が付けた{kind.ja}に理由（reason）がありません", f"a {kind.en} by hand without a reason"),
        Text("reason: に理由を1文で書く", "say why in `reason:`"),
    )
