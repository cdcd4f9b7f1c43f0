"""Asking about what was sent back, what came with a call, and tests."""

from tenants.inbox.models import Concern
from tenants.inbox.returned_models import FromPhone, Returned, Trial


def returned(concern: Concern) -> Returned | None:
    """How it was sent back, if it was."""
    return Returned.objects.filter(concern=concern).first()


def from_phone(concern: Concern) -> FromPhone | None:
    """What the phone said beside the told words, if it said anything."""
    return FromPhone.objects.filter(concern=concern).first()


def unseen_trials() -> list[Trial]:
    """Tests that nobody has pressed the button of, the oldest first."""
    return list(Trial.objects.filter(opened_at=None).order_by("at"))
