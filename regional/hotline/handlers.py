"""Letters that come back to the phone."""

from regional.hotline.models import Call
from shared.contracts import Opened
from shared.post.handlers import Envelope
from varde.access import Reader
from varde.audit.actions import Action, record


def note_opened(letter: Opened, envelope: Envelope, by: Reader) -> None:
    """A person in the kommune has opened it. Only the kommune that got the letter can say so."""
    call = Call.objects.select_for_update().filter(letter_id=letter.handover, kommune__in=envelope.senders).first()
    if call is None or call.opened_at:
        return
    call.opened_at = letter.at
    call.save(update_fields=["opened_at"])
    record(by=by, action=Action.CHANGE, what="hotline.call.opened", ids=[call.id])
