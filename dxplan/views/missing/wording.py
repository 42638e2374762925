"""What is not reported, in words: shared by the forms for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dxplan.language import Language, Text
from dxplan.model.values import YearState
from dxplan.progress.missing import Item, Kind, Missing
from dxplan.views.terminal import visible

KINDS: Mapping[Kind, Text] = {Kind.INDICATOR: Text("指標", "indicator"), Kind.ACTION: Text("事業", "action")}
NO_DEPARTMENT = Text("担当の記載なし", "No department named")


class Step(NamedTuple):
    """What to do next, and the command that does it."""

    what: Text
    command: str


def next_step(missing: Missing) -> Step | None:
    """Return what to do about what is missing; None where nothing is, or the year is closed with it."""
    if not missing.items or missing.state is YearState.CLOSED:
        return None
    if missing.state is None:
        return Step(Text("まず年度を開く", "First open the year"), "dxplan rollover")
    reminders = Text("督促の入力票をつくる", "To make forms as reminders")
    return Step(reminders, f"dxplan collect --year {missing.year} --only-missing")


def missing_answer(missing: Missing, language: Language) -> str:
    """Return the one line that comes first: how much is not reported."""
    count = len({(item.kind, item.id) for item in missing.items})
    return Text(f"未報告 {count}/{missing.due}", f"Not reported: {count} of {missing.due}").to(language)


def missing_name(item: Item, language: Language) -> str:
    """Return what is missing by name: ``健康寿命（女性）``."""
    name = visible(item.name)
    if item.part_name is None:
        return name
    return f"{name}（{visible(item.part_name)}）" if language == "ja" else f"{name} ({visible(item.part_name)})"
