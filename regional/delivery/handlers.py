"""Letters that come back after the phone has sent one: opened, returned, waited too long."""

import uuid

from regional.delivery import actions, notices
from regional.delivery.models import Returned, TestSent, Waited
from regional.hotline.handlers import note_opened
from regional.hotline.models import Call
from regional.hotline.settle import settle_call
from regional.hotline.states import check_move
from shared.contracts import ConcernHandover, EscalationNotice, Misrouted, Opened
from shared.contracts.fields import to_json
from shared.post.handlers import Envelope
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


class NotOurs(ValueError):
    """A letter about something that this phone did not send there; it stays in the post where it is seen."""


def opened(letter: Opened, envelope: Envelope, by: Reader) -> None:
    """A person in the kommune has opened it: the call is told, and whoever sent it back to us before."""
    if TestSent.objects.filter(letter_id=letter.handover, kommune__in=envelope.senders, opened_at=None).update(
        opened_at=letter.at
    ):
        record(by=by, action=Action.CHANGE, what="delivery.test", ids=[letter.handover])
        return
    note_opened(letter, envelope, by)
    came = Returned.objects.select_for_update().filter(letter_id=letter.handover, sent_to__in=envelope.senders).first()
    if came is not None and came.state in ("sent", "stored"):
        actions.note_opened(came=came, at=letter.at, by=by)


def returned(letter: Misrouted, envelope: Envelope, by: Reader) -> uuid.UUID | None:
    """Kept where nobody here reads it, and the phone is told by its reference. The same letter twice is one row; what
    has been opened elsewhere since is said anew to its sender."""
    known = Returned.objects.filter(handover=letter.handover).first()
    if known is not None:
        if known.state == "opened":
            actions.say_redirected(came=known, by=by)
        return None
    call = Call.objects.select_for_update().filter(letter_id=letter.handover, kommune__in=envelope.senders).first()
    if call is None or letter.content is None:
        raise NotOurs("Bare det vakttelefonen har sendt dit, kan komme tilbake.")
    if call.state == "sent":
        settle_call(call_id=call.id, by=by)
        call.refresh_from_db()
    if call.state != "returned":  # it is, when the letter is opened once more because its row here was lost
        check_move(call.state, "returned")
    row = Returned(
        call=call.id,
        reference=call.reference,
        handover=letter.handover,
        came_in=envelope.id,
        kommune=envelope.sender.id,
        why=letter.why or "feil_kommune",
        suggested=letter.suggested[:6],
        times=Returned.objects.filter(call=call.id).count() + 1,
        content={"handover": to_json(ConcernHandover, letter.content, "content")},
        at=now(),
    )
    row.save(force_insert=True)
    call.state = "returned"
    call.save(update_fields=["state"])
    record(by=by, action=Action.CREATE, what="delivery.returned", ids=[row.id])
    notices.came_back(by.office)
    return call.id


def waited(letter: EscalationNotice, envelope: Envelope, by: Reader) -> None:
    """Everybody in the kommune has been told that something waits, and nobody has opened it. Said once."""
    if Waited.objects.filter(handover=letter.handover).exists():
        return
    call = Call.objects.filter(letter_id=letter.handover, kommune__in=envelope.senders).first()
    if call is None:
        raise NotOurs("Bare det vakttelefonen har sendt dit, kan vente der.")
    actions.note_waits(call=call, since=letter.waiting_since, own_clock=False, by=by)
