"""Counts for an indicator whose unit is no share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Note, Rule, Severity, Spot
from dxplan.language import Text
from dxplan.model.actuals import Actual
from dxplan.model.indicator import Aim, Indicator
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX419", "mismatched-counts", Severity.WARNING)
PAGE = Page(
    what=Text(
        "内数と総数（of）で入力した指標の単位が、%などの割合ではありません。注意として示します。",
        "An actual is entered as a part `of` a whole, but the indicator's unit is no share such as %. This is a "
        "warning.",
    ),
    why=Text(
        "of に [54, 100] と書くと、割合（54%、単位が%でなければ 0.54）になります。"
        "単位が「人」のままでは、0.54人と公表されます。",
        "`of: [54, 100]` gives a share: 54 %, or 0.54 where the unit is not %. With the unit 人, 0.54 people would be "
        "published.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: trained
    name: 研修を修了した職員
    unit: 人
    direction: increase
    targets: {R7: 60}
# actuals/R7.yaml
indicators:
  trained: {of: [54, 100]}
""",
    good="""\
# plan.yaml
indicators:
  - id: trained
    name: 研修を修了した職員の割合
    unit: "%"
    direction: increase
    targets: {R7: 60}
# actuals/R7.yaml
indicators:
  trained: {of: [54, 100]}
""",
    fix=Text(
        '割合の指標なら、計画の単位を "%" に直します。人数や件数の指標なら、内数だけを 54 のように書きます。'
        "「平均」や「1人あたり」の値を合計と数から求める指標なら、名称か単位にそう書けば、この注意は出ません。",
        'If it is a share, mend the unit in the plan: `unit: "%"`. If it is a number of people or things, write that '
        "number alone: 54. Of an average or an amount per head, say so in its name or unit (平均, 回/人), "
        "and this warning goes away.",
    ),
)

_SHARES = frozenset(("", "%", "パーセント", "‰", "パーミル", "倍", "割", "割合", "比", "比率", "率", "ポイント"))
_AVERAGES = ("あたり", "当たり", "平均")


def check(project: Project) -> Iterator[Finding]:
    """Yield counts whose quotient would be shown in a unit that is no share; once for the indicator or part."""
    said = set()
    for year_file in project.year_files:
        for id_, actual in year_file.actuals.indicators.items():
            if actual.of is None and not actual.parts:
                continue
            entry = project.indicator_by_id.get(id_)
            if entry is None:
                continue
            for aim, counts, keys in _counted(entry.indicator, actual):
                if (id_, aim.part) not in said and not _may_be_quotient(project, entry, aim):
                    said.add((id_, aim.part))
                    yield _finding(project, entry, aim, counts, Spot(year_file.file, ("indicators", id_, *keys)))


def _counted(indicator: Indicator, actual: Actual) -> Iterator[tuple[Aim, tuple[Decimal, Decimal], tuple[str, ...]]]:
    for aim in indicator.aims:
        entered = actual if aim.part is None else actual.parts.get(aim.part)
        if entered is not None and entered.of is not None:
            yield aim, entered.of, ("of",) if aim.part is None else ("parts", aim.part, "of")


def _may_be_quotient(project: Project, entry: IndicatorEntry, aim: Aim) -> bool:
    """Whether a value may be one number divided by another (a share, an average, so much a head), or none at all."""
    unit, name = unicodedata.normalize("NFKC", aim.unit), entry.indicator.name
    return (
        unit in _SHARES
        or "/" in unit
        or any(word in unit or word in name for word in _AVERAGES)
        or aim.direction is Direction.MILESTONE
        or project.is_hidden(entry.spot.at(*aim.keys, "unit"))
    )


def _finding(project: Project, entry: IndicatorEntry, aim: Aim, counts: tuple[Decimal, Decimal], spot: Spot) -> Finding:
    part, whole = counts
    own = entry.spot.at(*aim.keys, "unit")
    return Finding(
        spot,
        Text(
            f"単位が「{aim.unit}」の{aim.title.ja}が内数と総数（of）で書かれ、{part}÷{whole} の値になります",
            f"{aim.title.en}, in {aim.unit}, is entered as counts (`of`), which makes it {part} / {whole}",
        ),
        Text(
            f'割合なら計画の単位を "%" に直す。{aim.unit}で測るなら内数だけを書く: {part}',
            f'for a share, set `unit: "%"` in the plan; measured in {aim.unit}, write the part alone: {part}',
        ),
        (Note(own if project.has(own) else entry.spot.at("unit"), Text("単位はここ", "the unit is here")),),
    )
