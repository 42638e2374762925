"""A grade given by hand that is none of the plan's grades."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.grades import Grading
from dxplan.model.plan import Plan
from dxplan.page import Page
from dxplan.project import Project, YearFile

RULE = Rule("DX414", "unknown-grade")
PAGE = Page(
    what=Text(
        "人が付けた評価（grade）が、その年度に使う評価の区分（計画の grades）にありません。",
        "A `grade` given by hand is none of the bands that the plan's `grades` have in that year.",
    ),
    why=Text(
        "区分にない評価は、凡例にも集計にも行き場がありません。「Ａ」と「A」のような書き違いでも、別の評価として数えられます。",
        "A grade that is no band has no place in the legend, and a slip such as full-width Ａ for A is counted as a "
        "grade of its own.",
    ),
    bad="""\
# plan.yaml
grades:
  - bands: [{label: A, min: 100}, {label: B, min: 80}, {label: C}]
indicators:
  - {id: passers, name: 合格者数, unit: 人, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators:
  passers: {value: 112, grade: S, reason: 試験の回数が減ったなかでの増加}
""",
    good="""\
# plan.yaml
grades:
  - bands: [{label: S, by_hand: true}, {label: A, min: 100}, {label: B, min: 80}, {label: C}]
indicators:
  - {id: passers, name: 合格者数, unit: 人, direction: increase, targets: {R7: 70}}
# actuals/R7.yaml
indicators:
  passers: {value: 112, grade: S, reason: 試験の回数が減ったなかでの増加}
""",
    fix=Text(
        "区分の表示（label）のとおりに直します。人だけが付ける区分なら {label: S, by_hand: true} を計画に加えます。"
        "途中で区分を改めた計画では、その年度に使う区分を確かめます。",
        "Spell it as the band's `label`. A grade that only people give is added to the plan as `{label: S, by_hand: "
        "true}`. Where the bands were changed, look at those that apply in that year.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield grades that are not among the labels in force in their year."""
    if project.is_hidden(project.plan_spot("grades")):
        return  # what is missing may be what could not be read
    for year, year_file in project.certain_years.items():
        for spot, grade in _given(year_file):
            gradings = _in_force(project.plan, year)
            labels = [band.label for grading in gradings for band in grading.bands]
            if labels and grade not in labels:
                yield Finding(
                    spot,
                    Text(f"{year} の評価の区分に「{grade}」はありません", f"`{grade}` is none of the grades of {year}"),
                    Text(f"{year} の評価: {'、'.join(labels)}", f"grades of {year}: {', '.join(labels)}"),
                )
            elif not gradings:
                yield Finding(
                    spot,
                    Text(
                        f"評価「{grade}」がありますが、{year} に使う評価の区分が計画にありません",
                        f"`{grade}` is given, but the plan has no grades for {year}",
                    ),
                    Text("計画に grades を書くか、grade を消す", "give the plan its `grades`, or remove `grade`"),
                )


def _given(year_file: YearFile) -> Iterator[tuple[Spot, str]]:
    for id_, actual in year_file.actuals.indicators.items():
        if actual.grade is not None:
            yield Spot(year_file.file, ("indicators", id_, "grade")), actual.grade
        for part, entered in actual.parts.items():
            if entered.grade is not None:
                yield Spot(year_file.file, ("indicators", id_, "parts", part, "grade")), entered.grade


def _in_force(plan: Plan, year: FiscalYear) -> list[Grading]:
    """Return the grading that began last; of two that began at once (DX416) both."""
    begun = [grading for grading in plan.grades if grading.first is None or grading.first <= year]
    latest = max((grading.first.western for grading in begun if grading.first is not None), default=None)
    return [grading for grading in begun if (grading.first.western if grading.first else None) == latest]
