"""Asking the registry. The same answers inside an office and on the public host."""

from uuid import UUID

from django.db.models import OuterRef, Subquery

from shared.registry.models import Office, PublishedPhone
from varde.clock import now
from varde.tenancy.door import OfficeRef

# Behind z in ASCII, in the order of the Norwegian alphabet; ä and ö sort as æ and ø.
_LAST = str.maketrans("æäøöå", "{{||}")


def office_by_slug(slug: str) -> OfficeRef | None:
    """The active office with this subdomain."""
    found: Office | None = Office.objects.filter(slug=slug, active=True).first()
    return found.ref if found else None


def office_by_id(office_id: UUID) -> OfficeRef:
    """An office by identity; Office.DoesNotExist when there is none."""
    found: Office = Office.objects.get(id=office_id)
    return found.ref


def facts(ref: OfficeRef) -> Office:
    """Phone, hours and the rest of what is public about an office; the phone as its region has published it."""
    newest = PublishedPhone.objects.filter(kommune=OuterRef("id"), since__lte=now()).order_by(
        "-since", "-set_at", "-id"
    )
    said = {f"said_{name}": Subquery(newest.values(name)[:1]) for name in ("phone", "phone_hours")}
    found: Office = Office.objects.annotate(**said).get(id=ref.id)
    if found.said_phone is not None:
        found.phone, found.phone_hours = found.said_phone, found.said_phone_hours
    return found


def all_offices(kind: str | None = None) -> list[OfficeRef]:
    """Active offices by name; Norwegian order is made in Python, the database has none."""
    rows = Office.objects.filter(active=True)
    if kind:
        rows = rows.filter(kind=kind)
    return sorted((row.ref for row in rows), key=lambda ref: norwegian(ref.name))


def kommuner_of(region_id: UUID) -> list[OfficeRef]:
    """The kommuner of a region, by name."""
    rows = Office.objects.filter(active=True, kind="kommune", region_id=region_id)
    return sorted((row.ref for row in rows), key=lambda ref: norwegian(ref.name))


def region_of(ref: OfficeRef) -> OfficeRef | None:
    """The region a kommune belongs to; a region is its own."""
    if ref.kind == "region":
        return ref
    return office_by_id(ref.region_id) if ref.region_id else None


def norwegian(text: str) -> str:
    """A key that sorts æ, ø, å last."""
    return text.casefold().translate(_LAST)
