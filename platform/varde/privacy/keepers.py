"""The port to whoever keeps the office keys: files beside the platform, or a transit service that never lets one out.

An office key wraps data keys and nothing else. It has generations, oldest to newest, named `file-1`, `transit-2` …;
what is wrapped says under which one, so that generations live side by side while a rotation goes on.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from varde.privacy.errors import CannotOpen
from varde.tenancy.door import OfficeRef

Batch = Sequence[tuple[bytes, bytes]]
"""Pairs of (content, what it is bound to)."""

_VERSION = 1


class Keeper(Protocol):
    """Each method raises KeeperAway, with a Norwegian sentence, when the keeper cannot answer."""

    def make(self, ref: OfficeRef) -> str:
        """At birth: a first key, unless the office has one; returns the newest key's id."""

    def wrap(self, ref: OfficeRef, batch: Batch) -> list[bytes]:
        """Each content wrapped under the newest key, in the order given."""

    def unwrap(self, ref: OfficeRef, batch: Batch) -> list[bytes | None]:
        """Each content again; None for one that was changed, bound to something else, or whose key is retired."""

    def rotate(self, ref: OfficeRef) -> str:
        """A new generation, used for wrapping from now on; returns its id."""

    def retire(self, ref: OfficeRef, key_id: str) -> None:
        """End this generation and all older ones for good. ValueError for the newest."""

    def key_ids(self, ref: OfficeRef) -> list[str]:
        """The living generations, oldest first; empty for an office without a key."""

    def healthy(self, ref: OfficeRef) -> bool:
        """Can the keeper wrap and unwrap for this office right now? Never raises."""


def pack(key_id: str, body: bytes) -> bytes:
    """What is stored: version, length of the key id, key id, and what the keeper made."""
    name = key_id.encode("ascii")
    return bytes((_VERSION, len(name))) + name + body


def unpack(wrapped: bytes) -> tuple[str, bytes]:
    """(key id, what the keeper made); CannotOpen for anything that `pack` did not make."""
    if len(wrapped) < 3 or wrapped[0] != _VERSION or len(wrapped) < 2 + wrapped[1]:
        raise CannotOpen
    end = 2 + wrapped[1]
    return wrapped[2:end].decode("ascii", "replace"), wrapped[end:]


def number_of(key_id: str) -> int:
    """`file-2` -> 2; CannotOpen for anything else."""
    tail = key_id.rpartition("-")[2]
    if not tail.isdecimal():
        raise CannotOpen
    return int(tail)


def works(keeper: Keeper, ref: OfficeRef) -> bool:
    """A round trip, for `healthy`."""
    try:
        return keeper.unwrap(ref, [(keeper.wrap(ref, [(b"prove", b"health")])[0], b"health")]) == [b"prove"]
    except OSError:
        return False


def keeper() -> Keeper:
    """The one that the settings choose; new data keys are wrapped by it."""
    return _named(settings.KEEPER)


def unwrap(ref: OfficeRef, batch: Batch) -> list[bytes | None]:
    """By whichever keeper wrapped each: an office can move from files to a transit service by a rotation."""
    found: list[bytes | None] = [None] * len(batch)
    places: dict[str, list[int]] = {}
    for place, (wrapped, _) in enumerate(batch):
        places.setdefault(unpack(wrapped)[0].partition("-")[0], []).append(place)
    for name, mine in places.items():
        for place, content in zip(mine, _named(name).unwrap(ref, [batch[i] for i in mine]), strict=True):
            found[place] = content
    return found


def _named(name: str) -> Keeper:
    if name == "file":
        return _file(settings.KEYS_DIR)
    if name == "transit":
        from varde.privacy.keeper_transit import Address

        return _transit(Address(**settings.TRANSIT))
    raise CannotOpen


@lru_cache(maxsize=8)
def _file(keys: str | Path) -> Keeper:
    # It knows a folder and no key.
    from varde.privacy.keeper_file import FileKeeper

    return FileKeeper(Path(keys) / "office")


@cache
def _transit(address: object) -> Keeper:
    from varde.privacy.keeper_transit import Address, TransitKeeper

    assert isinstance(address, Address)  # noqa: S101 - for the type checker
    return TransitKeeper(address)
