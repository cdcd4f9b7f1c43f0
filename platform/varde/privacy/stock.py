"""Halves that lie on the disk before anybody needs them, so that a report does not wait for new files to get there.

Each has a random id of its own; a new matter may take such an id and finds its half there. A half that nobody has used
yet is dated 1970: one that an ended process left behind is told by it from the half of a matter that was rolled back.
"""

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
LIFE = 3600.0
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
            ready.popleft()
        found = ready.popleft() if ready else None
        fill = len(ready) < LOW and folder not in _filling
        if fill:
            _filling.add(folder)
    if fill:
        threading.Thread(target=_fill, args=(folder,), name="halves", daemon=True).start()
    return found.key_id if found else None


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
    # A full disk, or no folder yet, is told of where somebody waits for a half.
    with suppress(OSError):
        made = [_make(folder) for _ in range(AMOUNT)]
        sync_folder(folder)
        since = time.monotonic()
        _ready[folder].extend(Ready(key_id, since) for key_id in made)
    with _lock:
        _filling.discard(folder)


def _make(folder: Path) -> UUID:
    key_id = uuid.uuid4()
    path = folder / f"{key_id}.key"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(32))
        os.utime(descriptor, (UNUSED, UNUSED))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return key_id


def _forget() -> None:
    """In a child: two processes must never give the same id away, and no thread came along."""
    global _lock
    _lock = threading.Lock()
    _ready.clear()
    _filling.clear()


os.register_at_fork(after_in_child=_forget)
