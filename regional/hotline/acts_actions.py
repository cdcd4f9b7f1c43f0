"""What the operator did herself, laid beside what is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from regional.hotline.access import own_call_locked
from regional.hotline.acts import LABELS, MOST, added, rows_of, without
from regional.hotline.models import Call
from regional.hotline.states import SERVICES, check_move
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def add_act(*, call_id: UUID, what: str, note: str, at: datetime, by: Reader) -> Call:
    """One more. Refused for what is not on the list, «other» without words, a time to come, or too many."""
    call = own_call_locked(call_id, by)
    check_move(call.state, "ended")
    if what not in LABELS or (what == "other" and not note):
        raise Refused("Velg hva som ble gjort. Velger du «Noe annet», skriv hva det var.")
    if at > now():
        raise Refused("Tidspunktet er ikke kommet ennå. Skriv når det ble gjort.")
    if len(rows_of(call.acts)) >= MOST:
        raise Refused(f"Det er plass til {MOST}. Skriv resten i notatene.")
    call.acts = added(call.acts, what=LABELS[what], at=at, by_service=dict(SERVICES)[call.service], note=note)
    call.save(update_fields=["acts"])
    record(by=by, action=Action.CHANGE, what="hotline.call.act", ids=[call.id])
    return call


@transaction.atomic
def remove_act(*, call_id: UUID, place: int, by: Reader) -> Call:
    """Entered wrongly: it never left the console."""
    call = own_call_locked(call_id, by)
    check_move(call.state, "ended")
    call.acts = without(call.acts, place)
    call.save(update_fields=["acts"])
    record(by=by, action=Action.CHANGE, what="hotline.call.act", ids=[call.id])
    return call
