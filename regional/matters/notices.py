"""Telling those who take system matters in that there is something: never what, or from which kommune."""

from django.db import transaction

from regional.matters import queries
from varde.access import Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def came(ref: OfficeRef) -> None:
    """A new matter, or a word about one; to the secretary, or to the leader team where it takes them in itself."""
    roles = [Role.SECRETARY]
    if queries.leaders_take_in():
        roles.append(Role.LEADER_TEAM)
    to = [person.email for person in people(*roles) or people(Role.HOST_ADMINISTRATOR)]
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)
