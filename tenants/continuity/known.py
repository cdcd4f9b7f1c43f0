"""What else stands in a pack about each matter: the police's own, whom the team has been in touch with, and the plan
that the person has at home. A constant number of queries; under the reader's ticket."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from tenants.continuity.closed import Closed
from tenants.continuity.pack import IN_VARDE, Touch, Who
from tenants.inbox.mistakes_queries import unmarked
from tenants.measures.contacts_models import CaseContact
from tenants.measures.safety import SECTIONS
from tenants.measures.safety_models import SafetyPlan
from tenants.measures.safety_queries import parts_of
from tenants.persons.elsewhere import shut_addresses
from tenants.persons.terms import names_place
from tenants.triage.police_models import PoliceSaid
from varde.privacy.fields import open_together
from varde.ui.dates import short_date
from varde.ui.gone import words
from varde.ui.numbers import phone

# The newest of each: enough to know whom to call.
_TOUCHES = 6


def investigators(keys: Collection[UUID]) -> dict[UUID, Who]:
    """Who has the matter at the police, with the number and the police's own reference, as it was said last."""
    rows = list(unmarked(PoliceSaid.objects.filter(concern__in=keys)).order_by("at", "id"))
    newest = {row.concern_id: row for row in rows}
    open_together(newest.values())
    found = {}
    for key, row in newest.items():
        said = row.police
        number = f"Saksnummer {said.case_number}" if said.case_number else ""
        if said.investigator or said.investigator_phone or number:
            found[key] = Who("Politiet", said.investigator, phone(said.investigator_phone), number)
    return found


def touches(keys: Collection[UUID], closed: Mapping[UUID, Closed]) -> dict[UUID, list[Touch]]:
    """Whom the team has been in touch with about each matter: each once, the newest first, with the last day.

    `closed`: who reported each; a contact with one of them is left out.
    """
    rows = unmarked(CaseContact.objects.filter(concern__in=keys)).select_related("partner").order_by("-held_on", "-at")
    listed = list(rows)
    open_together(listed)
    found: dict[UUID, dict[tuple[str, str], Touch]] = defaultdict(dict)
    for row in listed:
        partner, who = row.partner, words(row, "who")
        name = partner.name if partner else ""
        reporter = closed.get(row.concern_id, Closed())
        if reporter.is_in(who) or (partner and reporter.is_partner(name, partner.contact_person, partner.phone)):
            continue
        reached = "" if row.reached else "Fikk ikke svar"
        one = Touch(name, who, partner.phone if partner else "", row.held_on, reached)
        found[row.concern_id].setdefault((name, who), one)
    return {key: list(each.values())[:_TOUCHES] for key, each in found.items()}


def plans(keys: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """The newest safety plan of each matter, part by part, and when it was agreed on. One that names a protected
    address is not printed."""
    rows = SafetyPlan.objects.filter(case__concern__in=keys).select_related("case").order_by("version")
    newest = {row.case.concern_id: row for row in unmarked(rows)}
    open_together(newest.values())
    shut = shut_addresses(newest)
    return {key: list(_lines(row, shut.get(key, ()))) for key, row in newest.items()}


def _lines(row: SafetyPlan, shut: Collection[str]) -> Iterable[tuple[str, str]]:
    parts = parts_of(row)
    if any(names_place(text, address) for text in parts.values() for address in shut):
        parts = {}
        yield "Planen", f"{IN_VARDE} Den nevner en skjermet adresse."
    yield from ((section.heading, parts[section.code]) for section in SECTIONS if parts.get(section.code))
    if parts:
        yield "Enige om planen", short_date(row.agreed_on) if row.agreed_on else "Ikke ferdig snakket om"
