"""So many at once on this machine, over all processes: a slot is a locked file, and a dead holder lets go of it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def slot(folder: Path, most: int, wait: float) -> Iterator[bool]:
    """True with one of `most` slots, or False when none came free within `wait` seconds. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = _waited(folder, most, time.monotonic() + wait)
    try:
        yield held is not None
    finally:
        if held is not None:
            os.close(held)


def _waited(folder: Path, most: int, until: float) -> int | None:
    while True:
        for number in range(most):
            held = _taken(folder / f"{number}.lock")
            if held is not None:
                return held
        if time.monotonic() >= until:
            return None
        time.sleep(0.05)


def _taken(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
