"""How much each person has, among what the one who asks sees; for the team's register. One query each."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from tenants.cases.models import CaseMember
from tenants.measures.models import Measure
from tenants.measures.states import OPEN
from tenants.meeting import queries
from tenants.triage.models import NextStep


def cases(users: Collection[UUID]) -> Mapping[UUID, int]:
    """Open cases that each is on."""
    return _counted(CaseMember.objects.filter(case__state="open", user__in=users), "user_id")


def steps(users: Collection[UUID]) -> Mapping[UUID, int]:
    """Next steps that each owns."""
    return _counted(NextStep.objects.filter(done_at__isnull=True, owner__in=users), "owner_id")


def measures(users: Collection[UUID]) -> Mapping[UUID, int]:
    """Measures not ended that each owns."""
    rows = Measure.objects.filter(status__in=OPEN, case__state="open", owner__in=users)
    return _counted(rows, "owner_id")


def tasks(users: Collection[UUID]) -> Mapping[UUID, int]:
    """Tasks from meetings that each is to do."""
    rows = queries.undone().annotate(does=Coalesce("heir_id", "owner_id")).filter(does__in=users)
    return _counted(rows, "does")


def _counted(rows: QuerySet[Any], whose: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(whose).annotate(Count("id")))
