"""Asking where a matter stands with police and prosecutor."""

from tenants.inbox.models import Concern
from tenants.triage.police_models import PoliceSaid, Prosecution
from varde.privacy.fields import open_together


def said(concern: Concern) -> list[PoliceSaid]:
    """Everything said of the police, the newest first."""
    rows = list(PoliceSaid.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows


def prosecutions(concern: Concern) -> list[Prosecution]:
    """The prosecutor's answers, the newest first."""
    rows = list(Prosecution.objects.filter(concern=concern).order_by("-at", "-id"))
    open_together(rows)
    return rows
