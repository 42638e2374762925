"""An indicator: something measured each year, what it is judged by, and how that changed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, NamedTuple, Self

from pydantic import Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from dxplan.fiscal_year import FiscalYear
from dxplan.language import Text
from dxplan.model.department import DepartmentField
from dxplan.model.history import FormerName, first_after, name_in
from dxplan.model.target import TargetEntry
from dxplan.model.values import (
    Decimals,
    Direction,
    EachYearOnce,
    Entered,
    Id,
    Interpolation,
    Judged,
    Line,
    Lines,
    Method,
    Model,
    MonthOrDay,
    Number,
    ReadBy,
    Series,
    Year,
    YearKey,
)


class BaselineValue(Model):
    """The value before the plan, as it stood at one time."""

    year: Year = Field(title="基準年度", description="基準値の年度（計画期間より前）")
    value: Number | None = Field(default=None, title="基準値", description="計画前の値")
    text: Line | None = Field(
        default=None, title="基準の段階", description="direction: milestone の指標で、計画前の段階（例: 未設置）"
    )
    label: Line | None = Field(
        default=None, title="期間の表示", description="年度でない期間や時点。例: 令和5年中、令和6年4月1日現在"
    )
    estimate: bool = Field(default=False, title="見込み", description="true: 実績でなく見込みの値")
    reference: bool = Field(default=False, title="参考", description="true: 参考として掲げるだけで、計算には使わない")
    in_period: bool = Field(
        default=False, title="計画期間中", description="true: 初回の調査など、計画期間中の年度の値を基準とする"
    )

    @model_validator(mode="after")
    def _value_or_text(self) -> Self:
        if self.value is None and self.text is None:
            raise PydanticCustomError("no_baseline_value", "no value")
        if self.value is not None and self.text is not None:
            raise PydanticCustomError("several_values", "more than one value")
        return self

    @property
    def essence(self) -> tuple[object, ...]:
        """What a rate is measured from; how it is labelled is not part of it."""
        return (self.year, self.value, self.text, self.reference)

    @property
    def written(self) -> str:
        """The baseline as the files write it, also for `from`: ``{year: R6, value: 11.8}``."""
        said = f"text: {self.text}" if self.value is None else f"value: {self.value:f}"
        return f"{{year: {self.year}, {said}{', reference: true' if self.reference else ''}}}"


class BaselineRevision(Model):
    """A change of the baseline while the plan runs."""

    date: MonthOrDay = Field(title="改定", description="基準値を改めた年月または年月日（例: 2026-10）")
    before: BaselineValue | None = Field(
        default=None,
        alias="from",
        title="改定前",
        description="改める前の基準値（例: {year: R6, value: 11.8}）。なかったときは書かない",
    )
    reason: Line = Field(title="理由", description="基準値を改めた理由")


class Baseline(BaselineValue):
    """The value before the plan, with its history."""

    note: Line | None = Field(default=None, title="注", description="基準値の注記")
    revisions: tuple[BaselineRevision, ...] = Field(
        default=(),
        title="改定の履歴",
        description="[{date: 2026-10, from: {year: R6, value: 11.8}, reason: 理由}]",
    )

    def undone(self, year: FiscalYear) -> int | None:
        """Return the number of the first revision after the end of ``year``; None where it was all done by then."""
        return first_after(year, [revision.date for revision in self.revisions])

    def in_force(self, year: FiscalYear) -> BaselineValue | None:
        """Return the baseline as it stood at the end of ``year``."""
        undone = self.undone(year)
        return self if undone is None else self.revisions[undone].before


Targets = Annotated[dict[YearKey, TargetEntry], EachYearOnce]
Expected = Interpolation | dict[FiscalYear, Decimal]
_BY_YEAR: TypeAdapter[dict[FiscalYear, Decimal]] = TypeAdapter(Annotated[dict[YearKey, Number], EachYearOnce])


def _expected(value: object) -> Expected:
    if isinstance(value, Mapping):
        return _BY_YEAR.validate_python(value)
    if value == Interpolation.LINEAR:
        return Interpolation.LINEAR
    raise PydanticCustomError("linear_or_years", "neither values by year nor the word linear")


ExpectedField = Annotated[Expected, ReadBy(_expected, Interpolation | dict[YearKey, Number])]


class Part(Model):
    """One of several values of an indicator (男/女, 小/中, ①②); what it does not say is as the indicator says."""

    id: Id = Field(title="ID", description="この指標のなかで重ならない識別子")
    name: Line = Field(title="内訳の名称", description="例: 男性、小学校、①")
    unit: str | None = Field(default=None, title="単位", description="指標の単位と異なる場合だけ書く")
    direction: Direction | None = Field(
        default=None, strict=False, title="方向", description="指標の方向と異なる場合だけ書く"
    )
    method: Method | None = Field(
        default=None, strict=False, title="達成率の計算方法", description="指標の計算方法と異なる場合だけ書く"
    )
    baseline: Baseline | None = Field(default=None, title="基準値", description="この内訳の基準値")
    targets: Targets = Field(default_factory=dict, title="目標値", description="この内訳の年度ごとの目標値")
    expected: ExpectedField | None = Field(default=None, title="目安値", description="この内訳の年度ごとの目安値")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


class Aim(NamedTuple):
    """What an indicator, or one of its parts, is after; what a part does not say is as the indicator says."""

    keys: tuple[str | int, ...]
    """Where it stands within the indicator; empty for the indicator itself."""
    part: str | None
    """The part's id; None for the indicator itself."""
    title: Text
    """What to call it in a message."""
    unit: str
    direction: Direction | None
    baseline: Baseline | None
    targets: Targets
    expected: Expected | None


