"""A call that named a matter is tied to it, by somebody who need see neither."""

from uuid import UUID

from django.db import connection, transaction

from tenants.inbox.receipts import digits_of, receipt_hash
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record


@transaction.atomic
def tie(*, concern_id: UUID, number: str, by: Reader) -> None:
    """For `calls_known`, by whoever took the call or by the post: the database looks for the matter and says nothing of
    what it found, nor does the log, where the same row stands at the new concern each time. PermissionDenied for a
    person who registers nothing."""
    if by.purpose is None:
        require(by, Permission.CONCERN_REGISTER)
    digits = digits_of(number)
    receipt = receipt_hash(by.office, digits) if digits else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT joined_name(%s, %s, %s)", [concern_id, number, receipt])
    record(by=by, action=Action.CHANGE, what="joined.named", ids=[concern_id])
