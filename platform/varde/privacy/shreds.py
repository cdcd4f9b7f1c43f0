"""The half of each data key that lies outside the database and its backups: one file per matter.

A data key is worked out from this half and the half that stands wrapped in the database. Removing the file therefore
takes the content away from the database and from every backup of it, whatever office keys survive.
KEYS_DIR/matter/<office uuid>/<data key uuid>.key, 32 bytes. All in one folder: a new one would have to reach the disk
with its first key, and takes longer than the key. A half that no row knows lies in the same way under KEYS_DIR/graves:
a newer database may come and need it.
"""

import os
import secrets
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from varde.privacy import stock
from varde.privacy.errors import CannotKeep, KeeperAway
from varde.privacy.keepsake import discard, keep, move
from varde.tenancy.door import OfficeRef


def _folder(ref: OfficeRef, kind: str = "matter") -> Path:
    return _place(settings.KEYS_DIR, kind, ref.id)


@lru_cache(maxsize=512)
def _place(keys: str | Path, kind: str, office: UUID) -> Path:
    # Put together once: a report waits for it.
    return Path(keys) / kind / str(office)


def _path(ref: OfficeRef, key_id: UUID, kind: str = "matter") -> Path:
    return _folder(ref, kind) / f"{key_id}.key"


def _grave(ref: OfficeRef, key_id: UUID) -> Path:
    return _path(ref, key_id, "graves")


def fresh_id(ref: OfficeRef) -> UUID:
    """The id of a new matter, one whose half lies ready if there is any."""
    return stock.take(_folder(ref)) or uuid4()


def unused(ref: OfficeRef) -> list[UUID]:
    """The ids whose halves were made ahead by somebody who has ended, and perhaps given to no matter."""
    return [UUID(path.stem) for path in _folder(ref).glob("*.key") if stock.left_behind(path)]


def make(ref: OfficeRef, key_id: UUID) -> bytes:
    """A new half, on the disk before this returns; the same again for a key that was rolled back, or is known to a
    newer database only. CannotKeep when the disk refuses: then whatever was to be sealed must be refused too."""
    try:
        place = _path(ref, key_id)
        ahead = stock.use(place)
        if ahead is not None:
            return ahead
        take_back(ref, key_id)
        return keep(place, secrets.token_bytes(32))
    except OSError as error:
        raise CannotKeep("Nøkkelen kunne ikke lagres, så innholdet er ikke tatt imot. Er disken full?") from error


def read(ref: OfficeRef, key_id: UUID) -> bytes | None:
    """The half, or None when it has been destroyed. KeeperAway when the folder as a whole is not at hand.

    Whoever asks has a row, so the grave counts too. Its own place is asked again at the end: the half may just have
    been taken back.
    """
    place = _path(ref, key_id)
    for path in (place, _grave(ref, key_id), place):
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            if not _folder(ref).is_dir():
                raise KeeperAway("Mappen med nøkler er ikke på plass på denne maskinen.") from error
        except OSError as error:
            raise KeeperAway("Nøkkelen kan ikke leses på denne maskinen.") from error
    return None


def hand_over(former: OfficeRef, heir: OfficeRef, key_id: UUID) -> None:
    """A copy of its own in the folder of the office that the former one has become part of; nothing for a half that is
    gone already. CannotKeep when the disk refuses."""
    half = read(former, key_id)
    if half is None:
        return
    try:
        kept = keep(_path(heir, key_id), half)
    except OSError as error:
        raise CannotKeep("Nøkkelen kunne ikke lagres. Er disken full?") from error
    if kept != half:
        raise CannotKeep("En annen nøkkel ligger på plassen.")


def destroy(ref: OfficeRef, key_id: UUID) -> bool:
    """Gone for good, also from the grave; False when it was gone already."""
    return any([discard(_path(ref, key_id)), discard(_grave(ref, key_id))])


def bury(ref: OfficeRef, key_id: UUID) -> bool:
    """Out of the way, and kept from now on for as long as backups are; False when it is not there."""
    place = _path(ref, key_id)
    try:
        os.utime(place)  # before the move: a grave that looked old would be emptied at once
        return move(place, _grave(ref, key_id))
    except FileNotFoundError:
        return False


def take_back(ref: OfficeRef, key_id: UUID) -> bool:
    """From the grave to its own place; False when there is none, or another half has taken the place."""
    try:
        return move(_grave(ref, key_id), _path(ref, key_id))
    except FileNotFoundError:
        return False


def shred_buried(ref: OfficeRef, key_id: UUID) -> bool:
    """The grave is emptied for good."""
    return discard(_grave(ref, key_id))


def older_than(ref: OfficeRef, seconds: float) -> Iterator[UUID]:
    """The keys whose halves have lain so long in their own place."""
    return _lying(_folder(ref), seconds)


def buried_before(ref: OfficeRef, seconds: float) -> Iterator[UUID]:
    """The keys whose halves have lain so long in the grave."""
    return _lying(_folder(ref, "graves"), seconds)


def _lying(folder: Path, seconds: float) -> Iterator[UUID]:
    before = time.time() - seconds
    for path in folder.glob("*.key"):
        try:
            laid = path.stat().st_mtime
        except FileNotFoundError:  # moved or destroyed while we looked
            continue
        if stock.UNUSED < laid <= before:
            yield UUID(path.stem)
