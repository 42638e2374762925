"""``plan.yaml``: what a municipality has promised, in the order in which its plan reads."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from dxplan.fiscal_year import FiscalYear
from dxplan.model.department import Budget, DepartmentField
from dxplan.model.grades import Grading
from dxplan.model.history import FormerName, name_in
from dxplan.model.indicator import Indicator
from dxplan.model.schedule import ScheduleField
from dxplan.model.values import (
    Decimals,
    Format,
    Id,
    Line,
    Lines,
    Method,
    Model,
    MonthOrDay,
    NegativeSign,
    ProgressBy,
    RateForm,
    ReadBy,
    Year,
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
    horizon: Year | None = Field(
        default=None, title="目標の年度", description="計画期間より後に目標値を置くときの、最も後の年度（例: R16）"
    )

    def holds(self, year: Year) -> bool:
        """Whether ``year`` lies within the period."""
        return self.first <= year <= self.last

    def aims_at(self, year: Year) -> bool:
        """Whether there may be a target for ``year``: within the period, or after it up to the horizon."""
        return self.first <= year <= max(self.last, self.horizon or self.last)


class Methods(Model):
    """How rates are computed where an indicator does not say so itself."""

    increase: Method | None = Field(
        default=None, strict=False, title="増やす指標", description="ratio / baseline / none（既定は ratio）"
    )
    decrease: Method | None = Field(
        default=None, strict=False, title="減らす指標", description="mirror / inverse / baseline / none（既定はない）"
    )
    maintain: Method | None = Field(
        default=None, strict=False, title="保つ指標", description="ratio / baseline / none（既定は none）"
    )


class Action(Model):
    """One scheduled piece of work within an initiative."""

    id: Id = Field(title="ID", description="変えない識別子。計画全体で重ならないこと")
    title: Line = Field(title="事業名", description="計画に印刷されたとおりの名称")
    former_names: tuple[FormerName, ...] = Field(
        default=(), title="旧名称", description="[{name: 旧名称, until: R8}]。その年度までは旧名称で示す"
    )
    department: DepartmentField | None = Field(
        default=None, title="担当", description="担当部署。書かなければ、上の取組の担当部署"
    )
    schedule: ScheduleField = Field(
        title="実施年度",
        description="R8 / R7-R9 / R7-（終わりを定めず継続）/ {R7: 事務系部署, R8: [技術系部署]}",
    )
    continues: Id | None = Field(default=None, title="継続元", description="この事業が引き継ぐ、前の事業のID")
    budget: Budget = Field(
        default_factory=dict, title="予算", description="年度ごとの予算額。例: {R7: {value: 12000, unit: 千円}}"
    )
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")

    def title_in(self, year: FiscalYear) -> str:
        """Return the title in use in ``year``."""
        return name_in(year, self.title, self.former_names)


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
    former_names: tuple[FormerName, ...] = Field(
        default=(), title="旧名称", description="[{name: 旧名称, until: R8}]。その年度までは旧名称で示す"
    )
    first: Year | None = Field(
        default=None, alias="from", title="追加年度", description="途中から加わった取組の、最初の年度"
    )
    until: Year | None = Field(default=None, title="終了年度", description="途中で終わった取組の、最後の年度")
    merged_into: Id | None = Field(default=None, title="統合先", description="この取組を統合した先の取組のID")
    department: DepartmentField | None = Field(
        default=None, title="担当", description="担当部署。書かなければ、上の視点の担当部署"
    )
    summary: Line | None = Field(default=None, title="取組内容", description="取組の内容を1文で")
    themes: tuple[Line, ...] = Field(default=(), title="取組の柱", description="計画が「／」で並べる項目")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指標", description="この取組の指標")
    actions: tuple[ActionEntry, ...] = Field(default=(), title="事業", description="取組項目。再掲は {relisted: ID}")
    budget: Budget = Field(
        default_factory=dict, title="予算", description="年度ごとの予算額。例: {R7: {value: 12000, unit: 千円}}"
    )
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")

    def title_in(self, year: FiscalYear) -> str:
        """Return the title in use in ``year``."""
        return name_in(year, self.title, self.former_names)

    def lasts(self, year: FiscalYear) -> bool:
        """Whether the initiative is part of the plan in ``year``."""
        return (self.first is None or self.first <= year) and (self.until is None or year <= self.until)


class Viewpoint(Model):
    """A top-level part of the plan."""

    id: Id = Field(title="ID", description="視点の番号")
    title: Line = Field(title="視点", description="計画に印刷されたとおりの名称")
    department: DepartmentField | None = Field(
        default=None, title="担当", description="担当部署。取組・指標・事業に書かなければ、この部署が担当する"
    )
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
    licence: Line | None = Field(
        default=None, title="ライセンス", description="公開するデータの利用条件（例: CC-BY-4.0）"
    )
    decimals: Decimals | None = Field(
        default=None,
        title="小数の桁数",
        description="率を何桁目まで示すか（四捨五入。既定は % で1、比で2）",
    )
    rates: RateForm = Field(
        default=RateForm.PERCENT,
        strict=False,
        title="率の示し方",
        description="percent 百分率（95.0%） / ratio 比（0.95）",
    )
    negative: NegativeSign = Field(
        default=NegativeSign.MINUS, strict=False, title="負の符号", description='負の値の示し方。"-" / ▲ / △'
    )
    methods: Methods = Field(
        default=Methods(),
        title="達成率の計算方法",
        description="指標に method がないときの計算方法。例: {decrease: mirror}",
    )
    progress: ProgressBy = Field(
        default=ProgressBy.WAY,
        strict=False,
        title="最終目標進捗率",
        description="way 基準値から最終目標値までの道のり / rate 最終目標値に対する率（達成率と同じ式）",
    )
    data_year_targets: bool = Field(
        default=False,
        title="値の年度の目標",
        description="true: 前の年度の値（data_year）を、その年度の目標値・目安値と比べる",
    )
    grades: tuple[Grading, ...] = Field(
        default=(), title="評価", description="率から評価を付ける区分。区分を改めた年度ごとに並べる"
    )
    indicators: tuple[Indicator, ...] = Field(default=(), title="指標", description="計画全体の指標")
    viewpoints: tuple[Viewpoint, ...] = Field(default=(), title="視点", description="計画の大きな柱")
    note: Lines = Field(default=(), title="注", description="計画に印刷された※の注記")
