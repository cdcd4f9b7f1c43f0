"""Asking about partners and the general contact with them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tenants.team.partners import POLICE
from tenants.team.partners_models import Partner, PartnerContact
from varde.access import Role
from varde.identity.queries import people
from varde.privacy.box import CannotOpen, open_box
from varde.ui.gone import GONE

PURPOSE = "partners"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the contact log, opened."""

    held_on: date
    way: str
    reached: bool
    by: str
    text: str


def partners(*, words: str = "", kind: str = "", removed: bool = False) -> list[Partner]:
    """By kind and name; those in use unless `removed`."""
    rows = Partner.objects.filter(removed_at__isnull=not removed)
    if kind:
        rows = rows.filter(kind=kind)
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(contact_person__icontains=word) | Q(notes__icontains=word))
    return sorted(rows, key=lambda row: (row.kind_label, row.name.casefold()))


def in_use() -> list[Partner]:
    """Those that can be asked, by name."""
    return sorted(Partner.objects.filter(removed_at__isnull=True), key=lambda row: row.name.casefold())


def lacks_police_contact() -> bool:
    """Is there neither a police contact among the people nor a named person at the police in the directory?"""
    named = Partner.objects.filter(kind=POLICE, removed_at__isnull=True).exclude(contact_person="")
    return not people(Role.POLICE_CONTACT) and not named.exists()


def contact_with(partner: Partner) -> list[Said]:
    """What was said with this partner, the newest first."""
    return _opened(PartnerContact.objects.filter(partner=partner))


def tries_for(kind: str) -> list[Said]:
    """Tries to get a partner of a kind that the office lacks, the newest first."""
    return _opened(PartnerContact.objects.filter(partner__isnull=True, kind=kind))


def _opened(rows: QuerySet[PartnerContact]) -> list[Said]:
    found = rows.order_by("-held_on", "-at")[:100]
    return [Said(row.held_on, row.get_way_display(), row.reached, row.by_name, _text(row)) for row in found]


def _text(row: PartnerContact) -> str:
    try:
        return open_box(row.text, purpose=PURPOSE)
    except CannotOpen:
        return GONE
