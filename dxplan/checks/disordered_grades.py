"""Bands of grades that no rate can fall into, or more than one could."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.grades import Band, Grading
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX416", "disordered-grades")
PAGE = Page(
    what=Text(
        "評価の区分（grades）の並びが正しくありません。"
        "よい区分ほど境（min 以上・over 超）が大きくなっていない、境のない区分が最後でない、区分が1つもない、"
        "同じ表示（label）や同じ適用年度（from）が2つある、適用年度が計画期間の外にある、のどれかです。",
        "The bands of `grades` are not in order: bounds (`min`, `over`) do not fall from the best band to the worst, a "
        "band without bound is not the last, there is no band at all, two have one label, two gradings apply from one "
        "year, or one applies from a year outside the plan's period.",
    ),
    why=Text(
        "評価は上から順に見て、最初に当てはまる区分に決まります。並びが違うと、85%の指標がAと公表され、"
        "使われない区分が凡例に残ります。",
        "A rate gets the first band it reaches. Out of order, 85 % is published as an A, and a band that nothing can "
        "earn stands in the legend.",
    ),
    bad="""\
# plan.yaml
grades:
  - bands:
      - {label: A, min: 80}
      - {label: B, min: 100}
      - {label: C}
""",
    good="""\
# plan.yaml
grades:
  - bands:
      - {label: A, min: 100}
      - {label: B, min: 80}
      - {label: C}
""",
    fix=Text(
        "よい区分から順に並べ、境を大きいものから小さいものへ書きます。残り全部の区分は、境を書かずに最後に置きます。"
        "人だけが付ける区分には by_hand: true と書きます。区分を改めたら、改めた年度を from に書いて1組加えます。",
        "List the bands from best to worst, with falling bounds; the one for all the rest comes last and has none. A "
        "band that only people give says `by_hand: true`. When the bands change, add a grading that says "
        "`from` which year it applies.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield what is out of order within the gradings and between them."""
    yield from _years(project)
    for n, grading in enumerate(project.plan.grades):
        spot = project.plan_spot("grades", n, "bands")
        if not grading.bands:
            yield Finding(
                spot,
                Text("評価の区分が1つもありません", "there is no band at all"),
                Text("bands に {label: A, min: 100} のように書く", "write bands like {label: A, min: 100}"),
            )
        yield from _same_labels(grading, spot)
        yield from _order(grading, spot)


def _years(project: Project) -> Iterator[Finding]:
    period = project.plan.period
    first: dict[FiscalYear | None, Spot] = {}
    for n, grading in enumerate(project.plan.grades):
        spot = project.plan_spot("grades", n)
        begin = grading.first
        if project.knows_period and begin is not None and not period.holds(begin):
            yield Finding(
                spot.at("from"),
                Text(
                    f"評価の適用年度 {begin} は計画期間（{period.first}-{period.last}）の外です",
                    f"grades from {begin}, which is outside the plan's period ({period.first}-{period.last})",
                ),
                Text(
                    "年度を直す。計画の初めからなら from を消す",
                    "mend the year; from the plan's beginning, leave it out",
                ),
            )
            continue
        if begin is None and project.knows_period:
            begin = period.first
        if first.setdefault(begin, spot) is not spot:
            since = Text("計画の初め", "the plan's beginning") if begin is None else Text(str(begin), str(begin))
            yield Finding(
                spot.at("from") if grading.first is not None else spot,
                Text(f"{since.ja} から使う評価の区分が2組あります", f"two gradings apply from {since.en}"),
                Text("一方を消すか、適用年度（from）を直す", "remove one of them, or mend its `from`"),
                (Note(first[begin], Text("最初はここ", "the first is here")),),
            )


def _same_labels(grading: Grading, spot: Spot) -> Iterator[Finding]:
    first: dict[str, Spot] = {}
    for n, band in enumerate(grading.bands):
        label = spot.at(n, "label")
        if first.setdefault(band.label, label) is not label:
            yield Finding(
                label,
                Text(f"評価の表示「{band.label}」が重なっています", f"label `{band.label}` is used twice"),
                Text("区分ごとに別の表示にする", "give each band a label of its own"),
                (Note(first[band.label], Text("最初はここ", "first used here")),),
            )


class _Bound(NamedTuple):
    """Where a band begins; of two at one rate, `over` begins higher than `min`."""

    rate: Decimal
    strict: bool
    key: str
    label: str
    spot: Spot

    @property
    def height(self) -> tuple[Decimal, bool]:
        return self.rate, self.strict


def _order(grading: Grading, spot: Spot) -> Iterator[Finding]:
    """Yield bounds that do not fall, and bands that come after one that takes whatever is left."""
    given = [(band, spot.at(n)) for n, band in enumerate(grading.bands) if not band.by_hand]
    for (band, place), (following, _) in pairwise(given):
        if band.bound is None:
            yield Finding(
                place,
                Text(
                    f"評価「{band.label}」に境（min・over）がなく、次の「{following.label}」から後が使われません",
                    f"grade `{band.label}` has no bound (`min`, `over`), so that `{following.label}` is never given",
                ),
                Text(
                    "境を書くか、最後に置く。人が付ける区分なら by_hand: true と書く",
                    "give it a bound, move it to the end, or say `by_hand: true` if people give it",
                ),
            )
    for bounds in (list(_bounds(given)), list(_full_targets(given))):
        for higher, lower in pairwise(bounds):
            if lower.height >= higher.height:
                yield Finding(
                    lower.spot,
                    Text(
                        f"評価「{lower.label}」の境 {lower.key}: {lower.rate} が、上の「{higher.label}」の "
                        f"{higher.key}: {higher.rate} より小さくありません",
                        f"the bound of grade `{lower.label}`, {lower.key} {lower.rate}, is not below that of "
                        f"`{higher.label}` above it, {higher.key} {higher.rate}",
                    ),
                    Text(
                        "よい区分から順に、境を大きいほうから並べる",
                        "list the bands from best to worst, with falling bounds",
                    ),
                    (Note(higher.spot, Text("上の区分の境", "the bound above")),),
                )


def _bounds(given: list[tuple[Band, Spot]]) -> Iterator[_Bound]:
    for band, spot in given:
        if band.bound is not None:
            key = "min" if band.over is None else "over"
            yield _Bound(band.bound, band.over is not None, key, band.label, spot.at(key))


def _full_targets(given: list[tuple[Band, Spot]]) -> Iterator[_Bound]:
    for band, spot in given:
        if band.full_target is not None:
            yield _Bound(band.full_target, False, "full_target", band.label, spot.at("full_target"))
