"""A project: one plan and its actuals by year; how it is found, loaded and looked up.

The only module that knows file names: ``plan.yaml`` and ``actuals/R7.yaml``.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from dxplan import faults
from dxplan.diagnostics import Diagnostic, Note, Place, RelatedPlace, Severity, Spot, in_order
from dxplan.errors import DxplanError, UsageError
from dxplan.files import LINK_LEAVES, leaves, read_bytes, why
from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.actuals import Actuals
from dxplan.model.department import Department
from dxplan.model.history import FormerName
from dxplan.model.indicator import Indicator
from dxplan.model.plan import Action, Initiative, Plan, Relisted, Viewpoint
from dxplan.model.reading import Reading, read, value_at
from dxplan.model.values import Result, ValueState
from dxplan.source import MAX_BYTES, Document, Unreadable, Value, unreadable
from dxplan.source import read as read_source
from dxplan.spelling import closest

T = TypeVar("T")

PLAN_FILE = "plan.yaml"
ACTUALS_FOLDER = "actuals"
DEFAULT_FOLDER = "data"
_YEAR_FILE = re.compile(r"[^.~].*\.ya?ml", re.IGNORECASE | re.DOTALL)


class IndicatorEntry(NamedTuple):
    """An indicator and where it hangs; viewpoint and initiative are None above their level."""

    indicator: Indicator
    spot: Spot
    viewpoint: Viewpoint | None
    initiative: Initiative | None

    @property
    def department(self) -> Department | None:
        """Who answers for it: its own department, else that of what it hangs on."""
        return _department(self.indicator, self.initiative, self.viewpoint)

    def lasts(self, year: FiscalYear) -> bool:
        """Whether the indicator is part of the plan in ``year``; no longer than the initiative it hangs on."""
        return self.indicator.lasts(year) and (self.initiative is None or self.initiative.lasts(year))


class ActionEntry(NamedTuple):
    """An action and the initiative at home."""

    action: Action
    spot: Spot
    viewpoint: Viewpoint
    initiative: Initiative

    @property
    def department(self) -> Department | None:
        """Who answers for it: its own department, else that of its initiative or viewpoint."""
        return _department(self.action, self.initiative, self.viewpoint)

    def is_due(self, year: FiscalYear) -> bool:
        """Whether the action is scheduled in ``year``, and its initiative still part of the plan."""
        return self.action.schedule.covers(year) and self.initiative.lasts(year)


class RelistedEntry(NamedTuple):
    """A relisting and the initiative that shows it."""

    relisted: Relisted
    spot: Spot
    viewpoint: Viewpoint
    initiative: Initiative


class InitiativeEntry(NamedTuple):
    """An initiative and its viewpoint."""

    initiative: Initiative
    spot: Spot
    viewpoint: Viewpoint

    @property
    def department(self) -> Department | None:
        """Who answers for it: its own department, else that of its viewpoint."""
        return _department(self.initiative, self.viewpoint)


def _department(*own_then_above: Indicator | Action | Initiative | Viewpoint | None) -> Department | None:
    return next((each.department for each in own_then_above if each is not None and each.department is not None), None)


class YearFile(NamedTuple):
    """One file of actuals that could be read, at least in part."""

    file: str
    reading: Reading[Actuals]

    @property
    def actuals(self) -> Actuals:
        """What the file says."""
        return self.reading.value

    @property
    def knows_year(self) -> bool:
        """Whether the file's own fiscal year could be read."""
        return not self.reading.is_hidden(("fiscal_year",))

    @property
    def year(self) -> FiscalYear:
        """The fiscal year the file says it is for."""
        return self.reading.value.fiscal_year

    @property
    def contradicts_its_name(self) -> bool:
        """Whether the file is named after another year than it says, so that nobody can tell whose results it holds."""
        return year_of_file_name(self.file) not in (None, self.year)

    @property
    def trust(self) -> tuple[FiscalYear, bool, bool, str]:
        """The order in which files are believed: by year, and of two for one year the rightly named one first."""
        misnamed = self.file.rsplit("/", 1)[-1] != file_of_year(self.year)
        return (self.year, self.contradicts_its_name, misnamed, self.file)


