"""The questions of ``dxplan init`` at a terminal, and the same answers as options."""

import contextlib
import sys
from collections.abc import Callable
from typing import NamedTuple

from dxplan.cli.options import Session
from dxplan.errors import UsageError
from dxplan.language import Text
from dxplan.starter.answers import Answers, default_last, default_title, fault, tidied
from dxplan.views.terminal import visible


class _Question(NamedTuple):
    field: str
    option: str
    example: str
    words: Text
    proposal: Callable[[Answers], str | None]
    """What an empty answer stands for; None where there is nothing to propose."""
    optional: bool = False
    """Whether a plan can do without it."""


_QUESTIONS = (
    _Question(
        "name", "--name", "例示市", Text("団体の名称（例: 例示市）", "Municipality (such as 例示市)"), lambda _: None
    ),
    _Question(
        "code",
        "--code",
        "999997",
        Text(
            "団体コード6桁（例: 131083。分からなければ空のまま）",
            "団体コード, six digits (such as 131083; may be left empty)",
        ),
        lambda _: None,
        optional=True,
    ),
    _Question(
        "first",
        "--from",
        "R8",
        Text("計画の最初の年度（例: R8、令和8年度、2026）", "First fiscal year (such as R8, 令和8年度, 2026)"),
        lambda _: None,
    ),
    _Question(
        "last",
        "--to",
        "R12",
        Text("計画の最後の年度（例: R12）", "Last fiscal year (such as R12)"),
        lambda known: default_last(known.first or ""),
    ),
    _Question(
        "title",
        "--title",
        "例示市DX推進計画",
        Text("計画の名称（例: 例示市DX推進計画）", "Title of the plan (such as 例示市DX推進計画)"),
        lambda known: default_title(known.name or ""),
        optional=True,
    ),
)


def check(given: Answers) -> None:
    """Raise UsageError for the first option whose answer is wrong."""
    known = Answers()
    for question in _QUESTIONS:
        if (answer := _answer(given, question)) is not None:
            known = known._replace(**{question.field: answer})
            if found := fault(known):
                message = found.message
                raise UsageError(
                    Text(f"{question.option}: {message.ja}", f"{question.option}: {message.en}"), found.hint
                )


def lacks(given: Answers) -> bool:
    """Whether something is missing that no plan can do without."""
    return any(_answer(given, question) is None for question in _QUESTIONS if not question.optional)


def ask(given: Answers, place: str, session: Session) -> Answers:
    """Ask for everything that was not given; raises UsageError where nobody is there to answer, EOFError at Ctrl-D."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise _nobody_to_ask(given)
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")  # a byte that is no text is a wrong answer, not a crash
    _talk(
        session.say(
            f"新しい計画のファイルを作ります（場所: {visible(place)}）。Enterだけなら、[ ] の中を使います。",
            f"The files of a new plan, in {visible(place)}. Enter alone takes what stands in [ ].",
        ),
        session.say("Ctrl-C で中止すると、何も書きません。", "Ctrl-C stops, and nothing is written."),
        "",
    )
    known = given
    for question in _QUESTIONS:
        if _answer(given, question) is None:
            known = _asked(question, known, session)
    _talk("")
    return known


def _asked(question: _Question, known: Answers, session: Session) -> Answers:
    proposal = question.proposal(known)
    prompt = question.words.to(session.language) + (f" [{visible(proposal)}]" if proposal else "")
    while True:
        typed = _line(f"{prompt}: ").strip() or proposal or ""
        if not typed and question.optional:
            return known
        answered = tidied(known._replace(**{question.field: typed}))
        found = fault(answered)
        if found is None:
            return answered
        _talk(f"  {visible(found.message.to(session.language))}")
        if found.hint:
            _talk(f"  {session.say('直し方', 'help')}: {visible(found.hint.to(session.language))}")


def _line(prompt: str) -> str:
    if sys.stdout.isatty():
        with contextlib.suppress(ImportError):  # not on Windows, whose consoles edit lines themselves
            import readline  # noqa: F401 - lets `input` erase full-width characters whole
        return input(prompt)
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _nobody_to_ask(given: Answers) -> UsageError:
    missing = [each for each in _QUESTIONS if not each.optional and _answer(given, each) is None]
    options = [each.option for each in missing]
    command = " ".join(
        ["dxplan init", *(f"{each.option} {each.example}" for each in _QUESTIONS if each.field != "title")]
    )
    return UsageError(
        Text(f"{'、'.join(options)} を指定してください", f"{', '.join(options)} must be given"),
        Text(f"{command}（端末では、順に尋ねます）", f"{command} (on a terminal, dxplan asks)"),
    )


def _answer(answers: Answers, question: _Question) -> str | None:
    answer: str | None = getattr(answers, question.field)
    return answer


def _talk(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
