"""Who is told that something is due: the owner, or the coordinators when the owner is no longer here."""

from collections.abc import Iterable
from uuid import UUID

from tenants.inbox.queries import readers_of
from tenants.triage import queries
from varde.identity.models import User


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


def watchers(concerns: Iterable[UUID]) -> list[str]:
    """Whom to tell that nobody has opened these. Of one that nobody may open the inbox tells (`look_for_unwatched`)."""
    return sorted({person.email for concern_id in concerns for person in _watching(concern_id)})
