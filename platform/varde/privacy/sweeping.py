"""The hourly look at the halves on the disk: what was destroyed is shredded, what no row knows is laid in the grave.

A half without a row comes from a transaction that was rolled back, or the database is older than the keys: it was
restored, or is tried out on a copy. The two cannot be told apart, so nothing is shredded for want of a row until the
longest kept backup is older than the burial, and nothing is moved while it looks like the second.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.privacy import shreds
from varde.privacy.models import DataKey
from varde.tenancy.door import OfficeRef

DAY = 24 * 3600.0
ORPHAN_AGE = 7 * DAY
# Younger ones may belong to work under way. Counted well before they would be buried, so that a restore is noticed
# while all that it lost still lies together.
SETTLED = DAY
HANDFUL = 5
SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did with an office's halves. `strays` of `halves` had no row; `refused`: so many that none of
    those was touched."""

    ended: int
    taken_back: int
    buried: int
    shredded: int
    strays: int
    halves: int
    refused: bool

    @property
    def reason(self) -> str:
        """For the log; empty when nothing was done."""
        numbers = (self.ended, self.taken_back, self.buried, self.shredded)
        if not any(numbers):
            return ""
        return "Ryddet {} slettede, {} hentet tilbake, {} lagt i graven, {} makulert fra den".format(*numbers)


def sweep(*, ref: OfficeRef, by: Reader, force: bool = False) -> Swept:
    """Run in the office, for the purpose of keys. `force` buries and shreds also when the database looks too old."""
    gone = DataKey.objects.filter(destroyed_at__isnull=False).values_list("id", flat=True)
    ended = sum(shreds.destroy(ref, key_id) for key_id in gone.iterator())
    taken_back = sum(shreds.take_back(ref, key_id) for key_id in _known(shreds.buried_before(ref, 0)))
    halves, strays = _count(ref)
    refused = strays > max(HANDFUL, SHARE * halves) and not force
    buried, shredded = (0, 0) if refused else _bury(ref)
    swept = Swept(ended, taken_back, buried, shredded, strays, halves, refused)
    if swept.reason:
        record(by=by, action=Action.CHANGE, what="privacy.key", reason=swept.reason)
    return swept


def _count(ref: OfficeRef) -> tuple[int, int]:
    settled = list(shreds.older_than(ref, SETTLED))
    return len(settled), len(_without_row(settled))


def _bury(ref: OfficeRef) -> tuple[int, int]:
    strays = _without_row([*shreds.older_than(ref, ORPHAN_AGE), *shreds.unused(ref)])
    expired = _without_row(shreds.buried_before(ref, settings.BACKUP_DAYS * DAY))
    if not strays and not expired:
        return 0, 0
    with connection.cursor() as cursor:
        # Somebody may just now be making the key that one of them was meant for: waits for their commit.
        cursor.execute("SELECT privacy_hold()")
    shredded = sum(shreds.shred_buried(ref, key_id) for key_id in _without_row(expired))
    return sum(shreds.bury(ref, key_id) for key_id in _without_row(strays)), shredded


def _without_row(key_ids: Iterable[UUID]) -> list[UUID]:
    asked = list(key_ids)
    known = set(_known(asked))
    return [key_id for key_id in asked if key_id not in known]


def _known(key_ids: Iterable[UUID]) -> list[UUID]:
    """Those with a living row, also one that is hidden from the asker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_known(%s::uuid[])", [list(key_ids)])
        return [row[0] for row in cursor.fetchall()]
