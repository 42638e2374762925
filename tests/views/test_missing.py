"""What `status --missing` says to do next, which depends on the state of the year."""

import pytest

from dxplan.fiscal_year import FiscalYear
from dxplan.progress.missing import missing
from dxplan.views.missing import markdown
from dxplan.views.missing.text import lines
from tests.builders import project

R7 = FiscalYear.parse("R7")
PLAN = "indicators: [{id: x, name: x, monitoring: true}]\n"


@pytest.mark.parametrize(
    ("actuals", "command"),
    [
        ({"R7": ""}, "dxplan collect --year R7 --only-missing"),
        ({"R6": ""}, "dxplan rollover"),
        ({"R7": "state: closed\n"}, None),
        ({"R7": "indicators: {x: 1}\n"}, None),
    ],
)
def test_the_next_step_is_one_that_can_be_taken(actuals: dict[str, str], command: str | None) -> None:
    found = missing(project(PLAN, **actuals), R7)
    page = ["".join(text for text, _ in line) for line in lines(found, "ja")]
    said = [line.rpartition(": ")[2] for line in page if "dxplan" in line]
    assert said == ([] if command is None else [command])
    assert markdown.document(found, "ja").endswith("\n" if command is None else f": `{command}`\n")
    assert ("dxplan" in markdown.document(found, "ja")) == (command is not None)
