"""A call goes from one operator to another, with what is told, where it stands in the form, and what was said.

It stays with the first until somebody has taken it; from then on the first sees nothing of it.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from regional.hotline.access import own_call_locked
from regional.hotline.models import Call
from regional.hotline.queries import left, me
from regional.hotline.states import WrongMove
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused


@transaction.atomic
def offer(*, call_id: UUID, to: UUID | None, said: str, place: dict[str, Any], by: Reader) -> Call:
    """Offer it to somebody, or (None) to whoever is on shift. Refused for an account that does not answer the phone."""
    call = own_call_locked(call_id, by)
    if call.state != "open":
        raise WrongMove("Samtalen er over og kan ikke gis videre.")
    if to is not None and (to == call.operator or not _answers(to)):
        raise Refused("Velg en annen som svarer vakttelefonen.")
    call.offered_at, call.offered_to = now(), to
    call.passed = {"said": said, "place": place, "from": by.name}
    call.save(update_fields=["offered_at", "offered_to", "passed"])
    record(by=by, action=Action.CHANGE, what="hotline.call.offered", ids=[call.id])
    return call


def _answers(user_id: UUID) -> bool:
    return User.objects.here().filter(id=user_id, grants__role="operator").exists()


@transaction.atomic
def keep(*, call_id: UUID, by: Reader) -> Call:
    """Not offered any more; what was said for the next one is forgotten."""
    call = own_call_locked(call_id, by)
    call.offered_at, call.offered_to, call.passed = None, None, {}
    call.save(update_fields=["offered_at", "offered_to", "passed"])
    record(by=by, action=Action.CHANGE, what="hotline.call.kept", ids=[call.id])
    return call


@transaction.atomic
def take(*, call_id: UUID, by: Reader) -> Call:
    """Mine from now on, if nobody else was first (see `ringing_actions.claim`): it was offered, or left."""
    mine = Q(offered_at__isnull=False) & (Q(offered_to=None) | Q(offered_to=me(by)))
    free = Call.objects.filter(mine | left(now()), id=call_id, state="open").exclude(operator=me(by))
    won = free.update(
        operator=me(by), operator_name=by.name, claimed_at=now(), offered_at=None, offered_to=None, written_by=""
    )
    call = Call.objects.filter(id=call_id).first()
    if call is None:
        raise Http404
    if not won and call.operator != me(by):
        raise Overtaken(f"Tatt av {call.operator_name}.")
    record(by=by, action=Action.CHANGE, what="hotline.call.taken", ids=[call.id])
    return call
