"""Asking what of this room is due to be told of, and of what nobody was told. For the purpose that reminds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from tenants.triage import tell_queries
from tenants.triage.carry import CONFIRMED_BY
from tenants.triage.carry_queries import unconfirmed
from tenants.triage.reminded_models import Reminded
from tenants.triage.reminders import SOON, Due
from varde.identity.models import User
from varde.ui.dates import day_of

_MOST = 500


def tellings(now: datetime) -> Iterator[Due]:
    """Who is to tell of a duty by tomorrow, or should have."""
    for row in tell_queries.waiting().filter(due_on__lte=day_of(now) + SOON):
        yield Due(row.id, row.concern_id, row.owner, row.due_on)


def handed_over(now: datetime) -> Iterator[Due]:
    """Who gave a matter to a service that has not said in time that it has it."""
    rows = unconfirmed(now, _MOST, Q(waits=True))  # what older rows say is sealed for the one who asks here
    people = User.objects.in_bulk({row.by_user for row in rows if row.by_user})
    for row in rows:
        owner = people.get(row.by_user) if row.by_user else None
        yield Due(row.id, row.concern_id, owner, day_of(row.at + CONFIRMED_BY))


def untold(found: Iterable[Due]) -> Sequence[Due]:
    """Those of which nobody was told, as they stand now; one query."""
    rows = list(found)
    told = Reminded.objects.filter(row_id__in=[one.row_id for one in rows])
    known = set(told.values_list("row_id", "owner", "due_on"))
    return [one for one in rows if (one.row_id, one.owner_id, one.due_on) not in known]
