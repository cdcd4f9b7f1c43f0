"""The person's voice, the plan for a first contact, and warnings: written by somebody and never rewritten."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.persons.access import held
from tenants.persons.models import Person
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.states import Refused, check_open
from tenants.persons.voice import Contact, Said
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import date_and_time


@dataclass(frozen=True, slots=True)
class Told:
    """A warning as it is typed."""

    kind: str
    text: str
    review_on: date
    person: Person | None = None
    place: str = ""


def _check_of(concern: Concern, person: Person | None) -> None:
    if person is not None and person.concern_id != concern.pk:
        raise Refused("Velg en person i denne saken.")


@transaction.atomic
def write_voice(*, concern: Concern, person: Person | None, stage: str, said: Said, by: Reader) -> VoiceEntry:
    """Add to the person's voice. Raises Refused in a matter that is not open."""
    check_open(held(by, concern.pk).progress)
    _check_of(concern, person)
    entry = VoiceEntry(
        concern=concern, person=person, stage=stage, asked=said.asked, given=said.given(),
        at=now(), by_user=by.user_id, by_name=by.name,
    )  # fmt: skip
    entry.save()
    record(by=by, action=Action.CREATE, what="persons.voice", ids=[concern.pk])
    return entry


@transaction.atomic
def plan_contact(*, concern: Concern, contact: Contact, by: Reader) -> None:
    """A new plan for the first contact, or how it went; the one before stays. Raises Refused, as above."""
    check_open(held(by, concern.pk).progress)
    ContactPlan(concern=concern, given=contact.given(), at=now(), by_user=by.user_id, by_name=by.name).save()
    record(by=by, action=Action.CREATE, what="persons.contact", ids=[concern.pk])


@transaction.atomic
def warn(*, concern: Concern, told: Told, by: Reader) -> SafetyWarning:
    """Warn those who visit. Raises Refused in a matter that is not open."""
    check_open(held(by, concern.pk).progress)
    _check_of(concern, told.person)
    row = SafetyWarning(
        concern=concern, person=told.person, kind=told.kind, text=told.text, place=told.place,
        review_on=told.review_on, at=now(), by_user=by.user_id, by_name=by.name,
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="persons.warning", ids=[concern.pk])
    return row


@transaction.atomic
def end_warning(*, warning: SafetyWarning, reason: str, by: Reader) -> None:
    """The danger is over, says the reason; also in a matter that is closed. Raises Refused when somebody was first."""
    held(by, warning.concern_id)
    fresh = SafetyWarning.objects.select_for_update().get(pk=warning.pk)
    if fresh.ended_at is not None:
        raise Refused(f"Varselet er alt avsluttet, {date_and_time(fresh.ended_at)} av {fresh.ended_by_name}.")
    fresh.ended_at, fresh.ended_by_name, fresh.ended_reason = now(), by.name, reason
    fresh.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    record(by=by, action=Action.CHANGE, what="persons.warning", ids=[warning.concern_id])
