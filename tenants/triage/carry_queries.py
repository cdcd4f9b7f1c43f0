"""Asking who carries a matter."""

from tenants.inbox.models import Concern
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
