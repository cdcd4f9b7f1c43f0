"""Next steps, and what is to be told, of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from tenants.inbox.handing import Column, Kind, by_taker, counted
from tenants.triage import actions, tell_actions
from tenants.triage.models import NextStep
from tenants.triage.tell_models import Telling


def steps(user_id: UUID) -> Iterable[UUID]:
    """The matters whose next step is a person's."""
    return NextStep.objects.filter(owner=user_id, done_at__isnull=True).values_list("concern_id", flat=True)


def step_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many next steps each owns, among those that the one who asks sees; for the team's register."""
    return counted(NextStep.objects.filter(done_at__isnull=True, owner__in=users), "owner_id")


def tellings(user_id: UUID) -> Iterable[UUID]:
    """The matters of what a person is to tell."""
    return Telling.objects.filter(owner=user_id, ended_at__isnull=True).values_list("concern_id", flat=True)


def told_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How much each is to tell, among what the one who asks sees; for the team's register."""
    return counted(Telling.objects.filter(ended_at__isnull=True, owner__in=users), "owner_id")


STEP = Kind("step", 20, "neste steg", "neste steg", steps, Column(20, "Neste steg", step_counts, "/frister?eier={}"),
            by_taker(actions.hand_on))  # fmt: skip
TELLING = Kind("telling", 25, "melding som skal sendes", "meldinger som skal sendes", tellings,
               Column(25, "Skal meldes", told_counts), by_taker(tell_actions.hand_on))  # fmt: skip
