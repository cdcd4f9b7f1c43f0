"""What lies in the post, as the office itself may see it: times and states, no content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from shared.post.ledger_models import Again
from shared.post.models import Receipt, SealedLetter
from shared.registry.models import Office
from varde.clock import now
from varde.tenancy.door import OfficeRef, office


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A letter that has no receipt yet."""

    id: UUID
    kind: str
    sender: str
    recipient: str
    sent_at: datetime
    age: timedelta


def _no_receipt() -> Combinable:
    return ~Exists(Receipt.objects.filter(id=OuterRef("id")))


def _us(ref: OfficeRef) -> list[UUID]:
    """The office, and those that have become part of it."""
    return [ref.id, *Office.objects.filter(became=ref.id).values_list("id", flat=True)]


def not_yet(ref: OfficeRef) -> str:
    """Why the office cannot leave now: letters from or to it are under way."""
    to_or_from = Q(sender=ref.id) | Q(recipient=ref.id)
    number = SealedLetter.objects.filter(_no_receipt()).filter(to_or_from).count()
    if number == 1:
        return f"Ett brev til eller fra {ref.name} er underveis. Vent til det er levert."
    return f"{number} brev til eller fra {ref.name} er underveis. Vent til de er levert." if number else ""


def waiting_ids(ref: OfficeRef) -> list[UUID]:
    """Ids of the letters to this office that it has not receipted, oldest first."""
    with office(ref):
        rows = SealedLetter.objects.filter(_no_receipt(), recipient__in=_us(ref))
        return list(rows.order_by("sent_at", "id").values_list("id", flat=True))


def asked_again(ref: OfficeRef) -> list[UUID]:
    """Letters that this office is asked to open again and has receipted before, oldest first."""
    with office(ref):
        known = Exists(Receipt.objects.filter(id=OuterRef("letter_id")))
        rows = Again.objects.filter(known, recipient__in=_us(ref), done_at__isnull=True).order_by("at")
        return list(dict.fromkeys(rows.values_list("letter_id", flat=True)))


def under_way(ref: OfficeRef) -> list[UnderWay]:
    """Letters from or to this office without a receipt, oldest first."""
    names = {o.id: o.name for o in Office.objects.all()}
    at = now()
    rows = SealedLetter.objects.filter(_no_receipt()).order_by("sent_at")
    return [
        UnderWay(r.id, r.kind, names.get(r.sender, "?"), names.get(r.recipient, "?"), r.sent_at, at - r.sent_at)
        for r in rows
        if ref.id in (r.sender, r.recipient)
    ]


def receipts(letter_ids: Iterable[UUID]) -> dict[UUID, Receipt]:
    """The receipts that have come back for these letters."""
    return {receipt.id: receipt for receipt in Receipt.objects.filter(id__in=list(letter_ids))}
