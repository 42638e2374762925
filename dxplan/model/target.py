"""What is aimed at in a year: a number, bounds, or a stage in words; and how it was revised."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from dxplan.fiscal_year import FiscalYear
from dxplan.model.history import first_after
from dxplan.model.values import Direction, Line, Model, MonthOrDay, Number, ReadAmong, ReadBy


class TargetValue(Model):
    """A target as it stood at one time: one number, or bounds, or a text that a person judges."""

    value: Number | None = Field(default=None, title="目標値", description="目標の数値。方向（direction）で判定する")
    min: Number | None = Field(default=None, title="以上", description="この値以上")
    over: Number | None = Field(default=None, title="超", description="この値を超える（この値は含まない）")
    max: Number | None = Field(default=None, title="以下", description="この値以下")
    under: Number | None = Field(default=None, title="未満", description="この値未満（この値は含まない）")
    text: Line | None = Field(
        default=None, title="目標の段階", description="文字の目標（検討、試行、実施など）。direction: milestone で使う"
    )
    words: Line | None = Field(
        default=None, title="印刷された目標", description="計画に印刷されたとおりの目標。例: 50%以上、90分程度"
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = (self.value is not None) + (self.text is not None) + bool(self.bounds)
        if kinds > 1 or None not in (self.min, self.over) or None not in (self.max, self.under):
            raise PydanticCustomError("several_targets", "more than one target for a year")
        if kinds == 0 and self.words is not None and _holds_a_number(self.words):
            raise PydanticCustomError("no_target", "the number is in the words alone")
        if not self.is_stated and not self._may_be_dropped():
            raise PydanticCustomError("no_target", "no target")
        return self

    def _may_be_dropped(self) -> bool:
        return False

    @property
    def is_stated(self) -> bool:
        """Whether anything is aimed at; not where a target was dropped."""
        return bool(self.bounds) or any(each is not None for each in (self.value, self.text, self.words))

    @property
    def is_in_words(self) -> bool:
        """Whether only a person can judge it: a stage (試行), or words without a number (前年度より増加)."""
        return self.value is None and not self.bounds

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """The bounds given, from below and from above."""
        return tuple(bound for bound in (self.lower, self.upper) if bound is not None)

    @property
    def lower(self) -> Decimal | None:
        """The bound from below, included or not."""
        return self.over if self.min is None else self.min

    @property
    def upper(self) -> Decimal | None:
        """The bound from above, included or not."""
        return self.under if self.max is None else self.max

    @property
    def number(self) -> Decimal | None:
        """The one number aimed at: the value or the only bound; None for a range and for a text."""
        if self.value is not None:
            return self.value
        return self.bounds[0] if len(self.bounds) == 1 else None

    @property
    def essence(self) -> tuple[object, ...]:
        """What decides whether it is met; printed words count only where there is nothing else."""
        stands = (self.value, self.min, self.over, self.max, self.under, self.text)
        return (*stands, None if any(each is not None for each in stands) else self.words)

    @property
    def written(self) -> str:
        """The target as the files write it, also for `from`: ``95``, ``{min: 40, max: 60}``, ``試行``."""
        if self.value is not None:
            return f"{self.value:f}"
        bounds = {"min": self.min, "over": self.over, "max": self.max, "under": self.under}
        if said := [f"{key}: {bound:f}" for key, bound in bounds.items() if bound is not None]:
            return f"{{{', '.join(said)}}}"
        return self.text or f"{{words: {self.words}}}"


def _holds_a_number(words: str) -> bool:
    """Whether words such as 90%以上 are a number to compute with, which belongs in a key of its own."""
    from dxplan.model.printed import as_target  # noqa: PLC0415 - hardly any target is in words alone

    return as_target(words) is not None


def _target_value(value: object) -> TargetValue:
    if isinstance(value, Mapping):
        return TargetValue.model_validate(value)
    return TargetValue.model_validate({"text" if isinstance(value, str) else "value": value})


class Revision(Model):
    """A change of a target while the plan runs."""

    date: MonthOrDay = Field(title="改定", description="目標を改めた年月または年月日（例: 2026-10）")
    before: Annotated[TargetValue, ReadBy(_target_value, float | Line | TargetValue)] | None = Field(
        default=None, alias="from", title="改定前", description="改める前の目標。なかったときは書かない"
    )
    reason: Line = Field(title="理由", description="目標を改めた理由")


class Target(TargetValue):
    """A year's target with its history."""

    revisions: tuple[Revision, ...] = Field(
        default=(),
        title="改定の履歴",
        description="[{date: 2026-10, from: 95, reason: 理由}]。年度の終わりより後の改定は、その年度の判定に使わない",
    )

    def _may_be_dropped(self) -> bool:
        return bool(self.revisions)

    @property
    def standing(self) -> TargetValue | None:
        """The target as it stands now; None where it was dropped."""
        return self if self.is_stated else None

    def undone(self, year: FiscalYear) -> int | None:
        """Return the number of the first revision after the end of ``year``; None where it was all done by then."""
        return first_after(year, [revision.date for revision in self.revisions])

    def in_force(self, year: FiscalYear) -> TargetValue | None:
        """Return the target as it stood at the end of ``year``: the past is judged by what was in force then."""
        if self.revisions and (undone := self.undone(year)) is not None:
            return self.revisions[undone].before
        return self.standing


def _target(value: object, info: ValidationInfo) -> Target:
    if isinstance(value, Mapping | Target):
        return Target.model_validate(value)
    staged = info.data.get("direction", Direction.MILESTONE) in (Direction.MILESTONE, None)
    return Target.model_validate({"text" if isinstance(value, str) and staged else "value": value})


def is_same_target(one: TargetValue | None, other: TargetValue | None) -> bool:
    """Whether two targets aim at the same; None is no target."""
    return one is other if one is None or other is None else one.essence == other.essence


def tells_of(now: Target | None, then: Target | None) -> bool:
    """Whether the history of ``now`` says, in a revision that ``then`` does not have, what stood there ``then``."""
    known = () if then is None else then.revisions
    before = None if then is None else then.standing
    new = () if now is None else [each for each in now.revisions if each not in known]
    return any(is_same_target(each.before, before) for each in new)


TargetEntry = Annotated[Target, ReadAmong(_target, float | Line | Target)]
