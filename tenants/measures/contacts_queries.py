"""Asking about contact with others."""

from tenants.inbox.models import Concern
from tenants.measures.contacts_models import CaseContact
from varde.privacy.fields import open_together


def of_matter(concern: Concern) -> list[CaseContact]:
    """Everything of a matter, the newest first, with the partner."""
    rows = list(CaseContact.objects.filter(concern=concern).select_related("partner").order_by("-held_on", "-at"))
    open_together(rows)
    return rows
