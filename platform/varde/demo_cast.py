"""The demo's people at work: what is laid for them goes through the same actions as when they press the buttons."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.cli_errors import Complaint
from varde.clock import now, telling
from varde.identity.models import User
from varde.identity.queries import people, reader_of
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.work import work

TOLD_IN = "gjovik"
"""The kommune where the demo tells its stories; the others have places, shifts and figures alone."""


class NobodyHere(LookupError):
    """Somebody has taken the role away from everybody in this demo, so there is nobody to act as."""


def somebody(role: Role) -> User:
    """The first person with the role, or NobodyHere."""
    found = people(role)[:1]
    if not found:
        raise NobodyHere(role)
    return found[0]


@contextmanager
def acting(ref: OfficeRef, role: Role) -> Iterator[Reader]:
    """One transaction with its log, as `somebody` with the role. NobodyHere; Complaint outside of the demo."""
    _only_in_a_demo()
    with work(ref, "setup"):
        by = reader_of(somebody(role), ref)
    with acting_as(by):
        yield by


@contextmanager
def acting_as(by: Reader) -> Iterator[None]:
    """One transaction with its log, as this person. Complaint outside of the demo."""
    _only_in_a_demo()
    with office(by.office), transaction.atomic(), trail() as rows, presented(by):
        yield
        rows.flush()


def once(ref: OfficeRef, *, there: Callable[[], bool], lay: Callable[[Reader], None]) -> bool:
    """Lay a part of the stories as the coordinator; False in another kommune, when it is there, and for NobodyHere."""
    if ref.slug != TOLD_IN:
        return False
    try:
        with acting(ref, Role.COORDINATOR) as by:
            if there():
                return False
            lay(by)
    except NobodyHere:
        return False
    return True


@contextmanager
def then(**since: float) -> Iterator[None]:
    """What is laid in here happened so long ago; the log still says today. Complaint outside of the demo."""
    _only_in_a_demo()
    with telling(ago(**since)):
        yield


def ago(**since: float) -> datetime:
    """So long before now, as `timedelta` counts."""
    return now() - timedelta(**since)


def ahead(**until: float) -> datetime:
    """So long after now."""
    return now() + timedelta(**until)


def _only_in_a_demo() -> None:
    if settings.MODE not in ("demo", "test"):
        raise Complaint("Ingen handler på vegne av en annen, unntatt i demoen.")
