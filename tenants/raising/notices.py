"""Telling that a system matter waits or has news: never what it is about."""

from django.db import transaction

from tenants.raising.models import Raised
from varde.access import Reader, Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def to_approve(by: Reader) -> None:
    """The coordinators: something waits for them."""
    _tell([person.email for person in people(Role.COORDINATOR) if person.id != by.user_id], by.office)


def to_writer(row: Raised, by: Reader) -> None:
    """Whoever wrote it must change something."""
    _tell([person.email for person in people() if person.id == row.made_by], by.office)


def answered(row: Raised, ref: OfficeRef) -> None:
    """Whoever wrote it, and the coordinators: the leader team has said something."""
    whom = {person.email for person in people() if person.id == row.made_by}
    _tell(sorted(whom | {person.email for person in people(Role.COORDINATOR)}), ref)


def _tell(to: list[str], ref: OfficeRef) -> None:
    # After the commit; an error denies nothing.
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
