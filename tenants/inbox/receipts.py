"""The reporter's receipt: sixteen digits worked out from a secret of the office, never stored.

The digits are an HMAC of the concern's id, so the same concern always gives the same receipt, also to a client that
asks again. The secret lies as a file outside the database and its backups: a copy of the database shows no receipt.
"""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tenants.inbox.told import Told
from varde.privacy.keepsake import keep
from varde.tenancy.door import OfficeRef

DIGITS = 16
# Asked for since the first keys were used: empty it does not count, or a retry across an upgrade would be another text.
_ADDED = {"about_staff", "first_teller", "safe_person"}
_WORDS = 40  # hex digits of a body's hash that stand for its words


def _path(office_id: UUID) -> Path:
    return Path(settings.KEYS_DIR) / "receipt" / f"{office_id}.key"


def give_key(ref: OfficeRef) -> None:
    """At birth: a kommune gets its receipt key. An existing one is never touched."""
    if ref.kind == "kommune":
        keep(_path(ref.id), secrets.token_bytes(32))


def hand_over(former: OfficeRef, heir: OfficeRef) -> None:
    """The one is part of the other now: receipts that it gave out still count. May be said again."""
    own = _path(former.id)
    for path in (own, *sorted(_former(former.id).glob("*.key"))):
        if path.exists():
            keep(_former(heir.id) / path.name, path.read_bytes())


def _former(office_id: UUID) -> Path:
    """Where the keys of those lie that have become part of this one."""
    return Path(settings.KEYS_DIR) / "receipt" / str(office_id)


@cache
def _key(path: Path) -> bytes:
    # Only birth makes a key: a new one for a folder that is not mounted would silently end every receipt given out.
    return path.read_bytes()


def _mac(ref: OfficeRef, purpose: str, text: bytes) -> bytes:
    return _said(_path(ref.id), purpose, text)


def _said(path: Path, purpose: str, text: bytes) -> bytes:
    return hmac.new(_key(path), purpose.encode() + b"\x1f" + text, hashlib.sha256).digest()


def receipt_for(ref: OfficeRef, concern_id: UUID) -> str:
    """ "1234 5678 9012 3456" """
    number = int.from_bytes(_mac(ref, "receipt", concern_id.bytes)) % 10**DIGITS
    return spaced(f"{number:0{DIGITS}d}")


def spaced(digits: str) -> str:
    """Digits in groups of four, as they are read aloud."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def digits_of(typed: str) -> str | None:
    """The sixteen digits of what somebody typed, with or without blanks and hyphens; None for anything else."""
    digits = re.sub(r"[\s.-]", "", typed) if len(typed) <= 60 else ""
    return digits if re.fullmatch(r"[0-9]{16}", digits) else None


def receipt_hash(ref: OfficeRef, digits: str) -> str:
    """What is stored instead of the receipt."""
    return _mac(ref, "lookup", digits.encode()).hex()


def receipt_hashes(ref: OfficeRef, digits: str) -> list[str]:
    """What may be stored of it: as this office would, and as each would that has become part of it."""
    former = sorted(_former(ref.id).glob("*.key"))
    return [receipt_hash(ref, digits), *(_said(path, "lookup", digits.encode()).hex() for path in former)]


def client_key_id(ref: OfficeRef, client_key: str) -> UUID:
    """The Idempotency-Key as the id of its row, so that the database itself lets it exist only once."""
    return UUID(bytes=_mac(ref, "client", client_key.encode())[:16])


def body_hash(ref: OfficeRef, told: Told, files: str = "") -> str:
    """Keyed, because a short text could be guessed from a plain hash. With `files` its end says which files came."""
    words = {name: value for name, value in asdict(told).items() if value or name not in _ADDED}
    for own in ("sorted_later", "safe_apart"):  # ours: the same report may be sent again after the flood
        words.pop(own, None)
    said = _mac(ref, "body", json.dumps(words, sort_keys=True, default=str).encode()).hex()
    return said[:_WORDS] + _mac(ref, "files", files.encode()).hex()[_WORDS:] if files else said


def is_same_body(used: str, body: str, files: str) -> bool:
    """Is it what was sent before? Files that are not sent again lie here already; others were never here."""
    end = len(body) if files else _WORDS
    return hmac.compare_digest(used[:end], body[:end])
