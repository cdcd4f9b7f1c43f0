"""Taking a call, keeping what is told, sending it on, or ending it. After sending nothing of the content is left."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from regional.hotline.access import own_call_locked
from regional.hotline.models import Call
from regional.hotline.queries import me
from regional.hotline.reference import new_reference
from regional.hotline.states import KINDS, check_move
from shared.contracts import ConcernHandover
from shared.post.actions import send
from shared.registry.models import Office
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.models import DataKey

TRIES = 5


class NotARecipient(ValueError):
    """The kommune is not in this region, or has no team to receive it."""


def start_call(*, by: Reader) -> Call:
    """A new call with a reference of its own."""
    call = Call(operator=me(by), operator_name=by.name, started_at=now())
    for left in reversed(range(TRIES)):
        call.reference = new_reference(secrets.choice)
        try:
            with transaction.atomic():
                call.save(force_insert=True)
            break
        except IntegrityError:  # taken, perhaps by a call that this operator does not see
            if not left:
                raise
    record(by=by, action=Action.CREATE, what="hotline.call", ids=[call.id])
    return call


@transaction.atomic
def save_draft(*, call_id: UUID, told: Mapping[str, Any], by: Reader) -> Call:
    """Keep what has been told so far. A call that is over keeps nothing: WrongMove."""
    call = own_call_locked(call_id, by)
    check_move(call.state, "forwarded")
    call.told = dict(told)
    call.save(update_fields=["told"])
    record(by=by, action=Action.CHANGE, what="hotline.call", ids=[call.id])
    return call


@transaction.atomic
def forward(*, call_id: UUID, told: Mapping[str, Any], to: UUID, by: Reader) -> Call:
    """Lay the sealed letter in the post and forget the content, both or neither.

    A call that has been forwarded already is returned as it is: two clicks give one letter. Raises
    NotARecipient, WrongMove for an ended call, and `shared.post.keys.NoKey` when the kommune cannot get post.
    """
    call = own_call_locked(call_id, by)
    if call.state == "forwarded":
        return call
    check_move(call.state, "forwarded")
    recipient = Office.objects.filter(id=to, region_id=by.office.id, kind="kommune", active=True).first()
    if recipient is None or not recipient.has_team:
        raise NotARecipient("Kommunen er ikke med i regionens vakttelefon.")
    letter = ConcernHandover(reference=call.reference, taken_at=call.started_at, safe_apart=True, **told)
    call.letter_id = send(letter, to=recipient.ref, by=by)
    _forget(call, by)
    call.kommune, call.state = recipient.id, "forwarded"
    call.forwarded_at = call.ended_at = now()
    call.save()
    record(by=by, action=Action.CHANGE, what="hotline.call.forwarded", ids=[call.id])
    return call


@transaction.atomic
def end(*, call_id: UUID, kind: str, by: Reader) -> Call:
    """Not a concern, or one that this phone cannot send: counted by kind, and nothing of the content is kept."""
    if kind not in dict(KINDS):
        raise ValueError("Velg hva samtalen gjaldt.")
    call = own_call_locked(call_id, by)
    if call.state == "ended":
        return call
    check_move(call.state, "ended")
    _forget(call, by)
    call.state, call.kind, call.ended_at = "ended", kind, now()
    call.save()
    record(by=by, action=Action.CHANGE, what=f"hotline.call.{kind}", ids=[call.id])
    return call


def _forget(call: Call, by: Reader) -> None:
    """What was told is gone, also from every backup. While the call is still open: afterwards its key is nobody's."""
    call.told = {}
    if DataKey.objects.filter(id=call.id, destroyed_at__isnull=True).exists():
        destroy(matter_id=call.id, by=by, reason="samtalen er over")
