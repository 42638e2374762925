"""A per-year amount that does not lead to the targets beside it."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule
from dxplan.language import Text
from dxplan.model.values import Series
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX405", "per-year-mismatch")
PAGE = Page(
    what=Text(
        "毎年度の量（per_year）から求めた目標値と、書かれた目標値（targets）が違います。"
        "累計の指標では、計画の初年度（途中で加わった指標は、その年度）からの年数を掛けて比べます。",
        "A target is not what the amount `per_year` leads to. For a cumulative indicator, that is the amount times the "
        "years since the plan began, or since the indicator joined it.",
    ),
    why=Text(
        "「毎年度70人」を累計の目標値にも70と書くと、2年目からの達成率が何倍にも高く公表されます。",
        "Where 70 a year is also entered as the cumulative target, the rates from the second year on are published "
        "several times too high.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: passers
    name: 情報処理技術者試験の合格者数
    unit: 人
    direction: increase
    series: cumulative
    per_year: 70
    targets: {R7: 70, R8: 70, R9: 70}
""",
    good="""\
# plan.yaml
indicators:
  - id: passers
    name: 情報処理技術者試験の合格者数
    unit: 人
    direction: increase
    series: cumulative
    per_year: 70
    targets: {R7: 70, R8: 140, R9: 210}
""",
    fix=Text(
        "累計の指標なら、目標値を 70、140、210 のように累計で書きます。"
        "年度によって量が違う計画なら、per_year を消します。",
        "For a cumulative indicator write running totals, such as 70, 140, 210. If the amount differs from year to "
        "year, remove `per_year`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield targets that differ from ``per_year``, or, of a cumulative indicator, from its multiple."""
    if not project.knows_period:
        return
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.per_year is None or any(project.is_hidden(entry.spot.at(key)) for key in ("from", "series")):
            continue
        first = max(project.plan.period.first, indicator.first or project.plan.period.first)
        cumulative = indicator.series is Series.CUMULATIVE
        for year, entered in sorted(indicator.targets.items()):
            target = entered.number
            years = year.western - first.western + 1
            due = indicator.per_year * years if cumulative else indicator.per_year
            if years > 0 and target is not None and target != due:
                sum_of = f"{indicator.per_year} × {years} = {due}" if cumulative else f"{due}"
                yield Finding(
                    project.year_value(entry.spot.at("targets"), year),
                    Text(
                        f"{year} の目標値 {target} が、毎年度の量から求めた {sum_of} と合いません",
                        f"target {target} for {year} is not what the amount per year leads to ({sum_of})",
                    ),
                    Text(
                        "目標値か per_year を直す。年度ごとに量が違うなら per_year を消す",
                        "mend the target or `per_year`; remove `per_year` if the amount differs by year",
                    ),
                    (Note(entry.spot.at("per_year"), Text("毎年度の量", "the amount per year")),),
                )
