"""People whom another kommune lends: a leader-team member in a region, a neighbour in a team that serves several.

They are here while the lender and this office are in one agreement in force, and from the second it ends they are not;
the database settles it (migration 0008), for its own rows and for what is asked here.
"""

from uuid import UUID

from django.db.models import BooleanField, F, Func, Q

from varde.tenancy import directory
from varde.tenancy.door import OfficeRef


def here() -> Q:
    """Of the users: the office's own, and those whose lender is in an agreement with it right now."""
    lent = Func(F("for_office"), function="identity_lent", output_field=BooleanField())
    return Q(for_office__isnull=True) | Q(lent)


def lenders(ref: OfficeRef) -> list[OfficeRef]:
    """The kommuner that may lend people to this office now, by schema."""
    if ref.kind not in ("region", "kommune"):
        return []
    found = directory.offices()
    now = next((each for each in found if each.id == ref.id), None)
    region = None if now is None else now.id if now.kind == "region" else now.region_id
    return [each for each in found if each.kind == "kommune" and region and each.region_id == region and each != ref]


def name_of(lender: UUID | None) -> str:
    """The office that somebody acts for, also when the agreement is over; "" for the office's own."""
    found = directory.office_with_id(lender, closed=True) if lender else None
    return found.name if found else ""
