"""Small values for tests of arithmetic: an indicator in one line, a project from two snippets of YAML."""

from decimal import Decimal

from dxplan.fiscal_year import FiscalYear
from dxplan.model.actuals import Actuals
from dxplan.model.indicator import Baseline, Indicator
from dxplan.model.plan import Organization, Period, Plan
from dxplan.model.reading import Reading, read
from dxplan.model.target import Target
from dxplan.model.values import Direction, Entered, Method, Series
from dxplan.progress.terms import Terms, terms
from dxplan.project import Project, YearFile
from dxplan.source import Document
from dxplan.source import read as read_source

HEAD = """\
format: 1
title: 例示市DX推進計画
organization: {name: 例示市}
period: {from: R7, to: R9}
"""


def year(text: str) -> FiscalYear:
    return FiscalYear.parse(text)


def indicator(  # noqa: PLR0913 - as many as an indicator has
    targets: dict[str, str | Target] | None = None,
    *,
    direction: Direction | None = Direction.INCREASE,
    method: Method | None = None,
    series: Series = Series.POINT,
    entered: Entered = Entered.YEARLY,
    baseline: str | None = None,
    reference: bool = False,
    monitoring: bool = False,
) -> Indicator:
    before = None if baseline is None else Baseline(year=year("R6"), value=Decimal(baseline), reference=reference)
    return Indicator(
        id="x",
        name="指標",
        direction=direction,
        method=method,
        series=series,
        entered=entered,
        baseline=before,
        monitoring=monitoring,
        targets={
            year(key): value if isinstance(value, Target) else Target(value=Decimal(value))
            for key, value in (targets or {}).items()
        },
    )


def plan(**fields: object) -> Plan:
    """Return a plan for R7 to R9 with nothing in it."""
    bare = {"format": Decimal(1), "title": "計画", "organization": Organization(name="例示市")}
    return Plan.model_validate({**bare, "period": Period.model_validate({"from": "R7", "to": "R9"}), **fields})


def terms_of(judged: Indicator, label: str = "R7") -> Terms:
    """Return what ``judged`` is judged by in one year of a plan that adds nothing."""
    return terms(plan(), judged, year(label))


def project(plan: str, **actuals: str) -> Project:
    """Return a project; ``plan`` follows `HEAD`, each of ``R7="…"`` follows the year's own head."""
    files = [YearFile(f"actuals/{label}.yaml", _read_year(label, text)) for label, text in sorted(actuals.items())]
    files.sort(key=lambda file: file.actuals.fiscal_year)
    return Project(_read_plan(plan), tuple(files))


def _read_plan(text: str) -> Reading[Plan]:
    reading = read(Plan, _document("plan.yaml", HEAD + text))
    assert not reading.faults, reading.faults
    return reading


def _read_year(label: str, text: str) -> Reading[Actuals]:
    reading = read(Actuals, _document(f"actuals/{label}.yaml", f"format: 1\nfiscal_year: {label}\n{text}"))
    assert not reading.faults, reading.faults
    return reading


def _document(file: str, text: str) -> Document:
    document = read_source(file, text.encode())
    assert isinstance(document, Document), document
    assert not document.faults, document.faults
    return document
