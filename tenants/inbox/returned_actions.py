"""Sending back what the phone sent here by mistake, ending the copy, and opening a test."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from shared.contracts import AcuteAction, ConcernHandover, EarlierNote, Misrouted, Opened
from shared.contracts.fields import from_json
from shared.post.actions import send
from shared.registry.queries import office_by_id
from tenants.inbox import queries, returned_added
from tenants.inbox.models import Concern
from tenants.inbox.returned_models import FromPhone, Returned, Trial
from tenants.inbox.returned_states import check_return
from tenants.inbox.states import check_move
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef

_TOLD = (
    "reporter_kind", "anonymous", "acute", "what", "who", "where_lives", "where_happened", "when", "suspected",
    "reporter_name", "reporter_phone", "reporter_relation", "safe_contact", "extra", "about_staff", "safe_person",
    "safe_apart",
)  # fmt: skip


@transaction.atomic
def send_back(*, concern: Concern, why: str, suggested: str, by: Reader) -> Returned:
    """To the phone, sealed, for another kommune; here it is closed as misrouted and never counted.

    Said twice it is sent once. Raises Refused for what cannot be sent back (what was decided on here, and what has
    something with it that the letter cannot carry), and `shared.post.keys.NoKey` when the phone cannot get post.
    """
    require(by, Permission.TRIAGE)
    row = Concern.objects.select_for_update().get(pk=concern.pk)
    known = Returned.objects.filter(concern=row).first()
    if known is not None:
        return known
    check_return(row.channel, row.progress, carried=bool(row.letter_id and row.origin))
    if not queries.held_by_right(row.id):
        raise Refused("Du er sluppet inn med nødåpning. Bare den som har bekymringen, kan sende den tilbake.")
    check_move(row.progress, "returned")
    if not (row.letter_id and row.origin and by.user_id):
        raise Refused("Bare et menneske sender tilbake det som kom med brev.")
    weighed = returned_added.weigh(row)
    returned_added.check_follows(weighed)
    letter = _letter(row, why, suggested, weighed.follows)
    letter_id = send(letter, to=office_by_id(row.origin), by=by, about=row.id)
    back = Returned(
        concern=row,
        letter_id=letter_id,
        to_office=row.origin,
        why=why,
        suggested=suggested,
        at=now(),
        by_user=by.user_id,
        by_name=by.name[:200],
    )
    back.save(force_insert=True)
    row.progress = concern.progress = "returned"
    row.save(update_fields=["progress"])
    record(by=by, action=Action.SEND, what="inbox.returned", ids=[row.id])
    return back


def _letter(concern: Concern, why: str, suggested: str, added: tuple[EarlierNote, ...]) -> Misrouted:
    said: dict[str, Any] = {"why": why, "suggested": suggested}
    content = replace(as_handed(concern), added=added)
    return Misrouted(handover=concern.letter_id or concern.id, reference=concern.reference, content=content, **said)


def as_handed(concern: Concern) -> ConcernHandover:
    """The concern as the phone handed it over."""
    with_it = FromPhone.objects.filter(concern=concern).first()
    told: dict[str, Any] = {name: getattr(concern, name) for name in _TOLD}
    if with_it is not None:
        done = tuple(from_json(AcuteAction, each, "done") for each in with_it.done.get("rows", []))
        told |= {"acute_actions": done, "service": with_it.service, "times": with_it.times}
    return ConcernHandover(reference=concern.reference, taken_at=concern.received_at, **told)


@transaction.atomic
def end_copy(*, letter_id: UUID, by: Reader) -> UUID | None:
    """A person at the right kommune has opened it: the copy here can be read by nobody any more, nor from a backup.

    For the post, which reads no concern. Returns the matter; None when it is ended already, or is not one of ours.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT inbox_end_returned(%s)", [letter_id])
        (matter,) = cursor.fetchone()
    if matter is None:
        return None
    destroy(matter_id=matter, by=by, reason="åpnet hos rett kommune")
    record(by=by, action=Action.CHANGE, what="inbox.returned.gone", ids=[matter])
    return UUID(str(matter))


def say_opened(*, letter_id: UUID, to: OfficeRef, by: Reader) -> None:
    """The letter came once more: if a person has opened what it brought, its sender is told so anew. For the post."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference, at FROM inbox_letter_opened(%s)", [letter_id])
        rows = cursor.fetchall()
    for reference, at in rows:
        send(Opened(handover=letter_id, reference=reference, at=at), to=to, by=by)


@transaction.atomic
def open_trial(*, trial_id: UUID, by: Reader) -> Trial:
    """A person has seen the test; the sender is told. Pressed twice it is told once."""
    require(by, Permission.INBOX_READ)
    row = Trial.objects.select_for_update().get(id=trial_id)
    if row.opened_at is None:
        row.opened_at, row.opened_by_name = now(), by.name[:200]
        row.save(update_fields=["opened_at", "opened_by_name"])
        letter = Opened(handover=row.letter_id, reference=row.reference, at=row.opened_at)
        send(letter, to=office_by_id(row.origin), by=by)
        record(by=by, action=Action.CHANGE, what="inbox.trial", ids=[row.id])
    return row
