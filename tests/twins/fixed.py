"""What differs between two runs of the same script though nothing is hidden: chance and time. Here both are given.

Every random byte of the process (ids, nonces, tokens, receipts) comes from a seed that is set anew before each request,
and every clock stands. So answers need no cleaning before they are compared: equal means equal.
"""

import hashlib
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from types import SimpleNamespace
from typing import Any

import django.utils.timezone
import pytest

import varde.celery
import varde.clock
from tenants.inbox import limits
from varde.privacy import stock


class Fate:
    """The seed, and the time in seconds since 1970."""

    def __init__(self) -> None:
        # Behind the database's clock all the way, also after a second for each of a thousand requests: it takes no row
        # from the future.
        self.born = float(int(time.time()) - 3600)
        self.at = self.born
        self.seed("born")

    def seed(self, *what: object) -> None:
        """From here on the same bytes as whenever this was said before."""
        self._key, self._drawn = hashlib.sha256(repr(what).encode()).digest(), 0

    def draw(self, count: int) -> bytes:
        """The next bytes."""
        self._drawn += 1
        return hashlib.shake_256(self._key + self._drawn.to_bytes(8)).digest(count)

    def step(self, number: int, *what: object) -> None:
        """The beginning of a request: its own second, its own chance."""
        self.at = self.born + number
        self.seed(number, *what)


def _clock(fate: Fate) -> Any:
    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.fromtimestamp(fate.at, tz)

    return Standing


@contextmanager
def fixed() -> Iterator[Fate]:
    """Chance and time are ours inside this block."""
    fate = Fate()
    standing = SimpleNamespace(monotonic=lambda: fate.at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", fate.draw)
        patch.setattr(random, "_urandom", fate.draw)
        patch.setattr(time, "time", lambda: fate.at)
        patch.setattr(varde.clock, "datetime", _clock(fate))
        patch.setattr(django.utils.timezone, "datetime", _clock(fate))
        patch.setattr(varde.celery, "time", standing)
        for gate in (limits.RECEIPTS, limits.REPORTS):
            patch.setattr(gate, "clock", standing.monotonic)
        patch.setattr(stock, "take", lambda _folder: None)  # a thread beside would draw from the same chance
        yield fate


def day_of(fate: Fate) -> datetime:
    """The time as the product would say it."""
    return datetime.fromtimestamp(fate.at, UTC)
