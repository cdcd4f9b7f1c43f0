"""Who is told that something is due: the owner, then those whom the rota names, then the coordinators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants.inbox.queries import readers_of
from tenants.team import rota_queries
from tenants.triage import escalation, queries
from tenants.triage.escalation import Call, Told
from tenants.triage.reminders import Due
from varde.identity.models import User


@dataclass(frozen=True, slots=True)
class Watch:
    """Who has the phone at a time, who comes next on the rota, and the coordinators; asked once a round."""

    on_duty: list[User]
    line: list[User]
    coordinators: list[User]

    @classmethod
    def at(cls, moment: datetime) -> "Watch":
        """As it is at a time."""
        return cls(rota_queries.answering(moment), rota_queries.in_line(moment), queries.coordinators())

    def next_call(self, concern_id: UUID, told: Iterable[Told[User]], owner: User | None = None) -> Call[User] | None:
        """Whom to tell next of a matter: only those who see it, and nobody twice."""
        able = readers_of(concern_id)
        levels = escalation.chain(
            [one for one in self.on_duty if one in able],
            [one for one in self.line if one in able and one != owner],
            _watching(able, self.coordinators),
        )
        return escalation.next_call(levels, told, [owner] if owner else [])


def addresses(held: Iterable[tuple[User | None, UUID]]) -> list[str]:
    """Whom to tell of what these owners hold in these matters, each once.

    When there is no owner, or one who has left, lost the role or been shut out, the coordinators who see the matter,
    else all who see it: never anybody else.
    """
    return sorted({person.email for owner, concern_id in held for person in _holding(owner, concern_id)})


def addresses_of(one: Due) -> list[str]:
    """The same of something that is due; where it is about no matter its owner, or the coordinators."""
    if one.concern_id is not None:
        return addresses([(one.owner, one.concern_id)])
    here = one.owner is not None and one.owner in queries.owners()
    return sorted(person.email for person in ([one.owner] if here and one.owner else queries.coordinators()))


def _holding(owner: User | None, concern_id: UUID) -> list[User]:
    able = readers_of(concern_id)
    return [owner] if owner is not None and owner in able else _watching(able, queries.coordinators())


def _watching(able: list[User], coordinators: list[User]) -> list[User]:
    """Of those who see a matter. Of one that nobody may open the inbox tells (`look_for_unwatched`)."""
    return [person for person in able if person in coordinators] or able
