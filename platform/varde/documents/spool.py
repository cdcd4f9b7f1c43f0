"""Bytes on their way, outside memory and never in the clear: a nameless file under a key that lives in this object.

The key dies with the process, and the file has no name that anybody could find it by after a power cut.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from varde.documents import bounds
from varde.documents.kinds import HEAD_BYTES, TAIL_BYTES

_SEALED = bounds.CHUNK_BYTES + 16


class Spool:
    """Written once with `add`, ended with `close_writing`, then read as often as needed. Holds one chunk."""

    def __init__(self) -> None:
        """Raises OSError when the disk has no room."""
        folder = Path(settings.HOME) / "run" / "spool"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # lives as long as the object
        self._aes = AESGCM(secrets.token_bytes(32))
        self._rest = bytearray()
        self._blocks = 0
        self.size = 0
        self.head = b""
        self.tail = b""

    def add(self, data: bytes) -> None:
        """More bytes. Raises OSError."""
        self.size += len(data)
        if len(self.head) < HEAD_BYTES:
            self.head = (self.head + data)[:HEAD_BYTES]
        self.tail = (self.tail + data)[-TAIL_BYTES:]
        self._rest += data
        while len(self._rest) >= bounds.CHUNK_BYTES:
            self._put(bytes(self._rest[: bounds.CHUNK_BYTES]))
            del self._rest[: bounds.CHUNK_BYTES]

    def close_writing(self) -> None:
        """The last bytes. Raises OSError."""
        if self._rest:
            self._put(bytes(self._rest))
            self._rest.clear()

    def _put(self, block: bytes) -> None:
        sealed = memoryview(self._aes.encrypt(self._nonce(self._blocks), block, None))
        self._blocks += 1
        while sealed:
            sealed = sealed[os.write(self._file.fileno(), sealed) :]

    @staticmethod
    def _nonce(number: int) -> bytes:
        return number.to_bytes(12)

    def chunks(self) -> Iterator[bytes]:
        """All bytes in pieces of CHUNK_BYTES, the last one shorter."""
        for number in range(self._blocks):
            sealed = os.pread(self._file.fileno(), _SEALED, number * _SEALED)
            yield self._aes.decrypt(self._nonce(number), sealed, None)

    def discard(self) -> None:
        """Give the room back; safe to say twice."""
        self._file.close()
