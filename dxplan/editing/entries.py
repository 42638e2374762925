"""Many answers entered into one file of actuals in one edit: as `record`, for everything that came back at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dxplan.diagnostics import Route
from dxplan.editing.answers import KEYS, Aspect, Said
from dxplan.editing.patch import Patch, key_text, number_or_text, scalar
from dxplan.editing.record import entered, plain
from dxplan.model.actuals import UNREPORTED
from dxplan.model.corrections import Thing
from dxplan.model.values import ValueState
from dxplan.project import Project, YearFile
from dxplan.source import Value

Answers = Mapping[Thing, Mapping[Aspect, Said]]
"""What each thing is to say from now on, piece by piece; a piece that is not named stays as it is."""

_VALUE_KEYS = ("value", "of", "text", "state", "result")
"""Of these an entry has one."""
_OF_ANOTHER_VALUE = ("data_year",)
"""What no form asks for, and belongs to the value that stood there before."""
_ORDER = (*_VALUE_KEYS, "met", "grade", "reason", "preliminary", "as_of", "quantity", "settled", "note", "parts")


def with_answers(project: Project, year_file: YearFile, content: bytes, answers: Answers) -> bytes:
    """Return ``content``, the bytes of ``year_file``, with every answer entered; every other byte stays.

    Raises NotTheSameError where the file is written in a way that no edit of ours goes with.
    """
    edit = _Edit(project, year_file, content)
    for kind in ("indicators", "actions"):
        edit.enter(kind, {thing: pieces for thing, pieces in answers.items() if thing.kind == kind})
    return edit.patch.result(year_file.file, edit.expected)


class _Edit:
    """One edit as it grows, and what is to stand in the file after it."""

    def __init__(self, project: Project, year_file: YearFile, content: bytes) -> None:
        self.patch = Patch(content)
        self.expected: dict[Route, Value] = {}
        self._project = project
        self._actuals = year_file.actuals
        self._document = year_file.reading.document

    def enter(self, kind: str, answers: Answers) -> None:
        """Enter the answers about indicators, or about actions."""
        if not answers:
            return
        if not self._document.value.get(kind):  # nothing of the kind is there: all of it is new
            new = {id_: _new(kind, group) for id_, group in _by_id(answers).items()}
            self._set((kind,), _mapping(new))
            return
        for id_, group in _by_id(answers).items():
            whole = Thing(kind, id_)
            there = self._document.value_at((*whole.keys, "parts"))
            if isinstance(there, Mapping) and there:
                for thing, pieces in group.items():
                    self._amend(thing.keys, pieces)
            elif list(group) == [whole]:
                self._amend(whole.keys, group[whole])
            else:
                self._begin_parts(whole, group)

    def _begin_parts(self, whole: Thing, group: Answers) -> None:
        """Enter parts where there were none; a reason that stood for the whole still holds for the others."""
        old = self._document.value_at(whole.keys)
        state = self._actuals.indicators.get(whole.id, UNREPORTED).state
        if state not in (ValueState.REPORTED, ValueState.UNREPORTED):
            parts = (Thing(*whole[:2], part.id) for part in self._project.indicator_by_id[whole.id].indicator.parts)
            still: Mapping[Aspect, Said] = {Aspect.FIGURE: {"state": state.value}}
            group = {**group, **{part: {**still, **group.get(part, {})} for part in parts}}
        text = _mapping(_part_texts(group))
        if not isinstance(old, Mapping) or not old:
            value = {"value": f"{old:f}"} if isinstance(old, Decimal) else {}
            written = _in_order({**value, **_written(group.get(whole, {})), "parts": text})
            self._set(whole.keys, entered(written))
            return
        if "state" in old:
            self.patch.rename((*whole.keys, "state"), "parts", text)
            self.patch.remove(whole.keys, [key for key in ("preliminary", "as_of") if key in old])
        else:
            self.patch.set((*whole.keys, "parts"), text)
        self.expected[*whole.keys, "parts"] = plain(text)
        if whole in group:
            for key, written_text in _written(group[whole]).items():
                self._set((*whole.keys, key), written_text)

    def _amend(self, route: Route, pieces: Mapping[Aspect, Said]) -> None:
        """Change only what differs in one entry."""
        old = self._document.value_at(route)
        word = "result" if route[0] == "actions" else "state"
        written = _written(pieces)
        if not isinstance(old, Mapping) or not old:
            kept = {} if Aspect.FIGURE in pieces or Aspect.RESULT in pieces else _as_mapping(old, word)
            self._set(route, entered(_with_value({**kept, **written}, word)))
            return
        stale = [key for aspect in pieces for key in _keys(aspect) if key in old and key not in written]
        before = next((key for key in _VALUE_KEYS if key in old), None)
        now = next((key for key in _VALUE_KEYS if key in written), None)
        if now is None and before in stale and not old.get("parts"):  # taken back
            now = word
            written[word] = "unreported"
        if now is not None and (before != now or repr(old[now]) != repr(plain(written[now]))):
            stale += [key for key in _OF_ANOTHER_VALUE if key in old]
        for key, text in _in_order(written).items():
            self.expected[*route, key] = plain(text)
            if key == now and before is not None and before != now:
                self.patch.rename((*route, before), now, text)
                stale = [each for each in stale if each != before]
            elif repr(old.get(key)) != repr(plain(text)):
                self.patch.set((*route, key), text, after=None if key in old else before)
        self.patch.remove(route, [key for key in stale if key not in written])

    def _set(self, route: Route, text: str) -> None:
        self.patch.set(route, text)
        self.expected[route] = plain(text)


def _by_id(answers: Answers) -> dict[str, dict[Thing, Mapping[Aspect, Said]]]:
    groups: dict[str, dict[Thing, Mapping[Aspect, Said]]] = {}
    for thing, pieces in answers.items():
        groups.setdefault(thing.id, {})[thing] = pieces
    return groups


def _new(kind: str, group: Answers) -> str:
    """Return the text of an entry where there was none."""
    own = next((pieces for thing, pieces in group.items() if thing.part is None), {})
    if kind == "actions":
        return entered(_with_value(_written(own), "result"))
    if any(thing.part is not None for thing in group):
        return entered(_in_order({**_written(own), "parts": _mapping(_part_texts(group))}))
    return entered(_with_value(_written(own), "state"))


def _part_texts(group: Answers) -> dict[str, str]:
    parts = ((thing.part, pieces) for thing, pieces in group.items())
    return {part: entered(_with_value(_written(pieces), "state")) for part, pieces in parts if part is not None}


def _mapping(texts: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{key_text(key)}: {text}' for key, text in texts.items())}}}"


def _as_mapping(old: Value, word: str) -> dict[str, str]:
    """Return an entry of one word or number as the mapping that it is short for."""
    if isinstance(old, Decimal):
        return {"value": f"{old:f}"}
    return {word: old} if isinstance(old, str) else {}


def _with_value(written: Mapping[str, str], word: str) -> dict[str, str]:
    """Return an entry that says at least that there is nothing to say."""
    if any(key in written for key in _VALUE_KEYS):
        return _in_order(written)
    return _in_order({word: "unreported", **written})


def _in_order(written: Mapping[str, str]) -> dict[str, str]:
    return {key: written[key] for key in _ORDER if key in written}


def _keys(aspect: Aspect) -> tuple[str, ...]:
    """Return the keys of the entry in which a piece stands."""
    return (aspect.value,) if aspect in (Aspect.QUANTITY, Aspect.SETTLED) else KEYS[aspect]


def _written(pieces: Mapping[Aspect, Said]) -> dict[str, str]:
    """Return the keys of the entry with their values as they are written."""
    written: dict[str, str] = {}
    for aspect, said in pieces.items():
        if aspect not in (Aspect.QUANTITY, Aspect.SETTLED):
            written |= {key: _text(key, text) for key, text in said.items()}
        elif said:
            written[aspect.value] = f"{{value: {said['value']}, unit: {scalar(said['unit'])}}}"
    return _in_order(written)


def _text(key: str, text: str) -> str:
    """Return what is said as one line of YAML."""
    match key:
        case "of":
            return f"[{', '.join(text.split('/'))}]"
        case "note":
            lines = [scalar(line) for line in text.split("\n") if line.strip()]
            return lines[0] if len(lines) == 1 else f"[{', '.join(lines)}]"
        case "text" | "grade" | "reason":
            return scalar(text)
        case "value" | "as_of":
            return number_or_text(text)
        case _:  # a word of the format
            return text
