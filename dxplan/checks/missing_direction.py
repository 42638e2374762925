"""An indicator with targets that does not say which way is better."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule
from dxplan.language import Text
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX409", "missing-direction")
PAGE = Page(
    what=Text(
        "目標値のある指標に、どちらがよいか（direction）が書かれていません。",
        "An indicator with targets does not say which way is better.",
    ),
    why=Text(
        "件数が目標値より多いとき、増やす指標なら達成、減らす指標なら未達です。"
        "方向がないと、達成・未達も達成率も決められません。",
        "A count above its target is met if more is better, and not met if less is. Without a direction there is "
        "neither a verdict nor a rate.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: incidents
    name: 情報セキュリティ事故の件数
    unit: 件
    targets: {R7: 3}
""",
    good="""\
# plan.yaml
indicators:
  - id: incidents
    name: 情報セキュリティ事故の件数
    unit: 件
    direction: decrease
    method: none
    targets: {R7: 3}
""",
    fix=Text(
        "direction に increase（増やす）、decrease（減らす）、maintain（保つ）、"
        "range（範囲に収める）、milestone（段階に達する）のどれかを書きます。",
        "Write `direction:` increase, decrease, maintain (keep to), range (within bounds) or milestone (a stage).",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators, or parts of them, that have something to reach, but no ``direction``."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.direction is not None or indicator.monitoring or project.is_hidden_below(entry.spot):
            continue
        lacking = [aim for aim in indicator.aims if (aim.targets or aim.expected) and aim.direction is None]
        if not lacking:
            continue
        some_do = any(part.direction for part in indicator.parts) and not (indicator.targets or indicator.expected)
        for aim in lacking if some_do else indicator.aims[:1]:
            what = Text(f"指標{aim.title.ja}", aim.title.en if aim.keys else f"indicator {aim.title.en}")
            yield Finding(
                entry.spot.at(*aim.keys, "id"),
                Text(f"{what.ja}に direction がありません", f"{what.en} has no direction"),
                Text(
                    "direction: に increase / decrease / maintain / range / milestone のどれかを書く",
                    "write `direction:` increase, decrease, maintain, range or milestone",
                ),
            )
