"""Noting contact about a case."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.measures.contacts_models import CaseContact
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
def note_contact(*, case: Case, contact: Contact, by: Reader) -> CaseContact:
    """A new entry; never edited. Raises the case's Refused when it is closed."""
    require_case(by, case)
    check_open(locked(case).state)
    row = CaseContact(
        case=case,
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
    record(by=by, action=Action.CREATE, what="measures.contact", ids=[case.id])
    return row
