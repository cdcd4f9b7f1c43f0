"""How often a receipt may be tried, and when so many reports come that it may be a flood.

Nothing is stored and no address is kept: buckets live in this process, keyed by a hash of the address under a key that
is made at start and dies with it. With n processes the buckets are together up to n times as large. A full bucket never
stops a report; it only asks for proof of work and lays what comes without it aside for later sorting (decision 12).
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from uuid import UUID

_SECRET = secrets.token_bytes(32)
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
            if len(self._levels) > _MOST_KEYS:
                self._make_room(now)
            level = self._level(key, now)
            fine = level >= 1
            self._levels[key] = (level - 1 if fine else level, now)
        return None if fine else max(1, int((1 - level) / self.per_second) + 1)

    def is_empty(self, key: bytes, now: float) -> bool:
        """Would `take` have to wait? Takes nothing."""
        with self._lock:
            return self._level(key, now) < 1

    def clear(self) -> None:
        """Forget everybody."""
        self._levels.clear()

    def _level(self, key: bytes, now: float) -> float:
        level, at = self._levels.get(key, (self.size, now))
        return min(self.size, level + (now - at) * self.per_second)

    def _make_room(self, now: float) -> None:
        """Made-up addresses must not fill the memory; who has been quiet long enough is forgotten without loss."""
        self._levels = {key: kept for key, kept in self._levels.items() if self._level(key, now) < self.size}
        if len(self._levels) > _MOST_KEYS // 2:
            self._levels.clear()


class Gate:
    """A bucket per address within an office and one per office. (tries at once, tries per second afterwards)"""

    def __init__(self, by_address: Buckets, by_office: Buckets, clock: Callable[[], float] = time.monotonic) -> None:
        self.by_address, self.by_office, self.clock = by_address, by_office, clock

    def wait(self, office_id: UUID, address: str) -> int | None:
        """Take one of each: None, or the seconds to wait. Whoever is over takes nothing from the whole office."""
        at = self.clock()
        wait = self.by_address.take(_hidden(office_id, address), at)
        return self.by_office.take(office_id.bytes, at) if wait is None else wait

    def is_closed(self, office_id: UUID, address: str) -> bool:
        """Would the next one have to wait? Takes nothing."""
        at = self.clock()
        of_address = self.by_address.is_empty(_hidden(office_id, address), at)
        return of_address or self.by_office.is_empty(office_id.bytes, at)

    def clear(self) -> None:
        """Forget everybody."""
        self.by_address.clear()
        self.by_office.clear()


# A person mistypes a few times; a program that guesses needs 10^16. Addresses are shared by whole town halls.
RECEIPTS = Gate(Buckets(20, 1 / 6), Buckets(600, 5.0))
# A kommune gets some hundred concerns a year. A town hall where many report on one day comes near none of these.
REPORTS = Gate(Buckets(20, 1 / 60), Buckets(100, 1 / 30))
# The reporter's own copy, from the page with the receipt: whoever fetches it locks nobody out of following a receipt.
COPIES = Gate(Buckets(20, 1 / 6), Buckets(600, 5.0))
# One-time links that do not exist. A gate of its own: whoever tries them stops no holder of a receipt.
LINKS = Gate(Buckets(20, 1 / 6), Buckets(600, 5.0))
# By matter and not by address or office: no crowd elsewhere can stop anybody's first message, or their twentieth.
REPLIES = Buckets(20, 1 / 60)


def wait_for_receipt(office_id: UUID, address: str) -> int | None:
    """None when this try is fine, else how many seconds to wait."""
    return RECEIPTS.wait(office_id, address)


def wait_for_copy(office_id: UUID, address: str) -> int | None:
    """None when this fetching of one's own copy is fine, else how many seconds to wait."""
    return COPIES.wait(office_id, address)


def is_flooded(office_id: UUID, address: str) -> bool:
    """Do so many reports come (from this address, or to this office) that the next one should bring proof of work?"""
    return REPORTS.is_closed(office_id, address)


def came_in_flood(office_id: UUID, address: str) -> bool:
    """Count a report without proof of work; True when it is one too many and is laid aside for later sorting."""
    return REPORTS.wait(office_id, address) is not None


def wait_for_link(office_id: UUID, address: str) -> int | None:
    """None when this try of a one-time link is fine, else how many seconds to wait."""
    return LINKS.wait(office_id, address)


def wait_for_reply(office_id: UUID, concern_id: UUID) -> int | None:
    """None when one more message from the holder of this receipt is fine, else how many seconds to wait."""
    return REPLIES.take(_hidden(office_id, concern_id.hex), time.monotonic())


def forget() -> None:
    """Between tests."""
    RECEIPTS.clear()
    REPORTS.clear()
    LINKS.clear()
    COPIES.clear()
    REPLIES.clear()


def _hidden(office_id: UUID, address: str) -> bytes:
    return hmac.new(_SECRET, office_id.bytes + _network(address).encode(), hashlib.sha256).digest()


def _network(address: str) -> str:
    """One house has a whole /64 of IPv6 addresses; it counts as one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
