"""How much room there is. Attachments are refused first, so that the report itself always has somewhere to lie."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

_GIB = 1024**3
WARN_AT = 0.8
_database: dict[str, tuple[float, int]] = {}
_LOOK_AGAIN = 30.0


@dataclass(frozen=True, slots=True)
class Room:
    """An office's room for attachments, in bytes."""

    used: int
    most: int

    @property
    def full(self) -> bool:
        """No more is taken."""
        return self.used >= self.most

    @property
    def nearly_full(self) -> bool:
        """Time to tell somebody."""
        return self.used >= WARN_AT * self.most

    @property
    def percent(self) -> int:
        """Whole percent of the room that is used."""
        return min(100, 100 * self.used // max(self.most, 1))


def enough_disk() -> bool:
    """Is there room on this machine's disk, and in the database if its size was bounded? A disk that cannot be asked
    counts as full."""
    try:
        free = shutil.disk_usage(Path(settings.HOME)).free
    except OSError:
        return False
    if free < settings.DISK_RESERVE_GIB * _GIB:
        return False
    most = settings.DATABASE_GIB * _GIB
    return not most or _database_size() < most


def office_room(table: str) -> Room:
    """What the table of chunks takes in this office's schema; asks for its size, so it needs no right to read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        (used,) = cursor.fetchone()
    return Room(int(used), settings.ATTACHMENTS_GIB * _GIB)


def _database_size() -> int:
    """Of the whole database, looked at twice a minute: the database server may be another machine."""
    name = str(connection.settings_dict["NAME"])
    at, size = _database.get(name, (float("-inf"), 0))
    if time.monotonic() - at > _LOOK_AGAIN:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = int(cursor.fetchone()[0])
        _database[name] = (time.monotonic(), size)
    return size
