"""Ending what would go on by itself, in the transaction that ends the matter here."""

from uuid import UUID

from django.db import transaction

from tenants.closing.loose import CALLS, CHANGED, NOT_CALLED, Ends
from tenants.closing.loose_queries import loose_in
from tenants.inbox.callbacks_actions import change, tried
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.measures.requests_actions import withdraw_waiting
from tenants.measures.sharing_actions import revoke_waiting
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.gone import words


@transaction.atomic
def settle(*, concern: Concern, ends: Ends, why: str, by: Reader) -> None:
    """Requests and links end but for those that go on; each call back is done, given up or somebody's.

    Raises Overtaken when something has come or gone since the page, Refused for a call back that nobody has decided on.
    """
    found = loose_in(concern, now())
    check_seen(ends.seen, found.print, CHANGED)
    for row in found.calls:
        _decided(row, ends.calls.get(str(row.id), ""), why, by)
    go_on = [UUID(key) for key in ends.go_on]
    withdraw_waiting(concern=concern, but=go_on, reason=why, by=by)
    revoke_waiting(concern=concern, but=go_on, by=by)


def _decided(row: Callback, choice: str, why: str, by: Reader) -> None:
    if choice in dict(CALLS):
        tried(callback=row, result=choice, note=why if choice == NOT_CALLED else "", by=by)
        return
    seeing = readers_of(row.concern_id) if row.concern_id else []
    owner = next((one for one in seeing if str(one.id) == choice), None)
    if owner is None:
        who = words(row, "who")
        raise Refused(f"{who} venter på å bli ringt. Velg om det er gjort, eller hvem som fortsatt ringer.")
    if owner.id != row.owner_id:
        change(callback=row, owner=owner, due_at=row.due_at, seen=None, by=by)
