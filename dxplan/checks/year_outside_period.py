"""A target, a budget or a file of actuals for a year outside the plan's period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX301", "year-outside-period")
PAGE = Page(
    what=Text(
        "目標値・目安値・予算の年度、または実績のファイルの年度が、計画期間（period）の外にあります。",
        "A target, an expected value, a budget or a file of actuals is for a fiscal year outside the plan's `period`.",
    ),
    why=Text(
        "計画期間の外の年度は、公表する表に列がありません。年度の書き間違いなら、本来の年度の目標値や実績が欠けます。",
        "The published table has no column for a year outside the period. If the year is a slip, the year that was "
        "meant is left without its target or result.",
    ),
    bad="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: passers
    name: 合格者数
    direction: increase
    targets: {R7: 70, R8: 140, R90: 210}
""",
    good="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: passers
    name: 合格者数
    direction: increase
    targets: {R7: 70, R8: 140, R9: 210}
""",
    fix=Text(
        "年度を書き間違えていれば直します。計画期間を延ばしたのなら、period を改めます。"
        "計画期間より後の年度に置かれた目標なら、period に horizon: R16 のように最も後の年度を書きます。"
        "計画前の値は baseline に書きます。",
        "Correct the year if it is a slip. If the plan was extended, change `period`. If targets lie after the plan, "
        "give the last of their years as `horizon` in `period`. A value from before the plan goes into `baseline`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield targets, expected values, budgets and actuals of years that the plan does not cover."""
    if not project.knows_period:
        return
    period = project.plan.period
    for spot, what, years in _by_year(project):
        for year in years:
            if not (period.holds(year) if what is _BUDGET else period.aims_at(year)):
                way_out = _HORIZON if year > period.last and what is not _BUDGET else _WAY_OUT
                yield Finding(project.year_key(spot, year), _outside(what, year, project), way_out)
    for year_file in project.year_files:
        year = year_file.actuals.fiscal_year
        if year_file.knows_year and not period.holds(year):
            yield Finding(
                Spot(year_file.file, ("fiscal_year",)), _outside(Text("実績", "actuals"), year, project), _WAY_OUT
            )


def _by_year(project: Project) -> Iterator[tuple[Spot, Text, Iterable[FiscalYear]]]:
    """Yield everything in the plan that is entered by year, but schedules: where, what it is, and its years."""
    for entry in project.indicators:
        indicator = entry.indicator
        for aim in indicator.aims if indicator.parts else (indicator,):
            home = entry.spot.at(*aim.keys) if isinstance(aim, Aim) else entry.spot
            yield home.at("targets"), _TARGET, aim.targets
            if isinstance(aim.expected, dict):
                yield home.at("expected"), _EXPECTED, aim.expected
    for initiative, spot, _ in project.initiatives:
        if initiative.budget:
            yield spot.at("budget"), _BUDGET, initiative.budget
    for action in project.actions:
        if action.action.budget:
            yield action.spot.at("budget"), _BUDGET, action.action.budget


_TARGET = Text("目標値", "target")
_EXPECTED = Text("目安値", "expected value")
_BUDGET = Text("予算", "budget")


def _outside(what: Text, year: FiscalYear, project: Project) -> Text:
    first, last = project.plan.period.first, project.plan.period.last
    return Text(
        f"{what.ja}の年度 {year} は計画期間（{first}-{last}）の外です",
        f"{what.en} for {year}, which is outside the plan's period ({first}-{last})",
    )


_WAY_OUT = Text("年度か、計画期間（period）を直す", "mend the year, or the plan's `period`")
_HORIZON = Text(
    "年度か、計画期間（period）を直す。計画期間より後の目標なら、その年度を period の horizon に書く",
    "mend the year, or the plan's `period`; for a target after the plan, give its year as the period's `horizon`",
)
