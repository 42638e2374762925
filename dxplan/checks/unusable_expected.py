"""An expected value that cannot be computed, or that nothing can be held against."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import span
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.model.values import Direction, Interpolation, Series
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX417", "unusable-expected")
PAGE = Page(
    what=Text(
        "目安値（expected）が使えません。"
        "直線で補う（linear）のに、目標値のない年度をはさむ2つの値（基準値と目標値、または2つの目標値）がないか、"
        "範囲や段階の指標（direction: range、milestone）に目安値があります。",
        "`expected` is of no use: with `linear`, no year without a target lies between two values (a baseline and a "
        "target, or two targets), or the indicator's direction is range or milestone.",
    ),
    why=Text(
        "目安値は、目標値のない年度に実績を比べる相手です。目安が計算できないと、その年度は判定のないまま公表されます。",
        "An expected value is what a year without target is held against. If there is none, that year is published "
        "without a judgement although the plan asks for one.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    targets: {R9: 100}
    expected: linear
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.1}
    targets: {R9: 100}
    expected: linear
""",
    fix=Text(
        "直線の起点になる基準値（baseline）を書きます。参考（reference: true）の基準値は起点になりません。"
        "計画に目安値が載っていれば expected: {R7: 50, R8: 75} のように写します。なければ expected を消します。",
        "Give the `baseline` from which the line starts; one that is only for `reference` does not count. If the plan "
        "prints expected values, copy them: `expected: {R7: 50, R8: 75}`. If not, remove `expected`.",
    ),
)

_WITHOUT_NUMBER = frozenset((Direction.RANGE, Direction.MILESTONE))


def check(project: Project) -> Iterator[Finding]:
    """Yield expected values of ranges and stages, and lines that reach no year without a target."""
    for entry in project.indicators:
        indicator = entry.indicator
        if (indicator.expected is None and not indicator.parts) or indicator.monitoring:
            continue
        for aim in indicator.aims:
            spot = entry.spot.at(*aim.keys, "expected").as_key()
            if not aim.expected:
                continue
            if aim.direction in _WITHOUT_NUMBER:
                yield Finding(
                    spot,
                    Text(
                        f"direction: {aim.direction} の{aim.title.ja}に目安値は使えません",
                        f"expected values are of no use for {aim.title.en}, whose direction is {aim.direction}",
                    ),
                    Text("expected を消すか、direction を直す", "remove `expected`, or mend `direction`"),
                )
            elif aim.expected is Interpolation.LINEAR and _reaches_nothing(project, entry, aim):
                yield _uncomputable(aim, spot, starts_from_nothing=_is_total(entry))


def _reaches_nothing(project: Project, entry: IndicatorEntry, aim: Aim) -> bool:
    """Whether years stand without a target, but none of them between two values."""
    aimless = not aim.targets and (aim.part is None or not any(part.targets for part in entry.indicator.parts))
    if aimless or not project.knows_period or project.is_hidden_below(entry.spot.at(*aim.keys)):
        return False  # that there is no target at all is DX401's
    targets = {year: target for year, entered in aim.targets.items() if (target := entered.in_force(year))}
    known = [year for year, target in targets.items() if target.number is not None]
    period = project.plan.period
    if _is_total(entry):
        known.append(max(entry.indicator.first or period.first, period.first) - 1)
    elif aim.baseline is not None and not aim.baseline.reference:
        known.append(aim.baseline.year)
    open_years = [year for year in span(period.first, period.last) if year not in targets and entry.lasts(year)]
    return bool(open_years) and not any(min(known) < year < max(known) for year in open_years if known)


def _is_total(entry: IndicatorEntry) -> bool:
    """Whether the line starts from nothing in the year before the first, whatever its baseline."""
    return entry.indicator.series is Series.CUMULATIVE


def _uncomputable(aim: Aim, spot: Spot, *, starts_from_nothing: bool) -> Finding:
    if aim.baseline is None and not starts_from_nothing:
        why = Text("起点となる基準値がありません", "there is no baseline to start from")
        way_out = Text("基準値（baseline）を書く", "give a `baseline`")
    elif aim.baseline is not None and aim.baseline.reference and not starts_from_nothing:
        why = Text("基準値は参考（reference: true）で、起点になりません", "its baseline is only for reference")
        way_out = Text("計算に使ってよい基準値なら reference を消す", "remove `reference` if it may be computed with")
    else:
        why = Text("目標値のない年度より後に目標値がありません", "no target comes after the years without one")
        way_out = Text("後の年度の目標値を書く", "give a later target")
    return Finding(
        spot,
        Text(
            f"{aim.title.ja}の目安値を直線で補えません（{why.ja}）",
            f"no line leads to expected values of {aim.title.en} ({why.en})",
        ),
        Text(
            f"{way_out.ja}か、目安値を {{R7: 50, R8: 75}} のように書く",
            f"{way_out.en}, or write the values, like {{R7: 50, R8: 75}}",
        ),
    )
