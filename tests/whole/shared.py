"""What takes long to make and is the same for all processes of a run: the first who asks makes it, all copy it."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

FOLDER, PLACE = "VARDE_TEST_SHARED", "VARDE_TEST_PLACE"


def lay() -> Path | None:
    """The run's folder, by the process that starts the others; None for those."""
    if FOLDER in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix="varde-shared-", dir=os.environ.get(PLACE)))
    folder.chmod(0o711)
    os.environ[FOLDER] = str(folder)
    return folder


def remove(folder: Path | None) -> None:
    """After the run, by the one that laid it."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ[FOLDER]


def copied(name: str, make: Callable[[Path], bool], target: Path) -> bool:
    """Lay a copy of what `make` puts in a folder in `target`; False when no run shares, or it cannot be shared.

    `make` says whether what it made may be copied. Two who ask at once wait for the first.
    """
    if FOLDER not in os.environ:
        return False
    folder = Path(os.environ[FOLDER])
    made, refused = folder / name, folder / f"{name}.not"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists() and not refused.exists():
            work = folder / f"{name}.new"
            work.mkdir()
            if make(work):
                work.rename(made)
            else:
                refused.touch()
    if made.exists():
        subprocess.run(["cp", "-a", f"{made}/.", target], check=True)
    return made.exists()
