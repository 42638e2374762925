"""A baseline from within the plan's own period."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.indicator import Aim, Baseline, BaselineValue
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX304", "baseline-in-period")
PAGE = Page(
    what=Text(
        "基準値（baseline）の年度が、計画期間の初年度と同じか、それより後です。"
        "途中で加わった指標（from）では、加わった年度と比べます。"
        "改定した基準値（revisions）は、改定より前の年度の値であればかまいません。",
        "The year of a `baseline` is the first year of the plan's period, or a later one. For an indicator that joined "
        "later (`from`), it is compared with that year. A revised baseline may be of any year before its revision.",
    ),
    why=Text(
        "基準値は計画を始める前の値です。計画期間の中の値から測ると、それまでに進んだ分が、"
        "進み具合の数字から抜け落ちます。",
        "A baseline is the value before the plan began. Measured from within the period, what had been gained until "
        "then is missing from the published progress.",
    ),
    bad="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R7, value: 12.1}
    targets: {R7: 48, R8: 92, R9: 100}
""",
    good="""\
# plan.yaml
period: {from: R7, to: R9}
indicators:
  - id: online
    name: オンラインで申請できる手続の割合
    unit: "%"
    direction: increase
    baseline: {year: R6, value: 12.1}
    targets: {R7: 48, R8: 92, R9: 100}
""",
    fix=Text(
        "計画の前年度以前の値とその年度を書きます。初回の調査が計画期間中にあるなど、期間中の値を基準とする指標なら、"
        "in_period: true と書き加えます。",
        "Give a value from before the plan, with its year. Where a year of the plan is the baseline, such as that of a "
        "first survey, add `in_period: true`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield baselines whose year is not before the first year of what they are for, or not before their revision."""
    if not project.knows_period:
        return
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.baseline is None and not indicator.parts:
            continue
        joined = (indicator.first, entry.initiative.first if entry.initiative else None)
        first = max([project.plan.period.first, *(year for year in joined if year is not None)])
        for aim in indicator.aims if indicator.parts else (indicator,):
            if aim.baseline is None or (aim.baseline.year < first and not aim.baseline.revisions):
                continue  # nearly everything
            home = entry.spot.at(*aim.keys) if isinstance(aim, Aim) else entry.spot
            for value, spot, since in _in_force(aim.baseline, home.at("baseline")):
                if value.year >= first and not value.in_period and not (since and _before(value.year, since)):
                    yield _finding(value.year, spot.at("year"), since, first, project.plan.period.first)


def _finding(year: FiscalYear, spot: Spot, since: str | None, first: FiscalYear, begin: FiscalYear) -> Finding:
    if since is not None:
        return Finding(
            spot,
            Text(
                f"基準年度 {year} が、改定（{since}）より前ではありません",
                f"baseline year {year} is not before its revision ({since})",
            ),
            Text("改定のときに分かっていた年度の値を基準値にする", "take a value that was known at the revision"),
        )
    what = Text("計画期間", "the plan's period")
    if first > begin:
        what = Text("この指標が計画にある期間", "the years in which this is part of the plan")
    return Finding(
        spot,
        Text(
            f"基準年度 {year} が{what.ja}（{first} から）より前ではありません",
            f"baseline year {year} is not before {what.en} (from {first})",
        ),
        Text(
            f"{first} より前の年度の値を基準値にする。初回の調査など、期間中の値なら in_period: true と書く",
            f"take a value from before {first}; if the plan is measured from a year of its own, say `in_period: true`",
        ),
    )


def _in_force(baseline: Baseline, spot: Spot) -> Iterator[tuple[BaselineValue, Spot, str | None]]:
    """Yield every value that the baseline had, where it stands, and when it was set; None for the first."""
    since: str | None = None
    for date, n, before in sorted((each.date, n, each.before) for n, each in enumerate(baseline.revisions)):
        if before is not None:
            yield before, spot.at("revisions", n, "from"), since
        since = date
    yield baseline, spot, since


def _before(year: FiscalYear, date: str) -> bool:
    """Whether ``year`` had begun by the month or day ``date``, so that a value of it may have been known."""
    return year.first_day.isoformat()[: len(date)] <= date
