"""Keeping the partner directory, and noting contact."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from tenants.team.partners_access import KEEPING
from tenants.team.partners_models import Partner, PartnerContact
from tenants.team.partners_queries import PURPOSE
from varde.access import Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy import box
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What the directory says of a partner; names are those of `Partner`."""

    kind: str
    name: str
    secrecy: str
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    contact_person: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """When and how somebody was in touch, whether they were reached, and what was said."""

    held_on: date
    way: str
    reached: bool
    text: str


@transaction.atomic
def add_partner(*, entry: Entry, by: Reader) -> Partner:
    """A new partner, reviewed as of today."""
    _require(by)
    moment = now()
    partner = Partner(**asdict(entry), reviewed_on=day_of(moment), changed_at=moment)
    partner.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="team.partner", ids=[partner.id])
    return partner


@transaction.atomic
def change_partner(*, partner: Partner, entry: Entry, seen: str, by: Reader) -> Partner:
    """Change what the directory says. Raises Overtaken when somebody else did after `seen`."""
    fresh = _held(partner, by)
    check_seen(seen, stamp(fresh))
    for name, value in asdict(entry).items():
        setattr(fresh, name, value)
    moment = now()
    fresh.reviewed_on, fresh.changed_at = day_of(moment), moment
    fresh.save()
    record(by=by, action=Action.CHANGE, what="team.partner", ids=[fresh.id])
    return fresh


@transaction.atomic
def review_partner(*, partner: Partner, by: Reader) -> None:
    """Somebody looked, and it is still right."""
    fresh = _held(partner, by)
    fresh.reviewed_on = day_of(now())
    fresh.save(update_fields=["reviewed_on"])
    record(by=by, action=Action.CHANGE, what="team.partner", ids=[fresh.id], reason="gjennomgått")


@transaction.atomic
def use_partner(*, partner: Partner, used: bool, by: Reader) -> None:
    """Take a partner out of use, or into use again. What points at it stays."""
    fresh = _held(partner, by)
    fresh.removed_at = None if used else fresh.removed_at or now()
    fresh.changed_at = now()
    fresh.save(update_fields=["removed_at", "changed_at"])
    said = "tatt i bruk igjen" if used else "tatt ut av bruk"
    record(by=by, action=Action.CHANGE, what="team.partner", ids=[fresh.id], reason=said)


@transaction.atomic
def note_contact(*, partner: Partner | None, kind: str, contact: Contact, by: Reader) -> PartnerContact:
    """Note contact with a partner, or without one a try to get a partner of this kind."""
    _require(by)
    if partner is not None and partner.removed_at is not None:
        raise Refused("Samarbeidsparten er tatt ut av bruk. Ta den i bruk igjen først.")
    values = asdict(contact) | {"text": box.close(contact.text, purpose=PURPOSE)}
    row = PartnerContact(partner=partner, kind=kind, **values, at=now(), by_name=by.name)
    row.save()
    record(by=by, action=Action.CREATE, what="team.partner_contact", ids=[row.id])
    return row


def stamp(partner: Partner) -> str:
    """What a form carries, to notice that somebody else changed the partner meanwhile."""
    return partner.changed_at.isoformat()


def _require(by: Reader) -> None:
    require(by, *KEEPING)


def _held(partner: Partner, by: Reader) -> Partner:
    _require(by)
    return Partner.objects.select_for_update().get(pk=partner.pk)