class Indicator(Model):
    """Something measured each year; hangs on the plan, a viewpoint or an initiative."""

    id: Id = Field(title="ID", description="変えない識別子。半角の小文字・数字・ハイフン")
    name: Line = Field(title="指標名", description="計画に印刷されたとおりの名称")
    former_names: tuple[FormerName, ...] = Field(
        default=(), title="旧名称", description="[{name: 旧名称, until: R8}]。その年度までは旧名称で示す"
    )
    first: Year | None = Field(
        default=None, alias="from", title="追加年度", description="途中から加わった指標の、最初の年度"
    )
    until: Year | None = Field(default=None, title="終了年度", description="途中で終わった指標の、最後の年度")
    merged_into: Id | None = Field(default=None, title="統合先", description="この指標を統合した先の指標のID")
    unit: str = Field(default="", title="単位", description='例: "%"、人、回/月')
    definition: Line | None = Field(default=None, title="定義", description="何をどう測るか（指標の説明）")
    source: Line | None = Field(default=None, title="出典", description="値の出典（調査や統計の名称）")
    department: DepartmentField | None = Field(
        default=None,
        title="担当",
        description="担当部署。例: 情報システム課、{lead: 情報システム課, related: [総務課]}",
    )
    monitoring: bool = Field(default=False, title="管理指標", description="true: 目標値を置かず、推移だけを見る")
    direction: Direction | None = Field(
        default=None,
        strict=False,
        title="方向",
        description="increase 増やす / decrease 減らす / maintain 保つ / range 範囲に収める / milestone 段階に達する",
    )
    series: Series = Field(
        default=Series.POINT,
        strict=False,
        title="系列",
        description="point 時点の値 / annual その年度の量 / cumulative 計画期間の累計",
    )
    entered: Entered = Field(
        default=Entered.YEARLY,
        strict=False,
        title="入力の仕方",
        description="累計の指標で入力する値。yearly 各年度の量（合計は dxplan が計算） / running 公表された累計",
    )
    method: Method | None = Field(
        default=None,
        strict=False,
        title="達成率の計算方法",
        description="ratio A/T / mirror (2T−A)/T / inverse T/A / baseline (A−B)/(T−B) / none 計算しない",
    )
    decimals: Decimals | None = Field(
        default=None, title="小数の桁数", description="この指標の率を何桁目まで示すか。計画の桁数と異なる場合だけ書く"
    )
    baseline: Baseline | None = Field(default=None, title="基準値", description="計画前の値とその年度")
    per_year: Number | None = Field(
        default=None, title="毎年度の量", description="「毎年度70人」のような、年度ごとの目標の量"
    )
    targets: Targets = Field(
        default_factory=dict,
        title="目標値",
        description="年度ごとの目標値。範囲は {min: 40, max: 60}。累計の指標は累計で書く",
    )
    expected: ExpectedField | None = Field(
        default=None,
        title="目安値",
        description="目標値のない年度の目安（期待値）。{R7: 50}、または linear 直線で補う",
    )
    parts: tuple[Part, ...] = Field(
        default=(), title="内訳", description="男/女、小/中、①②のように、1つの指標が持つ複数の値"
    )
    judged: Judged = Field(
        default=Judged.TOGETHER,
        strict=False,
        title="内訳の判定",
        description="together まとめて判定する / apart 別々に判定する",
    )
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")

    def name_in(self, year: FiscalYear) -> str:
        """Return the name in use in ``year``."""
        return name_in(year, self.name, self.former_names)

    def lasts(self, year: FiscalYear) -> bool:
        """Whether the indicator is part of the plan in ``year``."""
        return (self.first is None or self.first <= year) and (self.until is None or year <= self.until)

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What the indicator itself is after, then each of its parts."""
        title = Text(f"「{self.id}」", f"`{self.id}`")
        whole = Aim((), None, title, self.unit, self.direction, self.baseline, self.targets, self.expected)
        return (whole, *(self._aim(n, part) for n, part in enumerate(self.parts)))

    def _aim(self, n: int, part: Part) -> Aim:
        return Aim(
            ("parts", n),
            part.id,
            Text(f"「{self.id}」の内訳「{part.id}」", f"part `{part.id}` of `{self.id}`"),
            self.unit if part.unit is None else part.unit,
            part.direction or self.direction,
            part.baseline,
            part.targets,
            part.expected,
        )

    @property
    def has_targets_in_parts(self) -> bool:
        """Whether its parts carry the targets (or expected values), rather than the indicator as a whole."""
        return any(part.targets or part.expected for part in self.parts)
