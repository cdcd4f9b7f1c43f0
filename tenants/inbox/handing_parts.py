"""Calls back, covered matters and routines of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from tenants.inbox import callbacks_access, handing_queries
from tenants.inbox.handing import Column, Kind, counted
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
    return counted(Routine.objects.filter(owner__in=users), "owner_id")


def _give_routines(*, concern: Concern | None, leaving: User, heir: User, by: Reader) -> None:
    if concern is None:
        give_routines(leaving=leaving, heir=heir, by=by)


CALLBACK = Kind(
    "callback", 40, "person å ringe tilbake", "personer å ringe tilbake", handing_queries.callbacks,
    Column(40, "Ring tilbake", callbacks_access.counts, "/innboks/ring-tilbake?eier={}"), give_callbacks,
)  # fmt: skip
ROUTINE = Kind(
    "routine", 60, "rutine", "rutiner", routines,
    Column(60, "Rutiner", routine_counts, "/team/register#rutiner"), _give_routines,
)  # fmt: skip
# Who has a covered matter is chosen by the one who has it, in the matter.
COVER = Kind(
    "cover", 70, "skjermet sak", "skjermede saker", handing_queries.covers,
    Column(70, "Skjermede saker", handing_queries.cover_counts),
)  # fmt: skip
