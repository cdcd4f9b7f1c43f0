"""Telling those who may approve that a report waits: never what it says."""

from django.db import transaction

from varde.access import Permission, Reader, roles_with
from varde.identity.queries import people
from varde.notify.mail import tell


def waits(by: Reader) -> None:
    """A draft waits for another person than the one who made it."""
    able = people(*roles_with(Permission.STATISTICS_RELEASE))
    to = sorted({person.email for person in able if person.pk != by.user_id})
    ref = by.office
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
