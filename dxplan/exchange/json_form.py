"""What the JSON document of `json` holds: a versioned form of its own, in ``docs/schema/export.schema.json``.

Keys, states, reasons and methods are never translated. Figures are texts (``"0.30"``): a JSON number is a binary
floating-point number to nearly everyone who reads it, which has no last zero and no exact 0.1, while a text goes into
any decimal type digit by digit. Counts of things, and western years, are JSON numbers.
"""

from __future__ import annotations

from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12 on

FORMAT = 1
"""The version of the form."""

Figure = str
"""A number in decimal digits: ``"0.30"``, ``"-2530"``."""


class YearName(TypedDict):
    """A fiscal year: ``R7`` and 2025, the western year in which it begins."""

    fiscal_year: str
    western_year: int


class QuantityOut(TypedDict):
    """An amount with its unit."""

    value: Figure
    unit: str


class DepartmentOut(TypedDict):
    """Who answers, and who takes part."""

    lead: str
    related: list[str]


class FormerNameOut(TypedDict):
    """A former name, and the last fiscal year of its use."""

    name: str
    until: str


class RevisionOut(TypedDict):
    """A change of a target or a baseline: what stood there before; null where there was nothing."""

    date: str
    before: TargetOut | BaselineOut | None
    reason: str


class TargetOut(TypedDict):
    """A target: a value, or bounds, of which over and under are strict, or a text; words as the plan prints it."""

    value: Figure | None
    min: Figure | None
    over: Figure | None
    max: Figure | None
    under: Figure | None
    text: str | None
    words: str | None


class BaselineOut(TypedDict):
    """The value before the plan."""

    fiscal_year: str
    western_year: int
    value: Figure | None
    text: str | None
    label: str | None
    estimate: bool
    reference: bool
    in_period: bool


class ExpectedOut(TypedDict):
    """An expected value (目安値); interpolated where the plan says so instead of values."""

    value: Figure
    interpolated: bool


class EnteredOut(TypedDict):
    """A year's actual as it was reported; `met`, `grade` and `reason` are what a person decided."""

    state: str
    value: Figure | None
    counts: list[Figure] | None
    text: str | None
    preliminary: bool
    as_of: str | None
    data_year: str | None
    label: str | None
    source: str | None
    met: bool | None
    grade: str | None
    reason: str | None
    note: list[str]


class MeasuredOut(TypedDict):
    """The actual as it is held against the target, a total where totals are; `reason` says why there is none.

    `of_year` is the year's own amount within a total; `counts` are the part and the whole that a percentage comes from.
    """

    value: Figure | None
    text: str | None
    counts: list[Figure] | None
    of_year: Figure | None
    preliminary: bool
    reason: str | None


class RateOut(TypedDict):
    """A rate as the plan shows it, per cent or a ratio, and the exact fraction; or the reason why there is none."""

    shown: Figure | None
    exact: str | None
    method: str | None
    reason: str | None


class GradeOut(TypedDict):
    """A grade, or the reason why there is none."""

    label: str | None
    by_hand: bool
    reason: str | None


class OutlookOut(TypedDict):
    """What lies ahead: changes a year, and where a straight line leads; rounded to six decimals."""

    final_year: str
    years_left: int
    needed_per_year: Figure
    pace_per_year: Figure | None
    projection: Figure | None


class IndicatorYearOut(YearName):
    """One indicator, or one of its parts, in one fiscal year, judged by what was in force at its end.

    `entered` and everything computed are null where the year has no actuals yet. `against` is what it was held
    against: ``target``, ``expected``, ``interpolated`` or null.
    """

    target: TargetOut | None
    revisions: list[RevisionOut]
    expected: ExpectedOut | None
    entered: EnteredOut | None
    measured: MeasuredOut | None
    against: str | None
    achievement: RateOut | None
    progress: RateOut | None
    met: bool | None
    worse: bool | None
    grade: GradeOut | None
    outlook: OutlookOut | None


class FigureOut(TypedDict):
    """What is measured: an indicator, or one part of it."""

    id: str
    name: str
    unit: str
    direction: str | None
    method: str | None
    baseline: BaselineOut | None
    baseline_note: str | None
    baseline_revisions: list[RevisionOut]
    note: list[str]
    years: list[IndicatorYearOut]


