"""Noting contact about a matter."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.measures.contacts_models import CaseContact
from tenants.measures.outward_access import hold
from tenants.team.partners_models import Partner
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


@dataclass(frozen=True, slots=True)
class Contact:
    """Who was in touch with whom, when and how, and what was said."""

    partner: Partner | None
    who: str
    held_on: date
    way: str
    reached: bool
    text: str


@transaction.atomic
def note_contact(*, concern: Concern, contact: Contact, by: Reader) -> CaseContact:
    """A new entry; never edited. Raises Refused for a matter that is over."""
    hold(concern, by)
    row = CaseContact(
        concern=concern,
        partner=contact.partner,
        who=contact.who,
        held_on=contact.held_on,
        way=contact.way,
        reached=contact.reached,
        text=contact.text,
        at=now(),
        by_name=by.name,
    )
    row.save()
    record(by=by, action=Action.CREATE, what="measures.contact", ids=[concern.id])
    return row
