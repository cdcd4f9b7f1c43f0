"""Telling those who may approve that a report waits: never what it says."""

from django.db import transaction

from varde.access import ROLES, Permission, Reader
from varde.identity.queries import people
from varde.notify.mail import tell

_ROLES = [role for role, spec in ROLES.items() if Permission.STATISTICS_RELEASE in spec.permissions]


def waits(by: Reader) -> None:
    """A draft waits for another person than the one who made it."""
    to = [person.email for person in people(*_ROLES) if person.pk != by.user_id]
    ref = by.office
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
