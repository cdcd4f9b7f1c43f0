"""The places on cases of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from tenants.cases.handing_actions import give_place
from tenants.cases.models import CaseMember
from tenants.inbox.handing import Column, Kind, counted


def places(user_id: UUID) -> Iterable[UUID]:
    """The matters of the open cases that a person is on."""
    return CaseMember.objects.filter(case__state="open", user=user_id).values_list("case__concern", flat=True)


def place_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many open cases each is on, among those that the one who asks sees; for the team's register."""
    return counted(CaseMember.objects.filter(case__state="open", user__in=users), "user_id")


# Given after everything else: nobody leaves a case while owning something in it.
PLACE = Kind("place", 90, "plass på en sak", "plasser på saker", places,
             Column(10, "Åpne saker", place_counts, "/saker?medlem={}"), give_place)  # fmt: skip
