"""A player is a process that plays a round each time it is given a line, and answers with a line of JSON."""

import json
import sys
from collections.abc import Callable
from typing import Any


def serve(play: Callable[[float], Any]) -> None:
    """Say ready, then play until nobody asks any more. What anything else prints goes to stderr."""
    out, sys.stdout = sys.stdout, sys.stderr
    out.write('"ready"\n')
    out.flush()
    for line in sys.stdin:
        out.write(json.dumps(play(float(line))) + "\n")
        out.flush()
