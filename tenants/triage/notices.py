"""Who is told that something is due: the owner, or the coordinators when the owner no longer sees the matter."""

from collections.abc import Iterable
from uuid import UUID

from tenants.inbox.queries import readers_of
from tenants.triage import queries
from varde.identity.models import User


def addresses(held: Iterable[tuple[User, UUID]]) -> list[str]:
    """Whom to tell of what these owners hold in these matters, each once.

    When an owner has left, lost the role or been shut out, the coordinators who see the matter, else all who see it:
    never anybody else.
    """
    return sorted({person.email for owner, concern_id in held for person in _holding(owner, concern_id)})


def _holding(owner: User, concern_id: UUID) -> list[User]:
    able = readers_of(concern_id)
    return [owner] if owner in able else _watching(able)


def _watching(able: list[User]) -> list[User]:
    """Of those who see a matter."""
    return [person for person in able if person in queries.coordinators()] or able


def watchers(concerns: Iterable[UUID]) -> list[str]:
    """Whom to tell that nobody has opened these. Of one that nobody may open the inbox tells (`look_for_unwatched`)."""
    return sorted({person.email for concern_id in concerns for person in _watching(readers_of(concern_id))})
