"""How something came into the plan, ended, or was called before: as far as the year in question knows of it."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.model.indicator import Indicator
from dxplan.model.plan import Initiative
from dxplan.report.content.scope import Scope, initiative_title, line
from dxplan.report.document import Line, Words
from dxplan.views.terminal import on_one_line, visible


def history(scope: Scope, each: Initiative | Indicator) -> Iterator[Line]:
    """Yield what happened by the end of the year; what ended or was renamed later is told by later reports."""
    say = scope.say
    if each.first is not None:
        year = scope.year_name(each.first)
        yield line(say(f"{year}に追加", f"Added in {year}"))
    if each.until is not None and each.until <= scope.year:
        year = scope.year_name(each.until)
        if each.merged_into is None:
            yield line(say(f"{year}で終了", f"Ended after {year}"))
        else:
            before, after = say(f"{year}で終了し、", f"Ended after {year}, merged into "), say("に統合", "")
            yield tuple(words for words in (Words(before), _heir(scope, each), Words(after)) if words.text)
    for former in each.former_names:
        if former.until < scope.year:
            name, year = on_one_line(former.name), scope.year_name(former.until)
            yield line(say(f"旧名称: {name}（{year}まで）", f"Formerly: {name} (until {year})"))


def _heir(scope: Scope, each: Initiative | Indicator) -> Words:
    """Return the name of what ``each`` was merged into, as it was called in the year in question."""
    id_ = each.merged_into or ""
    if isinstance(each, Indicator):
        indicator = scope.project.indicator_by_id.get(id_)
        name = visible(indicator.indicator.name_in(scope.year) if indicator else id_)
        return Words(scope.say(f"「{name}」", name), f"#indicator-{id_}")
    heirs = (other.initiative for other in scope.project.initiatives if other.initiative.id == id_)
    title = next((heir.title_in(scope.year) for heir in heirs), "")
    return Words(initiative_title(scope, id_, title), f"#initiative-{id_}")
