"""How the figures were computed: formulas, rounding, grades, and what marks and words mean."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.language import Language, Text
from dxplan.model.values import Method
from dxplan.progress.achievement import Rate
from dxplan.progress.grading import grading_in
from dxplan.progress.terms import Against
from dxplan.report.content.scope import Scope, line
from dxplan.report.document import Block, Items, Paragraph, Section
from dxplan.views.wording import (
    BY_HAND_NOTE,
    EXPECTED_NOTE,
    PROJECTION_NOTE,
    ROUNDED_NOTE,
    SHARES_NOTE,
    WORSE,
    any_by_hand,
    bands_text,
)

FORMULAS = {
    Method.RATIO: Text("実績値 ÷ 目標値", "actual ÷ target"),
    Method.MIRROR: Text("（2 × 目標値 − 実績値）÷ 目標値", "(2 × target − actual) ÷ target"),
    Method.INVERSE: Text("目標値 ÷ 実績値", "target ÷ actual"),
    Method.BASELINE: Text("（実績値 − 基準値）÷（目標値 − 基準値）", "(actual − baseline) ÷ (target − baseline)"),
}
"""The formulas in words, for who has no key to letters."""
_DECREASE = Text("減らす指標に使う", "for what is to decrease")
_USES = {
    Method.MIRROR: _DECREASE,
    Method.INVERSE: _DECREASE,
    Method.BASELINE: Text(
        "基準値から目標値までのうち、どこまで進んだか", "how much of the way from the baseline is done"
    ),
}


def chapter(scope: Scope) -> Section:
    """Return the chapter; only what this report makes use of is explained."""
    return Section("methods", scope.say("計算の方法", "How it was computed"), tuple(_blocks(scope)))


def _blocks(scope: Scope) -> Iterator[Block]:
    say, language = scope.say, scope.language
    units = [unit for each in scope.now.indicators for unit in (each, *each.parts)]
    years = [value for unit in units for value in unit.history if value.year <= scope.year]
    used = {
        result.method for value in years for result in (value.achievement, value.progress) if isinstance(result, Rate)
    }
    if used:
        yield Paragraph(
            line(
                say(
                    "達成率は、その年度の実績値をその年度の目標値と比べる。率は、次の式で計算する。",
                    "The rate holds a year's actual against that year's target. Rates are computed by these formulas:",
                )
            )
        )
        yield Items(tuple(line(_formula(each, language)) for each in FORMULAS if each in used))
    notes = [
        say(
            "最終目標進捗率は、計画の最後の目標値までのうち、どこまで進んだかを示す。",
            "The progress to the final target is how much of the way to the plan's last target is done.",
        ),
        say(
            "達成と未達、評価は、四捨五入する前の値で決める。率は示すときに一度だけ四捨五入し、上限や下限で丸めない。",
            "Verdicts and grades go by the figure before rounding; rates are rounded half up once, and never clamped.",
        ),
    ]
    grading = grading_in(scope.plan, scope.year)
    if grading is not None:
        notes.append(bands_text(grading, scope.style))
    further = (
        (any(unit.indicator.monitoring for unit in units), _MONITORING),
        (any(unit.outlook and unit.outlook.projection is not None for unit in units), PROJECTION_NOTE),
        (any(unit.against in (Against.EXPECTED, Against.INTERPOLATED) for unit in units), EXPECTED_NOTE),
        (any(value.worse for value in years), _WORSE),
        (scope.now.rounds_to_whole(before=True), ROUNDED_NOTE),
        (any_by_hand(years), BY_HAND_NOTE),
        (scope.now.grades is not None and not scope.now.grades.adds_up, SHARES_NOTE),
    )
    notes += [note.to(language) for is_due, note in further if is_due]
    yield Items(tuple(map(line, notes)))


def _formula(method: Method, language: Language) -> str:
    formula, use = FORMULAS[method].to(language), _USES.get(method)
    return formula if use is None else Text(f"{formula}　{use.ja}", f"{formula}, {use.en}").to(language)


_WORSE = Text(
    f"「{WORSE.ja}」は、基準値より悪い値であることを示す。", f'"{WORSE.en}" marks a value worse than the baseline.'
)
_MONITORING = Text(
    "管理指標は目標値を置かず、達成率も計算しない。", "A monitoring indicator has no targets, and so no rate."
)
