"""Next steps, and what is to be told, of somebody who leaves, for the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Count

from tenants.inbox.handing import Kind, by_taker
from tenants.triage import actions, tell_actions
from tenants.triage.models import NextStep
from tenants.triage.tell_models import Telling


def steps(user_id: UUID) -> Iterable[UUID]:
    """The matters whose next step is a person's."""
    return NextStep.objects.filter(owner=user_id, done_at__isnull=True).values_list("concern_id", flat=True)


def tellings(user_id: UUID) -> Iterable[UUID]:
    """The matters of what a person is to tell."""
    return Telling.objects.filter(owner=user_id, ended_at__isnull=True).values_list("concern_id", flat=True)


def told_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How much each is to tell, among what the one who asks sees; for the team's register."""
    rows = Telling.objects.filter(ended_at__isnull=True, owner__in=users).order_by()
    return dict(rows.values_list("owner_id").annotate(Count("id")))


STEP = Kind("step", 20, "neste steg", "neste steg", steps, by_taker(actions.hand_on))
TELLING = Kind("telling", 25, "melding som skal sendes", "meldinger som skal sendes", tellings,
               by_taker(tell_actions.hand_on))  # fmt: skip
