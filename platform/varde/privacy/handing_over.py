"""Two offices become one: the halves of their data keys are wrapped under the new office's key and lie in its folder.

No content is sealed anew: each key keeps its id and its office of birth, and what is sealed is bound to that. As the
owner of the tables, inside the new office's transaction.
"""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db import connection
from psycopg import sql

from varde.privacy import keepers, shreds
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import bound
from varde.tenancy.door import OfficeRef

BATCH = 200
_READ = sql.SQL("SELECT id, wrapped, made_at, destroyed_at, coalesce(born, %s) FROM {}.privacy_datakey ORDER BY id")
_LAY = (
    "INSERT INTO privacy_datakey (id, wrapped, office_key, made_at, destroyed_at, born) VALUES (%s, %s, %s, %s, %s, %s)"
)
Rows = Sequence[tuple[Any, ...]]


def take_over(former: OfficeRef, heir: OfficeRef) -> int:
    """Every data key of the former office; how many. CannotOpen when one does not open: then nothing is taken over.

    May be said again after a start that was cut short, once the rows that were laid are gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(sql.Identifier(former.schema)).as_string(), [former.id])
        rows = cursor.fetchall()
        for some in batched(rows, BATCH, strict=False):
            cursor.executemany(_LAY, _wrapped(former, heir, some))
    return len(rows)


def forget_taken() -> None:
    """The rows of an earlier try."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM privacy_datakey WHERE born IS NOT NULL")


def _wrapped(former: OfficeRef, heir: OfficeRef, rows: Rows) -> list[tuple[Any, ...]]:
    """The rows as they will lie; the files of those that live are there before this returns."""
    living = [row for row in rows if row[3] is None]
    places = [bound(born, key_id) for key_id, _, _, _, born in living]
    batch = [(bytes(row[1]), place) for row, place in zip(living, places, strict=True)]
    halves = keepers.unwrap(former, batch)
    if any(half is None for half in halves):
        raise CannotOpen("En datanøkkel lar seg ikke åpne. Ingenting er flyttet.")
    known = [(half, place) for half, place in zip(halves, places, strict=True) if half is not None]
    fresh = dict(zip((row[0] for row in living), keepers.keeper().wrap(heir, known), strict=True))
    laid = []
    for key_id, _, made_at, destroyed_at, born in rows:
        if destroyed_at is None:
            shreds.hand_over(former, heir, key_id)
        wrapped = fresh.get(key_id, b"")
        office_key = keepers.unpack(wrapped)[0] if wrapped else ""
        laid.append((key_id, wrapped, office_key, made_at, destroyed_at, born))
    return laid
