"""Small texts closed under a key of the office as a whole, bound to the office and to what the text is for.

What was closed before the office had data keys (version 1, under the raw office key file) still opens.
"""

import base64
import binascii
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from varde.privacy import envelope, keepers
from varde.privacy.errors import CannotOpen, KeeperAway
from varde.privacy.keyring import OpenKey, for_purpose_key, keyring, purpose_id, purpose_of, ready
from varde.tenancy.door import OfficeRef, need_office
from varde.tenancy.work import work

__all__ = ["CannotOpen", "close", "give_key", "open_box"]

_BEFORE, _NOW = 1, 2
_NONCE = 12
# Made at birth: a page that only reads may not make a key, and anybody with the login could lay another under its id.
PURPOSES = (
    "mfa", "index", "draft", "oidc", "glass", "session", "sharing", "partners", "views",
    "receipt", "copy", "callback", "continuity", "year", "releases", "releases_words",
)  # fmt: skip


def give_key(ref: OfficeRef) -> None:
    """At birth: every office gets a key of its own, and the data keys of its own purposes under it."""
    keepers.keeper().make(ref)
    with work(ref, "keys"):
        ready(PURPOSES)


def _bound(office: UUID, purpose: str) -> bytes:
    return f"{office}\x1f{purpose}".encode()


def close(text: str, *, purpose: str) -> str:
    """The text, readable only in this office and for this purpose. Raises OSError when the key is not at hand."""
    key = for_purpose_key(purpose)
    sealed = key.seal(text.encode(), _bound(key.office, purpose))
    return base64.b64encode(bytes((_NOW,)) + sealed).decode()


def open_box(closed: str, *, purpose: str) -> str:
    """The text again; CannotOpen when it is not what was closed here."""
    try:
        raw = base64.b64decode(closed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CannotOpen from error
    if is_from_before(closed):
        return _open_before(raw, purpose)
    if raw[:1] != bytes((_NOW,)) or not envelope.is_envelope(raw[1:]):
        raise CannotOpen
    key = _key_of(raw[1:], purpose)
    return key.open(raw[1:], _bound(key.office, purpose)).decode()


def _key_of(sealed: bytes, purpose: str) -> OpenKey:
    """The office's own key for this purpose, or that of an office that has become part of it; CannotOpen for others."""
    key_id = envelope.key_of(sealed)
    if key_id == purpose_id(need_office(), purpose):
        return for_purpose_key(purpose)
    key = keyring().of(key_id)
    if key_id != purpose_of(key.office, purpose):
        raise CannotOpen
    return key


def is_from_before(text: str) -> bool:
    """Was it closed under the raw office key? False for anything that is no box at all."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return raw[:1] == bytes((_BEFORE,)) and len(raw) >= 1 + _NONCE + envelope.TAG


def _open_before(raw: bytes, purpose: str) -> str:
    try:
        key = AESGCM((Path(settings.KEYS_DIR) / "office" / f"{need_office().id}.key").read_bytes())
        return key.decrypt(raw[1 : 1 + _NONCE], raw[1 + _NONCE :], _bound(need_office().id, purpose)).decode()
    except InvalidTag as error:
        raise CannotOpen from error
    except OSError as error:
        raise KeeperAway("Kontorets nøkkel fra før finnes ikke på denne maskinen.") from error


def is_box(text: str) -> bool:
    """Does the text look like something that was closed here?"""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return raw[:1] == bytes((_NOW,)) and envelope.is_envelope(raw[1:])


def open_any(closed: str) -> str:
    """The text, for whichever of the office's own purposes it was closed; for handing an office what is its own."""
    key_id = envelope.key_of(base64.b64decode(closed)[1:])
    office = keyring().of(key_id).office
    # Not asked by trying: a purpose without a key would be given one.
    fits = next((purpose for purpose in (*PURPOSES, "review") if purpose_of(office, purpose) == key_id), None)
    if fits is None:
        raise CannotOpen
    return open_box(closed, purpose=fits)
