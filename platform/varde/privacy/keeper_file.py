"""Office keys as files: for the demo, tests and installations without a key service.

KEYS_DIR/office/<office uuid>/<generation>.key, 32 bytes each; generation 1 may lie as KEYS_DIR/office/<uuid>.key.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from varde.privacy.errors import CannotKeep, KeeperAway
from varde.privacy.keepers import Batch, number_of, pack, unpack, works
from varde.privacy.keepsake import discard, keep
from varde.tenancy.door import OfficeRef

_NONCE = 12


@dataclass(frozen=True, slots=True)
class FileKeeper:
    """AES-256-GCM in this process, with keys read anew each time: a retired one is gone at once."""

    folder: Path

    def make(self, ref: OfficeRef) -> str:
        """The first generation, written durably."""
        living = self._files(ref)
        return f"file-{max(living)}" if living else self._new(ref, 1)

    def wrap(self, ref: OfficeRef, batch: Batch) -> list[bytes]:
        """KeeperAway when the office has no key on this machine."""
        living = self._files(ref)
        if not living:
            raise KeeperAway("Kontorets nøkkel finnes ikke på denne maskinen.")
        newest = max(living)
        key = AESGCM(_read(living[newest]))
        nonces = [secrets.token_bytes(_NONCE) for _ in batch]
        return [
            pack(f"file-{newest}", nonce + key.encrypt(nonce, content, bound))
            for nonce, (content, bound) in zip(nonces, batch, strict=True)
        ]

    def unwrap(self, ref: OfficeRef, batch: Batch) -> list[bytes | None]:
        """KeeperAway when no key of the office is on this machine; None for a single retired one."""
        living = self._files(ref)
        if not living:
            raise KeeperAway("Kontorets nøkkel finnes ikke på denne maskinen.")
        keys: dict[int, AESGCM] = {}
        return [_open(living, keys, wrapped, bound) for wrapped, bound in batch]

    def rotate(self, ref: OfficeRef) -> str:
        """One more file; of two at the same time both get the same generation."""
        return self._new(ref, max(self._files(ref), default=0) + 1)

    def retire(self, ref: OfficeRef, key_id: str) -> None:
        """Overwritten and removed."""
        living = self._files(ref)
        if number_of(key_id) >= max(living, default=0):
            raise ValueError("Den nyeste nøkkelen kan ikke slettes.")
        for number in sorted(living):
            if number <= number_of(key_id):
                discard(Path(living[number]))

    def key_ids(self, ref: OfficeRef) -> list[str]:
        """From the file names."""
        return [f"file-{number}" for number in sorted(self._files(ref))]

    def healthy(self, ref: OfficeRef) -> bool:
        """A round trip."""
        return works(self, ref)

    def _files(self, ref: OfficeRef) -> dict[int, str]:
        # Not glob, and text for paths: this is done once per report and page.
        later = os.path.join(self.folder, str(ref.id))
        first = f"{later}.key"
        found = {1: first} if os.path.exists(first) else {}
        with suppress(FileNotFoundError):
            for name in os.listdir(later):
                number, _, kind = name.partition(".")
                if kind == "key" and number.isdecimal():
                    found[int(number)] = f"{later}/{name}"
        return found

    def _new(self, ref: OfficeRef, number: int) -> str:
        try:
            keep(self.folder / str(ref.id) / f"{number}.key", secrets.token_bytes(32))
        except OSError as error:
            raise CannotKeep("Kontorets nøkkel kunne ikke lagres. Er disken full?") from error
        return f"file-{number}"


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise KeeperAway("Kontorets nøkkel kan ikke leses på denne maskinen.") from error


def _open(living: dict[int, str], keys: dict[int, AESGCM], wrapped: bytes, bound: bytes) -> bytes | None:
    key_id, body = unpack(wrapped)
    number = number_of(key_id)
    if number not in living:
        return None
    if number not in keys:
        keys[number] = AESGCM(_read(living[number]))
    try:
        return keys[number].decrypt(body[:_NONCE], body[_NONCE:], bound)
    except (InvalidTag, ValueError):  # changed, or too short to be anything
        return None
