"""What this room knows of how people are safely reached: the exposed of the matter, and what each of them has said."""

from uuid import UUID

from tenants.inbox.models import Concern
from tenants.inbox.safe import EXPOSED, WHOSE, Piece
from tenants.persons import queries
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.spoken import VoiceEntry
from tenants.persons.voice import SAFE, Said
from varde.privacy.errors import Destroyed


def of_matter(concern: Concern) -> list[Piece]:
    """For `inbox.safe`: the cards first, so that a name that stands in a call back is known; then the voice."""
    everybody = {person.pk: person for person in queries.everybody_in(concern)}
    exposed = queries.exposed_of(concern)
    pieces = [_of_card(person) for person in exposed]
    alone = exposed[0] if len(exposed) == 1 else None
    for entry in queries.voice_of(concern):
        person = _standing(everybody.get(entry.person_id), everybody) if entry.person_id else alone
        pieces += of_entry(entry, person)
    return pieces


def _of_card(person: Person) -> Piece:
    card: Card = queries.card_of(person)
    return Piece(card.called, person.changed_at, {"phone": card.phone}, str(person.pk))


def _standing(person: Person | None, everybody: dict[UUID, Person]) -> Person | None:
    """The card that a merged one points on to."""
    while person is not None and person.merged_into_id is not None:
        person = everybody.get(person.merged_into_id)
    return person


def of_entry(entry: VoiceEntry, person: Person | None) -> list[Piece]:
    """What one entry says, of this card or of the exposed in general; nothing of one that has been deleted for good."""
    try:
        said = Said.of(entry.given)
    except Destroyed:
        return []
    texts = {name: getattr(said, own) for name, own in SAFE.items()}
    if person is None:
        return [Piece(WHOSE[EXPOSED], entry.at, texts, EXPOSED)]
    return [Piece(queries.shown_name(person), entry.at, texts, str(person.pk))]
