"""How often a receipt may be tried. Nothing is stored: buckets live in this process, keyed by a hash of the address
under a key that is made at start and dies with it."""

import hashlib
import hmac
import secrets
import threading
import time
from uuid import UUID

_SECRET = secrets.token_bytes(32)
# A person mistypes a few times; a program that guesses needs 10^16. Addresses are shared by whole town halls.
PER_ADDRESS = (20, 1 / 6)  # tries at once, tries per second afterwards
PER_OFFICE = (600, 5.0)
_MOST_KEYS = 20_000


class Buckets:
    """Token buckets by key. `take` answers None when there was a token, else the seconds to wait."""

    def __init__(self, size: float, per_second: float) -> None:
        self.size, self.per_second = size, per_second
        self._levels: dict[bytes, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, key: bytes, now: float) -> int | None:
        """Take one token at the time `now` (seconds of any steady clock)."""
        with self._lock:
            if len(self._levels) > _MOST_KEYS:  # made-up addresses must not fill the memory
                self._levels.clear()
            level, at = self._levels.get(key, (self.size, now))
            level = min(self.size, level + (now - at) * self.per_second)
            fine = level >= 1
            self._levels[key] = (level - 1 if fine else level, now)
        return None if fine else max(1, int((1 - level) / self.per_second) + 1)

    def clear(self) -> None:
        """Forget everybody."""
        self._levels.clear()


_by_address = Buckets(*PER_ADDRESS)
_by_office = Buckets(*PER_OFFICE)


def wait_for_receipt(office_id: UUID, address: str) -> int | None:
    """None when this try is fine, else how many seconds to wait."""
    key = hmac.new(_SECRET, office_id.bytes + address.encode(), hashlib.sha256).digest()
    at = time.monotonic()
    waits = [_by_address.take(key, at), _by_office.take(office_id.bytes, at)]
    return max((wait for wait in waits if wait is not None), default=None)


def forget() -> None:
    """Between tests."""
    _by_address.clear()
    _by_office.clear()
