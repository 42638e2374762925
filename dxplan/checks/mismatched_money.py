"""Amounts of money of one thing in different units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Severity, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import ActionResult, InitiativeResult
from dxplan.model.department import Quantity
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX420", "mismatched-money", Severity.WARNING)
PAGE = Page(
    what=Text(
        "1つの取組や事業の予算（budget）と決算（settled）に、違う単位が使われています。注意として示します。",
        "The `budget` and `settled` amounts of one initiative or action are in different units. This is a warning.",
    ),
    why=Text(
        "予算が千円、決算が円で並ぶと、執行額が千倍に見えます。単位の書き間違いなら、金額そのものを誤って公表します。",
        "A budget in thousands of yen beside a settled amount in yen reads as if a thousand times as much were spent. "
        "If the unit is a slip, the amount itself is published wrong.",
    ),
    bad="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 書かない窓口, schedule: R7, budget: {R7: {value: 12000, unit: 千円}}}
# actuals/R7.yaml
actions:
  1-1: {result: done, settled: {value: 11500000, unit: 円}}
""",
    good="""\
# plan.yaml
viewpoints:
  - id: 1
    title: 区民にやさしい
    initiatives:
      - id: 1
        title: 窓口改革の推進
        actions:
          - {id: 1-1, title: 書かない窓口, schedule: R7, budget: {R7: {value: 12000, unit: 千円}}}
# actuals/R7.yaml
actions:
  1-1: {result: done, settled: {value: 11500, unit: 千円}}
""",
    fix=Text(
        "単位をそろえ、金額もその単位に直します。予算書が千円なら、決算も千円で書きます。",
        "Use one unit, and convert the amount with it: if the budget is in 千円, write the settled amount in 千円 too.",
    ),
)


class _Amount(NamedTuple):
    """One amount, and what it is."""

    unit: str
    spot: Spot
    name: Text


def check(project: Project) -> Iterator[Finding]:
    """Yield amounts whose unit is not the one that most amounts of the same thing have."""
    actions = ((entry.action.id, entry.spot, entry.action.budget) for entry in project.actions)
    settled = _settled(project, "actions")
    yield from _mixed(project, Text("事業", "action"), actions, settled)
    initiatives = ((entry.initiative.id, entry.spot, entry.initiative.budget) for entry in project.initiatives)
    settled = _settled(project, "initiatives")
    yield from _mixed(project, Text("取組", "initiative"), initiatives, settled)


def _settled(project: Project, key: str) -> dict[str, list[_Amount]]:
    """Return the settled amounts by id."""
    found: dict[str, list[_Amount]] = {}
    for year, year_file in project.files_by_year.items():
        results: Mapping[str, ActionResult | InitiativeResult]
        results = year_file.actuals.actions if key == "actions" else year_file.actuals.initiatives
        for id_, result in results.items():
            if result.settled is not None:
                name = Text(f"{year} の決算", f"the settled amount of {year}")
                spot = Spot(year_file.file, (key, id_, "settled", "unit"))
                found.setdefault(id_, []).append(_Amount(result.settled.unit, spot, name))
    return found


def _mixed(
    project: Project,
    kind: Text,
    things: Iterable[tuple[str, Spot, Mapping[FiscalYear, Quantity]]],
    settled: Mapping[str, list[_Amount]],
) -> Iterator[Finding]:
    seen = set()
    for id_, spot, budget in things:
        if (not budget and id_ not in settled) or id_ in seen:
            continue
        seen.add(id_)
        amounts = [
            *(
                _Amount(
                    budget[year].unit,
                    project.year_value(spot.at("budget"), year).at("unit"),
                    Text(f"{year} の予算", f"the budget of {year}"),
                )
                for year in sorted(budget)
            ),
            *settled.get(id_, ()),
        ]
        usual = Counter(amount.unit for amount in amounts).most_common(1)[0][0]
        home = next(amount for amount in amounts if amount.unit == usual)
        for amount in amounts:
            if amount.unit != usual:
                yield Finding(
                    amount.spot,
                    Text(
                        f"{kind.ja}「{id_}」の {amount.name.ja}の単位「{amount.unit}」が、"
                        f"{home.name.ja}の「{usual}」と違います",
                        f"{amount.name.en} of {kind.en} `{id_}` is in {amount.unit}, but {home.name.en} in {usual}",
                    ),
                    Text("単位をそろえ、金額もその単位に直す", "use one unit, and convert the amount with it"),
                    (Note(home.spot, Text(f"{home.name.ja}はここ", f"{home.name.en} is here")),),
                )
