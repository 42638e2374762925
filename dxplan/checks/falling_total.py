"""A cumulative target or running total that is lower than the year before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actual, PartActual
from dxplan.model.indicator import Aim
from dxplan.model.values import Entered, Series
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX404", "falling-total")
PAGE = Page(
    what=Text(
        "累計の指標（series: cumulative）の目標値、または公表された累計として入力した実績値（entered: running）が、"
        "前の年度より減っています。",
        "A cumulative target, or an actual entered as a running total (`entered: running`), is lower than the year "
        "before.",
    ),
    why=Text(
        "累計は減りません。年度ごとの量を累計の欄に書くと、達成率が実際よりずっと低く公表されます。",
        "A running total never falls. A year's own amount written in its place gives a rate far below the true one.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: courses
    name: スマートフォン教室の開催回数（累計）
    unit: 回
    direction: increase
    series: cumulative
    entered: running
    targets: {R7: 100, R8: 200, R9: 300}
# actuals/R7.yaml
indicators: {courses: 104}
# actuals/R8.yaml
indicators: {courses: 98}
""",
    good="""\
# plan.yaml
indicators:
  - id: courses
    name: スマートフォン教室の開催回数（累計）
    unit: 回
    direction: increase
    series: cumulative
    entered: running
    targets: {R7: 100, R8: 200, R9: 300}
# actuals/R7.yaml
indicators: {courses: 104}
# actuals/R8.yaml
indicators: {courses: 202}
""",
    fix=Text(
        "計画の初年度からの累計を書きます。実績を年度ごとの量で入力するなら entered: yearly に、"
        "目標値も年度ごとの量なら series: annual にします。",
        "Write the total since the plan's first year. If actuals are each year's own amount, say `entered: yearly`; if "
        "the targets are too, `series: annual`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield totals that fall from one known year to the next."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.series is not Series.CUMULATIVE:
            continue
        for aim in indicator.aims:
            home = entry.spot.at(*aim.keys, "targets")
            targets = [
                (year, target.number, project.year_value(home, year))
                for year, target in sorted(aim.targets.items())
                if target.number is not None
            ]
            yield from _falls(aim, _TARGET, targets)
            if indicator.entered is Entered.RUNNING:
                yield from _falls(aim, _ACTUAL, list(_totals(project, indicator.id, aim)))


def _totals(project: Project, id_: str, aim: Aim) -> Iterator[tuple[FiscalYear, Decimal, Spot]]:
    for year, file in project.files_by_year.items():
        actual: PartActual | None = file.actuals.indicators.get(id_)
        spot = Spot(file.file, ("indicators", id_))
        if aim.part is not None and isinstance(actual, Actual):
            actual, spot = actual.parts.get(aim.part), spot.at("parts", aim.part)
        if actual is not None and actual.value is not None:
            yield year, actual.value, spot


class _Kind(NamedTuple):
    name: Text
    way_out: Text


_TARGET = _Kind(
    Text("累計の目標値", "cumulative target"),
    Text(
        "累計で書く。年度ごとの目標値なら series: annual にする",
        "write running totals; if the targets are each year's own, set `series: annual`",
    ),
)
_ACTUAL = _Kind(
    Text("累計の実績値", "running total"),
    Text(
        "累計で書く。年度ごとの量を入力するなら entered: yearly にする",
        "write the running total; if each year's own amount is entered, set `entered: yearly`",
    ),
)


def _falls(aim: Aim, kind: _Kind, totals: list[tuple[FiscalYear, Decimal, Spot]]) -> Iterator[Finding]:
    for (before, higher, home), (year, lower, spot) in pairwise(totals):
        if lower < higher:
            yield Finding(
                spot,
                Text(
                    f"{aim.title.ja}の{kind.name.ja}が {before} の {higher} から {year} の {lower} に減っています",
                    f"{kind.name.en} of {aim.title.en} falls from {higher} in {before} to {lower} in {year}",
                ),
                kind.way_out,
                (Note(home, Text(f"{before} の値", f"the value of {before}")),),
            )
