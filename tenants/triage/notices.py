"""Who is told that something is due: the owner, or the coordinators when the owner is no longer here."""

from collections.abc import Iterable
from uuid import UUID

from tenants.inbox.queries import readers_of
from tenants.triage import queries
from varde.access import Role
from varde.identity.models import User
from varde.identity.queries import people


def addresses(held: Iterable[tuple[User, UUID]]) -> list[str]:
    """Whom to tell of what these owners hold in these matters, each once.

    When an owner has left, the coordinators who see the matter, else all who see it: never anybody else.
    """
    told: set[str] = set()
    for owner, concern_id in held:
        told |= {owner.email} if owner.is_active else {person.email for person in _watching(concern_id)}
    return sorted(told)


def _watching(concern_id: UUID) -> list[User]:
    able = readers_of(concern_id)
    return [person for person in able if person in queries.coordinators()] or able


def watchers(concerns: Iterable[UUID]) -> tuple[list[str], bool]:
    """Whom to tell that nobody has opened these, and whether there is one among them that nobody may open."""
    found = [_watching(concern_id) for concern_id in concerns]
    return sorted({person.email for able in found for person in able}), any(not able for able in found)


def administrators() -> list[str]:
    """Those who can give somebody a role."""
    return [person.email for person in people(Role.ADMINISTRATOR)]
