"""Telling those who may be the second person that something waits for them: never what."""

from django.db import transaction

from regional.releases.models import Wish
from varde.access import Permission, roles_with
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def waits(row: Wish, ref: OfficeRef) -> None:
    """Not to the one who asked, who follows it; and to nobody of the command's own, which waits for no one."""
    if row.asked_by is None:
        return
    able = people(*roles_with(Permission.STATISTICS_RELEASE))
    to = sorted({person.email for person in able if person.pk != row.asked_by})
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
