"""Text closed under the office's own key: AES-256-GCM, bound to the office and to what the text is for.

The key lies as a file outside the database and its backups, made at the office's birth and never replaced silently.
"""

import base64
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from varde.privacy.keepsake import keep
from varde.tenancy.door import OfficeRef, need_office

_VERSION = b"\x01"
_NONCE = 12


class CannotOpen(ValueError):
    """The text was changed, moved to another place, or closed under another key."""


def _path(office_id: UUID) -> Path:
    return Path(settings.KEYS_DIR) / "office" / f"{office_id}.key"


def give_key(ref: OfficeRef) -> None:
    """At birth: every office gets a key of its own."""
    keep(_path(ref.id), secrets.token_bytes(32))


def _bound(purpose: str) -> bytes:
    return f"{need_office().id}\x1f{purpose}".encode()


def close(text: str, *, purpose: str) -> str:
    """The text, readable only in this office and for this purpose. Raises OSError when the key is not at hand."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_path(need_office().id).read_bytes()).encrypt(nonce, text.encode(), _bound(purpose))
    return base64.b64encode(_VERSION + nonce + sealed).decode()


def open_box(closed: str, *, purpose: str) -> str:
    """The text again; CannotOpen when it is not what was closed here."""
    raw = base64.b64decode(closed)
    try:
        key = AESGCM(_path(need_office().id).read_bytes())
        return key.decrypt(raw[1 : 1 + _NONCE], raw[1 + _NONCE :], _bound(purpose)).decode()
    except InvalidTag as error:
        raise CannotOpen("Teksten kan ikke åpnes her.") from error
