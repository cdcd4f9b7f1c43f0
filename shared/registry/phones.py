"""Which number a kommune's own pages show: what its region has published for the time, else what the registry holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.registry.models import Office, PublishedPhone


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was given, and when it is answered in words; "" for none."""

    number: str
    hours: str


def phones(offices: Iterable[Office], at: datetime) -> dict[UUID, Phone]:
    """The number of each office at a time; one query."""
    found = {office.id: Phone(office.phone, office.phone_hours) for office in offices}
    for row in PublishedPhone.objects.filter(kommune__in=found, since__lte=at).order_by("since", "set_at", "id"):
        found[row.kommune] = Phone(row.phone, row.phone_hours)
    return found
