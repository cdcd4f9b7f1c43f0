"""Counts of failed attempts live in the office's database: they hold across processes and restarts.

As a cache, because that is where allauth keeps its limits and the codes that are used up. Its lock is a row here, so
of two guesses at the same account one waits for the other's commit. Everything else, and everything outside an office,
stays in the process's own memory.
"""

import datetime
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.utils.crypto import salted_hmac

from varde.clock import now
from varde.tenancy.door import current_office

_OURS = "allauth"
_ADD = (
    "INSERT INTO identity_counter (key, value, expires_at) VALUES (%s, %s::jsonb, %s)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
)
_ONLY_OVER = " WHERE identity_counter.expires_at <= %s"


class OfficeCounters(LocMemCache):
    """Keys of allauth in the office's table `identity_counter`, hashed under the server's key."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        if not _shared(key):
            return super().get(key, default, version)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value::text FROM identity_counter WHERE key = %s AND expires_at > %s", [_hashed(key), now()]
            )
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if not _shared(key):
            super().set(key, value, timeout, version)
            return
        self._put(_ADD, [_hashed(key), json.dumps(value), self._end(timeout)])

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True when it was not there; a neighbour who is adding the same is waited for."""
        if not _shared(key):
            return super().add(key, value, timeout, version)
        return self._put(_ADD + _ONLY_OVER, [_hashed(key), json.dumps(value), self._end(timeout), now()]) == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        if not _shared(key):
            return super().delete(key, version)
        return self._put("DELETE FROM identity_counter WHERE key = %s", [_hashed(key)]) == 1

    def _put(self, sql: str, values: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

    def _end(self, timeout: Any) -> datetime.datetime:
        seconds = 300.0 if timeout is None or timeout is DEFAULT_TIMEOUT else float(timeout)
        return now() + datetime.timedelta(seconds=seconds)


def _shared(key: Any) -> bool:
    return str(key).startswith(_OURS) and current_office() is not None


def _hashed(key: Any) -> str:
    return salted_hmac("varde.identity.counter", str(key), algorithm="sha256").hexdigest()
