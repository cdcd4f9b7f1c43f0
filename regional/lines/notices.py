"""Telling those who run the phone that somebody will ring in vain, and not a word of whom or when."""

from datetime import datetime

from regional.lines import queries
from varde.access import Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def silent(ref: OfficeRef, now: datetime) -> None:
    """Mail the host's administrators when a kommune's callers reach nobody within seven days."""
    if queries.silent_ahead(now, ref.id):
        tell("silent", to=[person.email for person in people(Role.HOST_ADMINISTRATOR)], ref=ref)
