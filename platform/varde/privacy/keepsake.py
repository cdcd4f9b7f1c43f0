"""Secrets that are written once to a file and never changed: the whole file appears at once or not at all."""

import os
import secrets
from pathlib import Path


def keep(path: Path, content: bytes) -> bytes:
    """Store `content` unless the file is there already; returns what the file holds.

    The file is 0600 in a 0700 folder and survives a power cut once this returns, with every folder made on the way.
    A neighbour process never reads half a key, and of two writers one wins. Raises OSError when the disk refuses;
    then nothing is left behind.
    """
    _make_folders(path.parent)
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
            content = path.read_bytes()
    finally:
        draft.unlink()
    sync_folder(path.parent)  # also for the one who lost: the winner may not have come this far
    return content


def discard(path: Path) -> bool:
    """Overwrite and remove the file so that a power cut does not bring it back; False when there was none.

    Overwriting is worth little on flash disks and copying file systems: there the disk itself must be encrypted.
    """
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    sync_folder(path.parent)
    return True


def move(path: Path, to: Path) -> bool:
    """Lay the file elsewhere, at every moment in one of the places at least; False, and nothing moved, when something
    else lies there. FileNotFoundError when there is nothing to move."""
    if not path.exists():
        raise FileNotFoundError(path)
    _make_folders(to.parent)
    try:
        os.link(path, to)
    except FileExistsError:
        if path.read_bytes() != to.read_bytes():
            return False
    sync_folder(to.parent)
    path.unlink(missing_ok=True)  # not `discard`: both names are the same file
    sync_folder(path.parent)
    return True


def _make_folders(folder: Path) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):  # `parents=True` would leave those between as the umask says
        new.mkdir(exist_ok=True, mode=0o700)
        sync_folder(new.parent)


def sync_folder(folder: Path) -> None:
    """Its names survive a power cut once this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
