"""The plan as a whole: its period, and what everything is computed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dxplan.model.grades import Grading
from dxplan.model.plan import Plan
from dxplan.progress.comparison.changes import Change, Item, Kind, Section, What
from dxplan.progress.comparison.pair import Pair


def plans(pair: Pair) -> Iterator[Change]:
    """Yield what differs of the plan's own properties."""
    item = Item(Kind.PLAN, "", pair.now.plan.title)
    for field, said in _OF_THE_PLAN.items():
        if pair.reads(pair.before.plan_spot(field), pair.now.plan_spot(field)):
            was, is_ = said(pair.before.plan), said(pair.now.plan)
            if was != is_:
                yield Change(Section.PLAN, What.CHANGED, item, field, None, (was, is_))


def _period(plan: Plan) -> str:
    horizon = f" ({plan.period.horizon})" if plan.period.horizon else ""
    return f"{plan.period.first}-{plan.period.last}{horizon}"


def _methods(plan: Plan) -> str | None:
    said = {key: getattr(plan.methods, key) for key in type(plan.methods).model_fields}
    return ", ".join(f"{key}: {method.value}" for key, method in said.items() if method is not None) or None


def _grades(plan: Plan) -> str | None:
    return "; ".join(map(_grading, plan.grades)) or None


def _grading(grading: Grading) -> str:
    bands = []
    for band in grading.bands:
        bounds = {">=": band.min, ">": band.over, ">= (100%)": band.full_target}
        said = [f"{sign} {bound:f}" for sign, bound in bounds.items() if bound is not None]
        bands.append(" ".join((band.label, *said)))
    begins = f"{grading.first}-: " if grading.first else ""
    return f"{begins}{grading.by.value}: {', '.join(bands)}"


_OF_THE_PLAN: Mapping[str, Callable[[Plan], str | None]] = {
    "title": lambda plan: plan.title,
    "organization": lambda plan: " ".join(filter(None, (plan.organization.name, plan.organization.code))),
    "period": _period,
    "vision": lambda plan: plan.vision,
    "licence": lambda plan: plan.licence,
    "methods": _methods,
    "progress": lambda plan: plan.progress.value,
    "data_year_targets": lambda plan: "true" if plan.data_year_targets else "false",
    "rates": lambda plan: plan.rates.value,
    "grades": _grades,
}
