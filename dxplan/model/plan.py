"""``plan.yaml``: what a municipality has promised, in the order in which its plan reads."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from dxplan.model.schedule import ScheduleField
from dxplan.model.values import (
    Direction,
    EachYearOnce,
    Entered,
    Format,
    Id,
    Line,
    Lines,
    Method,
    Model,
    MonthOrDay,
    Number,
    ReadBy,
    Series,
    Whole,
    Year,
    YearKey,
    number,
)


class Organization(Model):
    """The municipality."""

    name: Line = Field(title="団体名", description="市区町村・都道府県の名称")
    code: Line | None = Field(
        default=None,
        title="団体コード",
        description='全国地方公共団体コード6桁（検査数字を含む）。引用符で囲む: "131083"',
    )


class Period(Model):
    """The plan's period; both years are part of it."""

    first: Year = Field(alias="from", title="初年度", description="計画期間の最初の年度（例: R7）")
    last: Year = Field(alias="to", title="最終年度", description="計画期間の最後の年度（例: R11）")

    def holds(self, year: Year) -> bool:
        """Whether ``year`` lies within the period."""
        return self.first <= year <= self.last


class Baseline(Model):
    """The value before the plan."""

    year: Year = Field(title="基準年度", description="基準値の年度（計画期間より前）")
    value: Number = Field(title="基準値", description="計画前の値")
    estimate: bool = Field(default=False, title="見込み", description="true: 実績でなく見込みの値")
    reference: bool = Field(default=False, title="参考", description="true: 参考として掲げるだけで、計算には使わない")
    note: Line | None = Field(default=None, title="注", description="基準値の注記")


class Range(Model):
    """A target with bounds, both included; at least one of them is given."""

    min: Number | None = Field(default=None, title="下限", description="この値以上")
    max: Number | None = Field(default=None, title="上限", description="この値以下")


def _target(value: object) -> Number | Range:
    return Range.model_validate(value) if isinstance(value, Mapping) else number(value)


Target = Annotated[Number | Range, ReadBy(_target, float | Range)]


class Indicator(Model):
    """Something measured each year; hangs on the plan, a viewpoint or an initiative."""

    id: Id = Field(title="ID", description="変えない識別子。半角の小文字・数字・ハイフン")
    name: Line = Field(title="指標名", description="計画に印刷されたとおりの名称")
    unit: str = Field(default="", title="単位", description='例: "%"、人、回/月')
    monitoring: bool = Field(default=False, title="管理指標", description="true: 目標値を置かず、推移だけを見る")
    direction: Direction | None = Field(
        default=None,
        strict=False,
        title="方向",
        description="increase 増やす / decrease 減らす / maintain 下回らない / range 範囲に収める",
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
    baseline: Baseline | None = Field(default=None, title="基準値", description="計画前の値とその年度")
    per_year: Number | None = Field(
        default=None, title="毎年度の量", description="「毎年度70人」のような、年度ごとの目標の量"
    )
    targets: Annotated[dict[YearKey, Target], EachYearOnce] = Field(
        default_factory=dict,
        title="目標値",
        description="年度ごとの目標値。範囲は {min: 40, max: 60}。累計の指標は累計で書く",
    )
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


class Action(Model):
    """One scheduled piece of work within an initiative."""

    id: Id = Field(title="ID", description="変えない識別子。計画全体で重ならないこと")
    title: Line = Field(title="事業名", description="計画に印刷されたとおりの名称")
    schedule: ScheduleField = Field(
        title="実施年度",
        description="R8 / R7-R9 / R7-（終わりを定めず継続）/ {R7: 事務系部署, R8: [技術系部署]}",
    )
    continues: Id | None = Field(default=None, title="継続元", description="この事業が引き継ぐ、前の事業のID")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


class Relisted(Model):
    """【再掲】: an action shown under a further initiative; never counted twice."""

    relisted: Id = Field(title="再掲", description="再掲する事業のID")
    id: Id | None = Field(default=None, title="ID", description="再掲の項目自身の識別子（省略できる）")
    title: Line | None = Field(default=None, title="再掲の名称", description="元の事業名と異なる場合だけ書く")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


def _action(value: object) -> Action | Relisted:
    if isinstance(value, Mapping) and "relisted" in value:
        return Relisted.model_validate(value)
    return Action.model_validate(value)


ActionEntry = Annotated[Action | Relisted, ReadBy(_action, Action | Relisted)]


class Initiative(Model):
    """A numbered undertaking within a viewpoint."""

    id: Id = Field(title="ID", description="取組の番号")
    title: Line = Field(title="取組名", description="計画に印刷されたとおりの名称")
    summary: Line | None = Field(default=None, title="取組内容", description="取組の内容を1文で")
    themes: tuple[Line, ...] = Field(default=(), title="取組の柱", description="計画が「／」で並べる項目")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指標", description="この取組の指標")
    actions: tuple[ActionEntry, ...] = Field(default=(), title="事業", description="取組項目。再掲は {relisted: ID}")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


class Viewpoint(Model):
    """A top-level part of the plan."""

    id: Id = Field(title="ID", description="視点の番号")
    title: Line = Field(title="視点", description="計画に印刷されたとおりの名称")
    outlook: Line | None = Field(default=None, title="将来像", description="目指す姿を1文で")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指標", description="この視点の指標")
    initiatives: tuple[Initiative, ...] = Field(default=(), title="取組", description="この視点の取組")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")


class Plan(Model):
    """One municipality's plan over a period of fiscal years."""

    format: Format = Field(title="書式の版", description="いつも 1")
    title: Line = Field(title="計画名", description="計画の正式な名称")
    organization: Organization = Field(title="団体", description="計画を定めた団体")
    adopted: MonthOrDay | None = Field(
        default=None, title="策定", description="策定した年月または年月日（例: 2025-03）"
    )
    period: Period = Field(title="計画期間", description="最初と最後の年度（例: {from: R7, to: R11}）")
    vision: Line | None = Field(default=None, title="目指す姿", description="計画の標語")
    summary: Line | None = Field(default=None, title="概要", description="計画の背景とねらいを1文で")
    decimals: Annotated[Whole, Field(ge=0, le=6)] = Field(
        default=1,
        title="小数の桁数",
        description="率を何桁目まで示すか（四捨五入。既定は1）",
    )
    indicators: tuple[Indicator, ...] = Field(default=(), title="指標", description="計画全体の指標")
    viewpoints: tuple[Viewpoint, ...] = Field(default=(), title="視点", description="計画の大きな柱")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")
