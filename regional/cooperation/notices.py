"""Telling those who manage the agreement that somebody has answered, and not a word of what."""

from varde.access import Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def answered(ref: OfficeRef) -> None:
    """Mail the host's administrators that something waits."""
    tell("new", to=[person.email for person in people(Role.HOST_ADMINISTRATOR)], ref=ref)
