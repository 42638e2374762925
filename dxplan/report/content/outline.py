"""What the plan is: why there is one, its period, its vision, its viewpoints."""

from __future__ import annotations

from dxplan.report.content.scope import Scope, cell, line, viewpoint_title
from dxplan.report.document import Block, Fact, Facts, Items, Paragraph, Section
from dxplan.views.terminal import on_one_line, visible


def summary(scope: Scope) -> Section | None:
    """Return why there is a plan; None where neither that nor its adoption is told."""
    plan = scope.plan
    blocks: list[Block] = []
    if plan.summary:
        blocks.append(Paragraph(line(on_one_line(plan.summary))))
    if plan.adopted:
        title, month = visible(plan.title), scope.date(plan.adopted)
        blocks.append(Paragraph(line(scope.say(f"{month}に「{title}」を策定した。", f"Adopted in {month}: {title}."))))
    return Section("summary", scope.say("概要", "Summary"), tuple(blocks)) if blocks else None


def plan(scope: Scope) -> Section:
    """Return what the plan says of itself."""
    say, plan = scope.say, scope.plan
    first, last = scope.year_name(plan.period.first), scope.year_name(plan.period.last)
    facts = [Fact(say("計画期間", "Period"), cell(say(f"{first}～{last}", f"{first} to {last}")))]
    if plan.vision:
        facts.append(Fact(say("目指す姿", "Vision"), cell(say(f"「{visible(plan.vision)}」", visible(plan.vision)))))
    if plan.viewpoints:
        titles = tuple(
            line(viewpoint_title(scope, each.id, each.title), f"#viewpoint-{each.id}") for each in plan.viewpoints
        )
        number = len(titles)
        facts.append(Fact(say(f"{number}つの視点", "Viewpoints"), titles))
    blocks: list[Block] = [Facts(tuple(facts))]
    if plan.note:
        blocks.append(Items(tuple(line(f"※ {on_one_line(note)}") for note in plan.note)))
    return Section("plan", say("計画の内容", "The plan"), tuple(blocks))
