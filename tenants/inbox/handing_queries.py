"""Asking what this room's people hold, and what was given on."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from tenants.inbox.calls_models import Callback
from tenants.inbox.handing_models import Handed
from tenants.inbox.models import Cover
from tenants.team.register_models import HandOver


def callbacks(user_id: UUID) -> Iterable[UUID | None]:
    """The matters of the calls back that a person has."""
    return Callback.objects.filter(owner=user_id, done_at__isnull=True).values_list("concern_id", flat=True)


def covers(user_id: UUID) -> Iterable[UUID]:
    """The covered matters that are a person's to decide on, or to stand in for."""
    rows = Cover.objects.filter(Q(holder=user_id) | Q(substitute=user_id)).exclude(concern__progress="closed")
    return rows.values_list("concern_id", flat=True)


def handed(handover: HandOver) -> list[Handed]:
    """Every line of the receipt that is there for the one who asks, the newest first."""
    return list(Handed.objects.filter(handover=handover).order_by("-at", "concern_id", "id"))
