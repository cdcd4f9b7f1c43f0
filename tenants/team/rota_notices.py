"""Telling that the rota has gaps: those who lead the team, and not a word of when."""

from tenants.team import rota_queries as queries
from varde.access import Role
from varde.identity.queries import people
from varde.rotas import notices
from varde.tenancy.door import OfficeRef


def gaps(ref: OfficeRef) -> None:
    """The coordinators; administrators where there are none."""
    notices.gaps(queries.gaps_ahead, lambda: people(Role.COORDINATOR) or people(Role.ADMINISTRATOR), ref)
