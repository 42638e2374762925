"""``python -m dxplan``."""

import sys

from dxplan.cli.main import main

sys.exit(main())
