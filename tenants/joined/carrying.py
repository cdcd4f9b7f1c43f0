"""What goes along when a matter is joined into another: cards, warnings, what is left to do, the nearest deadline."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied

from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.joined.duties import Duty
from tenants.persons.actions import add_person, link
from tenants.persons.card import REPORTER
from tenants.persons.models import Person
from tenants.persons.queries import persons_of, warnings_of, whole_card
from tenants.persons.spoken_actions import Told, warn
from tenants.triage.actions import reassign
from tenants.triage.queries import open_step
from varde.access import Reader
from varde.identity.models import User


def lay_cards(gone: Concern, kept: Concern, chosen: Collection[str], by: Reader) -> None:
    """The chosen cards, laid in the matter that is kept and linked with those they came from (but for that of whoever
    reported); then every warning that holds, whether its card was chosen or not: whoever visits must know. Cards are
    merged there by hand."""
    laid: dict[UUID, Person] = {}
    for person in persons_of(gone):
        if str(person.pk) in chosen:
            laid[person.pk] = add_person(concern=kept, role=person.role, card=whole_card(person), by=by)
            if person.role != REPORTER:
                link(person=laid[person.pk], other=person, by=by)
    _warn(gone, kept, laid, by)


def _warn(gone: Concern, kept: Concern, laid: Mapping[UUID, Person], by: Reader) -> None:
    for row in warnings_of(gone):
        person = laid.get(row.person_id) if row.person_id else None
        warn(concern=kept, told=Told(row.kind, row.text, row.review_on, person, row.place, row.ground), by=by)


def duties_of(duties: Sequence[Duty], kept: Concern, carried: Collection[str], why: str, by: Reader) -> None:
    """Each is carried over or ended. Whoever had it goes on where they see the matter; else the one who joins."""
    seeing = set(readers_of(kept.pk))
    for duty in duties:
        if duty.key in carried:
            owner = duty.owner if duty.owner in seeing else one_who_joins(by)
            duty.carry(kept, owner, by)
        else:
            duty.end(why, by)


def one_who_joins(by: Reader) -> User:
    """The account of the person who joins; PermissionDenied for a task, which is nobody."""
    if by.user_id is None:
        raise PermissionDenied
    return User.objects.get(pk=by.user_id)


def earlier_deadline(gone: Concern, kept: Concern, by: Reader) -> None:
    """The step of the matter that is kept goes on; when the other one's was due before it, by that time."""
    theirs, ours = open_step(gone), open_step(kept)
    if theirs is not None and ours is not None and theirs.due_at < ours.due_at:
        owner = ours.owner if ours.owner in readers_of(kept.pk) else one_who_joins(by)
        reassign(step=ours, owner=owner, due_at=theirs.due_at, by=by)
