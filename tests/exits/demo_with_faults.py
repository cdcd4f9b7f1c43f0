"""`varde demo` with the planted faults in its web and worker; PORT and VARDE_HOME as for the demo."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.exits.programs import with_faults
from varde.embedded import supervisor
from varde.embedded.supervisor import Child, Demo


def _faulty(argv: Callable[[Demo], list[str]]) -> Callable[[Demo], list[str]]:
    return lambda demo: with_faults(argv(demo))


if __name__ == "__main__":
    children = tuple(Child(child.name, _faulty(child.argv), child.migrator) for child in supervisor.CHILDREN)
    sys.exit(supervisor.run(Path(os.environ["VARDE_HOME"]), os.environ["PORT"], children=children))
