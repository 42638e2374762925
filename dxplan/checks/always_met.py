"""A target of keeping zero that every value meets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxplan.diagnostics import Finding, Rule, Severity, Spot
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX418", "always-met", Severity.WARNING)
PAGE = Page(
    what=Text(
        "保つ指標（direction: maintain）の目標値が 0 で、これまでの値に負の数がありません。注意として示します。",
        "The target of an indicator with `direction: maintain` is 0, and no value so far is negative. This is a "
        "warning.",
    ),
    why=Text(
        "保つ指標は、目標値を下回らなければ達成です。"
        "「事故0件を維持」を 0 とだけ書くと、事故が5件あっても達成と公表されます。",
        "Such a target is met by whatever is not below it. Where no accidents at all are meant, a plain 0 is published "
        "as met with five of them.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: incidents
    name: 重大な情報セキュリティ事故の件数
    unit: 件
    direction: maintain
    baseline: {year: R6, value: 0}
    targets: {R7: 0, R8: 0}
""",
    good="""\
# plan.yaml
indicators:
  - id: incidents
    name: 重大な情報セキュリティ事故の件数
    unit: 件
    direction: maintain
    baseline: {year: R6, value: 0}
    targets: {R7: {max: 0}, R8: {max: 0}}
""",
    fix=Text(
        "「0件を維持」なら {max: 0} と書きます。"
        "「黒字を維持」のように 0 を下回らないことが目標なら {min: 0} と書きます。そう書けば、この注意は出ません。",
        "To keep it at none write `{max: 0}`. If not to fall below 0 is what is meant, as of a balance, write `{min: "
        "0}`, and this warning goes away.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield the first plain target of 0 that is to be kept, unless values are known to be negative at times."""
    for entry in project.indicators:
        indicator = entry.indicator
        if (indicator.direction is not Direction.MAINTAIN and not indicator.parts) or indicator.monitoring:
            continue
        for aim in indicator.aims:
            if aim.direction is not Direction.MAINTAIN:
                continue
            year = min((year for year, target in aim.targets.items() if target.value == 0), default=None)
            if year is not None and not _may_be_negative(project, entry, aim):
                yield Finding(
                    project.year_value(entry.spot.at(*aim.keys, "targets"), year),
                    Text(
                        f"{aim.title.ja}の目標値 0 は、値が負にならないかぎり、いつも達成になります",
                        f"target 0 of {aim.title.en} is met by every value that is not negative",
                    ),
                    Text(
                        f"「0{aim.unit}を維持」なら {{max: 0}}、「0を下回らない」なら {{min: 0}} と書く",
                        "to keep it at none write {max: 0}; not to fall below 0, {min: 0}",
                    ),
                )


def _may_be_negative(project: Project, entry: IndicatorEntry, aim: Aim) -> bool:
    """Whether any value is negative, or could not be read."""
    if project.is_hidden(entry.spot.at(*aim.keys, "baseline")):
        return True
    if aim.baseline is not None and (aim.baseline.value or 0) < 0:
        return True
    id_ = entry.indicator.id
    for year_file in project.files_by_year.values():
        if project.is_hidden_below(Spot(year_file.file, ("indicators", id_))):
            return True
        actual = year_file.actuals.indicators.get(id_)
        entered = actual if actual is None or aim.part is None else actual.parts.get(aim.part)
        value = entered.of[0] if entered and entered.of else entered.value if entered else None
        if value is not None and value < Decimal(0):
            return True
    return False
