"""What every action on a call leans on: a row under a new reference, who may write in it, the end of its words."""

import secrets
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from regional.hotline.models import CONTENT, Call
from regional.hotline.reference import new_reference
from shared.post.queries import receipts
from varde.access import Reader
from varde.identity import drafts
from varde.privacy.actions import destroy
from varde.privacy.models import DataKey
from varde.refusal import Overtaken

TRIES = 5
ELSEWHERE = (
    "Samtalen er lagret fra en annen fane eller et annet vindu. Ingenting er skrevet over. "
    "Se hva som står der, og lagre på nytt hvis det du har her, skal gjelde."
)


def with_reference(call: Call) -> Call:
    """The new call, stored under a reference that nobody has."""
    for left in reversed(range(TRIES)):
        call.reference = new_reference(secrets.choice)
        try:
            with transaction.atomic():
                call.save(force_insert=True)
            break
        except IntegrityError:  # taken, perhaps by a call that this operator does not see
            if not left:
                raise
    return call


def check_page(call: Call, *, page: str, seen: int | None) -> None:
    """Raise Overtaken when another page has saved since this one was opened. None: a page that does not say."""
    if seen is not None and seen != call.revision and (not page or page != call.written_by):
        raise Overtaken(ELSEWHERE)


def unreadable(call: Call) -> bool:
    """Has the kommune said that it could not read the letter?"""
    back = receipts([call.letter_id] if call.letter_id else [])
    return any(receipt.state == "unreadable" for receipt in back.values())


def empty(call: Call) -> None:
    """Nothing of what was said stands in the row, nor the end of a number; not saved."""
    for name in CONTENT:
        setattr(call, name, "" if name == "caller" else {})
    call.masked = ""


def forget(call: Call, by: Reader) -> None:
    """What was said is gone, also from every backup. While `by` still may end the key: afterwards it is nobody's."""
    drafts.forget([call.id], by=by)
    empty(call)
    if DataKey.objects.filter(id=call.id, destroyed_at__isnull=True).exists():
        destroy(matter_id=call.id, by=by, reason="samtalen er over")


def has_key(key_id: UUID) -> bool:
    """Is there a key that has not been ended? Asked of the database, which answers for hidden ones too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_known(%s::uuid[])", [[key_id]])
        return cursor.fetchone() is not None
