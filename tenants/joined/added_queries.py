"""Asking about reports that add to a matter we have. Only those who see both of them learn of it."""

from django.db.models import Exists, OuterRef, QuerySet

from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.joined.models import Addition, Join
from tenants.triage.models import NextStep
from varde.access import Reader


def waiting() -> QuerySet[Addition]:
    """Those whose report is neither closed nor joined, the oldest first."""
    joined = Join.objects.filter(concern=OuterRef("source"), ended_at__isnull=True)
    rows = Addition.objects.exclude(source__progress__in=OVER).exclude(Exists(joined))
    return rows.select_related("source", "concern").order_by("at", "id")


def to_matter(concern: Concern) -> list[Addition]:
    """What came to this matter and waits."""
    return list(waiting().filter(concern=concern))


def named_by(concern: Concern) -> Addition | None:
    """Which matter this report adds to."""
    return waiting().filter(source=concern).first()


def unread_of(reader: Reader) -> QuerySet[Addition]:
    """Reports that nobody has opened, to matters in which this person has the next step."""
    mine = NextStep.objects.filter(concern=OuterRef("concern"), owner_id=reader.user_id, done_at__isnull=True)
    return waiting().filter(Exists(mine), source__progress="received")
