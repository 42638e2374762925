"""Who answers: one lead department, and those that take part; and what it costs."""

from typing import Annotated

from pydantic import Field

from dxplan.model.values import EachYearOnce, Line, Lines, Model, Number, ReadBy, YearKey


class Department(Model):
    """The departments in charge."""

    lead: Line = Field(title="主担当", description="主担当の部署。報告を求める先")
    related: Lines = Field(default=(), title="関係部署", description="関係する部署。1つか一覧で書く")


def _department(value: object) -> Department:
    return Department.model_validate({"lead": value} if isinstance(value, str) else value)


DepartmentField = Annotated[Department, ReadBy(_department, Line | Department)]


class Quantity(Model):
    """An amount with its unit: 95 データ, 12000 千円."""

    value: Number = Field(title="数量", description="数量や金額")
    unit: Line = Field(title="単位", description="例: データ、回、人、千円")


Budget = Annotated[dict[YearKey, Quantity], EachYearOnce]
