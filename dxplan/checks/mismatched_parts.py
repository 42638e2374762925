"""Parts that leave open what of the indicator is judged."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Note, Rule, Spot
from dxplan.language import Text
from dxplan.model.values import Judged
from dxplan.page import Page
from dxplan.project import IndicatorEntry, Project

RULE = Rule("DX413", "mismatched-parts")
PAGE = Page(
    what=Text(
        "指標の内訳（parts）からは、何を判定するのか決まりません。"
        "目標値か目安値が指標と内訳の両方にある、別々に判定する（judged: apart）のに内訳に目標がない、"
        "内訳のIDが重なっている、内訳が1つしかない、のどれかです。",
        "The `parts` of an indicator leave open what is judged: targets or expected values stand both on the indicator "
        "and on its parts, parts are `judged: apart` but have no targets, two parts share one id, or there is only one "
        "part.",
    ),
    why=Text(
        "目標が指標と内訳の両方にあると、1つの指標を1件と数えるか、内訳の数だけ数えるか決められません。"
        "達成した指標の数が、読む人によって変わります。",
        "With targets in both places nobody can tell whether it counts as one target or as many, and the number of "
        "targets met depends on who counts.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: devices
    name: 学習用端末を毎日使う学校の割合
    unit: "%"
    direction: increase
    targets: {R7: 80}
    parts:
      - {id: primary, name: 小学校, targets: {R7: 85}}
      - {id: junior-high, name: 中学校, targets: {R7: 75}}
""",
    good="""\
# plan.yaml
indicators:
  - id: devices
    name: 学習用端末を毎日使う学校の割合
    unit: "%"
    direction: increase
    parts:
      - {id: primary, name: 小学校, targets: {R7: 85}}
      - {id: junior-high, name: 中学校, targets: {R7: 75}}
""",
    fix=Text(
        "内訳ごとに目標があれば内訳だけに、全体の目標だけなら指標だけに書きます。"
        "全体と内訳の両方に目標を掲げる計画なら、全体を別の指標にします。"
        "内訳が1つなら parts をやめ、指標に書きます。",
        "Write targets on the parts if each has its own, else on the indicator. If the plan prints targets for the "
        "whole as well, make the whole an indicator of its own. A single part belongs into the indicator itself.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield indicators whose parts contradict each other or the indicator."""
    for entry in project.indicators:
        indicator = entry.indicator
        if indicator.parts:
            yield from _same_ids(entry)
            yield from _targets_twice(entry)
        if indicator.judged is Judged.APART or len(indicator.parts) == 1:
            yield from _too_few(project, entry)


def _same_ids(entry: IndicatorEntry) -> Iterator[Finding]:
    first: dict[str, Spot] = {}
    for n, part in enumerate(entry.indicator.parts):
        spot = entry.spot.at("parts", n, "id")
        if first.setdefault(part.id, spot) is spot:
            continue
        yield Finding(
            spot,
            Text(
                f"「{entry.indicator.id}」の内訳のID「{part.id}」が重なっています",
                f"part id `{part.id}` of `{entry.indicator.id}` is used twice",
            ),
            Text("後から加えたほうのIDを変える", "change the id of the one added later"),
            (Note(first[part.id], Text("最初はここ", "first used here")),),
        )


def _targets_twice(entry: IndicatorEntry) -> Iterator[Finding]:
    whole, *parts = entry.indicator.aims
    if not (whole.targets or whole.expected) or not entry.indicator.has_targets_in_parts:
        return
    key, part = "targets" if whole.targets else "expected", next(aim for aim in parts if aim.targets or aim.expected)
    kinds = {
        "targets": Text("目標値（targets）", "`targets`"),
        "expected": Text("目安値（expected）", "`expected` values"),
    }
    kind, below = kinds[key], "targets" if part.targets else "expected"
    yield Finding(
        entry.spot.at(key).as_key(),
        Text(
            f"「{entry.indicator.id}」の{kind.ja}と、内訳の{kinds[below].ja}の両方があります",
            f"`{entry.indicator.id}` has {kind.en}, and its parts have {kinds[below].en} as well",
        ),
        Text("指標か内訳のどちらかだけに書く", "write them on the indicator or on its parts, not on both"),
        (Note(entry.spot.at(*part.keys, below).as_key(), Text("内訳のほうはここ", "on a part here")),),
    )


def _too_few(project: Project, entry: IndicatorEntry) -> Iterator[Finding]:
    indicator = entry.indicator
    if project.is_hidden_below(entry.spot.at("parts")):
        return  # what is missing may be what could not be read
    if len(indicator.parts) == 1:
        yield Finding(
            entry.spot.at("parts").as_key(),
            Text(f"「{indicator.id}」の内訳が1つしかありません", f"`{indicator.id}` has only one part"),
            Text(
                "ほかの内訳を書き足すか、parts をやめて指標に書く", "add the other parts, or write it on the indicator"
            ),
        )
    elif not indicator.has_targets_in_parts and (indicator.targets or indicator.expected or indicator.monitoring):
        yield Finding(
            entry.spot.at("judged"),
            Text(
                f"「{indicator.id}」は別々に判定する（judged: apart）のに、目標のある内訳がありません",
                f"`{indicator.id}` is judged apart, but has no part with targets",
            ),
            Text("内訳（parts）に目標値を書くか、judged を消す", "give `targets` to its parts, or remove `judged`"),
        )
