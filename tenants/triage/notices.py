"""Who is told that something is due: the owner, or the coordinators when the owner is no longer here."""

from collections.abc import Iterable

from tenants.triage import queries
from varde.identity.models import User


def addresses(owners: Iterable[User]) -> list[str]:
    """The e-mail addresses to tell, each once; a matter whose owner has left goes to every coordinator."""
    found = list(owners)
    told = {owner.email for owner in found if owner.is_active}
    if any(not owner.is_active for owner in found):
        told |= {person.email for person in queries.coordinators()}
    return sorted(told)
