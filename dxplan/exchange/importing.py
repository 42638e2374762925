"""What came back from the departments, held against the plan and what its files say by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxplan.editing.answers import recorded
from dxplan.editing.merging import FileOutcome, Outcome, Prefer, Refused, Reply, Wrong, merged
from dxplan.exchange.form import Question, fingerprint, questions
from dxplan.exchange.replies import Answered, replies
from dxplan.exchange.returned import Returned
from dxplan.exchange.sheets import key_of
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.corrections import Thing
from dxplan.project import Project

Files = Mapping[str, Returned | Refused]
"""What was read of each file, by the name it is shown with."""


def year_of(files: Files) -> FiscalYear | None:
    """Return the year that the first sound form is for; None where there is none."""
    for found in files.values():
        if isinstance(found, Returned):
            try:
                return FiscalYear.parse(found.meta.year)
            except ValueError:
                continue
    return None


def imported(project: Project, year: FiscalYear, files: Files, prefer: Prefer | None = None) -> Outcome:
    """Return what becomes of everything that the files say of ``year``."""
    asked = {question.thing: question for question in questions(project, year, every=True)}
    refused: dict[str, Refused] = {}
    found: dict[str, list[Reply | Wrong]] = {}
    for name, returned in files.items():
        if isinstance(returned, Refused):
            refused[name] = returned
        elif (why := _unfit(project, year, asked, returned)) is not None:
            refused[name] = why
        else:
            found[name] = [*_replies(returned, asked), *returned.faults]
    answers = [each for pieces in found.values() for each in pieces if isinstance(each, Reply)]
    now = {reply.thing: recorded(project.actuals.get(year), reply.thing) for reply in answers}
    decided = dict(zip(map(id, answers), merged(answers, now, prefer), strict=True))
    outcomes = []
    for name, returned in files.items():
        if name in refused or isinstance(returned, Refused):
            outcomes.append(FileOutcome(name, refused[name]))
            continue
        decisions = (each if isinstance(each, Wrong) else decided[id(each)] for each in found[name])
        left_out = tuple(asked[thing].name for thing in returned.left_out if thing in asked)
        outcomes.append(FileOutcome(name, None, tuple(decisions), left_out))
    return Outcome(tuple(outcomes))


def _replies(returned: Returned, asked: Mapping[Thing, Question]) -> Iterator[Reply | Wrong]:
    for thing, row in returned.rows.items():
        yield from replies(Answered(asked[thing], returned.meta.sent[thing].said, row.cells, row.at))


def _unfit(project: Project, year: FiscalYear, asked: Mapping[Thing, Question], returned: Returned) -> Refused | None:
    """Return why a form is not one of this plan, year and state of the plan."""
    meta, plan = returned.meta, project.plan
    if meta.organization != (plan.organization.code or plan.organization.name):
        return Refused(
            Text(
                f"別の団体の入力票です（{meta.organization_name}）",
                f"it is a form of another organization ({meta.organization_name})",
            ),
            Text("--data で、その団体の計画を指定する", "name that organization's plan with --data"),
        )
    if meta.year != str(year):
        return Refused(
            Text(f"{meta.year} の入力票です（取り込むのは {year}）", f"it is a form for {meta.year}, not {year}"),
            Text("年度ごとに分けて取り込む（--year）", "import each year by itself (--year)"),
        )
    essences = {thing: sent.essence for thing, sent in meta.sent.items()}
    if fingerprint(plan, year, essences) != meta.fingerprint:
        return Refused(
            Text("入力票の隠しシートが書き換えられています", "the hidden sheet of the form was changed"),
            _MAKE_ANEW,
        )
    if changed := _changed(essences, asked):
        shown = "、".join(changed[:3])
        more = len(changed) - 3
        return Refused(
            Text(
                f"入力票をつくった後に、計画が変わりました（{shown}{f' ほか{more}件' if more > 0 else ''}）",
                f"the plan has changed since the form was made ({shown}{f' and {more} more' if more > 0 else ''})",
            ),
            _MAKE_ANEW,
        )
    return None


_MAKE_ANEW = Text(
    "dxplan collect で入力票をつくり直し、答えを写す", "make the form anew with dxplan collect, and copy the answers"
)


def _changed(essences: Mapping[Thing, Sequence[str]], asked: Mapping[Thing, Question]) -> list[str]:
    """Return what the plan no longer asks, or no longer asks in this way."""
    return [
        key_of(thing).partition("/")[2]
        for thing, essence in essences.items()
        if thing not in asked or asked[thing].essence != tuple(essence)
    ]
