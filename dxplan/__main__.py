"""``python -m dxplan``."""

from dxplan.cli.main import run

run()
