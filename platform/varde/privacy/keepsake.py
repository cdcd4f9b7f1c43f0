"""Secrets that are written once to a file and never changed: the whole file appears at once or not at all."""

import os
import secrets
from pathlib import Path


def keep(path: Path, content: bytes) -> bytes:
    """Store `content` unless the file is there already; returns what the file holds.

    The file is 0600 in a 0700 folder and survives a power cut once this returns. A neighbour process never reads half
    a key, and of two writers one wins.
    """
    for folder in reversed(path.parents):  # `parents=True` would leave those between as the umask says
        folder.mkdir(exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_bytes()
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return content


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
