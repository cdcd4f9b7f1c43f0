"""Who the first administrator will be, sealed until the order is over: each order has a key of its own, in a file.

KEYS_DIR/orders/<order uuid>.key, 32 bytes. Destroying the file takes the person away from the row and from every
backup of it; the row itself is never changed.
"""

import json
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from varde.privacy.keepsake import discard, keep

_NONCE = 12
_DAY = 24 * 3600


def _path(order_id: UUID) -> Path:
    return Path(settings.KEYS_DIR) / "orders" / f"{order_id}.key"


def seal(order_id: UUID, person: dict[str, str]) -> bytes:
    """The person for whoever holds the file; nothing at all for nobody. OSError when the disk refuses."""
    if not person:
        return b""
    nonce = secrets.token_bytes(_NONCE)
    key = AESGCM(keep(_path(order_id), secrets.token_bytes(32)))
    return nonce + key.encrypt(nonce, json.dumps(person).encode(), order_id.bytes)


def unseal(order_id: UUID, sealed: bytes) -> dict[str, str] | None:
    """The person again; None when the key is destroyed, or the row is not the one that was sealed."""
    try:
        key = AESGCM(_path(order_id).read_bytes())
        return dict(json.loads(key.decrypt(sealed[:_NONCE], sealed[_NONCE:], order_id.bytes)))
    except (FileNotFoundError, InvalidTag, ValueError):
        return None


def forget(order_id: UUID) -> None:
    """From now on nobody can tell who it was."""
    discard(_path(order_id))


def old(order_id: UUID) -> bool:
    """Sealed more than a day ago."""
    try:
        return _path(order_id).stat().st_mtime < time.time() - _DAY
    except FileNotFoundError:
        return False


def kept() -> list[UUID]:
    """The orders whose person can still be read."""
    return ids_of((Path(settings.KEYS_DIR) / "orders").glob("*.key"))


def ids_of(paths: Iterable[Path]) -> list[UUID]:
    """The orders that the files are named by, each once. A file that somebody else laid there is left alone."""
    found: dict[UUID, None] = {}
    for path in paths:
        with suppress(ValueError):
            found[UUID(path.stem)] = None
    return list(found)
