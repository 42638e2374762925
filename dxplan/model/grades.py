"""Grades (評価): bands of rates with their labels, by the year from which they apply."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dxplan.model.values import GradedBy, Line, Model, Number, Year


class Band(Model):
    """One grade and the rates that earn it, in per cent; the first band that a rate reaches is its grade."""

    label: Line = Field(title="評価の表示", description="例: A、◎、達成")
    min: Number | None = Field(default=None, title="以上", description="この率（%）以上")
    over: Number | None = Field(default=None, title="超", description="この率（%）を超える")
    full_target: Number | None = Field(
        default=None,
        title="目標が100%のとき",
        description="目標値が100%の指標では、この率（%）以上（100%を超えられない指標のための決まり）",
    )
    by_hand: bool = Field(default=False, title="人が付ける", description="true: 率からは付けず、人が理由を書いて付ける")
    meaning: Line | None = Field(default=None, title="意味", description="凡例に示す説明。例: 目標を上回った")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if self.min is not None and self.over is not None:
            raise PydanticCustomError("several_bounds", "both min and over")
        return self

    @property
    def bound(self) -> Decimal | None:
        """The rate from which the band begins, in per cent; None where it takes whatever is left."""
        return self.over if self.min is None else self.min


class Grading(Model):
    """The bands that apply from one fiscal year on."""

    first: Year | None = Field(
        default=None, alias="from", title="適用年度", description="この年度から使う。書かなければ計画の初めから"
    )
    by: GradedBy = Field(
        default=GradedBy.RATE,
        strict=False,
        title="評価する率",
        description="rate 達成率 / final 最終目標に対する率 / progress 最終目標進捗率 / "
        "pro_rata 経過年数で割り戻した進捗率",
    )
    bands: tuple[Band, ...] = Field(title="評価の区分", description="よい順に並べる。最後の区分には境を書かない")
