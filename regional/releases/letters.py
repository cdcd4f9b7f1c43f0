"""What has been given out goes to every kommune of the region, to one that joins later too; and that it is withdrawn.

What was laid in the post is a row here, so that a stop in between sends nothing twice and forgets nobody.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction

from regional.releases.given import Given, all_given
from regional.releases.models import EntryKind, LedgerEntry, Sent
from shared.contracts import ReleaseGiven, ReleaseWithdrawn
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.models import Office
from varde.access import Reader
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

type Letter = ReleaseGiven | ReleaseWithdrawn


def send_letters(ref: OfficeRef) -> int:
    """Send what somebody lacks; how many letters. Each in a transaction of its own, with its row."""
    with work(ref, "returns") as by:
        wanted = list(_lacking(by))
    return sum(_sent(ref, *each) for each in wanted)


def _lacking(by: Reader) -> Iterable[tuple[LedgerEntry, Office, Letter]]:
    entries = {row.number: row for row in LedgerEntry.objects.filter(kind__in=[EntryKind.RELEASE, EntryKind.WITHDRAWN])}
    have = set(Sent.objects.values_list("entry_id", "kommune"))
    kommuner = list(Office.objects.filter(region_id=by.office.id, kind="kommune", active=True).order_by("id"))
    # Who has left the region still shows what it was given.
    those = list(Office.objects.filter(id__in={kommune for _, kommune in have}, active=True).order_by("id"))
    found = all_given()
    for one in reversed(found):
        if one.withdrawn_at is None:
            entry = entries[one.number]
            yield from ((entry, each, _given(one)) for each in kommuner if (entry.id, each.id) not in have)
    for row in entries.values():
        if row.kind == EntryKind.WITHDRAWN:
            told = entries[row.content["release"]].id
            letter = ReleaseWithdrawn(number=row.content["release"], withdrawn_at=row.at)
            know = [each for each in those if (told, each.id) in have and (row.id, each.id) not in have]
            yield from ((row, each, letter) for each in know)


def _given(one: Given) -> ReleaseGiven:
    return ReleaseGiven(
        number=one.number, period=one.period, given_at=one.at, approved_by=one.approved_by, tables=one.tables
    )


def _sent(ref: OfficeRef, entry: LedgerEntry, kommune: Office, letter: Letter) -> bool:
    """False for a kommune that is so new that it has no key to seal a letter with; it is tried again."""
    with work(ref, "returns") as by, transaction.atomic():
        if Sent.objects.filter(entry=entry, kommune=kommune.id).exists():
            return False
        letter_id = uuid.uuid4()
        try:
            send(letter, to=kommune.ref, by=by, id=letter_id)
        except NoKey:
            return False
        Sent(entry=entry, kommune=kommune.id, letter_id=letter_id, at=now()).save()
        return True
