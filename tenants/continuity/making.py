"""A pack from beginning to end: gathered as its reader may see it, drawn, locked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants.continuity import pack, queries
from tenants.continuity.gathered import pack_of
from tenants.continuity.passphrase import bare
from tenants.continuity.states import good_until
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.documents.locked import locked
from varde.documents.paper import pdf


@dataclass(frozen=True, slots=True)
class Made:
    """The locked PDF, and the matters in it for the log."""

    content: bytes
    matters: list[UUID]


def made_for(reader: Reader, secret: str, at: datetime) -> Made:
    """The database is told that it is this reader who asks, so that the pack holds what they see and nothing else."""
    with presented(reader):
        found, matters = pack_of(reader, at)
    drawn = pdf(pack.paper(found, at=at, until=good_until(queries.rule(), at)), archive=False)
    return Made(locked(drawn, secret, or_so=bare(secret)), matters)


def note_taken(by: Reader, holder_id: UUID, made: Made, reason: str = "") -> None:
    """Log that a pack was taken out, and each matter in it. The first row is there whatever is in the pack: else its
    absence would tell somebody who sees none of the others that there was something."""
    record(by=by, action=Action.EXPORT, what="continuity.pack", ids=[holder_id], reason=reason)
    if made.matters:
        record(by=by, action=Action.EXPORT, what="continuity.pack", ids=made.matters, reason=reason)
