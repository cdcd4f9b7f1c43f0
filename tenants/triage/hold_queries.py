"""Asking which matters stand still."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.triage.hold_models import Hold
from varde.privacy.fields import open_together


def holds(concern: Concern) -> list[Hold]:
    """Every time the matter was stopped, the newest first."""
    rows = list(Hold.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def open_hold(concern: Concern) -> Hold | None:
    """The one that stands now; none in a matter that is over."""
    if concern.progress in OVER:
        return None
    return Hold.objects.filter(concern=concern, ended_at__isnull=True).first()


def standing() -> QuerySet[Hold, UUID]:
    """The ids of every matter that stands still now, to leave out of a count."""
    return Hold.objects.filter(ended_at__isnull=True).values_list("concern_id", flat=True)


def held(concerns: Collection[UUID]) -> dict[UUID, Hold]:
    """Of these matters, those that stand still now; one query however many."""
    rows = Hold.objects.filter(concern__in=concerns, ended_at__isnull=True).exclude(concern__progress__in=OVER)
    return {row.concern_id: row for row in rows}
