"""Which number a kommune's own pages show: what its region has published for the time, else what the registry holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.registry.models import Office, PublishedPhone
from shared.registry.standing_queries import regions_at


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was given, and when it is answered in words; "" for none."""

    number: str
    hours: str


def phones(offices: Iterable[Office], at: datetime) -> dict[UUID, Phone]:
    """The number of each office at a time; what a region has published holds while the kommune is in that one. Two
    queries."""
    found = {office.id: Phone(office.phone, office.phone_hours) for office in offices}
    rows = list(PublishedPhone.objects.filter(kommune__in=found, since__lte=at).order_by("since", "set_at", "id"))
    regions = regions_at({row.kommune for row in rows}, at)
    for row in rows:
        if row.region == regions.get(row.kommune):
            found[row.kommune] = Phone(row.phone, row.phone_hours)
    return found
