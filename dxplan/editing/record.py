"""``record``: one report of a department, entered in one place of one file of actuals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from dxplan.diagnostics import Route
from dxplan.editing.patch import Patch, key_text, number_or_text, scalar
from dxplan.errors import UsageError
from dxplan.language import Text
from dxplan.model.actuals import UNREPORTED
from dxplan.model.values import Direction, Result, ValueState
from dxplan.project import Project, YearFile
from dxplan.source import Document, Value, read
from dxplan.spelling import did_you_mean


class Thing(NamedTuple):
    """What is reported on: an indicator, a part of one, or an action."""

    kind: str
    """The key of the file of actuals under which it stands: ``indicators`` or ``actions``."""
    id: str
    part: str | None
    name: str
    is_milestone: bool

    @property
    def route(self) -> Route:
        """Where its entry stands in a file of actuals."""
        return (self.kind, self.id) if self.part is None else (self.kind, self.id, "parts", self.part)


class Report(NamedTuple):
    """What a department reports, as it was typed."""

    value: str
    preliminary: bool = False
    as_of: str | None = None
    note: str | None = None
    met: bool | None = None
    reason: str | None = None


class Correction(NamedTuple):
    """What is written beside a change of a closed year."""

    date: str
    reason: str


def thing(project: Project, given: str, kind: str | None = None) -> Thing:
    """Return what ``given`` names: an id of an indicator or an action, or ``ID/part``; raises UsageError."""
    id_, _, part = given.partition("/")
    indicator = project.indicator_by_id.get(id_) if kind != "actions" else None
    action = project.action_by_id.get(id_) if kind != "indicators" and not part else None
    if indicator is not None and action is not None:
        raise UsageError(
            Text(f"「{id_}」は指標にも事業にもあります", f"`{id_}` is both an indicator and an action"),
            Text("--kind indicator か --kind action を付ける", "add --kind indicator or --kind action"),
        )
    if action is not None:
        return Thing("actions", id_, None, action.action.title, is_milestone=False)
    if indicator is None:
        known = [*project.indicator_by_id, *project.action_by_id]
        raise UsageError(
            Text(f"「{given}」という指標・事業はありません", f"there is no indicator or action `{given}`"),
            did_you_mean(
                id_, known, Text("dxplan status --missing でIDを見る", "see the ids: dxplan status --missing")
            ),
        )
    parts = {each.id: each for each in indicator.indicator.parts}
    direction = indicator.indicator.direction
    if part and part not in parts:
        raise UsageError(
            Text(f"指標「{id_}」に内訳「{part}」はありません", f"indicator `{id_}` has no part `{part}`"),
            Text(f"内訳: {'、'.join(parts)}", f"its parts: {', '.join(parts)}") if parts else None,
        )
    if part:
        direction = parts[part].direction or direction
    return Thing("indicators", id_, part or None, indicator.indicator.name, direction is Direction.MILESTONE)


_COUNTS = re.compile(r"([0-9.]+)/([0-9.]+)")
_STATES = frozenset(state.value for state in ValueState if state is not ValueState.REPORTED)
_VALUE_KEYS = ("value", "of", "text", "state")
"""Of these an entry has one."""
_OF_THE_VALUE = ("preliminary", "as_of", "data_year", "met")
"""What belongs to a value, and goes when it does."""


def fields(what: Thing, report: Report) -> dict[str, str]:
    """Return the keys of the entry with their values as they are written."""
    written: dict[str, str] = {}
    if what.kind == "actions":
        written["result"] = number_or_text(report.value)
    elif report.value in _STATES:
        written["state"] = report.value
    elif counts := _COUNTS.fullmatch(report.value):
        written["of"] = f"[{counts[1]}, {counts[2]}]"
    elif what.is_milestone:
        written["text"] = scalar(report.value)
    else:
        written["value"] = number_or_text(report.value)
    if report.met is not None:
        written["met"] = "true" if report.met else "false"
    if report.reason is not None:
        written["reason"] = scalar(report.reason)
    if report.preliminary:
        written["preliminary"] = "true"
    if report.as_of is not None:
        written["as_of"] = number_or_text(report.as_of)
    if report.note is not None:
        written["note"] = scalar(report.note)
    return written


def entered(written: Mapping[str, str]) -> str:
    """Return an entry as it is written where there was none: as short as it can be."""
    ((key, value), *more) = written.items()
    if not more and key in ("value", "state", "result"):
        return value
    return f"{{{', '.join(f'{key}: {value}' for key, value in written.items())}}}"


def recorded(
    year_file: YearFile, content: bytes, what: Thing, report: Report, correction: Correction | None = None
) -> bytes:
    """Return ``content``, the bytes of ``year_file``, with the report entered; the same where it is there already."""
    patch = Patch(content)
    document = year_file.reading.document
    report = report._replace(
        value=typed(report.value),
        as_of=typed(report.as_of) if report.as_of is not None else None,
        note=typed(report.note) if report.note is not None else None,
        reason=typed(report.reason) if report.reason is not None else None,
    )
    written = fields(what, report)
    old = document.value_at(what.route)
    expected: dict[Route, Value] = {}
    if _says(old, written):
        return content
    if isinstance(old, Mapping):
        _amend(patch, what.route, old, written, expected)
    else:
        _enter(patch, document, what, written, expected)
    if correction is not None:
        said = correction._replace(reason=typed(correction.reason))
        _correct(patch, what, _recorded_before(year_file, what), report.value, said)
    return patch.result(year_file.file, expected)


def typed(text: str) -> str:
    """Return text from a command line as a file has it: in NFC, without blanks around it; raises UsageError."""
    composed = unicodedata.normalize("NFC", text.strip())
    if composed and plain(scalar(composed)) != composed:
        raise UsageError(
            Text(
                f"「{composed}」に、目に見えない文字など、ファイルに書けない文字があります",
                f"`{composed}` has a character that no file may hold",
            ),
            Text("その文字を除く", "leave it out"),
        )
    return composed


def _says(old: Value, written: Mapping[str, str]) -> bool:
    """Whether an entry says exactly what is reported already."""
    if isinstance(old, Mapping):
        changed = {
            **{key: None for key in _VALUE_KEYS if key in old},
            **{key: plain(text) for key, text in written.items()},
        }
        return all(repr(old.get(key)) == repr(value) for key, value in changed.items())
    ((key, text), *more) = written.items()
    return not more and key in ("value", "state", "result") and old is not None and repr(old) == repr(plain(text))


def plain(text: str) -> Value:
    """Return what one line of YAML is read as."""
    document = read("", f"{{x: {text}}}".encode("utf-8", "surrogatepass"))
    return document.value["x"] if isinstance(document, Document) and not document.faults else text


def _amend(
    patch: Patch, route: Route, old: Mapping[str, Value], written: Mapping[str, str], expected: dict[Route, Value]
) -> None:
    """Change only what differs in an entry that says more than its value, such as a note."""
    before = next((key for key in (*_VALUE_KEYS, "result") if key in old), None)
    now = next(key for key in (*_VALUE_KEYS, "result") if key in written)
    replaced = repr(old.get(now)) != repr(plain(written[now]))
    for name, text in written.items():
        expected[(*route, name)] = plain(text)
        if name == now and before is not None and before != now:
            patch.rename((*route, before), now, text)
        elif repr(old.get(name)) != repr(plain(text)):
            patch.set((*route, name), text, after=None if name in old else before)
    if replaced:
        stale = [key for key in _OF_THE_VALUE if key in old and key not in written]
        if "reason" in old and "reason" not in written and "grade" not in old:
            stale.append("reason")
        patch.remove(route, stale)


def _enter(
    patch: Patch, document: Document, what: Thing, written: Mapping[str, str], expected: dict[Route, Value]
) -> None:
    """Write an entry where there was none, or nothing but a word or number."""
    text = entered(written)
    route: Route = (what.kind, what.id)
    whole = document.value_at(route)
    if what.part is not None and isinstance(whole, Mapping) and isinstance(whole.get("parts"), Mapping):
        route = what.route
    elif what.part is not None:
        text = f"{{{key_text(what.part)}: {text}}}"
        if isinstance(whole, Mapping) and "state" in whole:  # 集計中 and the like, of the whole
            patch.rename((*route, "state"), "parts", text)
            expected[(*route, "parts")] = plain(text)
            return
        if isinstance(whole, Mapping):
            route = (*route, "parts")
        elif isinstance(whole, Decimal):
            text = f"{{value: {whole:f}, parts: {text}}}"
        else:
            text = f"{{parts: {text}}}"
    if what.kind not in document.value:
        route, text = (what.kind,), f"{{{key_text(what.id)}: {text}}}"
    patch.set(route, text)
    expected[route] = plain(text)


def _correct(patch: Patch, what: Thing, before: str, now: str, correction: Correction) -> None:
    """Write the entry that tells of the change: 訂正."""
    part = f", part: {number_or_text(what.part)}" if what.part is not None else ""
    values = f"old: {number_or_text(before)}, new: {number_or_text(now)}"
    entry = f"date: {correction.date}, id: {number_or_text(what.id)}{part}, {values}"
    patch.append("corrections", f"{{{entry}, reason: {scalar(correction.reason)}}}")


def _recorded_before(year_file: YearFile, what: Thing) -> str:
    """Return what the file said, as one number or word."""
    if what.kind == "actions":
        result = year_file.actuals.actions.get(what.id)
        return Result.UNREPORTED.value if result is None else result.recorded
    whole = year_file.actuals.indicators.get(what.id, UNREPORTED)
    return whole.recorded if what.part is None else whole.parts.get(what.part, UNREPORTED).recorded
