"""The locked file of an office that leaves: a tar in pieces, each sealed, for whoever has the passphrase alone.

Needs nothing but `cryptography`, so that the file can be opened without this platform. The layout:

    VARDE-EXPORT 1\\n
    {"salt": hex, "public": hex, "ephemeral": hex}\\n
    pieces: 4 bytes length (big-endian), then AES-256-GCM of up to 64 KiB; the last one may be empty

The passphrase becomes an X25519 key by scrypt (n=2^17, r=8, p=1). The key of the pieces is HKDF-SHA256 of the exchange
with `ephemeral`, info = "varde export 1" + ephemeral + public. Nonce: 11 bytes number and one byte, 1 for the last
piece: none can be left out, moved, or cut off at the end.
"""

import io
import json
import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"VARDE-EXPORT 1\n"
PIECE = 64 * 1024
_TAG = 16
COST = 2**17


_NOT_WHOLE = "Filen kan ikke åpnes: passordfrasen er feil, eller filen er ikke hel."


class WrongPassphrase(ValueError):
    """The file does not open with it, or is no such file, or was changed."""


def new_salt() -> bytes:
    """For one passphrase."""
    return secrets.token_bytes(16)


def private_of(passphrase: str, salt: bytes) -> X25519PrivateKey:
    """What the passphrase stands for; takes a moment and 128 MB, so that guessing does too."""
    made = Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.strip().encode())
    return X25519PrivateKey.from_private_bytes(made)


def public_of(passphrase: str, salt: bytes) -> bytes:
    """The half that the platform may keep."""
    return private_of(passphrase, salt).public_key().public_bytes_raw()


def _key(mine: X25519PrivateKey, theirs: bytes, ephemeral: bytes, public: bytes) -> AESGCM:
    shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    made = HKDF(SHA256(), 32, salt=None, info=b"varde export 1" + ephemeral + public).derive(shared)
    return AESGCM(made)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((int(last),))


class Locked(io.RawIOBase):
    """What is written here lands sealed in `to`; `close` writes the last piece."""

    def __init__(self, to: BinaryIO, *, public: bytes, salt: bytes) -> None:
        ephemeral = X25519PrivateKey.generate()
        shown = ephemeral.public_key().public_bytes_raw()
        self._to, self._number, self._held = to, 0, bytearray()
        self._aes = _key(ephemeral, public, shown, public)
        head = {"salt": salt.hex(), "public": public.hex(), "ephemeral": shown.hex()}
        to.write(MAGIC + json.dumps(head).encode() + b"\n")

    def writable(self) -> bool:
        """Only written to."""
        return True

    def write(self, data: object) -> int:
        """As of any file."""
        content = bytes(data)  # type: ignore[call-overload]
        self._held += content
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(content)

    def close(self) -> None:
        """Ends the file."""
        if not self.closed:
            self._piece(bytes(self._held), last=True)
        super().close()

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._aes.encrypt(_nonce(self._number, last), content, None)
        self._to.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def opened(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The tar again, piece by piece. WrongPassphrase, also when the end is missing."""
    if source.readline(64) != MAGIC:
        raise WrongPassphrase("Dette er ikke en fil fra Varde.")
    try:
        head = {name: bytes.fromhex(value) for name, value in json.loads(source.readline(1000)).items()}
        mine = private_of(passphrase, head["salt"])
        aes = _key(mine, head["ephemeral"], head["ephemeral"], head["public"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongPassphrase(_NOT_WHOLE) from error
    number, last = 0, False
    while not last:
        size = int.from_bytes(source.read(4), "big")
        sealed = source.read(size) if _TAG <= size <= PIECE + _TAG else b""
        content, last = _open_piece(aes, sealed, number)
        yield content
        number += 1


def _open_piece(aes: AESGCM, sealed: bytes, number: int) -> tuple[bytes, bool]:
    for last in (False, True):
        try:
            return aes.decrypt(_nonce(number, last), sealed, None), last
        except (InvalidTag, ValueError):
            continue
    raise WrongPassphrase(_NOT_WHOLE)
