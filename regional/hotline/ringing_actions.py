"""A call that the telephone system announced: one operator claims it, or nobody does and it is rung back."""

from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from regional.hotline.actions import end
from regional.hotline.models import Call
from regional.hotline.queries import me
from regional.hotline.states import HUNG_UP
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken


@transaction.atomic
def claim(*, call_id: UUID, by: Reader) -> Call:
    """Mine, if nobody else was first: the database lets exactly one UPDATE find it unclaimed.

    Overtaken with the name of whoever has it; 404 for a call that this operator does not see. A call of one's own is
    returned as it is.
    """
    at = now()
    waiting = Call.objects.filter(id=call_id, state__in=("ringing", "missed"), operator=None)
    lifted = Case(When(state="ringing", then=Coalesce("answered_at", Value(at))), default=F("answered_at"))
    won = waiting.update(
        state="open", operator=me(by), operator_name=by.name, claimed_at=at, answered_at=lifted, ended_at=None
    )
    call = Call.objects.filter(id=call_id).first()
    if call is None:
        raise Http404
    if not won and call.operator != me(by):
        raise Overtaken(f"Tatt av {call.operator_name}.")
    record(by=by, action=Action.CHANGE, what="hotline.call.claimed", ids=[call.id])
    return call


@transaction.atomic
def let_go(*, call_id: UUID, by: Reader) -> Call:
    """A missed call that nobody can or need ring back: off the list, and still counted. Overtaken for every other."""
    waiting = Call.objects.select_for_update().filter(id=call_id).first()
    if waiting is None:
        raise Http404
    if waiting.state != "missed":
        raise Overtaken(f"{waiting.reference} er ikke lenger ubesvart. Ingenting er slettet.")
    claim(call_id=call_id, by=by)
    return end(call_id=call_id, kind=HUNG_UP, by=by)
