"""What is not reported, in words: shared by the forms for people."""

from __future__ import annotations

from collections.abc import Mapping

from dxplan.language import Language, Text
from dxplan.progress.missing import Item, Kind, Missing
from dxplan.views.terminal import visible

KINDS: Mapping[Kind, Text] = {Kind.INDICATOR: Text("指標", "indicator"), Kind.ACTION: Text("事業", "action")}
NO_DEPARTMENT = Text("担当の記載なし", "No department named")


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
