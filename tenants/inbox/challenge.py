"""Proof of work for the web form when reports come in a flood: the ALTCHA protocol, PoW v2 with PBKDF2/SHA-256.

We choose a counter, derive a key from it and say the first half of the key; the browser tries counters from 0 until it
has the whole key. That costs it a second or two and us one derivation; checking costs two HMACs. No puzzle, no cookie,
nothing is stored and no address is in it.

A solution is good for one report only: the challenge is signed together with the form's client key, and a client key
can be one report only (the database sees to that). So a spent challenge needs no list, in one process or in many; all
processes check with a key derived from the installation's secret. What fails here never stops a report.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings

ALGORITHM = "PBKDF2/SHA-256"
COST = 2_000  # iterations per try
TRIES = range(1_500, 3_001)  # how many tries the one sought takes
LIFETIME = 2 * 3600  # seconds; people write for a long time, and a solution is good for one report anyway
KEY_BYTES = 32
PROOF_LIMIT = 4_000  # characters of a payload; ours has about 900


def make(office_id: UUID, client_key: str, at: float) -> dict[str, Any]:
    """A challenge as JSON data for the form with this client key, at the time `at` (seconds since 1970)."""
    nonce, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    counter = TRIES.start + secrets.randbelow(len(TRIES))
    key = derive(nonce, salt, counter, COST)
    parameters = {
        "algorithm": ALGORITHM,
        "cost": COST,
        "data": {"form": _form(office_id, client_key)},
        "expiresAt": int(at) + LIFETIME,
        "keyLength": KEY_BYTES,
        "keyPrefix": key[: KEY_BYTES // 2].hex(),
        "keySignature": _sign(office_id, "key", key),
        "nonce": nonce.hex(),
        "salt": salt.hex(),
    }
    return {"parameters": parameters, "signature": _sign(office_id, "challenge", canonical(parameters))}


def is_solved(payload: str, office_id: UUID, client_key: str, at: float) -> bool:
    """Does the payload (base64 of JSON: challenge and solution) solve a challenge of ours, made for this very form?"""
    try:
        told = json.loads(base64.b64decode(payload[:PROOF_LIMIT], validate=True))
        parameters, signature = told["challenge"]["parameters"], told["challenge"]["signature"]
        key = bytes.fromhex(told["solution"]["derivedKey"])
        ours = _same(signature, _sign(office_id, "challenge", canonical(parameters)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return (
        ours
        and parameters["expiresAt"] > at
        and _same(parameters["data"]["form"], _form(office_id, client_key))
        and _same(parameters["keySignature"], _sign(office_id, "key", key))
    )


def derive(nonce: bytes, salt: bytes, counter: int, cost: int) -> bytes:
    """The key of one try."""
    return hashlib.pbkdf2_hmac("sha256", nonce + counter.to_bytes(4), salt, cost, KEY_BYTES)


def canonical(parameters: Any) -> bytes:
    """What is signed: JSON with sorted keys and no blanks. The names and values are ASCII."""
    return json.dumps(parameters, sort_keys=True, separators=(",", ":")).encode()


def _form(office_id: UUID, client_key: str) -> str:
    return _sign(office_id, "form", client_key.encode())


def _sign(office_id: UUID, purpose: str, text: bytes) -> str:
    key = hmac.new(settings.SECRET_KEY.encode(), f"inbox.challenge.{purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(key, office_id.bytes + text, hashlib.sha256).hexdigest()


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and one.isascii() and hmac.compare_digest(one, other)
