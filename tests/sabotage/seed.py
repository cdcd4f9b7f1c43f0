"""The offices of the tests, built once and copied for each run of the sabotages: server data, keys and all."""

import os
import subprocess
from pathlib import Path

SOWN, LEFT = "VARDE_TEST_SEED", "VARDE_TEST_LEAVE"


def sow(home: Path) -> bool:
    """Lay a copy of the seed in this home, if there is one."""
    return _copy(os.environ.get(SOWN, ""), str(home))


def leave(home: Path) -> None:
    """Keep this home as a seed, if somebody asked for one; the servers have stopped."""
    _copy(str(home), os.environ.get(LEFT, ""))


def _copy(source: str, target: str) -> bool:
    if not (source and target):
        return False
    subprocess.run(["cp", "-a", f"{source}/.", target], check=True)
    return True
