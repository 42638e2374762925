"""How long the suite looks: quickly by default, and always at the same examples; ``THOROUGH=1 pytest`` looks for long.

What is tried at random (examples of hypothesis, instants of a kill) is tried less often in a quick run, never left out.
"""

import os

THOROUGH = os.environ.get("THOROUGH", "0") not in ("", "0")


def times(quick: int, thorough: int) -> int:
    """Return how often to try."""
    return thorough if THOROUGH else quick
