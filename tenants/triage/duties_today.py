"""Duties in «I dag»: what this person is to tell, and matters of which duties are not weighed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.db.models import F, Q

from tenants.inbox.due import Due, end_of
from tenants.triage import duties_queries, queries, tell_queries
from tenants.triage.models import NextStep
from tenants.triage.today import standing_still
from varde.access import Permission, Reader, Role
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import day_of


def tellings(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What this person is to tell; once it is late also for who owns the next step, and for the coordinators."""
    me, coordinator = reader.user_id or queries.NOBODY, reader.has(Role.COORDINATOR)
    late = Q(due_on__lt=day_of(now()))
    others = late | tell_queries.of_nobody_here() if coordinator else late & Q(tell_queries.of_step_owner(me))
    rows = tell_queries.waiting().filter(Q(owner_id=me) | others, due_on__lte=day_of(until))
    for row in rows[:most]:
        yield Due(
            "Meld fra", f"/innboks/{row.concern_id}/plikter/{row.id}", "triage.telling", row.concern_id,
            at=end_of(row.due_on), whole_day=True, row=row, field="to_whom", concern_id=row.concern_id,
            note="" if row.owner_id == me else f"{row.owner.name} skulle gjøre det",
        )  # fmt: skip


def unweighed(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Matters of which duties are not settled when they must have been assessed, for who owns the next step; for the
    coordinators also what is akutt and late, and what nobody here owns."""
    if not reader.may(Permission.TRIAGE):
        return
    every = len(duties_queries.codes())
    left = NextStep.objects.filter(~standing_still(), done_at__isnull=True, assess_by__lte=until, settled__lt=every)
    left = left.order_by(F("akutt").desc(), "assess_by", "id")
    # One owner or one order per question: only so does the database stop at the first ones.
    found = [left.filter(owner_id=reader.user_id)[:most]]
    if reader.has(Role.COORDINATOR):
        others = left.exclude(owner_id=reader.user_id)
        found += [others.filter(akutt=True, assess_by__lt=now())[:most], others.filter(owner__in=_gone())[:most]]
    rows = {row.pk: row for row in chain.from_iterable(found)}
    for row in sorted(rows.values(), key=lambda row: (not row.akutt, row.assess_by))[:most]:
        yield Due(
            "Vurder plikter", f"/innboks/{row.concern_id}/plikter", "triage.duty", row.concern_id,
            at=row.assess_by, akutt=row.akutt, concern_id=row.concern_id,
            text=f"{every - row.settled} av {every} plikter er ikke vurdert",
        )  # fmt: skip


def _gone() -> list[UUID]:
    """Those who do not work here any more."""
    return list(User.objects.filter(is_active=False).values_list("id", flat=True))
