"""A target in a form that does not go with the direction: a range, a bound, a number or words in another's place."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.diagnostics import Finding, Rule, Spot
from dxplan.language import Text
from dxplan.model.indicator import Aim
from dxplan.model.target import Target, TargetValue
from dxplan.model.values import Direction
from dxplan.page import Page
from dxplan.project import Project

RULE = Rule("DX410", "mismatched-target")
PAGE = Page(
    what=Text(
        "目標値の形が、方向（direction）に合っていません。"
        "increase は数値か下限（min・over）、decrease は数値か上限（max・under）、"
        "maintain は数値か範囲、range は範囲、milestone は文字です。改定の前の目標値（from）も調べます。",
        "A target's form does not go with `direction`: a number or a lower bound (`min`, `over`) for increase, a "
        "number or an upper bound (`max`, `under`) for decrease, a number or bounds for maintain, bounds for range, "
        "words for milestone. So too for a target before its revision (`from`).",
    ),
    why=Text(
        "数値1つでは範囲に収まったか決められず、範囲では達成率の分母が決まりません。"
        "文字の目標は、人が判定しないかぎり達成・未達が決まりません。",
        "One number says nothing about being within bounds, a range gives a rate no denominator, and words are met "
        "only if a person says so.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: increase
    targets: {R7: {min: 40, max: 60}}
""",
    good="""\
# plan.yaml
indicators:
  - id: usage
    name: 会議室の利用率
    unit: "%"
    direction: range
    targets: {R7: {min: 40, max: 60}}
""",
    fix=Text(
        "「40%以上60%以下」なら direction: range とし、{min: 40, max: 60} と書きます。"
        "「60%以上」を目指して増やすなら direction: increase とし、60 または {min: 60, words: 60%以上} と書きます。"
        "検討・試行・実施のような段階なら direction: milestone とします。",
        "For 40 to 60 per cent write `direction: range` and `{min: 40, max: 60}`. To rise to 60 or more, write "
        "`direction: increase` and 60 or `{min: 60, words: 60%以上}`. For stages such as 検討, 試行 and 実施, write "
        "`direction: milestone`.",
    ),
)


def check(project: Project) -> Iterator[Finding]:
    """Yield targets, also those before a revision, whose form does not go with the direction."""
    for entry in project.indicators:
        indicator = entry.indicator
        for aim in indicator.aims if indicator.parts else (indicator,):
            direction, targets = aim.direction, aim.targets
            if direction is None or all(_is_plain(direction, target) for target in targets.values()):
                continue  # nearly everything
            keys: tuple[str | int, ...] = aim.keys if isinstance(aim, Aim) else ()
            if project.is_hidden(entry.spot.at(*keys, "direction")):
                continue
            for year, target in targets.items():
                spot = project.year_value(entry.spot.at(*keys, "targets"), year)
                for n, revision in enumerate(target.revisions):
                    if revision.before is not None:
                        yield from _against(direction, revision.before, spot.at("revisions", n, "from"))
                yield from _against(direction, target, spot)


def _is_plain(direction: Direction, target: Target) -> bool:
    """Whether a target is one number that was never revised, where a number is due."""
    return target.value is not None and not target.revisions and direction in _NUMERIC


_NUMERIC = frozenset((Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN))


def _against(direction: Direction, target: TargetValue, spot: Spot) -> Iterator[Finding]:
    found = Text(f"direction: {direction} の目標値", f"direction is {direction}, but the target")
    if direction is Direction.MILESTONE:
        if target.value is not None or target.bounds:
            yield Finding(
                spot,
                Text(f"{found.ja}が数値になっています", f"{found.en} is a number"),
                Text(
                    "段階を文字で書く（例: 試行）。数値を目指すなら direction を直す",
                    "write the stage in words, such as 試行; for a number, mend `direction`",
                ),
            )
    elif target.text is not None:
        yield Finding(
            spot,
            Text(f"{found.ja}が文字「{target.text}」になっています", f"{found.en} is the text `{target.text}`"),
            _numeric(target.text),
        )
    elif direction is Direction.RANGE:
        if target.value is not None:
            yield Finding(
                spot,
                Text(f"{found.ja} {target.value} が範囲ではありません", f"{found.en} {target.value} is not"),
                Text("{min: 40, max: 60}、{max: 60} のように書く", "write it like {min: 40, max: 60} or {max: 60}"),
            )
    elif len(target.bounds) > 1 and direction is not Direction.MAINTAIN:
        yield Finding(
            spot,
            Text(f"{found.ja}が範囲になっています", f"{found.en} is a range"),
            Text("数値を1つ書くか、direction: range にする", "write one number, or `direction: range`"),
        )
    elif direction is Direction.INCREASE and target.upper is not None:
        yield Finding(
            spot,
            Text(f"{found.ja}が上限（max・under）になっています", f"{found.en} is a bound from above"),
            Text(
                "min（以上）か over（超）で書くか、direction を decrease か maintain にする",
                "write `min` or `over`, or set `direction` to decrease or maintain",
            ),
        )
    elif direction is Direction.DECREASE and target.lower is not None:
        yield Finding(
            spot,
            Text(f"{found.ja}が下限（min・over）になっています", f"{found.en} is a bound from below"),
            Text(
                "max（以下）か under（未満）で書くか、direction を increase か maintain にする",
                "write `max` or `under`, or set `direction` to increase or maintain",
            ),
        )


def _numeric(text: str) -> Text:
    """Return how to write what is a number with its comparator, or that a stage needs its direction."""
    from dxplan.model.printed import as_number, as_target  # noqa: PLC0415 - a sound plan never needs it

    written = as_target(text) or as_number(text)
    if written:
        return Text(f"{written} と書く", f"write {written}")
    return Text(
        f"数値で書く。数値のない目標なら {{words: {text}}}、段階の目標なら direction: milestone にする",
        f"write a number; without one, write {{words: {text}}}, or for a stage set `direction: milestone`",
    )
