"""Telling those who may answer that the region has written about the agreement: never what."""

from django.db import transaction

from varde.access import Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def agreement_came(ref: OfficeRef) -> None:
    """Told after the commit, and an error denies nothing."""
    to = sorted({one.email for one in people(Role.ADMINISTRATOR, Role.LEADER)})
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