class Project:
    """One plan with its actuals. Files keep what they say even where it is wrong; judging is the rules' work."""

    def __init__(
        self, plan_reading: Reading[Plan], year_files: tuple[YearFile, ...], passed_over: tuple[str, ...] = ()
    ) -> None:
        self.plan_reading = plan_reading
        self.year_files = year_files
        """Readable files of actuals, in the order of `YearFile.trust`."""
        self.passed_over = passed_over
        """Files that may hold something, of which nothing could be read."""
        self._due: dict[FiscalYear, frozenset[str]] = {}

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.plan_reading.value

    @cached_property
    def actuals(self) -> Mapping[FiscalYear, Actuals]:
        """Actuals by year, in order; of two files for one year those of the rightly named one."""
        return {year: file.actuals for year, file in self.files_by_year.items()}

    @cached_property
    def files_by_year(self) -> Mapping[FiscalYear, YearFile]:
        """The file of each year, in order of years; of two for one year the rightly named one."""
        files: dict[FiscalYear, YearFile] = {}
        for year_file in self.year_files:
            if year_file.knows_year:
                files.setdefault(year_file.year, year_file)
        return files

    @cached_property
    def certain_years(self) -> Mapping[FiscalYear, YearFile]:
        """The file of each year of the plan of which nobody can doubt that it holds that year's results."""
        claims = Counter(year_file.year for year_file in self.year_files if year_file.knows_year)
        return {
            year: year_file
            for year, year_file in self.files_by_year.items()
            if claims[year] == 1
            and not year_file.contradicts_its_name
            and (not self.knows_period or self.plan.period.holds(year))
        }

    @cached_property
    def initiatives(self) -> tuple[InitiativeEntry, ...]:
        """Every initiative in the plan's order."""
        return tuple(
            InitiativeEntry(initiative, self.plan_spot("viewpoints", v, "initiatives", i), viewpoint)
            for v, viewpoint in enumerate(self.plan.viewpoints)
            for i, initiative in enumerate(viewpoint.initiatives)
        )

    @cached_property
    def indicators(self) -> tuple[IndicatorEntry, ...]:
        """Every indicator in the plan's order: the plan's own, then each viewpoint's with its initiatives'."""
        return tuple(self._indicators())

    def _indicators(self) -> Iterator[IndicatorEntry]:
        for n, indicator in enumerate(self.plan.indicators):
            yield IndicatorEntry(indicator, self.plan_spot("indicators", n), None, None)
        for v, viewpoint in enumerate(self.plan.viewpoints):
            spot = self.plan_spot("viewpoints", v)
            for n, indicator in enumerate(viewpoint.indicators):
                yield IndicatorEntry(indicator, spot.at("indicators", n), viewpoint, None)
            for i, initiative in enumerate(viewpoint.initiatives):
                for n, indicator in enumerate(initiative.indicators):
                    place = spot.at("initiatives", i, "indicators", n)
                    yield IndicatorEntry(indicator, place, viewpoint, initiative)

    @cached_property
    def listings(self) -> tuple[ActionEntry | RelistedEntry, ...]:
        """Everything the initiatives list, actions and relistings, in the plan's order."""
        return tuple(
            ActionEntry(item, spot, viewpoint, initiative)
            if isinstance(item, Action)
            else RelistedEntry(item, spot, viewpoint, initiative)
            for initiative, place, viewpoint in self.initiatives
            for n, item in enumerate(initiative.actions)
            for spot in (place.at("actions", n),)
        )

    @cached_property
    def actions(self) -> tuple[ActionEntry, ...]:
        """Every action at its home, in the plan's order."""
        return tuple(entry for entry in self.listings if isinstance(entry, ActionEntry))

    @cached_property
    def relistings(self) -> tuple[RelistedEntry, ...]:
        """Every relisting, in the plan's order."""
        return tuple(entry for entry in self.listings if isinstance(entry, RelistedEntry))

    def home_of(self, relisting: str) -> str | None:
        """Return the id of the action that the relisting with this id shows, or None where there is none."""
        return next((entry.relisted.relisted for entry in self.relistings if entry.relisted.id == relisting), None)

    @cached_property
    def action_by_id(self) -> Mapping[str, ActionEntry]:
        """Every action by id; of two with one id the first."""
        return _first_of_each((entry.action.id, entry) for entry in self.actions)

    def due(self, year: FiscalYear) -> frozenset[str]:
        """Return the ids of the actions that are due in ``year``."""
        known = self._due.get(year)
        if known is None:
            lasting = [entry.initiative for entry in self.initiatives if entry.initiative.lasts(year)]
            listed = [item for initiative in lasting for item in initiative.actions if isinstance(item, Action)]
            known = self._due[year] = frozenset([action.id for action in listed if action.schedule.covers(year)])
        return known

    @cached_property
    def indicator_by_id(self) -> Mapping[str, IndicatorEntry]:
        """Every indicator by id; of two with one id the first."""
        return _first_of_each((entry.indicator.id, entry) for entry in self.indicators)

    def matching(self, words: str) -> dict[str, str]:
        """Return ids and names of the indicators, initiatives and actions that ``words`` may mean.

        An id (also 取組4, and in full width) means what has it; anything else what has it in its id or name, or where
        nothing has, in a former name.
        """
        plain = _folded(words)
        named = {id_: name for id_, name, _ in self._named()}
        for id_ in (plain, plain.removeprefix("取組")):
            if id_ in named:
                return {id_: named[id_]}
        if not plain:
            return {}
        found = {id_: name for id_, name in named.items() if plain in _folded(name) or plain in id_}
        return found or {
            id_: name for id_, name, former in self._named() if any(plain in _folded(each.name) for each in former)
        }

    def renamed(self, id_: str, words: str) -> tuple[str, str] | None:
        """Return the former name that ``words`` mean of what has this id, and its name of today; None if that fits."""
        plain = _folded(words.strip())
        for found, name, former in self._named():
            if found == id_ and plain not in _folded(name) and plain not in found:
                return next(((each.name, name) for each in former if plain in _folded(each.name)), None)
        return None

    def _named(self) -> Iterator[tuple[str, str, tuple[FormerName, ...]]]:
        """Yield id, name and former names of every indicator, initiative and action."""
        for indicator in (entry.indicator for entry in self.indicators):
            yield indicator.id, indicator.name, indicator.former_names
        titled: Iterable[Initiative | Action] = (
            *(entry.initiative for entry in self.initiatives),
            *(entry.action for entry in self.actions),
        )
        for each in titled:
            yield each.id, each.title, each.former_names

    @cached_property
    def hidden_ids(self) -> frozenset[str]:
        """Ids of what stands in the plan but could not be read: they exist, although nothing is known of them."""
        document = self.plan_reading.document
        return frozenset(found for route in self.plan_reading.hidden for found in _ids_in(document.value_at(route)))

    @cached_property
    def hides_nameless(self) -> bool:
        """Whether something in the plan could not be read whose id is not known either."""
        document = self.plan_reading.document
        return any(
            route[-1] in _HOLDERS_OF_IDS or (isinstance(route[-1], int) and route[-2] in _HOLDERS_OF_IDS)
            for route in self.plan_reading.hidden
            if route and not any(_ids_in(document.value_at(route)))
        )

    @cached_property
    def has_results(self) -> bool:
        """Whether anything was reported, or a year closed; before that a plan is still being drawn up."""
        return any(
            actuals.is_closed
            or any(actual.state is not ValueState.UNREPORTED for actual in actuals.indicators.values())
            or any(result.result is not Result.UNREPORTED for result in actuals.actions.values())
            for actuals in self.actuals.values()
        )

    def may_hold(self, year: FiscalYear) -> bool:
        """Whether a file that could not be read, or whose year could not, may hold the results of ``year``."""
        unknown = [each.file for each in self.year_files if not each.knows_year]
        return any(year_of_file_name(file) in (None, year) for file in (*self.passed_over, *unknown))

    def holds(self, spot: Spot) -> bool:
        """Whether ``spot`` is in one of the files of this project."""
        return spot.file in self._readings

    def plan_spot(self, *keys: str | int) -> Spot:
        """Return a spot in the plan's file."""
        return Spot(self.plan_reading.document.file, keys)

    @property
    def knows_period(self) -> bool:
        """Whether the plan's period could be read, and is one."""
        return not self.is_hidden(self.plan_spot("period")) and self.plan.period.first <= self.plan.period.last

    def year_value(self, spot: Spot, year: FiscalYear) -> Spot:
        """Return the spot of a year's value in a mapping by years, however its year is spelled."""
        reading = self._readings[spot.file]
        keys = value_at(reading.document.value, reading.in_document(spot.route))
        if not isinstance(keys, Mapping) or str(year) in keys:
            return spot.at(str(year))
        return spot.at(next((key for key in keys if spells(key, year)), str(year)))

    def year_key(self, spot: Spot, year: FiscalYear) -> Spot:
        """Return the spot of a year's key in a mapping by years, however it is spelled."""
        return self.year_value(spot, year).as_key()

    @cached_property
    def _readings(self) -> Mapping[str, Reading[Plan] | Reading[Actuals]]:
        return {
            self.plan_reading.document.file: self.plan_reading,
            **{year_file.file: year_file.reading for year_file in self.year_files},
        }

    def is_hidden(self, spot: Spot) -> bool:
        """Whether what should stand at ``spot`` is in the file but could not be read."""
        return self._readings[spot.file].is_hidden(spot.route)

    def has(self, spot: Spot) -> bool:
        """Whether a file says anything at ``spot``."""
        reading = self._readings[spot.file]
        route = reading.in_document(spot.route)
        above = value_at(reading.document.value, route[:-1])
        return isinstance(above, Mapping) and route[-1] in above

    def is_hidden_below(self, spot: Spot) -> bool:
        """Whether something inside ``spot`` is in the file but could not be read."""
        return self._readings[spot.file].is_hidden_below(spot.route)

    def place(self, spot: Spot) -> Place:
        """Return the line and column of ``spot``."""
        return self._readings[spot.file].place(spot.route, key=spot.key)

    def related(self, note: Note) -> RelatedPlace:
        """Return a note with its place looked up."""
        return RelatedPlace(self.place(note.spot), note.message)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _first_of_each(entries: Iterable[tuple[str, T]]) -> dict[str, T]:
    first: dict[str, T] = {}
    for id_, entry in entries:
        first.setdefault(id_, entry)
    return first


