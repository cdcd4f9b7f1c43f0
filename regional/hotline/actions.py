"""Taking a call, keeping what is told, sending it on, or ending it.

What was sent stays with its operator until the kommune has stored it (`settle`); nothing is left of a call that ended.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from regional.hotline.access import own_call_locked
from regional.hotline.acts import as_letter_rows
from regional.hotline.callbacks_handed import promised
from regional.hotline.forms import with_number
from regional.hotline.line import chosen
from regional.hotline.models import Call
from regional.hotline.queries import me
from regional.hotline.rows import check_page, forget, unreadable, with_reference
from regional.hotline.states import CHOSEN_KINDS, UPDATE, check_move
from shared.contracts import ConcernHandover
from shared.post.actions import send
from shared.registry.models import Office
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


class NotARecipient(ValueError):
    """The kommune is not in this region, or has no team to receive it."""


def start_call(*, by: Reader, line: str = "") -> Call:
    """A new call with a reference of its own, on the line of that id; else on the one that holds now."""
    on = chosen(line, by, now())
    call = with_reference(
        Call(operator=me(by), operator_name=by.name, started_at=now(), line=on.id, service=on.service)
    )
    record(by=by, action=Action.CREATE, what="hotline.call", ids=[call.id])
    return call


@transaction.atomic
def save_draft(*, call_id: UUID, told: Mapping[str, Any], by: Reader, page: str = "", seen: int | None = None) -> Call:
    """Keep what has been told so far. A call that is over keeps nothing: WrongMove.

    `page` marks the open page that saves, `seen` the revision that it was opened with. Overtaken when another page has
    saved since.
    """
    call = own_call_locked(call_id, by)
    check_move(call.state, "ended")
    check_page(call, page=page, seen=seen)
    call.told, call.revision, call.written_by = dict(told), call.revision + 1, page
    call.save(update_fields=["told", "revision", "written_by"])
    record(by=by, action=Action.CHANGE, what="hotline.call", ids=[call.id])
    return call


@transaction.atomic
def forward(*, call_id: UUID, told: Mapping[str, Any], to: UUID, by: Reader, earlier: bool = False) -> Call:
    """Lay the sealed letter in the post. The content stays with the operator until the kommune has stored it.

    `earlier`: it is about an earlier report, and is counted as a part of that one.

    A call that has been sent already is returned as it is: two clicks give one letter. One that the kommune could not
    read is sent anew, under the same reference. Raises NotARecipient, WrongMove for an ended call, and
    `shared.post.keys.NoKey` when the kommune cannot get post.
    """
    call = own_call_locked(call_id, by)
    if call.state in ("stored", "returned") or (call.state == "sent" and not unreadable(call)):
        return call
    check_move(call.state, "sent")
    recipient = Office.objects.filter(id=to, region_id=by.office.id, kind="kommune", active=True).first()
    if recipient is None or not recipient.has_team:
        raise NotARecipient("Kommunen er ikke med i regionens vakttelefon.")
    call.letter_id = send(_letter(call, told, by), to=recipient.ref, by=by)
    call.told = dict(told)
    call.kommune, call.place, call.state = recipient.id, recipient.number, "sent"
    call.kind = UPDATE if earlier else call.kind
    call.offered_at = call.offered_to = None
    call.forwarded_at = call.ended_at = now()
    call.save()
    record(by=by, action=Action.CHANGE, what="hotline.call.forwarded", ids=[call.id])
    return call


def _letter(call: Call, told: Mapping[str, Any], by: Reader) -> ConcernHandover:
    told = with_number(told, call.caller)
    return ConcernHandover(
        reference=call.reference,
        taken_at=call.started_at,
        safe_apart=True,
        acute_actions=(*as_letter_rows(call.acts), *promised(call, by)),
        service="" if call.service == "hotline" else "krisesenter",
        **told,
    )


@transaction.atomic
def end(*, call_id: UUID, kind: str, by: Reader, place: str = "") -> Call:
    """Not a concern, or one that this phone cannot send: counted by kind, and nothing of the content is kept.

    `place`: the number of the kommune whose ordinary contact was given.
    """
    if kind not in CHOSEN_KINDS:
        raise ValueError("Velg hva samtalen gjaldt.")
    call = own_call_locked(call_id, by)
    if call.state == "ended":
        return call
    check_move(call.state, "ended")
    forget(call, by)
    call.state, call.kind, call.place, call.ended_at = "ended", kind, place, now()
    call.offered_at = call.offered_to = None
    call.save()
    record(by=by, action=Action.CHANGE, what=f"hotline.call.{kind}", ids=[call.id])
    return call
