"""Values that make up no value of the whole: parts that cannot be added, shares and amounts in one total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Severity, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actual, PartActual
from dxplan.model.indicator import Aim, Indicator
from dxplan.model.values import Entered, Series
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX422", "incomputable-value", Severity.WARNING)
PAGE = Page(
    what=Text(
        "書かれた値から、判定する値を計算できません。"
        "全体に目標がある指標に、足せない内訳の値（時点の値、割合と量の混在、違う単位）しかないか、"
        "累計する年度に、割合（of）で書いた年度と量で書いた年度が混ざっています。注意として示します。",
        "The value to be judged cannot be computed from what is entered. The whole has the target, but only its parts "
        "have values, which make no sum (values at a point in time, shares beside amounts, different units); or the "
        "years of one total are partly shares (`of`) and partly amounts. This is a warning.",
    ),
    why=Text(
        "値が分からない指標には、達成率も達成・未達もありません。全部の内訳を報告したのに、判定のないまま公表されます。",
        "An indicator whose value is unknown has neither rate nor verdict. All of its parts are reported, and it is "
        "published without a judgement.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: net-use
    name: インターネットを毎日使う人の割合
    unit: "%"
    direction: increase
    targets: {R7: 60}
    parts:
      - {id: under-65, name: 65歳未満}
      - {id: over-65, name: 65歳以上}
# actuals/R7.yaml
indicators:
  net-use: {parts: {under-65: 81.0, over-65: 42.7}}
""",
    good="""\
# plan.yaml
indicators:
  - id: net-use
    name: インターネットを毎日使う人の割合
    unit: "%"
    direction: increase
    targets: {R7: 60}
    parts:
      - {id: under-65, name: 65歳未満}
      - {id: over-65, name: 65歳以上}
# actuals/R7.yaml
indicators:
  net-use: {value: 63.4, parts: {under-65: 81.0, over-65: 42.7}}
""",
    fix=Text(
        "全体の値（value）も書きます。割合なら、内訳を全部 of: [内数, 総数] で書けば計算できます。"
        "年度ごとの量なら、計画に series: annual と書きます。累計は、どの年度も同じ形で書きます。",
        "Give the whole's `value` too. A share is computed if every part is written as `of: [part, whole]`. For "
        "amounts of each year, set `series: annual` in the plan. Write every year of a total in the same form.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield parts that leave the whole open, and totals of shares and amounts."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.parts and not indicator.has_targets_in_parts and not _may_add_up(project, entry):
            yield from _open_wholes(project, entry)
        if indicator.series is Series.CUMULATIVE and indicator.entered is Entered.YEARLY:
            for aim in indicator.aims:
                yield from _mixed_total(project, entry, aim)


def _may_add_up(project: Project, entry: IndicatorEntry) -> bool:
    """Whether what could not be read may say how."""
    return any(
        project.is_hidden_below(entry.spot.at(key)) for key in ("series", "unit", "parts", "targets", "expected")
    )


def _open_wholes(project: Project, entry: IndicatorEntry) -> Iterator[Finding]:
    id_ = entry.indicator.id
    for year, file in project.files_by_year.items():
        actual = file.actuals.indicators.get(id_)
        if actual is not None and entry.lasts(year) and _leaves_the_whole_open(entry.indicator, year, actual):
            yield Finding(
                Spot(file.file, ("indicators", id_)).at("parts").as_key(),
                Text(
                    f"「{id_}」の目標は全体にありますが、全体の値を内訳から計算できません",
                    f"`{id_}` has its target as a whole, but its parts make up no value of it",
                ),
                Text(
                    "全体の値も書く: {value: …, parts: …}。割合なら、内訳を全部 of で書いてもよい",
                    "give the whole's value too: {value: …, parts: …}; for shares, write every part as `of`",
                ),
            )


def _leaves_the_whole_open(indicator: Indicator, year: FiscalYear, actual: Actual) -> bool:
    """Whether every part is reported, the whole has something to reach, and nothing says how they make it up."""
    target = indicator.targets.get(year)
    aims = indicator.expected is not None if target is None else not target.is_in_words
    if not aims or _form(actual) is not None:
        return False
    forms = [_form(actual.parts[part.id]) if part.id in actual.parts else None for part in indicator.parts]
    if not all(forms):
        return False
    one_unit = len({aim.unit for aim in indicator.aims}) == 1
    return not one_unit or not (
        set(forms) == {"of"} or (set(forms) == {"value"} and indicator.series is not Series.POINT)
    )


def _form(actual: PartActual) -> str | None:
    """Return the key that a number is entered by; None where there is none."""
    if actual.of is not None:
        return "of"
    return None if actual.value is None else "value"


class _Entry(NamedTuple):
    year: FiscalYear
    form: str
    spot: Spot


def _entries(project: Project, entry: IndicatorEntry, aim: Aim) -> Iterator[_Entry]:
    """Yield what is entered for one indicator or part of it, year by year."""
    id_ = entry.indicator.id
    for year, file in project.files_by_year.items():
        spot = Spot(file.file, ("indicators", id_))
        actual: PartActual | None = file.actuals.indicators.get(id_)
        if aim.part is not None and isinstance(actual, Actual):
            actual, spot = actual.parts.get(aim.part), spot.at("parts", aim.part)
        form = None if actual is None else _form(actual)
        if form is not None and entry.lasts(year):
            yield _Entry(year, form, spot)


_FORMS = {"of": Text("割合（of）", "a share (`of`)"), "value": Text("量", "an amount")}


def _mixed_total(project: Project, entry: IndicatorEntry, aim: Aim) -> Iterator[Finding]:
    """Yield the first year that is entered in another form than the one before."""
    entries = list(_entries(project, entry, aim))
    first = entries[0] if entries else None
    other = next((each for each in entries if first is not None and each.form != first.form), None)
    if first is None or other is None:
        return
    before, now = _FORMS[first.form], _FORMS[other.form]
    yield Finding(
        other.spot,
        Text(
            f"{aim.title.ja}の {first.year} は{before.ja}、{other.year} は{now.ja}で書かれ、累計を計算できません",
            f"{aim.title.en} is {before.en} in {first.year} and {now.en} in {other.year}, which make no total",
        ),
        Text("どの年度も同じ形で書く", "write every year in the same form"),
        (Note(first.spot, Text(f"{first.year} の値", f"the value of {first.year}")),),
    )
