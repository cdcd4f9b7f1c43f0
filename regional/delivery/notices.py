"""Telling those at the phone that something is there: never what, about whom, or from where."""

from django.db import transaction

from regional.phone.queries import answering
from varde.access import Role
from varde.clock import now
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def addresses() -> list[str]:
    """Those on shift (every operator where nobody is), and who runs the phone."""
    on_shift = answering(now()) or people(Role.OPERATOR)
    return sorted({person.email for person in [*on_shift, *people(Role.HOST_ADMINISTRATOR)]})


def came_back(ref: OfficeRef) -> None:
    """Something came back and waits for a new kommune; told after the commit, and an error denies nothing."""
    to = addresses()
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)


def waits(ref: OfficeRef) -> None:
    """Something has waited too long in a kommune."""
    to = addresses()
    transaction.on_commit(lambda: tell("waits", to=to, ref=ref), robust=True)
