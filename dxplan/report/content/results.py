"""The results of the year and the plans for the coming ones: what hangs on the plan, then each viewpoint in turn."""

from __future__ import annotations

from collections.abc import Iterable

from dxplan.model.plan import Viewpoint
from dxplan.progress.judgement import IndicatorStatus
from dxplan.progress.timeline import timeline
from dxplan.report.content import indicators, initiatives
from dxplan.report.content.scope import Scope, cell, line, viewpoint_title
from dxplan.report.document import Block, Fact, Facts, Items, Section
from dxplan.views.terminal import on_one_line


def chapter(scope: Scope) -> Section:
    """Return the chapter."""
    year, following = scope.year_name(scope.year), scope.now.next_year
    title = scope.say(f"{year}取組実績", f"Results of {year}")
    if following is not None:
        coming = scope.year_name(following)
        title = scope.say(f"{title}と{coming}取組計画", f"{title} and plans for {coming}")
    return Section(
        "results",
        title,
        (),
        (
            *_indicators(scope, (each for each in scope.now.indicators if each.viewpoint is None)),
            *(_viewpoint(scope, each) for each in scope.plan.viewpoints),
        ),
    )


def _viewpoint(scope: Scope, viewpoint: Viewpoint) -> Section:
    blocks: list[Block] = []
    if viewpoint.outlook:
        blocks.append(Facts((Fact(scope.say("将来像", "Outlook"), cell(on_one_line(viewpoint.outlook))),)))
    if viewpoint.note:
        blocks.append(Items(tuple(line(f"※ {on_one_line(note)}") for note in viewpoint.note)))
    own = (each for each in scope.now.indicators if each.viewpoint is viewpoint and each.initiative is None)
    listed = (
        initiatives.section(
            scope,
            timeline(scope.project, entry, scope.year),
            _indicators(scope, (each for each in scope.now.indicators if each.initiative is entry.initiative)),
        )
        for entry in scope.project.initiatives
        if entry.viewpoint is viewpoint and entry.initiative.lasts(scope.year)
    )
    title = viewpoint_title(scope, viewpoint.id, viewpoint.title)
    return Section(f"viewpoint-{viewpoint.id}", title, tuple(blocks), (*_indicators(scope, own), *listed))


def _indicators(scope: Scope, these: Iterable[IndicatorStatus]) -> tuple[Section, ...]:
    return tuple(indicators.section(scope, each) for each in these)
