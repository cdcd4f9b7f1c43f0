"""Asking what this room's people hold, and what was given on."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from tenants.inbox.calls_models import Callback
from tenants.inbox.handing_models import Handed
from tenants.inbox.models import Cover
from tenants.inbox.states import OVER
from tenants.team.register_models import HandOver


def callbacks(user_id: UUID) -> Iterable[UUID | None]:
    """The matters of the calls back that a person has."""
    return Callback.objects.filter(owner=user_id, done_at__isnull=True).values_list("concern_id", flat=True)


def covers(user_id: UUID) -> Iterable[UUID]:
    """The covered matters that are a person's to decide on, or to stand in for."""
    return [matter for matter, *two in _two_of_each([user_id]) if user_id in two]


def cover_counts(users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many each has, for the team's register."""
    return Counter(one for _, *two in _two_of_each(users) for one in set(two) if one is not None and one in users)


def _two_of_each(users: Collection[UUID]) -> Iterable[tuple[UUID, UUID | None, UUID | None]]:
    rows = Cover.objects.filter(Q(holder__in=users) | Q(substitute__in=users)).exclude(concern__progress__in=OVER)
    return rows.values_list("concern_id", "holder_id", "substitute_id")


def handed(handover: HandOver) -> list[Handed]:
    """Every line of the receipt that is there for the one who asks, the newest first."""
    return list(Handed.objects.filter(handover=handover).order_by("-at", "concern_id", "id"))
