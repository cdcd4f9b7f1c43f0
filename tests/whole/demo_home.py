"""All that `varde demo` does before it serves, as it does it, and then a proper end; PORT and VARDE_HOME as there."""

import os
import sys
from pathlib import Path

from varde.embedded.supervisor import STEPS, Demo, Step, Stopped, run


def enough(_demo: Demo) -> None:
    """As if somebody had asked it to end."""
    raise Stopped


if __name__ == "__main__":
    steps = (*STEPS, Step("Det er nok", "enough", call=enough))
    sys.exit(run(Path(os.environ["VARDE_HOME"]), os.environ["PORT"], steps=steps, children=()))
