"""Asking who carries a matter."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tenants.inbox.models import Concern
from tenants.inbox.states import OVER
from tenants.triage.carry import CONFIRMED_BY
from tenants.triage.carry_models import Accepted, Carried
from varde.privacy.fields import open_together


def carried(concern: Concern) -> list[Carried]:
    """Every choice, the newest first; the first counts, and without any it is the team's."""
    rows = list(Carried.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def accepted(concern: Concern) -> list[Accepted]:
    """Every receipt, the newest first."""
    rows = list(Accepted.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def receipt_of(choice: Carried) -> Accepted | None:
    """The service's receipt for a choice, if it has come."""
    return Accepted.objects.filter(carried=choice).order_by("-at").first()


def unconfirmed(until: datetime, most: int, which: Q | None = None) -> list[Carried]:
    """Hand-overs in open matters that no service will have confirmed in time by `until`, the oldest first; `which`
    narrows them. Two queries, and of rows from before `waits` was kept also what they say."""
    newer = Carried.objects.filter(concern=OuterRef("concern"), at__gt=OuterRef("at"))
    confirmed = Accepted.objects.filter(carried=OuterRef("pk"))
    rows = Carried.objects.filter(which or Q(), ~Exists(newer), ~Exists(confirmed), at__lte=until - CONFIRMED_BY)
    rows = rows.exclude(concern__progress__in=OVER).order_by("at", "id")
    before = list(rows.filter(waits=None)[: most * 4])
    open_together(before)
    found = [*rows.filter(waits=True)[:most], *(row for row in before if row.handed_over)]
    return sorted(found, key=lambda row: (row.at, row.id))[:most]