class IndicatorOut(FigureOut):
    """One indicator with its parts, over every year of the plan, and after it where there are targets."""

    former_names: list[FormerNameOut]
    first_year: str | None
    last_year: str | None
    merged_into: str | None
    viewpoint: str | None
    initiative: str | None
    department: DepartmentOut | None
    definition: str | None
    source: str | None
    monitoring: bool
    series: str
    entered: str
    per_year: Figure | None
    judged: str
    parts: list[FigureOut]


class ActionYearOut(YearName):
    """One action in one fiscal year."""

    due: bool
    stages: list[str]
    result: str | None
    quantity: QuantityOut | None
    budget: QuantityOut | None
    settled: QuantityOut | None
    note: list[str]


class ActionOut(TypedDict):
    """One action over every year in which it is due or has a result; `schedule` is as the files write it."""

    id: str
    title: str
    former_names: list[FormerNameOut]
    department: DepartmentOut | None
    schedule: str
    open_ended: bool
    continues: str | None
    note: list[str]
    years: list[ActionYearOut]


class RelistingOut(TypedDict):
    """An action shown under a further initiative; never counted twice."""

    action: str
    id: str | None
    title: str | None
    note: list[str]


class InitiativeYearOut(YearName):
    """One initiative in one fiscal year; relisted actions are in none of the counts but `relisted`."""

    scheduled: int | None
    carried_out: int | None
    results: dict[str, int]
    relisted: int | None
    budget: QuantityOut | None
    settled: QuantityOut | None
    note: list[str]


class InitiativeOut(TypedDict):
    """One initiative."""

    id: str
    title: str
    former_names: list[FormerNameOut]
    first_year: str | None
    last_year: str | None
    merged_into: str | None
    viewpoint: str
    department: DepartmentOut | None
    summary: str | None
    themes: list[str]
    note: list[str]
    years: list[InitiativeYearOut]
    actions: list[ActionOut]
    relistings: list[RelistingOut]


class ViewpointOut(TypedDict):
    """One viewpoint."""

    id: str
    title: str
    outlook: str | None
    department: DepartmentOut | None
    note: list[str]


class BandOut(TypedDict):
    """One grade and the rates that earn it, in per cent."""

    label: str
    min: Figure | None
    over: Figure | None
    full_target: Figure | None
    by_hand: bool
    meaning: str | None


class GradingOut(TypedDict):
    """The bands from one fiscal year on; null: from the plan's beginning."""

    first_year: str | None
    by: str
    bands: list[BandOut]


class PlanOut(TypedDict):
    """The plan."""

    title: str
    organization: str
    organization_code: str | None
    adopted: str | None
    first_year: str
    last_year: str
    horizon: str | None
    start_date: str
    end_date: str
    vision: str | None
    summary: str | None
    rates: str
    methods: dict[str, str]
    progress: str
    note: list[str]
    grades: list[GradingOut]


class SummaryOut(TypedDict):
    """Counts of a year over the indicators, and over parts judged apart."""

    judged: int
    met: int
    not_met: int
    expected_met: int
    expected_not_met: int
    unjudged: int
    unreported: int
    without_value: int
    without_target: int
    monitoring: int


class ShareOut(TypedDict):
    """How many have a grade, and their share in per cent of all that have one."""

    label: str
    count: int
    share: Figure


class GradesOut(TypedDict):
    """The grades of a year; what has none is in no denominator."""

    shares: list[ShareOut]
    not_graded: int


class CorrectionOut(TypedDict):
    """One correction of what a closed year had published."""

    date: str
    id: str
    part: str | None
    before: str
    after: str
    reason: str


class YearOut(YearName):
    """One fiscal year with actuals; open is not final."""

    state: str
    published: str | None
    note: list[str]
    summary: SummaryOut
    grades: GradesOut | None
    corrections: list[CorrectionOut]


class ExportJson(TypedDict):
    """The whole document."""

    format: int
    plan: PlanOut
    years: list[YearOut]
    viewpoints: list[ViewpointOut]
    indicators: list[IndicatorOut]
    initiatives: list[InitiativeOut]
