"""Halves that lie on the disk before anybody needs them, so that a report does not wait for new files to get there.

Each has a random id of its own; a new matter may take such an id and finds its half there. A half that nobody has used
yet is dated 1970: one that an ended process left behind is told by it from the half of a matter that was rolled back.
"""

import atexit
import os
import secrets
import threading
import time
import uuid
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from varde.privacy.keepsake import sync_folder

AMOUNT, LOW = 16, 8
UNUSED = 0.0
# Seconds an id may wait for its matter; far below the age at which it counts as left behind.
LIFE = 12 * 3600.0
LEFT_BEHIND = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Ready:
    """An id whose half lies on the disk, and since when (monotonic)."""

    key_id: UUID
    since: float


_ready: defaultdict[Path, deque[Ready]] = defaultdict(deque)
_filling: set[Path] = set()
_lock = threading.Lock()


def take(folder: Path) -> UUID | None:
    """An id that nobody else is given; None when none is ready. New ones are made meanwhile, if the folder stands."""
    with _lock:
        ready = _ready[folder]
        while ready and ready[0].since < time.monotonic() - LIFE:
            _remove(folder, ready.popleft().key_id)
        found = ready.popleft() if ready else None
        fill = len(ready) < LOW and folder not in _filling
        if fill:
            _filling.add(folder)
    if fill:
        _begin(folder)
    return found.key_id if found else None


def _begin(folder: Path) -> None:
    try:
        threading.Thread(target=_fill, args=(folder,), name="halves", daemon=True).start()
    except RuntimeError:  # no more threads: whoever needs a half makes it, as when nothing lies ready
        _filling.discard(folder)


def use(path: Path) -> bytes | None:
    """The half that was made ahead under this name, dated now; None when there is none. OSError."""
    try:
        if path.stat().st_mtime != UNUSED:
            return None
        os.utime(path)
        return path.read_bytes()
    except FileNotFoundError:
        return None


def left_behind(path: Path) -> bool:
    """Made ahead, so long ago that whoever made it will not give it away any more."""
    with suppress(FileNotFoundError):  # moved or destroyed while we looked
        laid = path.stat()
        return laid.st_mtime == UNUSED and laid.st_ctime < time.time() - LEFT_BEHIND
    return False


def _fill(folder: Path) -> None:
    made: list[UUID] = []
    try:
        for _ in range(AMOUNT):
            made.append(uuid.uuid4())
            _make(_path(folder, made[-1]))
        sync_folder(folder)
        since = time.monotonic()
        _ready[folder].extend(Ready(key_id, since) for key_id in made)
    except OSError:  # a full disk, or no folder yet, is told of where somebody waits for a half
        for key_id in made:
            _remove(folder, key_id)
    finally:
        with _lock:
            _filling.discard(folder)


def _path(folder: Path, key_id: UUID) -> Path:
    return folder / f"{key_id}.key"


def _remove(folder: Path, key_id: UUID) -> None:
    """One that was made here and never given away."""
    with suppress(OSError):
        _path(folder, key_id).unlink()


def _make(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(32))
        os.utime(descriptor, (UNUSED, UNUSED))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def empty() -> None:
    """At the end of the process: what it made and never gave away goes with it."""
    with _lock:
        for folder, ready in _ready.items():
            for each in ready:
                _remove(folder, each.key_id)
        _ready.clear()


def _forget() -> None:
    """In a child: two processes must never give the same id away, and no thread came along."""
    global _lock
    _lock = threading.Lock()
    _ready.clear()
    _filling.clear()


atexit.register(empty)
os.register_at_fork(after_in_child=_forget)
