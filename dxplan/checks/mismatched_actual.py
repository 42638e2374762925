"""An actual of another kind than the indicator measures: words for a number, one value for several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actual, PartActual
from dxplan.model.indicator import Aim
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project
from dxplan.spelling import did_you_mean

RULE = Rule("DX412", "mismatched-actual")
PAGE = Page(
    what=Text(
        "実績値の書き方が、計画の指標と合っていません。"
        "数値の指標に文字（text）や達成の判定（met）がある、段階の指標（direction: milestone）に数値がある、"
        "内訳（parts）のIDが計画にない、内訳ごとに目標がある指標に値が1つしかない、のどれかです。",
        "An actual does not go with its indicator: it has a `text` or a verdict (`met`) where numbers are measured, a "
        "number where `direction` is milestone, `parts` that the plan does not have, or one value where each part has "
        "targets of its own.",
    ),
    why=Text(
        "目標と比べられない値からは、達成率も達成・未達も決まりません。報告があったのに、判定のないまま公表されます。",
        "What cannot be held against its target has neither rate nor verdict. The department has answered, and the "
        "report is published without a judgement.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: screening
    name: 健診の受診率
    unit: "%"
    direction: increase
    parts:
      - {id: male, name: 男性, targets: {R7: 60}}
      - {id: female, name: 女性, targets: {R7: 65}}
# actuals/R7.yaml
indicators:
  screening: 61.2
""",
    good="""\
# plan.yaml
indicators:
  - id: screening
    name: 健診の受診率
    unit: "%"
    direction: increase
    parts:
      - {id: male, name: 男性, targets: {R7: 60}}
      - {id: female, name: 女性, targets: {R7: 65}}
# actuals/R7.yaml
indicators:
  screening: {parts: {male: 58.1, female: 64.3}}
""",
    fix=Text(
        "数値の指標には数値を、段階の指標には {text: 試行, met: true, reason: 理由} のように達した段階を、"
        "内訳に目標がある指標には {parts: {内訳のID: 値}} を書きます。"
        "値がなければ pending（集計中）などの語を書きます。"
        "計画の direction や parts のほうが違っていれば、計画を直します。",
        "Write a number where numbers are measured, the stage reached (`{text: 試行, met: true, reason: …}`) for a "
        "milestone, and `{parts: {id: value}}` where parts have targets. Where there is no value, write the word that "
        "says why, such as `pending`. If the plan's `direction` or `parts` are the slip, mend the plan.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield what is entered in a form that cannot be held against what the plan says of the indicator."""
    for year_file in project.year_files:
        for id_, actual in year_file.actuals.indicators.items():
            entry = project.indicator_by_id.get(id_)
            if entry is None:
                continue
            indicator = entry.indicator
            is_plain = actual.text is None and actual.met is None and not actual.parts
            if is_plain and not indicator.parts and indicator.direction is not Direction.MILESTONE:
                continue  # nearly everything
            spot = Spot(year_file.file, ("indicators", id_))
            whole, *parts = indicator.aims
            if _lacks_parts(entry, actual):
                ids = ", ".join(f"{part.id}: …" for part in indicator.parts)
                yield Finding(
                    spot,
                    Text(
                        f"「{id_}」は内訳ごとに目標がありますが、内訳の値がありません",
                        f"`{id_}` has targets by part, but no values by part",
                    ),
                    Text(f"内訳ごとに書く: {{parts: {{{ids}}}}}", f"write each part's value: {{parts: {{{ids}}}}}"),
                    (Note(entry.spot.at("parts").as_key(), Text("内訳はここ", "the parts are here")),),
                )
                continue
            yield from _against(project, entry, _Given(whole, year_file.year, actual, spot))
            by_id = {aim.part: aim for aim in reversed(parts)}
            for part, entered in actual.parts.items():
                if part in by_id:
                    yield from _against(
                        project, entry, _Given(by_id[part], year_file.year, entered, spot.at("parts", part))
                    )
            yield from _unknown_parts(project, entry, actual, spot.at("parts"))


def _lacks_parts(entry: IndicatorEntry, actual: Actual) -> bool:
    """Whether a value is given as a whole that is judged by its parts alone."""
    indicator = entry.indicator
    return (
        not actual.parts
        and _value_key(actual) is not None
        and indicator.has_targets_in_parts
        and not indicator.targets
        and indicator.expected is None
    )


def _value_key(actual: PartActual) -> str | None:
    given = ((key, getattr(actual, key)) for key in ("value", "of", "text"))
    return next((key for key, value in given if value is not None), None)


class _Given(NamedTuple):
    """One actual, where it stands, and what it is held against."""

    aim: Aim
    year: FiscalYear
    actual: PartActual
    spot: Spot


def _against(project: Project, entry: IndicatorEntry, given: _Given) -> Iterator[Finding]:
    """Yield the one thing that does not go with the direction, unless the plan leaves it open (DX409)."""
    aim, _, actual, spot = given
    title = aim.title
    if aim.direction is None and not entry.indicator.monitoring:
        return
    if project.is_hidden(entry.spot.at("direction")) or project.is_hidden(entry.spot.at(*aim.keys, "direction")):
        return
    key = _value_key(actual)
    if aim.direction is Direction.MILESTONE:
        if key is not None and key != "text":
            yield Finding(
                spot.at(key),
                Text(
                    f"段階で示す{title.ja}の実績値が数値になっています",
                    f"{title.en} is a milestone, but its actual is a number",
                ),
                Text(
                    "達した段階を {text: 試行} のように書く。数値で測る指標なら direction を直す",
                    "write the stage reached, like {text: 試行}; if it is measured in numbers, mend `direction`",
                ),
            )
        elif key is None and actual.met is not None:
            yield Finding(
                spot.at("met").as_key(),
                Text(
                    f"{title.ja}の met に、判定した段階（text）がありません",
                    f"`met` of {title.en} has no `text` that it could judge",
                ),
                Text("達した段階を text に書くか、met を消す", "write the stage reached as `text`, or remove `met`"),
            )
    elif key == "text":
        yield Finding(
            spot.at("text"),
            Text(
                f"数値で測る{title.ja}の実績値が文字「{actual.text}」になっています",
                f"{title.en} is measured in numbers, but its actual is the text `{actual.text}`",
            ),
            Text(
                "数値か、値がない理由（pending など）を書く。段階で示す指標なら direction: milestone にする",
                "write a number or why there is none, such as `pending`; for stages, set `direction: milestone`",
            ),
        )
    elif actual.met is not None and not _is_judged_by_a_person(given):
        yield Finding(
            spot.at("met").as_key(),
            Text(
                f"数値で測る{title.ja}に、人の判定（met）があります",
                f"{title.en} is judged by its numbers, but has a verdict by hand (`met`)",
            ),
            Text("met を消す。達成・未達は目標値から決まる", "remove `met`; its targets decide whether it is met"),
        )


def _is_judged_by_a_person(given: _Given) -> bool:
    """Whether the year's target is words without a number, such as 前年度より増加."""
    target = given.aim.targets.get(given.year)
    return target is not None and target.is_in_words


def _unknown_parts(project: Project, entry: IndicatorEntry, actual: Actual, spot: Spot) -> Iterator[Finding]:
    known = [part.id for part in entry.indicator.parts]
    unknown = [part for part in actual.parts if part not in known]
    if not unknown or project.is_hidden_below(entry.spot.at("parts")):
        return  # what is missing may be what could not be read
    id_ = entry.indicator.id
    if not known:
        yield Finding(
            spot.as_key(),
            Text(f"「{id_}」に内訳はありません", f"`{id_}` has no parts"),
            Text(
                "値を1つ書くか、計画の指標に parts を書く", "write one value, or give the plan's indicator its `parts`"
            ),
        )
        return
    missing = [part for part in known if part not in actual.parts]
    listed = Text(f"内訳のID: {'、'.join(known)}", f"ids of its parts: {', '.join(known)}")
    for part in unknown:
        yield Finding(
            spot.at(part).as_key(),
            Text(f"「{id_}」に内訳「{part}」はありません", f"`{id_}` has no part `{part}`"),
            did_you_mean(part, missing, listed),
        )
