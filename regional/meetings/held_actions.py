"""During the meeting: who came, what was said, what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.meetings import access, outcomes, people, queries
from regional.meetings.models import Decision, Invitee, Item, Meeting
from regional.meetings.outcomes import NewMeasure
from regional.meetings.people import Office
from regional.meetings.screened import no_id_number
from regional.meetings.states import WRITTEN, check_day, check_in
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Came:
    """One line of the attendance."""

    presence: str
    substitute: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who sees to a decision: a person, or a kommune."""

    label: str
    email: str = ""
    kommune: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `answers`: it goes back to the kommune that raised the point's system matter; `reasons`: why
    what the screening found in it is about nobody."""

    text: str
    owner: Owner
    due: date
    answers: bool = False
    measure: NewMeasure | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def attend(*, meeting: Meeting, came: Mapping[UUID, Came], seen: str | None, by: Reader) -> bool:
    """Who came. Where whoever should lead or write is away, the next one in turn does it, and keeps nobody's place.

    Returns whether an office went to somebody else. Raises Refused, Overtaken when somebody else was first.
    """
    fresh = _begun(meeting, by)
    check_seen(seen, str(fresh.people_version))
    rows = {one.id: one for one in queries.invitees(fresh)}
    for key, said in came.items():
        _write(rows.get(key), said)
    given = _step_in(fresh, list(rows.values()), by)
    fresh.people_version += 1
    fresh.save()
    record(by=by, action=Action.CHANGE, what="meetings.meeting", ids=[fresh.id], reason="oppmøte")
    return given


def _write(row: Invitee | None, said: Came) -> None:
    if row is None:
        raise Refused("Listen over hvem som er kalt inn, er endret. Last siden på nytt.")
    if said.presence == "substitute" and not said.substitute:
        raise Refused(f"Skriv hvem som møtte for {row.name}.")
    no_id_number(said.reason, said.substitute)
    row.presence, row.reason = said.presence, said.reason if said.presence in ("absent", "substitute") else ""
    row.substitute = said.substitute if said.presence == "substitute" else ""
    row.save(update_fields=["presence", "substitute", "reason"])


def _step_in(fresh: Meeting, rows: Collection[Invitee], by: Reader) -> bool:
    """Give the office of whoever did not come, or sent somebody instead, to the next in turn who is here."""
    missing = [one for one in rows if one.coordinator and one.presence in ("absent", "substitute")]
    away = {people.key_of(one.kommune_id, one.kommune) for one in missing}
    if not away.intersection((fresh.chair_kommune, fresh.taker_kommune)):
        return False
    found = people.in_turn(by, fresh, day_of(fresh.starts_at), away)
    if fresh.chair_kommune in away and found.chair is not None:
        _give(fresh, "chair", found.chair)
    if fresh.taker_kommune in away or fresh.taker_kommune == fresh.chair_kommune:
        able = [one for one in (found.taker, found.chair) if one is not None]
        other = next((one for one in able if one.kommune_id != fresh.chair_kommune), None)
        if other is not None or able:
            _give(fresh, "taker", other or able[0])
    return True


def _give(fresh: Meeting, office: str, to: Office) -> None:
    setattr(fresh, f"{office}_kommune", to.kommune_id)
    setattr(fresh, f"{office}_name", to.name)
    setattr(fresh, f"{office}_user", people.account(to.email, to.user_id))


@transaction.atomic
def give_offices(*, meeting: Meeting, chair: Office, taker: Office, seen: str | None = None, by: Reader) -> None:
    """Somebody else leads or writes, by hand; whoever does it has had the turn. Raises Refused, Overtaken."""
    fresh = _held(meeting, by)
    check_seen(seen, queries.as_seen(fresh))
    if chair == taker and len(fresh.in_turn) > 1:
        raise Refused("Velg en annen referent enn møtelederen.")
    _give(fresh, "chair", chair)
    _give(fresh, "taker", taker)
    fresh.save()
    record(by=by, action=Action.CHANGE, what="meetings.meeting", ids=[fresh.id], reason="møteleder og referent")


@transaction.atomic
def write_said(*, item: Item, text: str, seen: str | None, by: Reader) -> None:
    """What was said on a point. Raises Refused, Overtaken when somebody else wrote meanwhile."""
    _begun(item.meeting, by)
    row = Item.objects.select_for_update().get(pk=item.pk)
    check_seen(seen, str(row.said_version))
    no_id_number(text)
    row.said, row.said_version = text, row.said_version + 1
    row.said_by_name, row.said_at = by.name[:200], now()
    row.save(update_fields=["said", "said_version", "said_by_name", "said_at"])
    record(by=by, action=Action.CHANGE, what="meetings.item", ids=[row.id], reason="referat")


@transaction.atomic
def decide(*, item: Item, decided: Decided, by: Reader) -> Decision:
    """Enter a decision with its owner and day; it answers the system matter and becomes a measure where that is said.

    Raises Refused with a sentence, also with what the other rooms refuse; then nothing is entered.
    """
    fresh = _begun(item.meeting, by)
    no_id_number(decided.text)
    row = Decision(meeting=fresh, item=item, text=decided.text, owner=decided.owner.label, due=decided.due)
    row.owner_email, row.owner_kommune = decided.owner.email, decided.owner.kommune
    row.owner_user = people.account(decided.owner.email)
    row.made_at, row.made_by_name = now(), by.name[:200]
    if decided.answers:
        _answer(row, item, decided, by)
    if decided.measure is not None:
        row.measure = outcomes.add_measure(decided.measure, row, fresh, by)
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meetings.decision", ids=[row.id])
    return row


def _answer(row: Decision, item: Item, decided: Decided, by: Reader) -> None:
    if item.kind != "matter" or item.about is None:
        raise Refused("Punktet er ingen systemsak, så det er ingen å svare.")
    row.matter = item.about
    outcomes.answer(
        item.about,
        decided.text,
        by,
        reasons=decided.reasons,
        decision=outcomes.label(row.meeting),
        measures=[decided.measure.what] if decided.measure else [],
    )


@transaction.atomic
def write(*, item: Item, text: str | None, seen: str | None, decided: Decided | None, by: Reader) -> None:
    """What was said (None: as it was) and what was decided, both or neither. Raises as the two do."""
    if text is not None:
        write_said(item=item, text=text, seen=seen, by=by)
    if decided is not None:
        decide(item=item, decided=decided, by=by)


@transaction.atomic
def take_back(*, decision: Decision, by: Reader) -> None:
    """A decision was entered by mistake: it counts no more. Raises Refused when others know of it already."""
    _held(decision.meeting, by)
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    if row.matter is not None or row.measure is not None:
        raise Refused("Beslutningen er sendt som svar eller lagt i handlingsplanen. Før en ny beslutning i stedet.")
    if row.done_at is not None:
        raise Refused("Beslutningen er meldt gjort.")
    row.gone_at = row.gone_at or now()
    row.save(update_fields=["gone_at"])
    record(by=by, action=Action.CHANGE, what="meetings.decision", ids=[row.id], reason="feilført")


@transaction.atomic
def end_meeting(*, meeting: Meeting, by: Reader) -> None:
    """The meeting was held. Raises Refused before its day, and without attendance."""
    fresh = _writable(meeting, by)
    check_in(fresh.state, ("called",))
    check_day(day_of(fresh.starts_at), day_of(now()))
    if not any(one.presence for one in queries.invitees(fresh)):
        raise Refused("Før hvem som møtte, først.")
    fresh.state = "held"
    fresh.save(update_fields=["state"])
    record(by=by, action=Action.CHANGE, what="meetings.meeting.held", ids=[fresh.id])


def _writable(meeting: Meeting, by: Reader) -> Meeting:
    fresh = queries.locked(meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    return fresh


def _begun(meeting: Meeting, by: Reader) -> Meeting:
    """The meeting on its day or after: nobody knows ahead who comes, and what is said and decided."""
    fresh = _held(meeting, by)
    check_day(day_of(fresh.starts_at), day_of(now()))
    return fresh


def _held(meeting: Meeting, by: Reader) -> Meeting:
    fresh = _writable(meeting, by)
    check_in(fresh.state, WRITTEN)
    return fresh
