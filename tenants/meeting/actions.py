"""Calling a meeting, who comes, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tenants.meeting import queries
from tenants.meeting.agenda_actions import fill
from tenants.meeting.models import Meeting, Participant
from tenants.meeting.states import check_move, check_open
from tenants.triage.queries import owners
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen


@dataclass(frozen=True, slots=True)
class Wish:
    """When, where, how long, and who leads and writes."""

    starts_at: datetime
    minutes: int
    chair: User
    minute_taker: User
    place: str = ""
    link: str = ""


def _take(meeting: Meeting, wish: Wish) -> None:
    for one in (wish.chair, wish.minute_taker):
        if one not in owners():
            raise Refused(f"{one.name} er ikke i teamet nå. Velg en annen.")
    for name in ("starts_at", "minutes", "chair", "minute_taker", "place", "link"):
        setattr(meeting, name, getattr(wish, name))


@transaction.atomic
def call_meeting(*, wish: Wish, people: Sequence[User], by: Reader) -> Meeting:
    """A new meeting with these colleagues, its agenda made of what the caller sees. Raises Refused."""
    require(by, Permission.CASES)
    meeting = Meeting(made_at=now(), made_by_name=by.name)
    _take(meeting, wish)
    meeting.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meeting.meeting", ids=[meeting.id])
    for user in dict.fromkeys([wish.chair, wish.minute_taker, *people]):
        Participant(meeting=meeting, user=user).save(force_insert=True)
    fill(meeting=meeting, by=by)
    return meeting


def _held(meeting: Meeting, by: Reader) -> Meeting:
    """The meeting as it is now, held, and still open to changes."""
    require(by, Permission.CASES)
    fresh = queries.locked(meeting)
    check_open(fresh.state)
    return fresh


@transaction.atomic
def change_meeting(*, meeting: Meeting, wish: Wish, by: Reader, seen: str | None = None) -> None:
    """Another time, place, chair or minute-taker. `seen` is what the page showed (`queries.as_seen`).

    Raises Refused for one that is over, Overtaken when somebody else was first.
    """
    fresh = _held(meeting, by)
    check_seen(seen, queries.as_seen(fresh))
    _take(fresh, wish)
    fresh.sequence += 1
    fresh.save(update_fields=["starts_at", "minutes", "place", "link", "chair", "minute_taker", "sequence"])
    for user in dict.fromkeys([wish.chair, wish.minute_taker]):
        if not queries.comes(fresh, user):
            Participant(meeting=fresh, user=user).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meeting.meeting", ids=[fresh.id])


@transaction.atomic
def invite(*, meeting: Meeting, user: User | None, name: str = "", service: str = "", by: Reader) -> None:
    """A colleague, or somebody from outside by name and service, comes too. Raises Refused."""
    fresh = _held(meeting, by)
    if user is None and not (name and service):
        raise Refused("Velg en kollega, eller skriv navn og tjeneste på den som inviteres.")
    if user is not None and queries.comes(fresh, user):
        raise Refused(f"{user.name} står alt som deltaker.")
    row = Participant(meeting=fresh, user=user, name="" if user else name, service="" if user else service)
    row.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meeting.meeting", ids=[fresh.id], reason="ny deltaker")


@transaction.atomic
def uninvite(*, meeting: Meeting, participant: Participant, by: Reader) -> None:
    """Somebody does not come after all: marked, never deleted, so that it goes alike whatever hangs on the name.

    Raises Refused for the chair, the minute-taker, and somebody who was taken out already.
    """
    fresh = _held(meeting, by)
    row = Participant.objects.select_for_update().get(pk=participant.pk, meeting=fresh)
    if row.user_id in (fresh.chair_id, fresh.minute_taker_id) and row.user_id is not None:
        raise Refused("Møteleder og referent må være med. Velg en annen til det først.")
    if row.gone_at is not None:
        raise Refused("Noen andre har alt tatt bort denne deltakeren.")
    row.gone_at, row.gone_by_name = now(), by.name[:200]
    row.save(update_fields=["gone_at", "gone_by_name"])
    record(by=by, action=Action.CHANGE, what="meeting.meeting", ids=[fresh.id], reason="deltaker tatt bort")


@transaction.atomic
def move_meeting(*, meeting: Meeting, to: str, by: Reader) -> None:
    """Held, called off, planned after all, or its minutes approved (by the chair or a coordinator). Raises Refused
    with a sentence."""
    require(by, Permission.CASES)
    fresh = queries.locked(meeting)
    check_move(fresh.state, to)
    if to == "held" and fresh.starts_at > now():
        raise Refused("Møtet har ikke begynt ennå.")
    if "cancelled" in (fresh.state, to):
        fresh.sequence += 1
    fresh.state = to
    if to == "approved":
        if not by.has(Role.COORDINATOR) and by.user_id != fresh.chair_id:
            raise Refused("Bare møtelederen eller koordinatoren godkjenner referatet.")
        fresh.approved_at, fresh.approved_by_name = now(), by.name[:200]
    fresh.save(update_fields=["state", "sequence", "approved_at", "approved_by_name"])
    record(by=by, action=Action.CHANGE, what=f"meeting.meeting.{to}", ids=[fresh.id])


@transaction.atomic
def write_general(*, meeting: Meeting, text: str, version: int, by: Reader) -> None:
    """The part of the minutes that is about no matter. Raises Overtaken when somebody else wrote meanwhile."""
    fresh = _held(meeting, by)
    check_seen(str(version), str(fresh.version))
    fresh.general, fresh.version = text, version + 1
    fresh.save(update_fields=["general", "version"])
    record(by=by, action=Action.CHANGE, what="meeting.meeting", ids=[fresh.id], reason="referat")
