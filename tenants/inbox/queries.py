"""Asking about concerns. Who may see the answer is decided in `access`."""

from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from tenants.inbox import receipts
from tenants.inbox.models import Concern, ReporterMessage
from varde.tenancy.door import OfficeRef

OPEN = ("received", "opened", "in_progress")


def concerns(*, closed: bool) -> QuerySet[Concern]:
    """Closed ones with the newest first. Open ones: first what nobody has opened, the longest wait at the top."""
    if closed:
        return Concern.objects.filter(progress="closed").order_by("-received_at", "id")
    opened = Case(When(progress="received", then=Value(0)), default=Value(1))
    return Concern.objects.filter(progress__in=OPEN).order_by(opened, "received_at", "id")


def with_receipt(ref: OfficeRef, typed: str) -> Concern | None:
    """The concern that this receipt belongs to."""
    digits = receipts.digits_of(typed)
    if digits is None:
        return None
    return Concern.objects.filter(receipt_hash=receipts.receipt_hash(ref, digits)).first()


def messages_to_reporter(concern_id: UUID) -> list[ReporterMessage]:
    """What the team has written to the reporter, oldest first."""
    return list(ReporterMessage.objects.filter(concern_id=concern_id).order_by("at", "id"))
