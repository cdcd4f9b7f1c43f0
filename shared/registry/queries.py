"""Asking the registry. The same answers inside an office and on the public host."""

from uuid import UUID

from shared.registry.models import Office
from shared.registry.phones import phones
from varde.clock import now
from varde.tenancy import directory
from varde.tenancy.door import OfficeRef
from varde.text import norwegian as norwegian


def office_by_slug(slug: str) -> OfficeRef | None:
    """The active office with this subdomain."""
    return directory.office_with_slug(slug)


def office_by_id(office_id: UUID) -> OfficeRef:
    """An office by identity, closed or not; Office.DoesNotExist when there is none."""
    found = directory.office_with_id(office_id, closed=True)
    if found is None:
        raise Office.DoesNotExist(str(office_id))
    return found


def facts(ref: OfficeRef) -> Office:
    """Phone, hours and the rest of what is public about an office; the phone as its region has published it."""
    found: Office = Office.objects.get(id=ref.id)
    said = phones([found], now())[found.id]
    found.phone, found.phone_hours = said.number, said.hours
    return found


def all_offices(kind: str | None = None) -> list[OfficeRef]:
    """Active offices by name; Norwegian order is made in Python, the database has none."""
    found = [ref for ref in directory.offices() if kind in (None, ref.kind)]
    return sorted(found, key=lambda ref: norwegian(ref.name))


def kommuner_of(region_id: UUID) -> list[OfficeRef]:
    """The kommuner that are in an agreement with this region right now, by name."""
    return [ref for ref in all_offices("kommune") if ref.region_id == region_id]


def region_of(ref: OfficeRef) -> OfficeRef | None:
    """The region that a kommune is in right now; a region is its own."""
    if ref.kind == "region":
        return ref
    region_id = office_by_id(ref.id).region_id
    return office_by_id(region_id) if region_id else None
