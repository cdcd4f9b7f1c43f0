"""Ending a matter's key: the one deletion that also reaches the backups."""

from functools import partial
from uuid import UUID

from django.db import connection, transaction

from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.privacy import shreds
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import keyring


def destroy(*, matter_id: UUID, by: Reader, reason: str = "") -> None:
    """Make everything sealed about the matter unreadable, here and in every backup. It cannot be taken back.

    The row's half is overwritten now; the half on the disk goes when the transaction has committed, so that an action
    that fails destroys nothing. Should the machine stop in between, the hourly sweep removes it. CannotOpen when the
    transaction's ticket is neither for keys nor of somebody whom the room lets end this key: the office's login itself
    may change no key.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_destroy(%s)", [matter_id])
        if cursor.fetchone() != (True,):
            raise CannotOpen
    record(by=by, action=Action.CHANGE, what="privacy.key", ids=[matter_id], reason=reason)
    keyring().destroyed(matter_id)
    transaction.on_commit(partial(shreds.destroy, by.office, matter_id), robust=True)
