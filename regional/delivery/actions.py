"""Sending on what came back without reading it, noting what waits, and trying the way with a test."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction

from regional.delivery import notices, queries
from regional.delivery.models import Order, Returned, TestSent, Waited, WaitRule
from regional.delivery.states import check_move
from regional.hotline.actions import NotARecipient
from regional.hotline.models import Call
from regional.hotline.reference import new_reference
from regional.hotline.rows import has_key
from regional.hotline.states import check_move as check_call
from regional.phone.access import require_declared
from shared.contracts import ConcernHandover, Redirected, TestConcern
from shared.contracts.fields import from_json
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.models import Office
from shared.registry.queries import office_by_id
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.celery import Bell
from varde.clock import now
from varde.privacy.actions import destroy
from varde.refusal import Overtaken, Refused
from varde.tenancy.door import OfficeRef

# The task that opens what came back and sends it on; it has a purpose of its own, which no page has.
REDIRECT = Bell("delivery.redirect")
LONGEST_WAIT = 168


@transaction.atomic
def order(*, returned_id: UUID, to: UUID, by: Reader) -> Order:
    """Say where it is to go. A task sends it there.

    Raises NotARecipient for a kommune that cannot receive, Overtaken when somebody has said so already.
    """
    require(by, Permission.HOTLINE)
    require_declared(by)
    recipient = Office.objects.filter(id=to, kind="kommune", active=True, has_team=True).first()
    if recipient is None:
        raise NotARecipient("Velg en kommune som har TryggEst på plattformen.")
    if by.user_id is None:
        raise NotARecipient("Bare et menneske ved telefonen kan velge kommune.")
    row = Order(returned_id=returned_id, to=to, at=now(), by_user=by.user_id, by_name=by.name[:200])
    try:
        with transaction.atomic():
            row.save()
    except ProgrammingError as error:
        if "sent on already" not in str(error):
            raise
        raise Overtaken("Noen andre har alt valgt kommune for denne. Ingenting er sendt to ganger.") from error
    record(by=by, action=Action.CREATE, what="delivery.order", ids=[returned_id])
    transaction.on_commit(lambda: REDIRECT.ring(by.office))
    return row


@transaction.atomic
def send_on(*, returned_id: UUID, by: Reader) -> Returned:
    """Lay it in the post for the kommune that was ordered: same reference, a letter of its own. For the purpose
    `redirect` alone; said twice it is one letter. Raises NoKey when the kommune cannot get post yet."""
    came = Returned.objects.select_for_update().get(id=returned_id)
    ordered = queries.newest_order(came)
    if came.state != "waiting" or ordered is None:
        return came
    call = Call.objects.select_for_update().get(id=came.call)
    check_move(came.state, "sent")
    check_call(call.state, "sent")
    recipient = Office.objects.get(id=ordered.to)
    letter = from_json(ConcernHandover, {**came.content["handover"], "times": came.times}, "content")
    came.letter_id = call.letter_id = send(letter, to=recipient.ref, by=by, about=call.id)
    came.state, came.sent_to, came.sent_at = "sent", recipient.id, now()
    came.save(update_fields=["state", "sent_to", "letter_id", "sent_at"])
    call.state, call.kommune, call.place = "sent", recipient.id, recipient.number
    call.forwarded_at, call.opened_at = came.sent_at, None
    call.save(update_fields=["state", "kommune", "place", "letter_id", "forwarded_at", "opened_at"])
    record(by=by, action=Action.CHANGE, what="delivery.returned", ids=[came.id])
    return came


@transaction.atomic
def note_stored(*, returned_id: UUID, by: Reader) -> Returned:
    """The new kommune has it: nobody here can open it any more, not even the task. One it could not read waits anew."""
    came = Returned.objects.select_for_update().get(id=returned_id)
    receipt = queries.receipt_of(came)
    if came.state != "sent" or receipt is None:
        return came
    if receipt.state == "stored":
        if has_key(came.id):
            destroy(matter_id=came.id, by=by, reason="den nye kommunen har lagret den")
        came.state, came.content, came.stored_at = "stored", {}, receipt.at
        came.save(update_fields=["state", "content", "stored_at"])
    else:
        check_move(came.state, "waiting")
        came.state = "waiting"
        came.save(update_fields=["state"])
        Call.objects.filter(id=came.call, state="sent").update(state="returned")
    record(by=by, action=Action.CHANGE, what="delivery.returned", ids=[came.id])
    return came


@transaction.atomic
def note_opened(*, came: Returned, at: datetime, by: Reader) -> None:
    """A person at the new kommune has it: whoever sent it back is told that, not who it is, and ends its own copy."""
    if came.state == "sent":
        note_stored(returned_id=came.id, by=by)
        came.refresh_from_db()
    check_move(came.state, "opened")
    came.state, came.opened_at = "opened", at
    came.save(update_fields=["state", "opened_at"])
    say_redirected(came=came, by=by)
    record(by=by, action=Action.CHANGE, what="delivery.returned", ids=[came.id])


def say_redirected(*, came: Returned, by: Reader) -> None:
    """To whoever sent it back: a person elsewhere has it."""
    if came.opened_at is not None:
        letter = Redirected(handover=came.handover, reference=came.reference, at=came.opened_at)
        send(letter, to=office_by_id(came.kommune), by=by, about=came.call)


@transaction.atomic
def note_waits(*, call: Call, since: datetime, own_clock: bool, by: Reader) -> None:
    """It has waited too long: kept once, and those at the phone are told only that something waits."""
    if call.letter_id is None or call.kommune is None:
        return
    row = Waited(
        handover=call.letter_id,
        reference=call.reference,
        kommune=call.kommune,
        since=since,
        own_clock=own_clock,
        at=now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return
    record(by=by, action=Action.CREATE, what="delivery.waited", ids=[call.id])
    notices.waits(by.office)


@transaction.atomic
def tell_stuck(*, by: Reader) -> None:
    """What came back and still waits after the time is said to those at the phone, in one mail, and again next day."""
    rows = list(queries.untold(now()).select_for_update())
    if rows:
        Returned.objects.filter(id__in=[row.id for row in rows]).update(told_at=now())
        record(by=by, action=Action.CHANGE, what="delivery.returned", ids=[row.id for row in rows])
        notices.waits(by.office)


@transaction.atomic
def set_wait(*, hours: int, by: Reader) -> WaitRule:
    """From now on a concern that nobody has opened is overdue after so many hours. Raises Refused out of bounds."""
    require(by, Permission.HOTLINE_MANAGE)
    if not 1 <= hours <= LONGEST_WAIT:
        raise Refused(f"Velg mellom 1 og {LONGEST_WAIT} timer.")
    row = WaitRule(hours=hours, at=now(), by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="delivery.wait_rule", ids=[row.id])
    return row


@transaction.atomic
def send_test(*, to: UUID, by: Reader) -> TestSent:
    """Try the way to a kommune: the letter is stored there and opened by a person, and is never a case.

    Raises NotARecipient, and NoKey when the kommune cannot get post.
    """
    require(by, Permission.HOTLINE_MANAGE, Permission.POST_STATUS)
    recipient = Office.objects.filter(id=to, region_id=by.office.id, kind="kommune", active=True).first()
    if recipient is None:
        raise NotARecipient("Velg en kommune i regionen.")
    return _test(recipient.ref, by.name, by)


@transaction.atomic
def answer_test(*, to: OfficeRef, by: Reader) -> TestSent:
    """A kommune asked for a test itself: the post sends one, and nobody here presses anything."""
    if to.kind != "kommune" or to.region_id != by.office.id:
        raise NotARecipient("Bare regionens egne kommuner kan be om en prøvemelding.")
    return _test(to, f"Bestilt av {to.name}", by)


def _test(to: OfficeRef, who: str, by: Reader) -> TestSent:
    at, reference = now(), f"P{new_reference(secrets.choice)[1:]}"
    letter_id = send(TestConcern(reference=reference, sent_at=at), to=to, by=by)
    row = TestSent(letter_id=letter_id, kommune=to.id, reference=reference, at=at, by_name=who[:200])
    row.save(force_insert=True)
    record(by=by, action=Action.SEND, what="delivery.test", ids=[row.id])
    return row


__all__ = [
    "REDIRECT", "NoKey", "NotARecipient", "answer_test", "note_opened", "note_stored", "note_waits", "order",
    "say_redirected", "send_on", "send_test", "set_wait", "tell_stuck",
]  # fmt: skip