def spells(text: str, year: FiscalYear) -> bool:
    """Whether ``text`` is a way to write ``year``."""
    try:
        return FiscalYear.parse(text) == year
    except ValueError:
        return False


def _ids_in(value: Value) -> Iterator[str]:
    """Yield every id that stands somewhere in plain values."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "id" and item is not None:
                yield str(item)
            else:
                yield from _ids_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _ids_in(item)


_HOLDERS_OF_IDS = frozenset(("viewpoints", "initiatives", "indicators", "actions"))


Source = bytes | Unreadable
"""What there is of a file before anybody reads it as YAML: its bytes, or why there are none."""


class Loaded(NamedTuple):
    """What loading a folder came to: the project, unless its plan could not be read at all, and every fault."""

    project: Project | None
    faults: tuple[Diagnostic, ...]
    files: int
    """Number of files looked at."""
    unread_files: tuple[str, ...]
    """Files of which nothing could be read."""
    unread: tuple[Place, ...]
    """Entries of other files that could not be read."""

    @property
    def errors(self) -> list[Diagnostic]:
        """The faults that are more than warnings, in the order in which they are shown."""
        return sorted((fault for fault in self.faults if fault.rule.severity is Severity.ERROR), key=in_order)

    def error(self) -> DxplanError:
        """Return the first of the errors, for those who cannot go on without a sound project."""
        fault = self.errors[0]
        at = f"{fault.place.file}:{fault.place.line}:{fault.place.column}"
        return DxplanError(Text(f"{at}: {fault.message.ja}", f"{at}: {fault.message.en}"), fault.hint)


def find(start: Path, environment: Mapping[str, str]) -> Path:
    """Return the project's folder: ``DXPLAN_DATA``, or ``data`` in ``start`` or the nearest folder above it.

    Raises UsageError where there is none.
    """
    if given := environment.get("DXPLAN_DATA"):
        if not os.path.isdir(given):  # noqa: PTH112 - pathlib raises where a folder may not be entered
            raise UsageError(
                Text(
                    f"環境変数 DXPLAN_DATA の「{given}」はフォルダーではありません",
                    f"DXPLAN_DATA names `{given}`, which is no folder",
                ),
                Text("DXPLAN_DATA を直すか、消す", "mend DXPLAN_DATA, or unset it"),
            )
        return Path(given)
    for folder in (start, *start.parents):
        for candidate in (folder / DEFAULT_FOLDER, folder):
            if os.path.exists(candidate / PLAN_FILE):  # noqa: PTH110 - as above
                return candidate
    raise UsageError(
        Text(
            f"計画が見つかりません（この場所と上のフォルダーに {DEFAULT_FOLDER}/{PLAN_FILE} がありません）",
            f"no plan found (no {DEFAULT_FOLDER}/{PLAN_FILE} here or in any folder above)",
        ),
        Text(
            "新しく始める: dxplan init、例で試す: dxplan init --example、ほかの場所の計画: --data フォルダー",
            "to begin one: dxplan init; to try an example: dxplan init --example; elsewhere: --data FOLDER",
        ),
    )


def load(folder: Path, name: str) -> Loaded:
    """Load the project in ``folder``, whose files are shown as ``name/plan.yaml``.

    Raises UsageError where there is no such folder; whatever is wrong inside it is in the result.
    """
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except PermissionError as error:
        message, hint = why(error)
        raise UsageError(Text(f"「{name}」: {message.ja}", f"`{name}`: {message.en}"), hint) from error
    except (OSError, ValueError) as error:
        raise _no_folder(name, exists=False) from error
    if not is_folder:
        raise _no_folder(name, exists=True)
    shown = _prefix(name)
    in_actuals, trouble = _names_in_actuals(folder, shown)
    year_files = [f"{ACTUALS_FOLDER}/{name}" for name in in_actuals if is_year_file(name)]
    sources = {file: _bytes(folder, f"{shown}{file}", file) for file in (PLAN_FILE, *year_files)}
    return read_all(shown, sources, trouble, list(_misplaced(folder, shown, in_actuals)))


def read_all(
    shown: str, sources: Mapping[str, Source], trouble: Sequence[Unreadable] = (), misplaced: Sequence[Unreadable] = ()
) -> Loaded:
    """Read a project from the bytes of its files, wherever they come from.

    ``sources`` names them as in the project (``plan.yaml``, which has to be among them, and ``actuals/R7.yaml``);
    they are shown with ``shown`` before their names. ``trouble`` is what is wrong with the folder of actuals,
    ``misplaced`` what lies where nothing is read.
    """
    read_sources = {
        file: read_source(f"{shown}{file}", source) if isinstance(source, bytes) else source
        for file, source in sources.items()
    }
    plan = read_sources.pop(PLAN_FILE)
    documents = [source for source in read_sources.values() if isinstance(source, Document)]
    unreadables = [source for source in (plan, *read_sources.values(), *trouble) if isinstance(source, Unreadable)]
    plan_reading = read(Plan, plan) if isinstance(plan, Document) else None
    readings = [YearFile(document.file, read(Actuals, document)) for document in documents]
    readings.sort(key=lambda year_file: year_file.trust)
    every_reading: list[Reading[Plan] | Reading[Actuals]] = [year_file.reading for year_file in readings]
    if plan_reading is not None:
        every_reading.insert(0, plan_reading)
    found = [fault for source in (*unreadables, *misplaced) for fault in source.faults]
    for reading in every_reading:
        found.extend((*reading.document.faults, *reading.faults))
    unread = [reading.document.place(route, key=True) for reading in every_reading for route in reading.hidden]
    unread_files = tuple(source.file for source in unreadables)
    results = (source.file for source in misplaced if not _is_second_plan(source.file.rsplit("/", 1)[-1]))
    passed_over = (*unread_files, *results)
    return Loaded(
        Project(plan_reading, tuple(readings), passed_over) if plan_reading is not None else None,
        tuple(found),
        len(sources),
        unread_files,
        tuple(unread),
    )


def _no_folder(name: str, *, exists: bool) -> UsageError:
    if exists:
        return UsageError(
            Text(f"「{name}」はフォルダーではありません", f"`{name}` is not a folder"),
            Text(f"{PLAN_FILE} のあるフォルダーを指定する", f"name the folder that holds {PLAN_FILE}"),
        )
    return UsageError(
        Text(f"「{name}」というフォルダーもファイルもありません", f"there is no folder or file `{name}`"),
        Text("つづりを確かめる", "check the spelling"),
    )


def _prefix(name: str) -> str:
    shown = name.replace(os.sep, "/").rstrip("/")
    return "" if shown == "." else f"{shown}/"


def _names_in_actuals(folder: Path, shown: str) -> tuple[list[str], list[Unreadable]]:
    """Return the names in the folder of actuals, and what is wrong with it."""
    name = f"{shown}{ACTUALS_FOLDER}"
    try:
        if leaves(folder, folder / ACTUALS_FOLDER):
            return [], [unreadable(name, faults.UNREADABLE_FILE, *LINK_LEAVES)]
        return sorted(os.listdir(folder / ACTUALS_FOLDER)), []  # noqa: PTH208 - names are all that is wanted
    except OSError as error:
        if error.errno == errno.ENOENT and not (folder / ACTUALS_FOLDER).is_symlink():
            return [], []
        return [], [unreadable(name, faults.UNREADABLE_FILE, *why(error))]


def _misplaced(folder: Path, shown: str, in_actuals: Iterable[str]) -> Iterator[Unreadable]:
    """Yield what looks like actuals but lies where none are read: passed over, it would count as nothing reported."""
    try:
        beside_plan = sorted(os.listdir(folder))  # noqa: PTH208 - as above
    except OSError:
        beside_plan = []  # reading the plan says why
    for name in beside_plan:
        if year := _year_in(name):
            yield _unread_actuals(f"{shown}{name}", name, year)
        elif _is_second_plan(name) and PLAN_FILE in beside_plan:
            yield unreadable(
                f"{shown}{name}",
                faults.MISPLACED_FILE,
                Text(f"「{name}」は計画として読まれません", f"`{name}` is not read as the plan"),
                Text(
                    f"計画は {PLAN_FILE} だけに書く。要らないファイルなら消す",
                    f"keep the plan in {PLAN_FILE} alone; remove this file if it is not needed",
                ),
            )
        elif "." not in name and name != ACTUALS_FOLDER and closest(_folded(name), [ACTUALS_FOLDER], _ALIKE):
            yield unreadable(
                f"{shown}{name}",
                faults.MISPLACED_FILE,
                Text(f"フォルダー「{name}」の中は読まれません", f"nothing in folder `{name}` is read"),
                Text(f"フォルダー名を {ACTUALS_FOLDER} に改める", f"rename the folder to {ACTUALS_FOLDER}"),
            )
    for name in in_actuals:
        if not is_year_file(name) and (year := _year_in(name)):
            yield _unread_actuals(f"{shown}{ACTUALS_FOLDER}/{name}", name, year)


def _unread_actuals(path: str, name: str, year: FiscalYear) -> Unreadable:
    right = f"{ACTUALS_FOLDER}/{file_of_year(year)}"
    return unreadable(
        path,
        faults.MISPLACED_FILE,
        Text(f"「{name}」は実績として読まれません", f"`{name}` is not read as actuals"),
        Text(f"{year} の実績なら {right} に改める", f"if it holds the actuals of {year}, name it {right}"),
    )


_ALIKE = 0.85
_SEEMS_YAML = re.compile(r"([^.~]+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)


def _year_in(name: str) -> FiscalYear | None:
    """Return the year that a YAML file is named after; also ``R8.yaml.txt``, as Notepad saves it, and ``R8．yaml``."""
    match = _SEEMS_YAML.fullmatch(unicodedata.normalize("NFKC", name).strip())
    return year_of_file_name(f"{match[1]}.yaml") if match else None


def _is_second_plan(name: str) -> bool:
    """Whether a file beside the plan seems to be the plan too: some programs take one name for the other."""
    match = _SEEMS_YAML.fullmatch(_folded(name).strip())
    return match is not None and match[1] == "plan" and name != PLAN_FILE


def _bytes(folder: Path, shown: str, file: str) -> Source:
    try:
        return read_bytes(folder, folder / file, MAX_BYTES + 1)
    except OSError as error:
        if error.errno == errno.ENOENT and file == PLAN_FILE:
            return unreadable(shown, faults.UNREADABLE_FILE, *_no_plan(folder))
        return unreadable(shown, faults.UNREADABLE_FILE, *why(error))


def _no_plan(folder: Path) -> tuple[Text, Text]:
    message = Text(f"{PLAN_FILE} がありません", f"there is no {PLAN_FILE}")
    try:
        beside = sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError as error:
        return why(error)
    meant = next((name for name in beside if name.casefold().startswith("plan.")), None)
    if meant:
        return message, Text(f"「{meant}」を {PLAN_FILE} に改める", f"rename `{meant}` to {PLAN_FILE}")
    return message, Text(
        f"計画を {PLAN_FILE} に書く。新しく始めるなら dxplan init、例で試すなら dxplan init --example を使う",
        f"write the plan into {PLAN_FILE}; dxplan init begins a new one, dxplan init --example writes one to try",
    )


def year_of_file_name(file: str) -> FiscalYear | None:
    """Return the fiscal year that a file of actuals is named after, or None where its name is no year."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    try:
        return FiscalYear.parse(stem)
    except ValueError:
        return None


def is_year_file(name: str) -> bool:
    """Whether a file of this name in the folder of actuals is read."""
    return _YEAR_FILE.fullmatch(name) is not None


def file_of_year(year: FiscalYear) -> str:
    """Return the one right name of a year's file: ``R7.yaml``."""
    return f"{year}.yaml"
