"""The person's voice, the plan for a first contact, and warnings: written by somebody and never rewritten."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.persons.access import held
from tenants.persons.models import Person
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry, WarningTerm
from tenants.persons.states import check_open
from tenants.persons.voice import Contact, Said
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.fields import text_or
from varde.privacy.index import LENGTH, tokens
from varde.refusal import Refused
from varde.ui.dates import date_and_time

STILL = "Sett på igjen. Gjelder fortsatt, med ny dato."


@dataclass(frozen=True, slots=True)
class Told:
    """A warning as it is typed."""

    kind: str
    text: str
    review_on: date
    person: Person | None = None
    place: str = ""
    ground: str = ""


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
    return _lay(concern, told, by)


def _lay(concern: Concern, told: Told, by: Reader) -> SafetyWarning:
    _check_of(concern, told.person)
    row = SafetyWarning(
        concern=concern, person=told.person, kind=told.kind, text=told.text, place=told.place, ground=told.ground,
        review_on=told.review_on, at=now(), by_user=by.user_id, by_name=by.name,
    )  # fmt: skip
    row.save(force_insert=True)
    lay_place(row)
    record(by=by, action=Action.CREATE, what="persons.warning", ids=[concern.pk])
    return row


def lay_place(row: SafetyWarning) -> None:
    """The place of a warning as tokens, as a card's address has them."""
    # A token that nothing finds says that the place was looked at and is too short for one.
    for token in tokens("place", text_or(row, "place", "")) or [secrets.token_bytes(LENGTH)]:
        WarningTerm(concern_id=row.concern_id, warning=row, token=token).save()


@transaction.atomic
def renew_warning(*, warning: SafetyWarning, review_on: date, by: Reader) -> SafetyWarning:
    """Somebody has looked at it and it still holds: the old one ends, and the same is said anew until another day. Also
    in a matter that is closed, because it warns in other matters too.

    Raises Refused when somebody was first.
    """
    end_warning(warning=warning, reason=STILL, by=by)
    told = Told(warning.kind, warning.text, review_on, warning.person, warning.place, warning.ground)
    return _lay(warning.concern, told, by)


@transaction.atomic
def end_warning(*, warning: SafetyWarning, reason: str, by: Reader) -> None:
    """The danger is over, says the reason; also in a matter that is closed. Raises Refused when somebody was first."""
    held(by, warning.concern_id)
    fresh = SafetyWarning.objects.select_for_update().get(pk=warning.pk)
    if fresh.ended_at is not None:
        raise Refused(f"Advarselen er alt avsluttet, {date_and_time(fresh.ended_at)} av {fresh.ended_by_name}.")
    fresh.ended_at, fresh.ended_by_name, fresh.ended_reason = now(), by.name, reason
    fresh.save(update_fields=["ended_at", "ended_by_name", "ended_reason"])
    record(by=by, action=Action.CHANGE, what="persons.warning", ids=[warning.concern_id])
