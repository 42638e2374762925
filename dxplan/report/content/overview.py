"""The year at a glance: targets met, rates with the lowest first, how far the initiatives came, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxplan.model.values import Result
from dxplan.progress.achievement import Reason
from dxplan.progress.judgement import units
from dxplan.progress.missing import missing
from dxplan.progress.selection import Order, ordered
from dxplan.progress.status import InitiativeStatus
from dxplan.report.content.scope import Scope, cell, line, name_of, rate_of, tone_of, viewpoint_title
from dxplan.report.document import Block, Cell, Items, Paragraph, Row, Section, Table
from dxplan.views.terminal import visible
from dxplan.views.wording import (
    NOTHING,
    REASONS,
    RESULTS,
    aim_text,
    answer,
    grade_cell,
    grades_line,
    measured_text,
    progress_cell,
    verdict_text,
)


def chapter(scope: Scope) -> Section:
    """Return the overview."""
    return Section("overview", scope.say("全体の状況", "At a glance"), tuple(_blocks(scope)))


def _blocks(scope: Scope) -> Iterator[Block]:
    say = scope.say
    yield Paragraph(line(answer(scope.now.summary, scope.language)))
    if scope.now.grades is not None:
        yield Paragraph(line(grades_line(scope.now.grades, scope.language)))
    if scope.now.indicators:
        yield _indicators(scope)
    if scope.now.initiatives:
        yield _initiatives(scope)
    owed = missing(scope.project, scope.year).items
    if owed:
        yield Paragraph(line(say(f"まだ報告のないもの（{len(owed)}件）", f"Not reported yet: {len(owed)}")))
        yield Items(
            tuple(
                line(visible(item.name if item.part_name is None else scope.beside(item.name, item.part_name)))
                for item in owed
            )
        )


def _indicators(scope: Scope) -> Table:
    say, style = scope.say, scope.style
    graded = scope.now.grades is not None
    head = [say("指標", "Indicator"), say("目標値", "Target"), say("実績値", "Actual"), say("達成率", "Rate")]
    head += [
        say("判定", "Verdict"),
        *([say("評価", "Grade")] if graded else []),
        say("最終目標進捗率", "Progress to final target"),
    ]
    rows = []
    for whole in ordered(scope.now, Order.RATE).indicators:
        for each in units(whole):
            monitoring = each.indicator.monitoring
            aim = (
                REASONS[Reason.MONITORING].to(scope.language)
                if monitoring
                else aim_text(each.now, each.indicator.unit, style)
            )
            cells = [
                (line(name_of(scope, each, whole), f"#indicator-{whole.indicator.id}"),),
                cell(aim),
                cell(measured_text(each.now.measured, each.indicator.unit, style)),
                cell(rate_of(scope, each)),
                (line(verdict_text(each.now, style), tone=tone_of(each.now)),),
                *([cell(grade_cell(each.now.grade, style))] if graded else []),
                cell(progress_cell(each, style)),
            ]
            rows.append(Row(tuple(cells)))
    caption = say(
        "指標の達成状況（達成率の低い順。管理指標は基準値からの増減）",
        "Indicators, lowest rate first (monitoring ones: change from the baseline)",
    )
    return Table(caption, tuple(head), tuple(rows))


def _initiatives(scope: Scope) -> Table:
    say = scope.say
    head = (
        say("視点", "Viewpoint"),
        say("取組", "Initiatives"),
        say("予定した事業", "Actions due"),
        say("実施した事業", "Carried out"),
        say("内訳", "Of these"),
    )
    rows = []
    for viewpoint in scope.plan.viewpoints:
        here = [each for each in scope.now.initiatives if each.viewpoint is viewpoint]
        if here:
            title = line(viewpoint_title(scope, viewpoint.id, viewpoint.title), f"#viewpoint-{viewpoint.id}")
            rows.append(Row(((title,), *_counts(scope, here))))
    if len(rows) > 1:
        rows.append(Row((cell(say("計", "Total")), *_counts(scope, scope.now.initiatives))))
    return Table(say("取組の実施状況", "Initiatives"), head, tuple(rows))


def _counts(scope: Scope, these: Iterable[InitiativeStatus]) -> tuple[Cell, ...]:
    """Return the number of initiatives, of actions due and carried out, and what became of these."""
    listed = list(these)
    results = [result for each in listed for result in each.results]
    told = [(RESULTS[each].to(scope.language), results.count(each)) for each in Result]
    said = scope.say("、", ", ").join(
        scope.say(f"{name} {number}", f"{number} {name}") for name, number in told if number
    )
    relisted = sum(each.relisted for each in listed)
    if relisted:  # counted where they are at home
        said = scope.beside(said or NOTHING, scope.say(f"ほかに再掲 {relisted}", f"and {relisted} relisted"))
    numbers = (len(listed), len(results), sum(each.carried_out for each in listed))
    return (*(cell(str(number)) for number in numbers), cell(said or NOTHING))
