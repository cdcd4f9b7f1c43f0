"""Calls back, covered matters and routines of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Count

from tenants.inbox import handing_queries
from tenants.inbox.handing import Kind
from tenants.inbox.handing_actions import give_callbacks
from tenants.inbox.models import Concern
from tenants.team.handing_actions import give_routines
from tenants.team.register_models import Routine
from varde.access import Reader
from varde.identity.models import User


def routines(user_id: UUID) -> Iterable[None]:
    """One for each routine that a person owns; of no matter."""
    return [None] * Routine.objects.filter(owner=user_id).count()


def routine_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many each owns; for the team's register."""
    return dict(Routine.objects.filter(owner__in=users).order_by().values_list("owner_id").annotate(Count("id")))


def _give_routines(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
    if concern is None:
        give_routines(leaving=leaving, heir=heir, by=by)


CALLBACK = Kind(
    "callback", 40, "person å ringe tilbake", "personer å ringe tilbake", handing_queries.callbacks, give_callbacks
)
ROUTINE = Kind("routine", 60, "rutine", "rutiner", routines, _give_routines)
# Who has a covered matter is chosen by the one who has it, in the matter.
COVER = Kind("cover", 70, "skjermet sak", "skjermede saker", handing_queries.covers)
