"""Deciding with the checklist in hand, and registering that somebody has rung."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from tenants.inbox import shutting
from tenants.inbox.models import Concern, Denial
from tenants.inbox.queries import services_of
from tenants.triage import actions, checklist, checklist_queries, lists_queries
from tenants.triage.actions import Decision
from tenants.triage.checklist import Call, Filled
from tenants.triage.checklist_models import Checked, EmergencyCall
from tenants.triage.said import lay, newest_of, take, take_going
from varde.access import Reader
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused


@transaction.atomic
def decide(*, concern: Concern, filled: Filled, decision: dict[str, Any], seen: str | None, by: Reader) -> Decision:
    """Decide (see `actions.decide`), keep the checklist beside it, and shut a service out before anybody is told.

    Raises Refused when the checklist proposes akutt and something else is chosen without a reason.
    """
    held = take(concern, by)
    actions.check_first(concern=held, seen=seen, by=by)
    checklist.check_proposal(filled.criteria, decision["category"], filled.not_acute)
    if filled.service:
        _shut_out(held, filled.service, by)
    made = actions.decide(concern=held, seen=seen, by=by, **decision)
    _keep(held, filled, by)
    return made


def _keep(concern: Concern, filled: Filled, by: Reader) -> None:
    newest = newest_of(checklist_queries.checked(concern))
    if filled and (newest is None or newest.filled != filled):
        row = Checked(concern=concern, version=lists_queries.in_force().version, answers=filled.as_json())
        lay(row, what="triage.checklist", by=by)


def _shut_out(concern: Concern, service: str, by: Reader) -> None:
    """The existing deny-by-service action, once. Raises Refused for whoever may not, and for one's own service."""
    wanted = service.strip().casefold()
    active = Denial.objects.filter(concern=concern, lifted_at__isnull=True).exclude(service="")
    if wanted in {row.service.strip().casefold() for row in active}:
        return
    me = User.objects.filter(id=by.user_id).first() if by.user_id else None
    if me is not None and wanted in services_of(me):
        raise Refused(f"Du hører selv til «{service}». Tre til side under «Hvem kan se dette?», så avklarer en annen.")
    try:
        shutting.deny(concern=concern, user=None, service=service, kind="suspected", by=by)
    except Refused as error:
        raise Refused(f"{error} Bekymringen er ikke avklart ennå.") from error


@transaction.atomic
def register_call(*, concern: Concern, call: Call, key: UUID, by: Reader) -> EmergencyCall:
    """Somebody has rung. The same `key` is the same call, however often it is sent. Raises Refused, also for a matter
    that is over."""
    held = take_going(concern, by)
    row_id = uuid5(held.id, str(key))
    earlier = EmergencyCall.objects.filter(id=row_id, concern=held).first()
    if earlier is not None:
        return earlier
    if call.number not in checklist.NUMBERS:
        raise Refused("Velg hvilket nummer dere ringte.")
    if not call.who:
        raise Refused("Skriv hvem som ringte.")
    try:
        checklist.check_called(call.at, now())
    except ValueError as error:
        raise Refused(str(error)) from error
    row = EmergencyCall(
        id=row_id, concern=held, number=call.number, called_at=call.at, caller=call.who, outcome=call.outcome
    )
    return lay(row, what="triage.call", by=by)
