"""One environment for every test: Japanese, no colour, a fixed width, and nothing taken from the machine."""

import os

# Typer reads these when it is imported, so they are set before anything of ours is.
for _name in ("FORCE_COLOR", "GITHUB_ACTIONS", "TERMINAL_WIDTH", "DXPLAN_DATA", "DXPLAN_LANG", "COLUMNS"):
    os.environ.pop(_name, None)
os.environ.update(NO_COLOR="1", LANG="C.UTF-8", LC_ALL="C.UTF-8")

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from tests.thorough import THOROUGH, times  # noqa: E402

# A run that fails has failed for its change, not for its luck; luck is for the long runs. No machine is too slow.
settings.register_profile(
    "dxplan",
    max_examples=times(50, 1000),
    deadline=None,
    derandomize=not THOROUGH,
    print_blob=THOROUGH,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("dxplan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite expected output instead of comparing it")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
