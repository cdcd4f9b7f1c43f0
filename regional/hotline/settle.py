"""What follows when a kommune has stored what was sent: nobody here has the content any more, nor has any backup.

Until this has run the database already shows nothing: whoever asks for the key is answered by the receipt itself.
"""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from regional.hotline.callbacks_handed import hand_over
from regional.hotline.models import CONTENT, Call
from regional.hotline.rows import empty, has_key
from regional.hotline.states import check_move
from shared.post.models import Receipt
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.identity import drafts
from varde.privacy.actions import destroy
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.hotline")


def settle(ref: OfficeRef) -> None:
    """Settle every call whose letter has been stored, each in a transaction of its own; may be run at any time."""
    with work(ref, "post"):
        back = Receipt.objects.filter(id=OuterRef("letter_id"), state=Receipt.State.STORED)
        waiting = list(Call.objects.filter(Exists(back), state="sent").values_list("id", flat=True))
    for call_id in waiting:
        try:
            with work(ref, "post") as by:
                settle_call(call_id=call_id, by=by)
        except Exception as error:  # whatever is wrong with one call must not hold up the others
            log.warning("call %s is not settled: %s", call_id, type(error).__name__)


@transaction.atomic
def settle_call(*, call_id: UUID, by: Reader) -> Call:
    """The kommune has it: the key of the call is ended and its words are gone, also from what
    was promised in it and from drafts. Said twice it is done once."""
    call = Call.objects.select_for_update().get(id=call_id)
    if call.state == "stored":
        return call
    check_move(call.state, "stored")
    if not Receipt.objects.filter(id=call.letter_id or call.id, state=Receipt.State.STORED).exists():
        raise ValueError("Kommunen har ikke lagret den ennå.")
    if has_key(call.id):
        destroy(matter_id=call.id, by=by, reason="kommunen har lagret den")
    hand_over(call, by)
    drafts.forget([call.id], by=by)
    empty(call)
    call.state = "stored"
    call.save(update_fields=[*CONTENT, "masked", "state"])
    record(by=by, action=Action.CHANGE, what="hotline.call.stored", ids=[call.id])
    return call
