"""Duties in «I dag»: what this person is to tell, and matters of which duties are not weighed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched, islice
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tenants.inbox.due import Due, end_of
from tenants.triage import duties_queries, queries, tell_queries
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.models import Assessment, NextStep
from tenants.triage.today import standing_still
from varde.access import Permission, Reader, Role
from varde.clock import now
from varde.ui.dates import day_of

_LOOKED_AT = 3000
_ASKED = 300


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
    wanted = whose = Q(owner_id=reader.user_id)
    if reader.has(Role.COORDINATOR):
        wanted |= Q(akutt=True, assess_by__lt=now()) | Q(owner__is_active=False)
        whose |= Q(akutt=True) | Q(owner__is_active=False)
    yield from islice(_unweighed(_most_urgent(whose), wanted & Q(assess_by__lte=until)), most)


def _most_urgent(whose: Q) -> list[UUID]:
    """The steps to ask about, the most urgent first."""
    steps = NextStep.objects.filter(whose, ~standing_still(), done_at__isnull=True)
    return list(steps.order_by(F("akutt").desc(), "due_at", "id").values_list("id", flat=True)[:_LOOKED_AT])


def _unweighed(steps: list[UUID], wanted: Q) -> Iterator[Due]:
    """What is asked of each step is dear: some at a time, and no more once whoever asks has enough."""
    every = duties_queries.codes()
    for some in batched(steps, _ASKED, strict=False):
        rows = NextStep.objects.filter(id__in=some).annotate(assess_by=_assess_by(), settled=_settled(every))
        for row in rows.filter(wanted, settled__lt=len(every)).order_by(F("akutt").desc(), "assess_by", "id"):
            yield Due(
                "Vurder plikter", f"/innboks/{row.concern_id}/plikter", "triage.duty", row.concern_id,
                at=row.assess_by, akutt=row.akutt, concern_id=row.concern_id,
                text=f"{len(every) - row.settled} av {len(every)} plikter er ikke vurdert",
            )  # fmt: skip


def _assess_by() -> Subquery:
    """When the decision that counts says that the matter must have been assessed."""
    newest = Assessment.objects.filter(concern=OuterRef("concern")).order_by("-decided_at")
    return Subquery(newest.values("deadline_at")[:1])


def _settled(codes: list[str]) -> Coalesce:
    """How many duties of the list are answered with yes or no; which of the two stays sealed."""
    newer = DutyWeighed.objects.filter(concern=OuterRef("concern"), duty=OuterRef("duty"), at__gt=OuterRef("at"))
    rows = DutyWeighed.objects.filter(~Exists(newer), concern=OuterRef("concern"), settled=True, duty__in=codes)
    counted = rows.order_by().values("concern").annotate(number=Count("duty", distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
