"""What is not reported yet, for a terminal: how much first, then by department, the next step last."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.language import Language
from dxplan.progress.missing import Item, Missing
from dxplan.views.missing.wording import KINDS, NO_DEPARTMENT, missing_answer, missing_name, next_step
from dxplan.views.terminal import Line, cells, visible
from dxplan.views.wording import year_name


def lines(missing: Missing, language: Language) -> Iterator[Line]:
    """Yield the page."""
    yield ((f"{visible(missing.plan.title)}　{year_name(missing.year, language)}", "bold"),)
    yield ((missing_answer(missing, language), "bold red" if missing.items else "bold green"),)
    widest = max((cells(item.id) for item in missing.items), default=0)
    kinds = max(cells(kind.to(language)) for kind in KINDS.values())
    for lead, items in missing.by_department():
        yield ()
        name = NO_DEPARTMENT.to(language) if lead is None else visible(lead)
        yield ((name, "bold"), (f"（{len(items)}）" if language == "ja" else f" ({len(items)})", ""))
        for item in items:
            yield _item(item, kinds, widest, language)
    if step := next_step(missing):
        yield ()
        yield ((f"{step.what.to(language)}: {step.command}", ""),)


def _item(item: Item, kinds: int, widest: int, language: Language) -> Line:
    kind = KINDS[item.kind].to(language)
    return (
        (f"  {kind}{' ' * (kinds - cells(kind) + 2)}", "dim"),
        (f"{item.id}{' ' * (widest - cells(item.id) + 2)}", ""),
        (missing_name(item, language), ""),
    )
