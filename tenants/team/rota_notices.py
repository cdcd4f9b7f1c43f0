"""Telling that the rota has gaps: those who lead the team, and not a word of when."""

from tenants.team import rota_queries as queries
from varde.access import Role
from varde.clock import now
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef


def gaps(ref: OfficeRef) -> None:
    """Mail the coordinators when somebody is missing in the next seven days; administrators where there are none."""
    if queries.gaps_ahead(now()):
        whom = people(Role.COORDINATOR) or people(Role.ADMINISTRATOR)
        tell("rota", to=[person.email for person in whom], ref=ref)
