"""Bounds that no value can keep: the lower one lies above the upper one, or excludes the only value left."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.model.target import TargetValue
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX406", "reversed-range")
PAGE = Page(
    what=Text(
        "範囲の目標値に、入る値がありません。下限（min 以上・over 超）が上限（max 以下・under 未満）を超えているか、"
        "同じ値なのに超・未満でその値を除いています。",
        "A range's lower bound (`min`, `over`) lies above its upper bound (`max`, `under`), "
        "or both are one value that a strict bound excludes.",
    ),
    why=Text(
        "どんな実績値でも未達になり、公表する達成・未達に意味がなくなります。",
        "No value can ever meet it: the published verdict means nothing.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: range
    targets: {R7: {min: 60, max: 40}}
""",
    good="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: range
    targets: {R7: {min: 40, max: 60}}
""",
    fix=Text(
        "「40%以上60%以下」なら {min: 40, max: 60}、「40%超60%未満」なら {over: 40, under: 60} と書きます。",
        "Write 40 to 60 per cent as `{min: 40, max: 60}`, more than 40 but less than 60 as `{over: 40, under: 60}`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield ranges, also those before a revision, that no value can meet."""
    for entry in project.indicators:
        indicator = entry.indicator
        for aim in indicator.aims if indicator.parts else (indicator,):
            for year, target in aim.targets.items():
                if target.value is not None and not target.revisions:
                    continue  # nearly everything
                keys: tuple[str | int, ...] = aim.keys if isinstance(aim, Aim) else ()
                spot = project.year_value(entry.spot.at(*keys, "targets"), year)
                if _is_empty(target):
                    yield _finding(spot, year, target)
                for n, revision in enumerate(target.revisions):
                    if revision.before is not None and _is_empty(revision.before):
                        yield _finding(spot.at("revisions", n, "from"), year, revision.before)


def _is_empty(target: TargetValue) -> bool:
    lower, upper = target.lower, target.upper
    if lower is None or upper is None:
        return False
    return lower > upper or (lower == upper and (target.over is not None or target.under is not None))


def _finding(spot: Spot, year: FiscalYear, target: TargetValue) -> Finding:
    below = Text(f"{target.min}以上", f"min {target.min}")
    above = Text(f"{target.max}以下", f"max {target.max}")
    if target.over is not None:
        below = Text(f"{target.over}超", f"over {target.over}")
    if target.under is not None:
        above = Text(f"{target.under}未満", f"under {target.under}")
    return Finding(
        spot,
        Text(
            f"{year} の範囲（{below.ja}{above.ja}）に入る値がありません",
            f"no value lies in the range for {year}: {below.en}, {above.en}",
        ),
        Text(
            "下限（min・over）に小さい値、上限（max・under）に大きい値を書く",
            "write the smaller value in `min` or `over`, the larger in `max` or `under`",
        ),
    )
